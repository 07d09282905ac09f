"""Wallet returns: one deep folder per account with its trades (amounts in fen) and its registration."""

from __future__ import annotations

from random import Random

from backend.demo.files import headings
from backend.demo.files.desk import Desk, masked, overlapping, repeated, stamp
from backend.demo.files.tabular import Row, SourceTable, write_text
from backend.demo.returns import ReturnRequest
from backend.demo.settlement import WalletRow
from backend.demo.world import Person


def write_wallets(desk: Desk) -> None:
    """Trades and registration of every wallet asked for."""
    rng = desk.world.rng("files/tenpay")
    rows: dict[int, list[WalletRow]] = {}
    for row in desk.books.wallet_rows:
        rows.setdefault(row.owner, []).append(row)
    for n, asked in enumerate(a for a in desk.asked if a.wallet):
        person = desk.world.people[asked.person]
        batch = f"{rng.randrange(16**10):010X}"
        base = f"调证/财付通/L-{asked.round}-{n + 1}-{person.name}/TP{batch}/IDCARD"
        base = f"{base}/{person.resident_id}/{person.wallet}"
        mine = [r for r in rows.get(asked.person, []) if asked.since <= r.at < asked.until]
        table = _trades(desk, asked, sorted(mine, key=lambda r: r.at), rng)
        desk.files.append(write_text(desk.folder, f"{base}/TenpayTrades.txt", table, "utf-8", "\t"))
        if n % 30 == 3 and table.rows:  # asked for once more, and the second answer overlaps the first
            late = SourceTable(table.kind, table.header, table.rows[-len(table.rows) // 4 :])
            again = base.replace(f"L-{asked.round}-", "L-9-", 1)
            truth = write_text(desk.folder, f"{again}/TenpayTrades.txt", overlapping(late), "utf-8", "\t")
            truth.overlaps = f"{base}/TenpayTrades.txt"
            desk.files.append(truth)
        registration = _registration(person, rng)
        desk.files.append(write_text(desk.folder, f"{base}/TenpayRegInfo.txt", registration, "utf-8", "\t"))
        desk.persons_seen.add(asked.person)


def _registration(person: Person, rng: Random) -> SourceTable:
    table = SourceTable("tenpay_reginfo", headings.TENPAY_REGISTRATION)
    since = (
        f"20{rng.randrange(14, 24)}-0{rng.randrange(1, 10)}-1{rng.randrange(10)} 1{rng.randrange(10)}:20:31"
    )
    for card in person.cards:
        table.add(
            "正常",
            person.wallet,
            person.name,
            since,
            person.resident_id,
            person.phones[0].number,
            "绑定",
            card.bank,
            card.number,
        )
    return table


def _trades(desk: Desk, asked: ReturnRequest, mine: list[WalletRow], rng: Random) -> SourceTable:
    wide = rng.random() < 0.5
    table = SourceTable("tenpay_trades", headings.TENPAY_27 if wide else headings.TENPAY_26)
    rows: list[Row] = []
    for row in mine:
        if desk.lost(rng):
            continue
        rows.append(Row(_cells(desk, row, wide, rng), event=row.event))
        kind = "payer" if row.out else "payee with card" if row.other_card else "payee"
        desk.payment(row.event, kind, row.order)
        desk.persons_seen.update(pid for pid in (row.payment.payer, row.payment.payee) if pid >= 0)
    table.rows = repeated(rows, rng, 0.004)
    return table


def _cells(desk: Desk, row: WalletRow, wide: bool, rng: Random) -> list[str]:
    people, p = desk.world.people, row.payment
    owner = people[row.owner]
    other_id, other_name, other_card, other_bank = "", "", "", ""
    other = p.payee if row.out else p.payer
    if p.channel == "withdraw":
        other_name, other_card = owner.name, row.card
        other_bank = next(c.bank for c in owner.cards if c.number == row.card)
    elif other >= 0:
        other_id, other_name, other_card = people[other].wallet, people[other].name, row.other_card
        other_bank = next((c.bank for c in people[other].cards if c.number == other_card), "")
        if rng.random() < 0.06:
            other_name = masked(other_name)
    else:
        shop = desk.world.institutions[-1 - other]
        other_id, other_name = shop.number, shop.name
    own_card = row.card if p.channel != "withdraw" else ""
    business = "快捷支付" if own_card else ("提现" if p.channel == "withdraw" else "余额支付")
    bank = next((c.bank for c in owner.cards if c.number == own_card), "")
    net = "网联" if row.common and own_card else ""
    own_common = row.common if own_card else ""
    other_common = row.common if other_card else ""
    big = "4200" + row.order[4:]
    received = stamp(row.at + rng.choice((0, 0, 1))) if row.out else stamp(row.at)
    head = [owner.wallet, row.order, big, owner.name, "出" if row.out else "入", business, p.purpose]
    head += [stamp(row.at), str(row.fen), str(row.balance), own_card]
    middle = [own_common, net, ""]
    counter = [other_id, other_name, other_card, other_bank, other_common, "网联" if other_common else ""]
    tail = ["", received, str(row.fen), p.memo, ""]
    if wide:
        return [*head, *middle, *counter, "", "非间联", *tail]
    return [*head, bank, *middle, *counter, *tail]
