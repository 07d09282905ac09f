"""Statements as PDF, made in the way banks and wallets set them; all people are invented."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typst

from viz.text import fonts

_TEMPLATE = """
#let d = json("data.json")
#set page(width: d.width * 1pt, height: d.height * 1pt, margin: 28pt,
  header: if d.header != "" { text(7pt, d.header) },
  footer: context text(7pt, d.footer.replace("{n}", str(counter(page).get().first()))))
#set text(font: d.font, size: d.size * 1pt, lang: "zh")
#set par(justify: false, leading: 0.45em)
#if d.title != "" { align(center, text(13pt, d.title)) }
#for row in d.above { grid(columns: row.map(_ => 1fr), ..row.map(c => text(c))); v(2pt) }
#let cells = d.rows.flatten().map(c => table.cell(breakable: false, text(c)))
#let words = (left: left, right: right, center: center, horizon: horizon)
#let heads = if d.english.len() == 0 { d.heads.map(text) } else {
  d.heads.zip(d.english).map(p => stack(dir: ttb, spacing: 3pt, text(p.at(0)), text(6pt, p.at(1)))) }
#table(columns: d.widths.map(w => w * 1pt), stroke: if d.ruled { 0.5pt } else { none }, inset: (x: 2pt, y: d.gap * 1pt),
  align: (x, y) => d.aligns.at(x).split("-").map(w => words.at(w)).sum(),
  table.header(repeat: d.again, ..heads), ..cells)
#for row in d.below { text(row); linebreak() }
"""


@dataclass
class Statement:
    """What stands on paper; ``widths`` in points, ``aligns`` one word per column (left, right, center-horizon …)."""

    title: str
    above: Sequence[Sequence[str]]
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    ruled: bool = True
    again: bool = True
    aligns: Sequence[str] = ()
    below: Sequence[str] = ()
    header: str = ""
    footer: str = "第 {n} 页"
    size: float = 8
    gap: float = 3
    height: float = 400
    english: Sequence[str] = ()
    broken: bool = True  # long numbers end at the edge of their column; else they run into the next one


def made(statement: Statement, path: Path) -> Path:
    """Set a statement by Typst and return its file."""
    given = statement.__dict__ | {
        "aligns": list(statement.aligns) or ["left"] * len(statement.heads),
        "width": sum(statement.widths) + 60,
        "font": fonts.FAMILY,
    }
    given["rows"] = (
        statement.rows
        if not statement.broken
        else [
            [
                _broken(cell, wide - 4, statement.size)
                for cell, wide in zip(row, statement.widths, strict=True)
            ]
            for row in statement.rows
        ]
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.typ").write_text(_TEMPLATE, encoding="utf-8")
        (folder / "data.json").write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
        faces = [str(face.parent) for face in fonts.font_files()]
        done = typst.compile(
            str(folder / "a.typ"), root=name, font_paths=faces, ignore_system_fonts=True, format="pdf"
        )
        path.write_bytes(bytes(done))
    return path


def _broken(cell: str, room: float, size: float) -> str:
    """Long numbers are broken at the edge of their column, as on real statements."""
    if not re.search(r"[\w-]{13}", cell):
        return cell
    out, used = "", 0.0
    for letter in cell:
        wide = size * (0.57 if letter.isascii() else 1.0)
        if used + wide > room:
            out, used = out + "\n", 0.0
        out, used = out + letter, used + wide
    return out


OWN, OTHER, THIRD = "6200990000000000119", "6200990000000000127", "6200990000000000143"


def money(n: int) -> str:
    return f"{n:,}.00"


def rows_of(count: int) -> list[tuple[int, str, str]]:
    """Signed amount, date and time of the invented payments; every third comes in."""
    return [
        ((n + 1) * (100 if n % 3 == 2 else -10), f"2024-03-{n % 28 + 1:02d}", f"10:{n % 60:02d}:07")
        for n in range(count)
    ]


def icbc(count: int = 40) -> Statement:
    heads = [
        "交易日期",
        "帐号",
        "储种",
        "序号",
        "币种",
        "钞汇",
        "摘要",
        "地区",
        "收入/支出金额",
        "余额",
        "对方户名",
        "对方帐号",
        "渠道",
    ]
    rows = []
    balance = 100_000
    for amount, day, clock in rows_of(count):
        balance += amount
        rows.append(
            [
                f"{day} {clock}",
                OWN,
                "活期",
                "00000",
                "人民币",
                "钞",
                "跨行汇款",
                "9901",
                f"{amount:+,}.00",
                money(balance),
                "季二水",
                OTHER,
                "手机银行",
            ]
        )
    above = [[f"卡号：{OWN}", "户名：章一凡", "起止日期：2024-03-01 — 2024-03-31"]]
    return Statement(
        "中国工商银行借记账户历史明细（电子版）",
        above,
        heads,
        rows,
        [52, 60, 30, 34, 34, 26, 44, 30, 60, 60, 44, 60, 44],
    )


def ccb(count: int = 40) -> Statement:
    heads = [
        "序号",
        "摘要",
        "币别",
        "钞汇",
        "交易日期",
        "交易金额",
        "账户余额",
        "交易地点/附言",
        "对方账号与户名",
    ]
    rows = []
    balance = 100_000
    for n, (amount, day, _) in enumerate(rows_of(count)):
        balance += amount
        rows.append(
            [
                str(n + 1),
                "转账存入" if amount > 0 else "消费",
                "人民币元",
                "钞",
                day.replace("-", ""),
                f"{amount:,}.00",
                money(balance),
                "示例市示例区示例路一百二十三号示例商场二层",
                f"{OTHER}/季二水",
            ]
        )
    above = [[f"卡号/账号：{OWN}", "客户名称：章一凡"], ["起始日期：20240301", "结束日期：20240331"]]
    return Statement(
        "中国建设银行个人活期账户全部交易明细",
        above,
        heads,
        rows,
        [24, 50, 46, 30, 50, 66, 70, 98, 110],
        aligns=["center-horizon"] * 9,
    )


def abc(count: int = 40) -> Statement:
    heads = [
        "交易日期",
        "交易时间",
        "交易摘要",
        "交易金额",
        "本次余额",
        "对手信息",
        "日志号",
        "交易渠道",
        "交易附言",
    ]
    rows = []
    balance = 100_000
    for amount, day, clock in rows_of(count):
        balance += amount
        rows.append(
            [
                day.replace("-", ""),
                clock.replace(":", ""),
                "转账",
                f"{amount:+}.00",
                f"{balance}.00",
                "季二水",
                "990000101",
                "超级网银",
                "转账",
            ]
        )
    above = [["户名：章一凡", f"账户：{OWN}", "币种：人民币"], ["起止日期：20240301-20240331"]]
    return Statement(
        "中国农业银行账户活期交易明细清单",
        above,
        heads,
        rows,
        [56, 50, 50, 70, 70, 70, 60, 60, 60],
        ruled=False,
        aligns=["left", "left", "left", "right", "right", "left", "left", "left", "left"],
    )


def boc(count: int = 40) -> Statement:
    heads = [
        "记账日期",
        "记账时间",
        "币别",
        "金额",
        "余额",
        "交易名称",
        "渠道",
        "网点名称",
        "附言",
        "对方账户名",
        "对方卡号/账号",
        "对方开户行",
    ]
    blank = "-------------------"
    rows = []
    balance = 100_000
    for amount, day, clock in rows_of(count):
        balance += amount
        rows.append(
            [
                day,
                clock,
                "人民币",
                f"{amount:,}.00",
                money(balance),
                "跨行转账",
                "手机银行",
                blank,
                blank,
                "季二水",
                OTHER,
                "示例银行",
            ]
        )
    above = [
        ["交易区间：2024-03-01 至 2024-03-31", "客户姓名：章一凡"],
        [f"借记卡号：{OWN}", "账号：990100000018"],
    ]
    return Statement(
        "中国银行交易流水明细清单",
        above,
        heads,
        rows,
        [52, 44, 36, 60, 66, 46, 46, 84, 84, 46, 92, 50],
        size=7,
    )


def cmb(count: int = 40) -> Statement:
    heads = ["记账日期", "货币", "交易金额", "联机余额", "交易摘要", "对手信息"]
    rows = []
    balance = 100_000
    for amount, day, _ in rows_of(count):
        balance += amount
        rows.append([day, "CNY", f"{amount:,}.00", money(balance), "转账汇款", f"季二水 {OTHER}"])
    above = [["户名：章一凡", f"账号：{OWN}"], ["账户类型：一卡通", "2024-03-01 -- 2024-03-31"]]
    return Statement(
        "招商银行交易流水",
        above,
        heads,
        rows,
        [80, 50, 80, 90, 90, 150],
        ruled=False,
        aligns=["left", "left", "right", "right", "center", "left"],
        gap=5,
        below=["合计：以下空白", "温馨提示：本流水仅供参考"],
    )


def cmbc(count: int = 40) -> Statement:
    heads = [
        "凭证类型",
        "凭证号码",
        "交易时间",
        "摘要",
        "交易金额",
        "账户余额",
        "现转标志",
        "交易渠道",
        "交易机构",
        "对方户名/账号",
        "对方行名",
    ]
    rows = []
    balance = 100_000
    for amount, day, clock in rows_of(count):
        balance += amount
        rows.append(
            [
                "借记卡",
                "",
                f"{day.replace('-', '/')} {clock}",
                "转账",
                f"{amount:,}.00",
                money(balance),
                "转",
                "手机银行",
                "9901",
                f"季二水/{OTHER}",
                "示例银行",
            ]
        )
    above = [["客户姓名：章一凡", f"客户账号：{OWN}"], ["起止日期：2024/03/01-2024/03/31"]]
    return Statement(
        "中国民生银行个人账户对账单",
        above,
        heads,
        rows,
        [44, 44, 52, 40, 64, 70, 44, 46, 40, 76, 50],
        ruled=False,
        aligns=["left"] * 4 + ["right"] * 2 + ["center"] * 2 + ["left"] * 3,
    )


def bocom(count: int = 40) -> Statement:
    heads = [
        "序号",
        "交易日期",
        "交易时间",
        "交易类型",
        "借贷",
        "交易金额",
        "余额",
        "对方账号",
        "对方户名",
        "交易地点",
        "摘要",
    ]
    rows = []
    balance = 100_000
    for n, (amount, day, clock) in enumerate(rows_of(count)):
        balance += amount
        rows.append(
            [
                str(n + 1),
                day,
                clock,
                "转账",
                "贷 Cr" if amount > 0 else "借 Dr",
                money(abs(amount)),
                money(balance),
                OTHER,
                "季二水",
                "示例市",
                "转账",
            ]
        )
    above = [[f"账号/卡号：{OWN}", "户名：章一凡"], ["查询起日：2024-03-01", "查询止日：2024-03-31"]]
    return Statement(
        "交通银行个人客户交易清单",
        above,
        heads,
        rows,
        [30, 54, 46, 46, 40, 64, 70, 100, 46, 50, 46],
        aligns=["center"] * 5 + ["right"] * 2 + ["left"] * 4,
    )


def wechat(count: int = 40) -> Statement:
    heads = ["交易单号", "交易时间", "交易类型", "收/支/其他", "交易方式", "金额(元)", "交易对方", "商户单号"]
    rows = [
        [
            f"10000990{n:020d}",
            f"{day} {clock}",
            "转账",
            "收入" if amount > 0 else "支出",
            "零钱",
            f"{abs(amount)}.00",
            "小水",
            f"100009901{n:019d}",
        ]
        for n, (amount, day, clock) in enumerate(rows_of(count))
    ]
    above = [
        ["兹证明:章一凡(居民身份证:990101199001010019),在其微信号:wxid_demo_zhang中的交易明细信息如下:"],
        ["微信支付交易明细对应时间段", "2024-03-01 00:00:00至2024-03-31 23:59:59"],
    ]
    return Statement("微信支付交易明细证明", above, heads, rows, [84, 56, 44, 44, 44, 50, 60, 84])


def alipay(count: int = 40) -> Statement:
    heads = ["收/支", "交易对方", "商品说明", "收/付款方式", "金额", "交易订单号", "商家订单号", "交易时间"]
    rows = [
        [
            "收入" if amount > 0 else "支出",
            "水",
            "转账备注",
            "余额",
            f"{abs(amount)}.00",
            f"20240305220014{n:012d}",
            "",
            f"{day} {clock}",
        ]
        for n, (amount, day, clock) in enumerate(rows_of(count))
    ]
    above = [
        ["编号:2024030500000001"],
        ["兹证明:章一凡(证件号码:990101199001010019)在其支付宝账号zhang@example.com中明细信息如下:"],
        ["币种:人民币/单位:元", "交易时间段:2024-03-01 00:00:00至2024-03-31 23:59:59"],
    ]
    return Statement("支付宝交易流水证明", above, heads, rows, [36, 60, 70, 60, 56, 90, 80, 58], ruled=False)


ALL = {
    "bill_icbc_pdf": icbc,
    "bill_ccb": ccb,
    "bill_abc": abc,
    "bill_boc": boc,
    "bill_cmb": cmb,
    "bill_cmbc": cmbc,
    "bill_bocom": bocom,
    "bill_wechat_short": wechat,
    "bill_alipay_app": alipay,
}
