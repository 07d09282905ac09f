"""The layouts themselves: what they make is declared, what they say is documented."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from etl.layouts.layout import Layout
from etl.layouts.registry import alias_index, heading_key, layouts, without_unit
from etl.parsing.text import folded
from etl.sources import page
from etl.storage import reasons
from graph_schema.declaration import load_declaration
from graph_schema.declaration.strict_yaml import DeclarationError, parse

ETL = Path(page.__file__).resolve().parents[1]
ROOMS = ("converting", "intake", "layouts", "parsing", "sources", "storage", "writing")


def test_the_page_is_up_to_date() -> None:
    """Trap: a layout changed and its page did not; run ``python -m etl.sources.page``."""
    assert page.PAGE.read_text(encoding="utf-8") == page.sources_page()


@pytest.mark.parametrize("layout", layouts().values(), ids=lambda layout: layout.name)
def test_everything_a_layout_makes_is_declared(layout: Layout) -> None:
    """Trap: a misspelt property would be refused by the writer, row by row."""
    declared = load_declaration()
    for record in layout.records:
        assert set(record.props) | set(record.set) <= set(declared.labels["Record"].properties), record.slot
    for node in layout.nodes:
        label = node.label or page._LABELS[layout.columns[node.column or ""].kind or ""]
        assert set(node.props) | set(node.set) <= set(declared.labels[label].properties), node.name
    for leg in layout.legs:
        assert set(leg.props) | set(leg.set) <= set(declared.relationships[leg.rel].properties), leg.rel
    if layout.payment is not None:
        assert set(layout.payment.props) <= set(declared.relationships["PAID"].properties)


@pytest.mark.parametrize("layout", layouts().values(), ids=lambda layout: layout.name)
def test_a_heading_means_one_field(layout: Layout) -> None:
    """Trap: two fields of one table that claim the same heading; only another part or reading of it may."""
    twice = {("role", "role_class")} if layout.name == "case_persons" else set()
    seen: dict[tuple[str, str | None], str] = {}
    for name, column in layout.columns.items():
        for alias in column.aliases:
            other = seen.setdefault((folded(alias), column.take), name)
            assert other == name or (other, name) in twice, alias


def test_every_layout_says_how_it_makes_or_refuses() -> None:
    """Trap: a layout that neither makes anything nor refuses loads rows into nothing."""
    for layout in layouts().values():
        makes = (
            layout.records or layout.nodes or layout.legs or layout.payment or layout.call or layout.module
        )
        assert bool(makes) != layout.not_yet, layout.name


def test_reason_codes_are_explained() -> None:
    """Trap: a code in the reject list that nothing explains."""
    used: set[str] = set()
    for path in [path for room in ROOMS for path in ETL.glob(f"{room}/*.py")]:
        text = path.read_text(encoding="utf-8")
        used |= {code for code in reasons.REASONS if f'"{code}"' in text and path.name != "reasons.py"}
    used |= {rule.reason for layout in layouts().values() for rule in layout.exclude}
    assert used == set(reasons.REASONS)
    assert set(reasons.EXCLUDED_REASONS) <= set(reasons.REASONS)


@pytest.mark.parametrize(
    ("heading", "key", "unit"),
    [
        ("交易金额（元）", "交易金额", "元"),
        ("交易金额(分)", "交易金额", "分"),
        ("产值(万元)", "产值", "万元"),
        (" 日 志 号 ", "日志号", None),
        ("案件编号*", "案件编号", None),
        ("\ufeff交易卡号", "交易卡号", None),
        ("ＬＡＣ", "lac", None),
        ("本端卡号(IMSI)", "本端卡号(imsi)", None),
    ],
)
def test_headings_are_compared_clean(heading: str, key: str, unit: str | None) -> None:
    """Trap: full-width brackets, blanks inside, a byte order mark, the star of a template."""
    assert without_unit(heading_key(heading)) == (key, unit)


def test_strictness() -> None:
    """Trap: a misspelt key or an unknown column would be ignored silently."""
    base = {"name": "x", "zh": "甲", "en": "x", "columns": {"a": {"aliases": ["甲"]}}}
    Layout.model_validate(base)
    for wrong in (
        base | {"colums": {}},
        base | {"needs": [["b"]]},
        base | {"columns": {"a": {"aliases": ["甲"], "kind": "nonsense"}}},
        base | {"records": [{"slot": "p", "refs": [{"column": "a", "how": "guessed"}]}]},
        base | {"records": [{"slot": "p"}], "legs": [{"rel": "X", "start": "record:p", "end": "a"}]},
    ):
        with pytest.raises(ValidationError):
            Layout.model_validate(wrong)
    with pytest.raises(DeclarationError):
        parse("name: a\nname: b\n")


def test_aliases_are_indexed() -> None:
    """Trap: the index compares folded headings."""
    assert {hit.layout for hit in alias_index()[folded("交易对手账卡号")]} >= {"bank_transactions"}
