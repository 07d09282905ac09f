"""Classes by date, tiers of 法释〔2016〕8号: the worked examples of district reference C1 and C4."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.district.chemicals.law import KG, Law, canonical
from backend.district.rules import rules
from graph_schema.dictionaries.loader import load
from graph_schema.errors import InputError
from tests.backend.district.chemical_books import day


@pytest.mark.parametrize(
    ("chemical", "on", "cls"),
    [
        ("4-AP", "2024-08-31", None),
        ("4-AP", "2024-09-01", 2),
        ("4-哌啶酮", "2025-07-19", None),
        ("4-哌啶酮", "2025-07-20", 2),
        ("苯乙腈", "2021-05-27", None),
        ("苯乙腈", "2021-05-28", 3),
        ("NPP", "2017-12-31", None),
        ("NPP", "2018-02-01", 1),
        ("麻黄碱", "2024-01-01", 1),
        ("醋酐", "2024-01-01", 2),
        ("丁酮", "2024-01-01", 3),
        ("乙醇", "2024-01-01", None),
    ],
)
def test_the_class_is_that_of_the_day(chemical: str, on: str, cls: int | None) -> None:
    """Trap: a purchase of the day before the list was changed becomes an offence (C4: 4-AP)."""
    assert Law().class_on(chemical, day(on)) == cls


@pytest.mark.parametrize(
    ("chemical", "kilos", "halved", "tier"),
    [
        ("丙酮", 840, False, "严重"),
        ("丙酮", 2500, False, "特别严重"),
        ("丙酮", 99.9, False, None),
        ("麻黄碱", 0.9, False, None),
        ("麻黄碱", 0.5, True, "较重"),
        ("麻黄碱", 1.0, False, "较重"),
        ("麻黄碱", 5.0, False, "严重"),
        ("麻黄碱", 25, False, "特别严重"),
        ("4-哌啶酮", 10_000, False, None),
    ],
)
def test_tiers_of_the_interpretation(chemical: str, kilos: float, halved: bool, tier: str | None) -> None:
    """Trap: a bound counted to the wrong side; a tier for a substance that has none (C4)."""
    found = Law().rate(chemical, round(kilos * KG), day("2025-08-01"), halved=halved)
    assert found.tier == tier
    assert (found.low_mg is None) == (chemical == "4-哌啶酮"), (
        "no tier because the law has none, not because it is little"
    )


def test_names_strengths_and_grades_are_one_substance() -> None:
    """Trap: 盐酸(36%) is another chemical than 盐酸, and its balance never closes."""
    assert {
        canonical(name) for name in ("盐酸", "氢氯酸", "盐酸(36%)", "盐酸（37%）", "工业盐酸", "36%盐酸")
    } == {"盐酸"}
    assert canonical("某种溶剂(A)") == "某种溶剂(A)"


def test_every_listed_precursor_has_a_class_with_a_day() -> None:
    """Trap: the list of names grows and the dates do not."""
    law = Law()
    for entry in load("precursors"):
        assert law.class_on(entry.value, day("2025-08-01")) is not None, entry.value
    assert all(row.valid_from for row in rules("precursor_classes").rows)
    listed = {canonical(row.text("substance")) for row in rules("precursor_classes").rows}
    assert {canonical(row.text("substance")) for row in rules("precursor_tiers").rows} <= listed


def test_a_parameter_left_out_is_told_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a site's file without a line ends in a bare KeyError."""
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path))
    (tmp_path / "rules").mkdir()
    heading = "parameter,value,unit,valid_from,valid_to,source,note"
    text = f"# version: 2\n{heading}\nweighing,0.01,share,,,本局规定,\n"
    (tmp_path / "rules" / "precursor_limits.csv").write_text(text, encoding="utf-8")
    law = Law()
    assert law.value("weighing") == 0.01 and not law.limits.example
    with pytest.raises(InputError, match="sigmas"):
        law.value("sigmas")
