"""Which rule files there are, and what each of their columns holds. Adding a file: one line here, one CSV beside the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph_schema.language import Text

CellKind = Literal["text", "number", "integer", "choice"]


@dataclass(frozen=True)
class Column:
    """One column of a rule file; ``must`` cells are filled, ``choices`` close the list."""

    name: str
    kind: CellKind = "text"
    must: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleFile:
    """One rule file: its name (also the file's), what it is called, its own columns beside the common ones."""

    name: str
    title: Text
    columns: tuple[Column, ...]


COMMON = ("valid_from", "valid_to", "source", "note")
"""Every row says from when to when it holds (blank: open) and where it comes from."""


def _text(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, must=True) for name in names)


FILES: dict[str, RuleFile] = {
    file.name: file
    for file in (
        RuleFile(
            "controlled_since",
            Text("毒品列管日期", "Control dates of drugs"),
            (
                *_text("substance"),
                Column("scope", "choice", True, ("substance", "class")),
                Column("status", "choice", True, ("controlled", "not_controlled")),
                Column("schedule"),
                Column("verified", "choice", True, ("yes", "no")),
            ),
        ),
        RuleFile(
            "code_words",
            Text("暗语", "Code words"),
            (*_text("word", "meaning"), Column("region"), Column("ambiguity", "integer", True)),
        ),
        RuleFile("ad_phrases", Text("广告套话", "Stock phrases of advertisements"), _text("phrase")),
        RuleFile(
            "test_schedule",
            Text("检测时间表", "Test schedule"),
            (
                *_text("regime"),
                Column("first_month", "integer", True),
                Column("last_month", "integer", True),
                Column("every", "integer", True),
                Column("unit", "choice", True, ("half_month", "month", "random")),
            ),
        ),
        RuleFile(
            "risk_scores",
            Text("风险评分", "Risk scores"),
            (*_text("factor", "level"), Column("points", "number", True)),
        ),
        RuleFile(
            "risk_net",
            Text("规模性制毒风险网", "Risk net for large-scale manufacture"),
            (
                *_text("rule"),
                Column("side", "choice", True, ("firm", "person", "class", "setting", "against", "missing")),
                Column("group"),
                Column("threshold", "number"),
                Column("unit"),
                Column("weight", "number"),
            ),
        ),
        RuleFile(
            "care_rules",
            Text("关爱约定", "Conventions of care"),
            _text("rule", "applies", "value"),
        ),
        RuleFile(
            "cut_offs",
            Text("检测阈值", "Cut-offs of tests"),
            (*_text("matrix", "target"), Column("value", "number"), Column("unit", must=True)),
        ),
        RuleFile(
            "excretion",
            Text("排泄系数", "Excretion factors"),
            (
                *_text("set", "drug", "biomarker"),
                Column("mass_ratio", "number", True),
                Column("share_low", "number"),
                Column("share", "number"),
                Column("share_high", "number"),
                Column("verified", "choice", True, ("yes", "no")),
            ),
        ),
        RuleFile(
            "wastewater",
            Text("污水预警参数", "Settings of waste-water warning"),
            (
                *_text("setting"),
                Column("value", "number", True),
                Column("unit"),
                Column("verified", "choice", True, ("yes", "no")),
            ),
        ),
        RuleFile(
            "production",
            Text("制毒当量", "Production equivalents"),
            (*_text("product", "precursor"), Column("kg_per_kg", "number", True), Column("page")),
        ),
        RuleFile(
            "precursor_classes",
            Text("易制毒分类", "Precursor classes by date"),
            (
                *_text("substance"),
                Column("class", "choice", True, ("1", "2", "3")),
                Column("verified", "choice", True, ("yes", "no")),
            ),
        ),
        RuleFile(
            "precursor_tiers",
            Text("制毒物品量刑数量", "Quantity tiers of precursors"),
            (*_text("substance"), Column("low_kg", "number", True), Column("high_kg", "number", True)),
        ),
        RuleFile(
            "precursor_limits",
            Text("易制毒核查参数", "Parameters of precursor checks"),
            (*_text("parameter"), Column("value", "number", True), *_text("unit")),
        ),
        RuleFile(
            "no_permit_needed",
            Text("免购买许可", "Purchases that need no permit"),
            _text("substance", "buyer"),
        ),
        RuleFile("holidays", Text("节假日", "Public holidays"), _text("holiday")),
        RuleFile(
            "densities",
            Text("化学品密度", "Densities of chemicals"),
            (*_text("substance"), Column("kg_per_l", "number", True)),
        ),
        RuleFile(
            "driving",
            Text("失驾预警参数", "Barred drivers"),
            (*_text("parameter"), Column("subject"), Column("value", "number"), Column("words")),
        ),
        RuleFile(
            "figures",
            Text("指标", "Figures"),
            (
                *_text("figure"),
                Column("aliases"),
                *_text("unit", "numerator"),
                Column("denominator"),
                Column("least_denominator", "integer"),
                Column("better", "choice", False, ("up", "down", "zero")),
            ),
        ),
        RuleFile(
            "targets",
            Text("指标目标", "Targets"),
            (
                *_text("figure", "for_unit"),
                Column("period", "choice", True, ("month", "quarter", "year")),
                Column("target", "number", True),
                Column("set_by"),
            ),
        ),
        RuleFile(
            "time_limits",
            Text("时限", "Time limits"),
            (*_text("step"), Column("level"), Column("hours", "number", True), Column("law")),
        ),
    )
}
