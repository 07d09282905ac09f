"""Bank returns: one batch per bank and round, with transactions, accounts and customers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from backend.demo.files import headings
from backend.demo.files.desk import Desk, masked, repeated, stamp
from backend.demo.files.tabular import (
    BAD_DIRECTION,
    BAD_TIME,
    FAILED_PAYMENT,
    FAILED_QUERY,
    FINE,
    Row,
    SourceTable,
    write_text,
    write_workbook,
)
from backend.demo.invented import BANKS
from backend.demo.returns import ReturnRequest
from backend.demo.settlement import BankRow
from backend.demo.world import Card, Person


@dataclass(frozen=True)
class Style:
    """How one bank writes its return."""

    wide: bool
    form: str  # csv encoding, or xlsx
    into: str
    out: str
    time: str
    commas: bool = False
    tabs: bool = False
    preamble: bool = False


STYLES = (
    Style(True, "utf-8-sig", "进", "出", "%Y-%m-%d %H:%M:%S"),
    Style(False, "gb18030", "贷", "借", "%Y%m%d%H%M%S", tabs=True, preamble=True),
    Style(True, "xlsx", "C", "D", "%Y-%m-%d %H:%M:%S", preamble=True),
    Style(False, "gb18030", "收", "付", "%Y/%m/%d %H:%M:%S", commas=True),
)


def write_banks(desk: Desk) -> None:
    """All batches: per round and bank one folder (or one workbook) with three tables."""
    rng = desk.world.rng("files/bank")
    rows: dict[tuple[int, int], list[BankRow]] = {}
    for row in desk.books.bank_rows:
        rows.setdefault((row.owner, row.card), []).append(row)
    for stage in (1, 2):
        for k, (_, bank) in enumerate(BANKS):
            batch = [
                (a, index)
                for a in desk.asked
                for index in a.cards
                if a.round == stage and desk.world.people[a.person].cards[index].bank == bank
            ]
            if batch:
                _batch(desk, stage, bank, STYLES[k], batch, rows, rng)


def _batch(
    desk: Desk,
    stage: int,
    bank: str,
    style: Style,
    batch: list[tuple[ReturnRequest, int]],
    rows: dict[tuple[int, int], list[BankRow]],
    rng: Random,
) -> None:
    trades = SourceTable(
        "bank_transactions", headings.BANK_34 if style.wide else headings.BANK_29, sheet="交易明细信息"
    )
    accounts = SourceTable("bank_accounts", headings.BANK_ACCOUNTS, sheet="账户信息")
    people = SourceTable("bank_people", headings.BANK_PEOPLE, sheet="人员信息")
    body: list[Row] = []
    for asked, index in batch:
        person, card = desk.world.people[asked.person], desk.world.people[asked.person].cards[index]
        desk.persons_seen.add(asked.person)
        mine = [r for r in rows.get((asked.person, index), []) if asked.since <= r.at < asked.until]
        mine.sort(key=lambda r: r.at)
        body += _delivered(desk, mine, style, rng)
        accounts.add(*_account(person, card, mine, rng))
        known = [p.cells[2] for p in people.rows]
        if person.resident_id not in known:
            people.add(*_customer(person, rng))
        if rng.random() < 0.4:
            body.append(_failed_query(desk, style))
    body = repeated(body, rng, 0.005)
    if stage == 1 and style is STYLES[0] and body:
        body.insert(len(body) // 2, _unreadable(body[0], style))
    trades.rows = body
    if style.preamble:
        trades.declared = True
        trades.preamble = [[f"反馈单位：{bank}"], ["协查类别：账户交易明细"], [f"共{len(body)}条记录"], []]
    folder = f"调证/银行/第{stage}批/{bank}"
    if style.form == "xlsx":
        desk.files.append(write_workbook(desk.folder, f"{folder}/反馈结果.xlsx", [trades, accounts, people]))
        return
    for name, table in (("交易明细信息", trades), ("账户信息", accounts), ("人员信息", people)):
        desk.files.append(write_text(desk.folder, f"{folder}/{name}.csv", table, style.form))


def _delivered(desk: Desk, mine: Sequence[BankRow], style: Style, rng: Random) -> Iterator[Row]:
    """The rows of one card as the bank hands them out: some are lost, some payments failed at first."""
    for row in mine:
        if not desk.lost(rng):
            yield _row(desk, row, style, rng)
            if row.out and rng.random() < 0.004:
                yield _failed_payment(desk, row, style, rng)


def _row(desk: Desk, row: BankRow, style: Style, rng: Random) -> Row:
    cells = _cells(desk, row, style, rng)
    dirt = rng.random()
    flag, state = cells["收付标志"], FINE
    if dirt < 0.002:
        cells["收付标志"], state = "", BAD_DIRECTION
    elif dirt < 0.004 and row.out:
        cells["收付标志"] = "O"
    elif dirt < 0.01:
        cells["收付标志"] = f" {flag} "
    if state == FINE:
        kind = "leg" if row.wallet_leg else "masked" if "*" in cells["交易对手账卡号"] else "bank"
        desk.payment(row.event, kind, row.serial)
        desk.persons_seen.update(pid for pid in (row.payment.payer, row.payment.payee) if pid >= 0)
    return Row(_in_order(style, cells), state, row.event)


def _in_order(style: Style, cells: dict[str, str]) -> list[str]:
    return [cells.get(name, "") for name in (headings.BANK_34 if style.wide else headings.BANK_29)]


def _failed_payment(desk: Desk, row: BankRow, style: Style, rng: Random) -> Row:
    """An attempt that did not go through, a moment after the payment that did."""
    cells = _cells(desk, row, style, rng)
    cells["交易时间"] = stamp(row.at + rng.randrange(20, 90), style.time)
    cells["交易是否成功"] = "0" if style.wide else "失败"
    cells["交易流水号"] = f"99{rng.randrange(10**16):016d}"
    return Row(_in_order(style, cells), FAILED_PAYMENT)


def _cells(desk: Desk, row: BankRow, style: Style, rng: Random) -> dict[str, str]:
    owner = desk.world.people[row.owner]
    card = owner.cards[row.card]
    number, name, ident, bank = _counter(desk, row, rng)
    amount = f"{row.fen / 100:,.2f}" if style.commas else f"{row.fen / 100:.2f}"
    memo = row.payment.memo or row.payment.purpose
    if row.wallet_leg:
        memo = f"财付通-微信{row.payment.purpose.removeprefix('微信')}"
    cells = {
        "交易卡号": card.number + ("\t" if style.tabs else ""),
        "交易账号": card.account + ("\t" if style.tabs else ""),
        "交易时间": stamp(row.at, style.time),
        "交易金额": amount,
        "交易余额": f"{row.balance / 100:.2f}",
        "收付标志": style.out if row.out else style.into,
        "交易对手账卡号": number,
        "现金标志": "现金" if row.payment.channel == "deposit" else "转账",
        "对手户名": name,
        "对手身份证号": ident,
        "对手开户银行": bank,
        "摘要说明": memo,
        "交易币种": "人民币" if style.wide else "CNY",
        "交易网点名称": f"{card.bank}例溪支行",
        "交易是否成功": "1" if style.wide else "成功",
        "交易流水号": row.common if row.common and style.wide else row.serial,
        "日志号": row.serial[-8:],
        "IP地址": f"192.0.2.{row.owner % 250 + 1}" if row.payment.channel == "bank" and row.out else "",
        "备注": "",
        "查询反馈结果原因": "",
    }
    holder = ("账户开户名称", "开户人证件号码") if style.wide else ("交易方户名", "交易方证件号码")
    return {**cells, holder[0]: owner.name, holder[1]: owner.resident_id}


def _counter(desk: Desk, row: BankRow, rng: Random) -> tuple[str, str, str, str]:
    """Number, name, resident id and bank of the other side as the bank shows them."""
    p = row.payment
    if p.channel == "deposit":
        return "", "", "", ""
    if row.wallet_leg:
        platform = desk.world.institutions[0]
        return platform.number, platform.name, "", ""
    other = p.payee if row.out else p.payer
    if other < 0:
        institution = desk.world.institutions[-1 - other]
        return institution.number, institution.name, "", institution.bank
    person = desk.world.people[other]
    card = person.cards[0]
    if rng.random() < 0.03:
        return masked(card.number), masked(person.name), "", card.bank
    ident = person.resident_id if rng.random() < 0.15 else ""
    return card.number, person.name, ident, card.bank


def _account(person: Person, card: Card, mine: list[BankRow], rng: Random) -> list[str]:
    balance = f"{mine[-1].balance / 100:.2f}" if mine else "0.00"
    opened = f"20{rng.randrange(10, 24)}-0{rng.randrange(1, 10)}-1{rng.randrange(10)}"
    phone = person.phones[0].number
    last = stamp(mine[-1].at) if mine else ""
    address = f"临州市例溪区示例路{person.cell + 1}号"
    return [
        *(person.name, person.resident_id, card.number, card.account, opened, balance, balance, "人民币"),
        *(f"{card.bank}例溪支行", "正常", "居民身份证", phone, address, phone, "", "", ""),
        *(card.bank, last, ""),
    ]


def _customer(person: Person, rng: Random) -> list[str]:
    phone = person.phones[0].number
    born = f"{person.born:%Y-%m-%d}"
    home = f"例溪区样桥村{person.cell + 1}组"
    return [person.name, "居民身份证", person.resident_id, "", phone, phone, "", "", "", "", born, home]


def _failed_query(desk: Desk, style: Style) -> Row:
    number, account, _ = desk.world.inventor.card()
    cells = {"交易卡号": number, "交易账号": account, "查询反馈结果原因": "查询失败：无此账户记录"}
    return Row(_in_order(style, cells), FAILED_QUERY)


def _unreadable(like: Row, style: Style) -> Row:
    header = headings.BANK_34 if style.wide else headings.BANK_29
    cells = list(like.cells)
    cells[header.index("交易时间")] = "2025-02-30 25:61:00"
    cells[header.index("交易流水号")] = "990000000001"
    return Row(cells, BAD_TIME)
