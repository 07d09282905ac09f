"""The interface words of drawings in Chinese and English: names of roles, marks, headings, buttons."""

from __future__ import annotations

from typing import NamedTuple

from graph_schema import legend


class Both(NamedTuple):
    zh: str
    en: str

    def of(self, language: str) -> str:
        """The words in ``language``; anything but ``en`` is Chinese."""
        return self.en if language == "en" else self.zh


GLYPH = {role: Both(*pair) for role, pair in legend.GLYPHS.items()}
ROLE = {role: Both(*pair) for role, pair in legend.ROLES.items()}

KIND = {
    "person": Both("人员", "Person"),
    "case": Both("案件", "Case"),
    "company": Both("企业", "Company"),
    "gang": Both("团伙", "Gang"),
    "chain": Both("链条", "Chain"),
    "seizure": Both("缴获", "Seizure"),
    "parcel": Both("快递", "Parcel"),
    "chemical": Both("化学品", "Chemical"),
    "phone": Both("号码", "Phone"),
    "sim": Both("SIM 卡", "SIM"),
    "device": Both("手机", "Device"),
    "account": Both("账户", "Account"),
    "bank": Both("银行账户", "Bank account"),
    "card": Both("银行卡", "Bank card"),
    "wechat": Both("微信", "WeChat"),
    "tenpay": Both("财付通", "Tenpay"),
    "alipay": Both("支付宝", "Alipay"),
    "clue": Both("线索", "Clue"),
    "statement": Both("供述", "Statement"),
    "vehicle": Both("车辆", "Vehicle"),
    "place": Both("地点", "Place"),
    "cell": Both("基站", "Cell"),
}

EDGE = {
    "supply": Both("供货", "Supply"),
    "tie": Both("关联", "Tie"),
    "payment": Both("资金", "Payment"),
    "call": Both("通话", "Call"),
    "message": Both("消息", "Message"),
    "parcel": Both("快递", "Parcel"),
    "trade": Both("购销", "Trade"),
    "statement": Both("供述", "Statement"),
    "clue": Both("线索", "Clue"),
    "mention": Both("提及", "Mention"),
    "seizure": Both("缴获", "Seizure"),
    "same_batch": Both("同批次", "Same batch"),
    "device": Both("同设备", "Same device"),
    "same_device": Both("同设备", "Same device"),
    "involvement": Both("涉案", "Involved"),
    "holds": Both("持有", "Holds"),
    "seen": Both("行踪", "Seen at"),
    "stay": Both("同住", "Stayed"),
    "gang": Both("同团伙", "Same gang"),
    "payee": Both("代收", "Collects for"),
    "paid_for": Both("代付", "Paid on his behalf"),
    "runner": Both("送货", "Runs for"),
    "identifier": Both("同一标识", "Shared identifier"),
    "leads": Both("可延伸至", "Leads to"),
}

STATUS = {state: Both(*pair) for state, pair in legend.STATES.items()}
CHIP = {state: Both(*pair) for state, pair in legend.CHIPS.items()} | {"weakest": Both("最弱", "weakest")}
STRENGTH = tuple(Both(zh, en) for _, zh, en in legend.STRENGTHS)

TEXT = {
    "app": Both("溯链 Upline", "Upline"),
    "fact": Both("事实", "Fact"),
    "conclusion": Both("推断", "Conclusion"),
    "hop": Both("第 {n} 跳", "Hop {n}"),
    "rows": Both("依据 {n} 行", "{n} evidence rows"),
    "one_row": Both("依据 1 行", "1 evidence row"),
    "score": Both("强度", "Score"),
    "count.payment": Both("{n} 笔", "{n} payments"),
    "count.call": Both("{n} 通", "{n} calls"),
    "count.message": Both("{n} 条", "{n} messages"),
    "count.parcel": Both("{n} 件", "{n} parcels"),
    "count.seizure": Both("{n} 份", "{n} exhibits"),
    "count.statement": Both("{n} 份", "{n} statements"),
    "count": Both("{n} 次", "{n} times"),
    "unknown_holder": Both("持有人未知", "Holder unknown"),
    "legend": Both("图例", "Legend"),
    "legend.candidate": Both("候选：虚线", "Candidate: dashed"),
    "legend.confirmed": Both("确认：实线", "Confirmed: solid"),
    "legend.weak": Both("强度 0.50 以下", "below 0.50"),
    "legend.weakest": Both("最弱一跳", "Weakest hop"),
    "legend.role": Both(
        "角色由行为特征推断，不代表法律上的主从犯认定。",
        "Roles are inferred from behaviour; they do not say who is a principal or an accessory.",
    ),
    "legend.up": Both(
        "上方为上家；箭头表示事实发生的方向。", "Upward is upline; arrows show the direction of events."
    ),
    "legend.force": Both(
        "本图位置为自动排布，远近没有含义。", "Positions are computed; distance means nothing."
    ),
    "requests": Both("补证清单", "Requests to make"),
    "requests.holder": Both("持有人", "Holder"),
    "requests.identifier": Both("调取对象", "Request"),
    "requests.period": Both("期间", "Period"),
    "requests.content": Both("内容", "Content"),
    "requests.hop": Both("加强", "Strengthens"),
    "counts": Both(
        "图中 {nodes} 个对象 · {edges} 条关系 · {rows} 行依据",
        "{nodes} objects · {edges} relations · {rows} evidence rows",
    ),
    "counts.only": Both("图中 {nodes} 个对象 · {edges} 条关系", "{nodes} objects · {edges} relations"),
    "rows.cut": Both("先显示 {n} 行，共 {total} 行。", "First {n} of {total} rows."),
    "rows.all": Both("显示全部 {total} 行", "Show all {total} rows"),
    "table": Both("表格", "Tables"),
    "table.nodes": Both("人员与对象", "Persons and objects"),
    "table.edges": Both("关系与推断", "Relations and conclusions"),
    "table.evidence": Both("依据（原始记录）", "Evidence (source rows)"),
    "table.skip": Both("跳到表格", "Skip to the tables"),
    "col.number": Both("序号", "No."),
    "col.name": Both("名称", "Name"),
    "col.kind": Both("类别", "Kind"),
    "col.status": Both("状态", "Status"),
    "col.facts": Both("说明", "What is known"),
    "col.rows": Both("依据", "Evidence"),
    "col.from": Both("从", "From"),
    "col.to": Both("到", "To"),
    "col.amount": Both("数量与期间", "Amount and period"),
    "col.of": Both("属于", "Belongs to"),
    "col.file": Both("文件", "File"),
    "col.sheet": Both("表", "Sheet"),
    "col.row": Both("行", "Row"),
    "col.text": Both("内容", "Text"),
    "col.ref": Both("出处", "Reference"),
    "show": Both("在图中查看", "Show"),
    "panel": Both("详情", "Details"),
    "panel.summary": Both("概要", "Summary"),
    "panel.hint": Both(
        "点选图中的人、线或卡片，或表中的“在图中查看”，此处列出依据。",
        "Select a person, a line or a card, or “Show” in a table. The evidence is listed here.",
    ),
    "panel.back": Both("返回概要", "Back to summary"),
    "panel.links": Both("直接关系", "Direct relations"),
    "panel.beside": Both("两者之间的其他关系", "Other relations between the two"),
    "panel.evidence": Both("依据", "Evidence"),
    "panel.no_evidence": Both("该结论没有可展示的原始记录。", "No source row can be shown for this."),
    "panel.no_text": Both(
        "（原文未随图导出，按出处查阅）", "(text not exported with the drawing; see the reference)"
    ),
    "evidence.place": Both("{file} / {sheet} / 第 {row} 行", "{file} / {sheet} / row {row}"),
    "evidence.place2": Both("{file} / 第 {row} 行", "{file} / row {row}"),
    "evidence.says": Both("{place}：{text}", "{place}: {text}"),
    "canvas": Both(
        "关系图。方向键逐个选择，加号和减号缩放，0 显示全图，Esc 取消。下方表格内容相同。",
        "Graph. Arrow keys step through, plus and minus zoom, 0 fits, Esc clears. The tables show the same data.",
    ),
    "names": Both("显示 {n} / {total} 个名称，放大可见其余", "{n} of {total} names; zoom in for the rest"),
    "zoom.in": Both("放大", "Zoom in"),
    "zoom.out": Both("缩小", "Zoom out"),
    "zoom.fit": Both("全图", "Fit"),
    "language": Both("English", "中文"),
    "announce": Both(
        "{name}，{role}，{status}，{n} 个直接联系", "{name}, {role}, {status}, {n} direct relations"
    ),
    "announce.edge": Both(
        "{from} 到 {to}，{kind}，{status}，依据 {n} 行", "{from} to {to}, {kind}, {status}, {n} rows"
    ),
}


def text(key: str, language: str, **values: object) -> str:
    """The interface text ``key`` in ``language`` with ``values`` put in."""
    words = TEXT[key].of(language)
    return words.format(**values) if values else words


def role_name(role: str, language: str) -> str:
    return ROLE.get(role, ROLE["unknown"]).of(language)


def kind_name(kind: str, language: str) -> str:
    """Name of a kind of node; a kind without words of its own is shown as it is."""
    return KIND[kind].of(language) if kind in KIND else kind


def edge_name(kind: str, language: str) -> str:
    """Name of a kind of edge; a kind without words of its own is shown as it is."""
    return EDGE[kind].of(language) if kind in EDGE else kind


def count_text(kind: str, n: int, language: str) -> str:
    """``5 笔`` or ``5 payments``; one of something is singular in English."""
    key = f"count.{kind}" if f"count.{kind}" in TEXT else "count"
    words = text(key, language, n=n)
    return words.removesuffix("s") if language == "en" and n == 1 else words


def rows_text(n: int, language: str) -> str:
    return text("one_row", language) if n == 1 else text("rows", language, n=n)


def split_reference(row: str) -> tuple[str, str, str]:
    """Take ``sha256[:12]/sheet/row`` apart.

    A sheet may hold slashes, ``-`` stands for a file without sheets.
    """
    prefix, _, rest = row.partition("/")
    sheet, _, number = rest.rpartition("/")
    return prefix, "" if sheet == "-" else sheet, number
