"""What was asked for: whose wallets, cards and phones, for which period, in which round of the inquiry."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from backend.demo.life import Life
from backend.demo.police import Case, Suspect
from backend.demo.receivers import found_receivers, trusted_receivers
from backend.demo.world import DAY, END, World

_PLAIN = ("landlord", "restaurant", "corner_shop", "courier", "taxi")  # explain themselves at first sight


@dataclass(slots=True)
class ReturnRequest:
    """The returns one person's accounts were asked for; coverage is the same for all of them."""

    person: int
    case: Case
    round: int
    since: int
    until: int
    wallet: bool = False
    cards: list[int] = field(default_factory=list)  # indices of his cards
    phones: list[str] = field(default_factory=list)


class Inquiry:
    """Decides, as investigators do from what they have in hand, which returns to ask for."""

    def __init__(self, world: World, cases: list[Case], life: Life) -> None:
        self.world = world
        self.cases = cases
        self.life = life
        self.rng: Random = world.rng("inquiry")
        self.asked: dict[int, ReturnRequest] = {}

    def run(self) -> list[ReturnRequest]:
        """First round for everyone in custody, second round for their main counterparties."""
        for case in self.cases:
            for suspect in case.suspects:
                self._first(case, suspect)
        for pid in sorted(self.asked):
            self._live(pid)
        first = list(self.asked.values())
        for asked in first:
            self._second(asked)
        for pid in sorted(self.asked):
            self._live(pid)
        self._in_vain(first)
        return [self.asked[pid] for pid in sorted(self.asked)]

    def _in_vain(self, first: list[ReturnRequest]) -> None:
        """Receivers paid by somebody in custody, whose returns show an honest trade."""
        sources = {asked.person: asked for asked in first}
        found = found_receivers(self.world, sorted(sources))
        if self.world.behaviour.trusted:
            found += trusted_receivers(self.world, sorted(sources))
        for receiver, led in found:
            source = sources[led]
            until = min(END, source.until + 20 * DAY)
            self._ask(receiver, source.case, 2, until, wallet=True, card=0.3, phone=0.9)
            self._live(receiver)

    def _live(self, pid: int) -> None:
        fresh = pid not in self.life.lived
        self.life.live(pid)
        ratio = self.world.behaviour.decoy_ratio
        dealer = self.world.dealers.get(pid)
        if fresh and ratio and dealer is not None and dealer.suppliers:
            paid = [s.fen for (_, buyer), s in self.world.supply.items() if buyer == pid]
            self.life.decoys(pid, round(max(paid, default=0) * ratio))

    def _first(self, case: Case, suspect: Suspect) -> None:
        rng = self.rng
        if suspect.part in ("吸食", "证人"):
            return
        if suspect.arrested is None and rng.random() < 0.5:
            return
        chance = 1.0 if suspect is case.suspects[0] else 0.6
        if suspect.part == "容留":
            chance = 0.8
        if rng.random() > chance:
            return
        until = min(END, (suspect.arrested if suspect.arrested and suspect.arrested > 0 else END) + 3 * DAY)
        if until < 60 * DAY:
            return
        self._ask(suspect.person, case, 1, until, rng.random() < 0.95, 0.7, 0.95)

    def _ask(
        self, pid: int, case: Case, stage: int, until: int, wallet: bool, card: float, phone: float
    ) -> None:
        if pid in self.asked:
            return
        rng, person = self.rng, self.world.people[pid]
        since = max(0, until - rng.randrange(170, 235) * DAY)
        asked = ReturnRequest(pid, case, stage, since, until, wallet)
        asked.cards = [k for k in range(len(person.cards)) if rng.random() < card]
        if rng.random() < phone:
            known = [p for p in person.phones if p.since < until]
            asked.phones = [p.number for p in known[:-1] if p.until > since and rng.random() < 0.75]
            asked.phones += [p.number for p in known[-1:]]
        if asked.wallet or asked.cards or asked.phones:
            self.asked[pid] = asked

    def _second(self, first: ReturnRequest) -> None:
        """The counterparties that stand out by money or calls, and whoever was named."""
        rng, share = self.rng, self.world.behaviour.second_round
        money: Counter[int] = Counter()
        calls: Counter[int] = Counter()
        for payment in self.world.payments:
            if payment.payer == first.person and payment.payee >= 0 and payment.at >= first.since:
                money[payment.payee] += payment.fen
        for call in self.world.calls:
            if first.person in (call.a, call.b) and call.at >= first.since and first.phones:
                calls[call.b if call.a == first.person else call.a] += 1
        picked: list[int] = []
        if first.wallet or first.cards:
            picked += [pid for pid, _ in money.most_common(4)]
        picked += [pid for pid, _ in calls.most_common(2) if pid >= 0]
        named = [s.named for s in first.case.suspects if s.person == first.person and s.named is not None]
        household = self.world.people[first.person].household
        budget = 2 if first.case.org is not None else 1
        for pid in dict.fromkeys(named + picked):
            plain = pid in household or self.world.people[pid].occupation in _PLAIN
            if (plain and rng.random() < 0.7) or budget == 0:
                continue
            if rng.random() < share * (0.9 if pid in named else 0.6):
                budget -= 1
                self._ask(
                    pid, first.case, 2, min(END, first.until + 20 * DAY), rng.random() < 0.85, 0.4, 0.55
                )
