"""Books: how each payment went through wallets and cards, with balances, top-ups and cash.

A payment is one event of the world; the rows it leaves in the books of both ends, and in the bank's
books where a card paid through the wallet, carry the number of that event.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from random import Random

from backend.demo.returns import ReturnRequest
from backend.demo.world import END, Payment, World, moment


@dataclass(slots=True)
class WalletRow:
    event: int
    owner: int
    at: int
    out: bool
    fen: int
    balance: int
    card: str  # own card that paid or was paid, "" for the balance
    order: str
    common: str
    payment: Payment
    other_card: str = ""  # card of the payer, where the payee's row shows it


@dataclass(slots=True)
class BankRow:
    event: int
    owner: int
    card: int
    at: int
    out: bool
    fen: int
    balance: int
    serial: str
    common: str
    wallet_leg: bool
    payment: Payment


class Books:
    """Settles all payments in the order of time for the persons whose books will be read."""

    def __init__(self, world: World, asked: list[ReturnRequest]) -> None:
        self.world = world
        self.rng: Random = world.rng("books")
        self.tracked = {a.person for a in asked}
        self.wallet_rows: list[WalletRow] = []
        self.bank_rows: list[BankRow] = []
        self.purse: dict[int, int] = {}
        self.cards: dict[tuple[int, int], int] = {}
        self.last: dict[tuple[int, int], int] = {}
        self.limits: dict[int, int] = {}
        self.queue: list[tuple[int, int]] = []
        for pid in sorted(self.tracked):
            self.purse[pid] = self.rng.randrange(20_000, 300_000)
            self.limits[pid] = self.rng.randrange(300_000, 1_500_000)
            for k in range(len(world.people[pid].cards)):
                self.cards[pid, k] = self.rng.randrange(100_000, 3_000_000)

    def settle(self) -> None:
        payments = self.world.payments
        self.queue = [(p.at, k) for k, p in enumerate(payments)]
        heapq.heapify(self.queue)
        while self.queue:
            _, k = heapq.heappop(self.queue)
            payment = payments[k]
            if payment.at >= END:
                continue
            getattr(self, f"_{payment.channel}")(k, payment)

    # -- channels --------------------------------------------------------------------------------

    def _wallet(self, k: int, p: Payment) -> None:
        order, common, card = self._order(p.at), "", ""
        if p.payer in self.tracked:
            if self.purse[p.payer] >= p.fen and self.rng.random() < 0.9:
                self.purse[p.payer] -= p.fen
            else:
                index = self._pick_card(p.payer)
                card, common = self.world.people[p.payer].cards[index].number, self._common(p.at)
                self._card_leg(k, p, p.payer, index, True, p.at + self.rng.randrange(-3, 50), common)
            self._wallet_row(k, p, p.payer, True, p.at, card, order, common)
        if p.payee in self.tracked:
            self.purse[p.payee] += p.fen
            self._wallet_row(k, p, p.payee, False, p.at + self.rng.choice((0, 0, 1)), "", order, common)
            if card and self.rng.random() < 0.5:
                self.wallet_rows[-1].other_card = card
            if self.purse[p.payee] > self.limits[p.payee]:
                self._schedule_withdrawal(p.payee, p.at)

    def _withdraw(self, k: int, p: Payment) -> None:
        fen = min(p.fen, self.purse[p.payer])
        if fen <= 0:
            return
        p.fen = fen
        index, common = self._pick_card(p.payer), self._common(p.at)
        self.purse[p.payer] -= fen
        card = self.world.people[p.payer].cards[index].number
        self._wallet_row(k, p, p.payer, True, p.at, card, self._order(p.at), common)
        self._card_leg(k, p, p.payer, index, False, p.at + self.rng.randrange(1, 55), common)

    def _bank(self, k: int, p: Payment) -> None:
        serial = self._serial(p.at)
        if p.payer in self.tracked:
            self._bank_row(k, p, p.payer, 0, True, p.at, serial, "", False)
        if p.payee in self.tracked:
            index = len(self.world.people[p.payee].cards) - 1 if p.payer < 0 else 0
            same = self.rng.random() < 0.6
            self._bank_row(
                k, p, p.payee, index, False, p.at, serial if same else self._serial(p.at), "", False
            )

    def _platform(self, k: int, p: Payment) -> None:
        if p.payer in self.tracked:
            self._bank_row(k, p, p.payer, self._pick_card(p.payer), True, p.at, self._serial(p.at), "", False)

    def _deposit(self, k: int, p: Payment) -> None:
        """Cash paid in; already booked when it was needed."""

    # -- rows ------------------------------------------------------------------------------------

    def _wallet_row(
        self, k: int, p: Payment, owner: int, out: bool, at: int, card: str, order: str, common: str
    ) -> None:
        row = WalletRow(k, owner, at, out, p.fen, self.purse[owner], card, order, common, p)
        self.wallet_rows.append(row)

    def _card_leg(self, k: int, p: Payment, owner: int, index: int, out: bool, at: int, common: str) -> None:
        self._bank_row(k, p, owner, index, out, at, self._serial(at), common, True)

    def _bank_row(
        self,
        k: int,
        p: Payment,
        owner: int,
        index: int,
        out: bool,
        at: int,
        serial: str,
        common: str,
        leg: bool,
    ) -> None:
        key = (owner, index)
        at = max(at, self.last.get(key, 0))  # a bank books in the order it pays
        if out and self.cards[key] < p.fen:
            self._cash_in(key, p.fen, at)
        self.cards[key] += -p.fen if out else p.fen
        self.last[key] = at
        self.bank_rows.append(
            BankRow(k, owner, index, at, out, p.fen, self.cards[key], serial, common, leg, p)
        )

    def _cash_in(self, key: tuple[int, int], need: int, at: int) -> None:
        """Cash is paid in before a card would run dry."""
        owner, index = key
        fen = (need // 100_000 + self.rng.randrange(1, 40)) * 100_000
        when = max(self.last.get(key, 0), at - self.rng.randrange(60, 4000), 0)
        event = len(self.world.payments)
        payment = Payment(when, owner, owner, fen, "deposit", "现金存款", "ATM存款")
        self.world.payments.append(payment)
        self.cards[key] += fen
        self.last[key] = when
        serial = self._serial(when)
        self.bank_rows.append(
            BankRow(event, owner, index, when, False, fen, self.cards[key], serial, "", False, payment)
        )

    def _schedule_withdrawal(self, pid: int, at: int) -> None:
        when = at + self.rng.randrange(1200, 50_000)
        keep = self.rng.randrange(5_000, 60_000)
        if when < self.world.gone(pid) and self.purse[pid] > keep:
            fen = (self.purse[pid] - keep) // 10_000 * 10_000
            self.world.payments.append(Payment(when, pid, pid, fen, "withdraw", "提现", "零钱提现"))
            heapq.heappush(self.queue, (when, len(self.world.payments) - 1))

    def _pick_card(self, pid: int) -> int:
        count = len(self.world.people[pid].cards)
        return 0 if count == 1 or self.rng.random() < 0.8 else 1

    # -- numbers ---------------------------------------------------------------------------------

    def _order(self, at: int) -> str:
        return f"1000990{moment(at):%Y%m%d}{self.rng.randrange(10**13):013d}"

    def _common(self, at: int) -> str:
        return f"{moment(at):%Y%m%d}99{self.rng.randrange(10**18):018d}"

    def _serial(self, at: int) -> str:
        return f"{moment(at):%y%m%d}{self.rng.randrange(10**12):012d}"
