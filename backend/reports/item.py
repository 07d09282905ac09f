"""An item of the district as a report: what it is about, why and why not, what is missing, what its noun adds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

from backend.contract.district.common import AnyItem, Envelope, Reason
from backend.district.care.answers import care_show
from backend.district.chemicals.answers import chemicals_show
from backend.district.clues.answers import clues_show
from backend.district.drivers.answers import drivers_show
from backend.district.figures.answers import figures_show
from backend.district.risk.answers import risk_show
from backend.district.tasks.answers import tasks_show
from backend.district.water.answers import water_show
from backend.district.words import unit
from backend.reports.composition import ReportColumn, numbered_parts, table
from backend.reports.item_parts import PARTS, shown
from backend.reports.material import Material, sources
from backend.reports.telling import Telling
from graph_schema.language import Text
from graph_schema.store import Store, Viewer
from viz.report.model import Block, Furniture, Paragraph, Report, Sentence

TITLES: Mapping[str, Text] = {
    "clues": Text("网络贩毒线索串并报告", "Online-sale clues of one seller"),
    "risk": Text("规模性制毒风险企业核查报告", "A firm at risk of large-scale manufacture"),
    "chemicals": Text("易制毒化学品和设备核查报告", "Precursors and equipment: a finding"),
    "drivers": Text("失驾人员核查报告", "A barred driver: to be verified"),
    "care": Text("分级管控情况报告", "Graded care of a registered person"),
    "water": Text("污水预警报告", "Waste-water early warning"),
    "figures": Text("指标核对报告", "A figure and its list"),
    "tasks": Text("督办任务报告", "A task under supervision"),
}
_SHOW: Mapping[str, Callable[..., Envelope]] = {
    "clues": clues_show,
    "risk": risk_show,
    "chemicals": chemicals_show,
    "drivers": drivers_show,
    "care": care_show,
    "water": water_show,
    "figures": figures_show,
    "tasks": tasks_show,
}
_ROWS = 12
"""Rows cited for one reason: all of them are in the workbench."""


def item_report(
    store: Store, viewer: Viewer, noun: str, item_id: str, language: str, furniture: Furniture
) -> Report:
    """The report of one item. Raises ``NotFound``, ``Forbidden`` for care where the viewer may not see it."""
    answer = cast(Mapping[str, Any], _SHOW[noun](store, viewer, item_id))  # each noun has a shape of its own
    item: AnyItem = answer["items"][0]
    t = Telling(language, {}, {}, frozenset())
    review = item["review"]
    status = review["decision"] if review else "candidate"
    blocks = list(numbered_parts(language, _parts(t, noun, item)))
    rules = t.pick("；", "; ").join(
        each["id"] + (t.pick("（示例）", " (example)") if each["example"] else "") for each in answer["rules"]
    )
    return Report(
        title=TITLES[noun].of(language),
        subject=_subject(noun, item),
        status=status,
        status_text=t.decided(status, review),
        lead=t.pick(
            "本报告由规则计算得出，仅作核查线索，不作为认定依据；是否属实由人判断。",
            "Computed by rules: a lead to be verified, not a finding. People decide whether it is so.",
        ),
        blocks=tuple(blocks),
        sources=sources(store, viewer, blocks, Material({}, t)),
        run=t.pick(
            f"统计截至 {answer['on'][:10]}，第 {answer['as_of']} 批导入；规则 {rules}",
            f"As of {answer['on'][:10]}, load {answer['as_of']}; rules {rules}",
        ),
        furniture=furniture,
        language=language,
    )


def _subject(noun: str, item: AnyItem) -> str:
    """The first two subjects by name; a figure is told by its id, and so are clues, whose platform is one."""
    if noun == "figures":
        return item["id"].replace("|", " ")
    names = [each["name"] or each["id"] for each in item["subjects"][:2]]
    return " ".join(names) if len(set(names)) == len(names) else f"{names[0]} {item['id']}"


def _parts(t: Telling, noun: str, item: AnyItem) -> Iterator[tuple[Text, Sequence[Block]]]:
    yield Text("对象", "Subject"), [_subjects(t, item)]
    yield Text("理由", "Reasons"), [_reasons(t, Text("理由", "Reasons"), item["reasons"])]
    yield (
        Text("反面情况", "What speaks against it"),
        [_reasons(t, Text("反面情况", "Against"), item["against"])],
    )
    if item["missing"]:
        yield Text("尚缺", "Missing"), [_reasons(t, Text("尚缺", "Missing"), item["missing"])]
    if facts := PARTS[noun](t, item):
        yield Text("明细", "Details"), facts


def _subjects(t: Telling, item: AnyItem) -> Block:
    columns = (ReportColumn(Text("名称", "Name"), 1.6), ReportColumn(Text("编号", "Id"), 1.4))
    rows = [(each["name"] or "-", each["id"]) for each in item["subjects"]]
    proof = [tuple(item["evidence"][:_ROWS]) if n == 0 else () for n in range(len(rows))]
    return table(t, Text("涉及对象", "Subjects"), columns, rows, proof)


def _reasons(t: Telling, caption: Text, reasons: Sequence[Reason]) -> Block:
    if not reasons:
        return Paragraph((Sentence(t.pick("没有。", "None.")),))
    columns = (
        ReportColumn(Text("内容", "What"), 3.0),
        ReportColumn(Text("数值", "Value"), 0.7),
        ReportColumn(Text("界限", "Limit"), 0.7),
        ReportColumn(Text("规则", "Rule"), 1.3),
    )
    rows = [
        (
            t.pick(each["zh"], each["en"]),
            _figure(t, each, "value"),
            _figure(t, each, "threshold"),
            each["rule"],
        )
        for each in reasons
    ]
    return table(t, caption, columns, rows, [tuple(each["evidence"][:_ROWS]) for each in reasons])


def _figure(t: Telling, reason: Reason, of: str) -> str:
    value = reason["value"] if of == "value" else reason["threshold"]
    of_it = unit(reason["unit"]).of(t.language)
    return "-" if value is None else f"{shown(value)} {of_it}".strip()
