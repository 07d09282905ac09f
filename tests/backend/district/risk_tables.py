"""Tables of the risk net as plain values, without a database: what the reader makes of the same rows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from backend.district.risk.around import MG
from backend.district.risk.persons import from_minority
from backend.district.risk.told import Deal, District, Firm, FirmMonth, FirmTie, ListedPerson, Stay, StockMove

Rows = Sequence[Mapping[str, str]]


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def number(text: str | None) -> float | None:
    return float(text) if text else None


def district(tables: Mapping[str, Rows], on: dt.date) -> District:
    """What happened by the day; entries that count on it."""
    months: dict[str, list[FirmMonth]] = defaultdict(list)
    for k, row in enumerate(tables["企业用量"]):
        at = dt.date.fromisoformat(row["月份"] + "-01")
        values = (number(row[each]) for each in ("用电(度)", "用水(吨)", "排污(吨)", "产值(万元)"))
        months[row["统一社会信用代码"]].append(FirmMonth(at, *values, (f"u/-/{k}",)))
    firms = tuple(
        Firm(
            row["统一社会信用代码"], row["企业名称"], row["行业"], row["园区"], int(row["从业人数"]),
            number(row["经度"]), number(row["纬度"]), row["地址"], day(row["成立日期"]), ("f",),
            tuple(months[row["统一社会信用代码"]]),
        )
        for row in tables["企业"]
    )  # fmt: skip
    entries = tuple(
        ListedPerson(row["身份证号"], row["姓名"], row["类别"], day(row["起"]), day(row["止"]), ("c",))
        for row in tables["重点人员"]
        if row["状态"] == "有效"
        and (day(row["止"]) or on) >= on
        and not from_minority(row["身份证号"], day(row["起"]), on)
    )
    ties = tuple(
        FirmTie(
            row["身份证号"],
            row["统一社会信用代码"],
            row["关系"],
            day(row["起"]),
            day(row["止"]),
            ("t",),
            row["姓名"],
        )
        for row in tables["企业关系"]
    )
    stays = tuple(
        Stay(row["身份证号"], day(row["入住时间"]) or on, day(row["离开时间"]) or on, row["场所名称"],
             number(row["经度"]), number(row["纬度"]), row["地址"], ("s",))
        for row in tables["住宿"]
    )  # fmt: skip
    deals = tuple(
        Deal(row["购买单位代码"], row["销售单位代码"], row["化学品名称"], day(row["日期"]) or on,
             round(float(row["数量(千克)"]) * MG), tuple(filter(None, [row["经办人身份证号"]])), (), ("b",))
        for row in tables["化学品购销"]
    )  # fmt: skip
    code = "统一社会信用代码"
    moves = [
        StockMove(
            row[code],
            row["化学品名称"],
            day(row["日期"]) or on,
            round(float(row["数量(千克)"]) * MG),
            row["用途"],
        )
        for row in tables["领用"]
    ]
    moves += [
        StockMove(
            row[code],
            row["化学品名称"],
            day(row["盘点日期"]) or on,
            round(float(row["实物数量(千克)"]) * MG),
            "counted",
        )
        for row in tables["库存盘点"]
    ]
    return District(on, firms, ties, entries, stays, (), (), deals, tuple(moves))
