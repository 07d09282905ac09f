"""The money trace as a report: what was followed, the main flows by layer, sums split, gathered and come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from backend import answers
from backend.answers.ordered import NO_MOST
from backend.answers.shape import time_text
from backend.contract.suites import FlowShown, Ordered, TraceLimits, TransferShown
from backend.drawings import run_of
from backend.reports.composition import NUMBER, ReportColumn, composed, numbered_parts, table
from backend.reports.material import Material
from backend.reports.telling import Telling, minute, money
from graph_schema.language import Text
from graph_schema.store import Store, Viewer
from viz.report.model import Block, Furniture, Paragraph, Report
from viz.text.phrases import number_text

MOST_FLOWS = 60
MOST_SHAPES = 40


def trace_report(
    store: Store,
    viewer: Viewer,
    start: str,
    asked: Mapping[str, Any],  # the parameters of the trace, as the answer takes them
    language: str,
    furniture: Furniture,
) -> Report:
    """Money followed from a person, an account or one payment. Raises ``NotFound`` where there is no such start."""
    found = answers.ordered(store, viewer, start, **asked)
    t = Telling(language, {}, {}, frozenset())
    stuff = Material({}, t)
    called = Called(t, found)
    origin = t.pick("一笔付款", "one payment") if found["origin"] is None else called(found["origin"])
    return composed(
        store,
        viewer,
        stuff,
        list(numbered_parts(language, _parts(t, found, called))),
        title=Text("资金追踪报告", "Money trace"),
        subject=Text(origin, origin),
        status="candidate",
        review=None,
        run=run_of(store, viewer),
        furniture=furniture,
    )


class Called:
    """How an end of a payment is called: by name, else by kind and number, with who holds it."""

    def __init__(self, t: Telling, found: Ordered) -> None:
        self._names = {person["id"]: t.bare(person) for person in found["persons"]}
        self._held, self._language = found["holders"], t.language

    def __call__(self, end: str) -> str:
        if end in self._names:
            return self._names[end]
        holder = self._names.get(self._held.get(end, ""), "")
        return f"{number_text(end, self._language)} {holder}".strip()


def _parts(t: Telling, found: Ordered, called: Called) -> Iterator[tuple[Text, Sequence[Block]]]:
    yield (
        Text("追踪条件和结果", "What was followed"),
        [Paragraph(tuple(t.say(*each) for each in _told(found, called)))],
    )
    if found["flows"]:
        listed = _flows(t, found["flows"][:MOST_FLOWS], called)
        yield Text("主要流向", "Main flows"), [*_first_of(t, MOST_FLOWS, found["flows_total"]), listed]
    if shapes := list(_shapes(t, found, called)):
        columns = (
            ReportColumn(Text("形态", "Shape"), 0.6),
            ReportColumn(Text("对象", "Party"), 1.4),
            ReportColumn(Text("时间", "Time"), 1.1),
            ReportColumn(Text("金额", "Sum"), 1.0),
            ReportColumn(Text("笔数", "Payments"), 0.6),
        )
        caption = Text("拆分、汇集与回流", "Splits, merges, returns")
        rows, proof = [row for row, _ in shapes[:MOST_SHAPES]], [rows for _, rows in shapes[:MOST_SHAPES]]
        only = _first_of(t, MOST_SHAPES, len(shapes))
        yield caption, [*only, table(t, caption, columns, rows, proof)]


def _first_of(t: Telling, most: int, every: int) -> list[Block]:
    """Says that a table lists only its first lines; nothing where it lists all."""
    if every <= most:
        return []
    return [
        Paragraph(
            (t.say(f"共 {every} 条，只列出前 {most} 条。", f"Only the first {most} of {every} are listed."),)
        )
    ]


def _told(found: Ordered, called: Called) -> Iterator[tuple[str, str]]:
    limits = found["limits"]
    way = (
        Text("去向", "where it went") if found["direction"] == "down" else Text("来源", "where it came from")
    )
    yield (
        f"按时间顺序追踪资金{way.zh}，最多 {limits['layers']} 层，共 {found['total']} 笔，{found['flows_total']} 条流向。",
        f"Money was followed in order of time, {way.en}, over at most {limits['layers']} layers: "
        f"{found['total']} payments, {found['flows_total']} flows.",
    )
    if (hours := limits["window_hours"]) is not None:
        yield f"相邻两笔最多相隔 {hours:g} 小时。", f" At most {hours:g} hours lie between two of them."
    yield from _bounds_told(limits)
    if sum(each["events"] for each in found["layers"]) > found["total"]:
        yield (
            "只知日期的付款可能同时在几层，每层各计一次。",
            " A payment known by its day only may stand in several layers; each counts it once.",
        )
    if found["truncated"]:
        yield (
            "结果已按上限截取，可能还有没有列出的付款和流向。",
            " The result was cut at its bounds; there may be payments and flows that are not listed.",
        )
    if found["cut"]:
        names = [called(each) for each in found["cut"][:10]]
        yield (
            f"以下各方只看了最新的 {limits['fan']} 笔：{'、'.join(names)}。",
            f" Of these only the newest {limits['fan']} payments were followed: {', '.join(names)}.",
        )
    yield (
        "资金不分彼此，后一笔不一定是同一笔钱。",
        " Money has no name: a later payment need not be the same money.",
    )


def _bounds_told(limits: TraceLimits) -> Iterator[tuple[str, str]]:
    """Sentences on ratio, period and exchange, where they bound the trace."""
    least, most = limits["ratio_least"] or 0.0, limits["ratio_most"]
    if most is not None:
        low = Text(f"不低于 {least:g}", f"is at least {least:g}")
        span = low if most >= NO_MOST else Text(f"为 {least:g}–{most:g}", f"lies within {least:g}–{most:g}")
        yield f"后笔与前笔金额之比{span.zh}。", f" The later amount through the earlier one {span.en}."
    if (first := limits["first"]) is not None:
        yield f"只看 {_at(first)} 及以后的付款。", f" Only payments from {_at(first)} on were followed."
    if (last := limits["last"]) is not None:
        yield f"只看 {_at(last)} 及以前的付款。", f" Only payments until {_at(last)} were followed."
    if limits["exchange"]:
        yield (
            "也追踪换成其他币种的资金，不同币种的金额不作比较。",
            " Money was followed into other currencies too; amounts of two currencies were not compared.",
        )


def _at(ms: int) -> str:
    return minute(time_text(ms))


def _flows(t: Telling, flows: Sequence[FlowShown], called: Called) -> Block:
    columns = (
        NUMBER,
        ReportColumn(Text("层", "Layer"), 0.4),
        ReportColumn(Text("付款方", "Payer"), 1.3),
        ReportColumn(Text("收款方", "Payee"), 1.3),
        ReportColumn(Text("笔数", "Payments"), 0.6),
        ReportColumn(Text("金额", "Sum"), 1.0),
        ReportColumn(Text("其中现金", "Of it cash"), 0.8),
        ReportColumn(Text("时段", "Period"), 1.2),
    )
    rows = [
        (
            str(n),
            str(flow["layer"]),
            called(flow["from"]),
            called(flow["to"]),
            str(flow["payments"]),
            money(flow["fen"], flow["currency"], t.language),
            money(flow["cash_fen"], flow["currency"], t.language) if flow["cash_fen"] else "-",
            f"{minute(flow['first'])[:10]}\n{minute(flow['last'])[:10]}",
        )
        for n, flow in enumerate(flows, start=1)
    ]
    return table(
        t, Text("主要流向", "Main flows"), columns, rows, [tuple(flow["evidence"]) for flow in flows]
    )


def _shapes(t: Telling, found: Ordered, called: Called) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each sum that left in parts, was gathered or came back, with its rows."""
    split, merged, back = t.pick("拆分", "split"), t.pick("汇集", "gathered"), t.pick("回流", "returned")
    shapes: list[tuple[str, str, TransferShown, list[TransferShown]]] = [
        *((split, each["whole"]["to"], each["whole"], each["parts"]) for each in found["splits"]),
        *((merged, each["whole"]["from"], each["whole"], each["parts"]) for each in found["merges"]),
        *((back, each["events"][0]["from"], each["events"][0], each["events"]) for each in found["returns"]),
    ]
    for word, party, first, counted in shapes:
        row = (
            word,
            called(party),
            minute(first["at"]),
            money(first["fen"], first["currency"], t.language),
            str(len(counted)),
        )
        yield row, tuple(dict.fromkeys(ref for event in (first, *counted) for ref in event["evidence"]))[:12]
