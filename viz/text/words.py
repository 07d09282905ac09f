"""The interface words of drawings in Chinese and English: names of roles, marks, headings, buttons."""

from __future__ import annotations

from graph_schema import legend
from graph_schema.language import Text

GLYPH = {role: Text(*pair) for role, pair in legend.GLYPHS.items()}
ROLE = {role: Text(*pair) for role, pair in legend.ROLES.items()}

KIND = {
    "person": Text("人员", "Person"),
    "case": Text("案件", "Case"),
    "company": Text("企业", "Company"),
    "gang": Text("团伙", "Gang"),
    "chain": Text("链条", "Chain"),
    "seizure": Text("缴获", "Seizure"),
    "parcel": Text("快递", "Parcel"),
    "chemical": Text("化学品", "Chemical"),
    "phone": Text("号码", "Phone"),
    "sim": Text("SIM 卡", "SIM"),
    "device": Text("手机", "Device"),
    "account": Text("账户", "Account"),
    "bank": Text("银行账户", "Bank account"),
    "card": Text("银行卡", "Bank card"),
    "wechat": Text("微信", "WeChat"),
    "tenpay": Text("财付通", "Tenpay"),
    "alipay": Text("支付宝", "Alipay"),
    "clue": Text("线索", "Clue"),
    "statement": Text("供述", "Statement"),
    "vehicle": Text("车辆", "Vehicle"),
    "place": Text("地点", "Place"),
    "cell": Text("基站", "Cell"),
}

EDGE = {
    "supply": Text("供货", "Supply"),
    "tie": Text("关联", "Tie"),
    "payment": Text("资金", "Payment"),
    "call": Text("通话", "Call"),
    "message": Text("消息", "Message"),
    "parcel": Text("快递", "Parcel"),
    "trade": Text("购销", "Trade"),
    "statement": Text("供述", "Statement"),
    "clue": Text("线索", "Clue"),
    "mention": Text("提及", "Mention"),
    "seizure": Text("缴获", "Seizure"),
    "same_batch": Text("同批次", "Same batch"),
    "device": Text("同设备", "Same device"),
    "same_device": Text("同设备", "Same device"),
    "involvement": Text("涉案", "Involved"),
    "holds": Text("持有", "Holds"),
    "seen": Text("行踪", "Seen at"),
    "stay": Text("同住", "Stayed"),
    "gang": Text("同团伙", "Same gang"),
    "payee": Text("代收", "Collects for"),
    "paid_for": Text("代付", "Paid on his behalf"),
    "runner": Text("送货", "Runs for"),
    "identifier": Text("同一标识", "Shared identifier"),
    "leads": Text("可延伸至", "Leads to"),
}

STATUS = {state: Text(*pair) for state, pair in legend.STATES.items()}
CHIP = {state: Text(*pair) for state, pair in legend.CHIPS.items()} | {"weakest": Text("最弱", "weakest")}
STRENGTH = tuple(Text(zh, en) for _, zh, en in legend.STRENGTHS)

PATTERN = {kind: Text(*pair) for kind, pair in legend.PATTERNS.items()}
"""Shapes of payments, by kind."""

TEXT = {
    "app": Text("溯链 Upline", "Upline"),
    "fact": Text("事实", "Fact"),
    "conclusion": Text("推断", "Conclusion"),
    "hop": Text("第 {n} 跳", "Hop {n}"),
    "rows": Text("依据 {n} 行", "{n} evidence rows"),
    "one_row": Text("依据 1 行", "1 evidence row"),
    "score": Text("强度", "Score"),
    "count.payment": Text("{n} 笔", "{n} payments"),
    "count.call": Text("{n} 通", "{n} calls"),
    "count.message": Text("{n} 条", "{n} messages"),
    "count.parcel": Text("{n} 件", "{n} parcels"),
    "count.seizure": Text("{n} 份", "{n} exhibits"),
    "count.statement": Text("{n} 份", "{n} statements"),
    "count": Text("{n} 次", "{n} times"),
    "unknown_holder": Text("持有人未知", "Holder unknown"),
    "legend": Text("图例", "Legend"),
    "legend.candidate": Text("候选：虚线", "Candidate: dashed"),
    "legend.confirmed": Text("确认：实线", "Confirmed: solid"),
    "legend.weak": Text("强度 0.50 以下", "below 0.50"),
    "legend.weakest": Text("最弱一跳", "Weakest hop"),
    "legend.role": Text(
        "角色由行为特征推断，不代表法律上的主从犯认定。",
        "Roles are inferred from behaviour; they do not say who is a principal or an accessory.",
    ),
    "legend.up": Text(
        "上方为上家；箭头表示事实发生的方向。", "Upward is upline; arrows show the direction of events."
    ),
    "legend.by_hand": Text(
        "手工标注（文字、箭头、框、便签、颜色、图标），不是研判结果",
        "drawn by hand (texts, arrows, frames, notes, colours, icons), no result of the analysis",
    ),
    "legend.force": Text(
        "本图位置为自动排布，远近没有含义。", "Positions are computed; distance means nothing."
    ),
    "requests": Text("补证清单", "Requests to make"),
    "requests.holder": Text("持有人", "Holder"),
    "requests.identifier": Text("调取对象", "Request"),
    "requests.period": Text("期间", "Period"),
    "requests.content": Text("内容", "Content"),
    "requests.hop": Text("加强", "Strengthens"),
    "counts": Text(
        "图中 {nodes} 个对象 · {edges} 条关系 · {rows} 行依据",
        "{nodes} objects · {edges} relations · {rows} evidence rows",
    ),
    "counts.only": Text("图中 {nodes} 个对象 · {edges} 条关系", "{nodes} objects · {edges} relations"),
    "rows.cut": Text("先显示 {n} 行，共 {total} 行。", "First {n} of {total} rows."),
    "rows.all": Text("显示全部 {total} 行", "Show all {total} rows"),
    "table": Text("表格", "Tables"),
    "table.nodes": Text("人员与对象", "Persons and objects"),
    "table.edges": Text("关系与推断", "Relations and conclusions"),
    "table.evidence": Text("依据（原始记录）", "Evidence (source rows)"),
    "table.skip": Text("跳到表格", "Skip to the tables"),
    "col.number": Text("序号", "No."),
    "col.name": Text("名称", "Name"),
    "col.kind": Text("类别", "Kind"),
    "col.status": Text("状态", "Status"),
    "col.remarks": Text("说明", "What is known"),
    "col.rows": Text("依据", "Evidence"),
    "col.from": Text("从", "From"),
    "col.to": Text("到", "To"),
    "col.amount": Text("数量与期间", "Amount and period"),
    "col.of": Text("属于", "Belongs to"),
    "col.file": Text("文件", "File"),
    "col.sheet": Text("表", "Sheet"),
    "col.row": Text("行", "Row"),
    "col.text": Text("内容", "Text"),
    "col.ref": Text("出处", "Reference"),
    "show": Text("在图中查看", "Show"),
    "panel": Text("详情", "Details"),
    "panel.summary": Text("概要", "Summary"),
    "panel.hint": Text(
        "点选图中的人、线或卡片，或表中的“在图中查看”，此处列出依据。",
        "Select a person, a line or a card, or “Show” in a table. The evidence is listed here.",
    ),
    "panel.back": Text("返回概要", "Back to summary"),
    "panel.links": Text("直接关系", "Direct relations"),
    "panel.beside": Text("两者之间的其他关系", "Other relations between the two"),
    "panel.evidence": Text("依据", "Evidence"),
    "panel.no_evidence": Text("该结论没有可展示的原始记录。", "No source row can be shown for this."),
    "panel.no_text": Text(
        "（原文未随图导出，按出处查阅）", "(text not exported with the drawing; see the reference)"
    ),
    "evidence.place": Text("{file} / {sheet} / 第 {row} 行", "{file} / {sheet} / row {row}"),
    "evidence.place2": Text("{file} / 第 {row} 行", "{file} / row {row}"),
    "evidence.says": Text("{place}：{text}", "{place}: {text}"),
    "canvas": Text(
        "关系图。方向键逐个选择，加号和减号缩放，0 显示全图，Esc 取消。下方表格内容相同。",
        "Graph. Arrow keys step through, plus and minus zoom, 0 fits, Esc clears. The tables show the same data.",
    ),
    "names": Text("显示 {n} / {total} 个名称，放大可见其余", "{n} of {total} names; zoom in for the rest"),
    "zoom.in": Text("放大", "Zoom in"),
    "zoom.out": Text("缩小", "Zoom out"),
    "zoom.fit": Text("全图", "Fit"),
    "language": Text("English", "中文"),
    "announce": Text(
        "{name}，{role}，{status}，{n} 个直接联系", "{name}, {role}, {status}, {n} direct relations"
    ),
    "announce.edge": Text(
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
