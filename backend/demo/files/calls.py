"""Call records in three forms: a workbook named after the subscriber, the 30-column telecom table, the
self-service bill."""

from __future__ import annotations

from random import Random

from backend.demo.files import headings
from backend.demo.files.desk import Desk, overlapping, repeated, stamp
from backend.demo.files.tabular import Row, SourceTable, pack, write_text, write_workbook
from backend.demo.returns import ReturnRequest
from backend.demo.world import DAY, Call, Phone


def write_calls(desk: Desk) -> None:
    """One file per phone number asked for."""
    rng = desk.world.rng("files/calls")
    wanted = {number for a in desk.asked for number in a.phones}
    calls: dict[str, list[tuple[int, Call]]] = {}
    for k, call in enumerate(desk.world.calls):
        for number in {call.caller, call.called}:
            if number in wanted:
                calls.setdefault(number, []).append((k, call))
    for asked in desk.asked:
        for number in asked.phones:
            phone = next(p for p in desk.world.people[asked.person].phones if p.number == number)
            mine = [(k, c) for k, c in calls.get(number, []) if asked.since <= c.at < asked.until]
            mine.sort(key=lambda item: (item[1].at, item[0]))
            mine = [item for item in mine if not desk.lost(rng)]
            _one_phone(desk, asked, phone, mine, rng)
    _pack(desk)


def _pack(desk: Desk) -> None:
    """One folder of records came as a zip archive."""
    records = [f for f in desk.files if f.path.startswith("话单/")]
    if not records:
        return
    folder = min(f.path.rpartition("/")[0] for f in records)
    packed = sorted((f for f in records if f.path.startswith(folder + "/")), key=lambda f: f.path)
    pack(desk.folder, f"{folder}.zip", [f.path for f in packed])
    for record in packed:
        record.path = f"{folder}.zip/{record.path.removeprefix(folder + '/')}"
        if record.overlaps is not None:
            record.overlaps = f"{folder}.zip/{record.overlaps.removeprefix(folder + '/')}"


def _one_phone(
    desk: Desk, asked: ReturnRequest, phone: Phone, mine: list[tuple[int, Call]], rng: Random
) -> None:
    desk.calls_seen.update(k for k, _ in mine)
    desk.persons_seen.update(pid for _, c in mine for pid in (c.a, c.b) if pid >= 0)
    form = rng.choices(("alias", "telecom", "bill"), (35, 40, 25))[0]
    skew = rng.choice((0, 0, 1, 2, -1, -2))  # the clocks of two ends differ by up to four seconds
    folder = f"话单/{asked.case.number[-8:]}"
    if form == "alias":
        table = _alias(desk, asked.person, phone, mine, skew, rng)
        desk.files.append(write_workbook(desk.folder, f"{folder}/{phone.number}.xlsx", [table]))
    elif form == "telecom":
        table = _telecom(desk, asked.person, phone, mine, skew, rng)
        path, encoding = f"{folder}/话单查询结果_{phone.number}.csv", rng.choice(("gb18030", "utf-8-sig"))
        desk.files.append(write_text(desk.folder, path, table, encoding))
        when, cut = headings.CALLS_TELECOM.index("呼叫开始时间"), stamp(asked.until - 50 * DAY)
        late = [row for row in table.rows if row.cells[when] > cut]
        if rng.random() < 0.06 and late:  # asked for once more, and the second answer overlaps the first
            again = overlapping(SourceTable(table.kind, table.header, late))
            truth = write_text(desk.folder, f"{folder}/补充/{phone.number}.csv", again, encoding)
            truth.overlaps = path
            desk.files.append(truth)
    else:
        table = _bill(desk, asked.person, phone, mine, skew, rng)
        desk.files.append(write_text(desk.folder, f"{folder}/{phone.number}详单.csv", table, "gb18030"))


def cell_of(desk: Desk, person: int, at: int) -> tuple[int, int, str]:
    """LAC, cell id and address of the cell a person is likely to be in at that hour."""
    home = desk.world.people[person].cell if person >= 0 else 0
    hour = at // 3600 % 24
    k = home if hour < 8 or hour > 21 else (home + (person * 7 + at // 7200) % 5 * 11) % 140
    return 0x2A10 + k % 6, 0x1A3C0B + k * 257, f"例溪区基站{k + 1:03d}"


def _other(call: Call, number: str, rng: Random, prefixed: float) -> tuple[str, bool]:
    """The other end as the record writes it, and whether the subscriber called."""
    outgoing = call.caller == number
    other = call.called if outgoing else call.caller
    if len(other) == 11 and other.startswith("1"):
        draw = rng.random()
        if draw < prefixed:
            other = rng.choice(("86", "+86", "0086")) + other
        elif draw < prefixed + 0.004 and outgoing:
            other = "17951" + other
    return other, outgoing


def _alias(
    desk: Desk, person: int, phone: Phone, mine: list[tuple[int, Call]], skew: int, rng: Random
) -> SourceTable:
    table = SourceTable("call_records", headings.CALLS_ALIAS, sheet="话单")
    for k, call in mine:
        other, outgoing = _other(call, phone.number, rng, 0.02)
        kind = ("主叫" if outgoing else "被叫") if not call.text else ("短信发送" if outgoing else "短信接收")
        lac, cell, address = cell_of(desk, person, call.at)
        cells = [other, kind, stamp(call.at + skew), str(call.seconds), f"{lac:X}", f"{cell:X}", address]
        table.rows.append(Row(cells, event=k))
    table.rows = repeated(table.rows, rng, 0.003)
    return table


def _telecom(
    desk: Desk, person: int, phone: Phone, mine: list[tuple[int, Call]], skew: int, rng: Random
) -> SourceTable:
    table = SourceTable("call_records_telecom", headings.CALLS_TELECOM)
    for n, (k, call) in enumerate(mine):
        other, outgoing = _other(call, phone.number, rng, 0.05)
        lac, cell, address = cell_of(desk, person, call.at)
        peer = call.b if outgoing else call.a
        their = desk.world.people[peer].phone_at(call.at) if peer >= 0 and rng.random() < 0.5 else None
        when = stamp(call.at + skew)
        cells = {
            "序号": str(n + 1),
            "通信记录唯一标识": f"{phone.number[-4:]}{call.at:09d}{k:06d}",
            "通话类型": "主叫" if outgoing else "被叫",
            "话单类型": "短信" if call.text else "语音",
            "本机号码": phone.number,
            "本机IMSI号": phone.imsi,
            "本机IMEI号": phone.imei,
            "本机LAC号": str(lac),
            "本机CELLID": str(cell),
            "本机归属运营商": "示例通信",
            "本机通话所在地": address,
            "对方号码": other,
            "对方IMSI号": their.imsi if their else "",
            "对方IMEI号": their.imei if their else "",
            "呼叫开始时间": when,
            "呼叫时长": str(call.seconds),
            "短信发送接收时间": when if call.text else "",
        }
        table.rows.append(Row([cells.get(name, "") for name in headings.CALLS_TELECOM], event=k))
    table.rows = repeated(table.rows, rng, 0.002)
    return table


def _bill(
    desk: Desk, person: int, phone: Phone, mine: list[tuple[int, Call]], skew: int, rng: Random
) -> SourceTable:
    table = SourceTable("call_bill_mobile", headings.CALLS_BILL)
    table.preamble = [["中国移动通信客户详单"], [f"手机号码：{phone.number}"], [f"共{len(mine)}条记录"], []]
    table.declared = True
    for k, call in mine:
        other, outgoing = _other(call, phone.number, rng, 0.0)
        kind = ("主叫" if outgoing else "被叫") if not call.text else ("发送" if outgoing else "接收")
        cells = [stamp(call.at + skew), "例溪", kind, other, _spelled(call.seconds, call.text)]
        cells += ["短信" if call.text else "本地通话", "", "0.00"]
        table.rows.append(Row(cells, event=k))
    return table


def _spelled(seconds: int, text: bool) -> str:
    if text:
        return "0秒"
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return (f"{hours}时" if hours else "") + (f"{minutes}分" if hours or minutes else "") + f"{left}秒"
