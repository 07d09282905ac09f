"""Rule files: shipped examples, the site's own in their place, clear errors."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from backend.district.rule_tables import FILES
from backend.district.rules import SHIPPED, RuleError, read, rules, site_file
from graph_schema.errors import NotFound

LIMITS = "step,level,hours,law,valid_from,valid_to,source,note"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path))
    (tmp_path / "rules").mkdir()
    return tmp_path


def test_every_shipped_file_reads_and_says_it_is_an_example() -> None:
    """Trap: a shipped number passes for the rule of the site; a file without loader, a loader without file."""
    assert {path.stem for path in SHIPPED.glob("*.csv")} == set(FILES)
    for name in FILES:
        found = rules(name)
        assert found.example and not found.site and found.id == f"{name}@1"
        assert all(row.source for row in found.rows)
    assert rules("production").rows == (), "no capacity figures until a site loads an official table"


@pytest.mark.parametrize(
    ("substance", "day", "status"),
    [
        ("依托咪酯", "2023-09-30", []),
        ("依托咪酯", "2023-10-01", ["controlled"]),
        ("氟胺酮", "2021-06-30", []),
        ("氟胺酮", "2021-07-01", ["controlled"]),
        ("一氧化二氮", "2025-01-01", ["not_controlled"]),
        ("替来他明", "2026-01-01", []),
    ],
)
def test_status_follows_the_day_of_the_act(substance: str, day: str, status: list[str]) -> None:
    """Trap: one flag per substance: an act of the day before control becomes an offence (reference A2)."""
    rows = rules("controlled_since").on(dt.date.fromisoformat(day))
    assert [row.text("status") for row in rows if row.text("substance") == substance] == status


def test_one_word_keeps_its_several_meanings() -> None:
    """Trap: 烟粉 is resolved to one substance by the word alone (reference A3)."""
    meant = {row.text("meaning") for row in rules("code_words").rows if row.text("word") == "烟粉"}
    assert meant == {"氟胺酮", "依托咪酯", "美托咪酯"}


def test_the_schedule_has_28_dates_and_three_random_ones() -> None:
    """Trap: a year too few, or both ends of a phase counted (reference E1)."""
    dates, random = 0, 0
    for row in rules("test_schedule").rows:
        if row.text("regime") == "社区戒毒":
            months = int(row.text("last_month")) - int(row.text("first_month"))
            every, unit = int(row.text("every")), row.text("unit")
            random += every if unit == "random" else 0
            dates += {"half_month": 2 * months, "month": months // every, "random": 0}[unit]
    assert (dates, random) == (28, 3)


@pytest.mark.parametrize("file", ["time_limits.csv", "时限.csv"])
def test_the_sites_file_replaces_the_shipped_one(home: Path, file: str) -> None:
    """Trap: the shipped example still decides beside the site's own rule."""
    text = f"# version: 7\n{LIMITS}\n签收,,12,,2026-01-01,,本局规定,\n"
    (home / "rules" / file).write_text(text, encoding="utf-8")
    found = rules("time_limits")
    assert found.said() == {"id": "time_limits@7", "example": False, "source": "本局规定"}
    assert [row.number("hours") for row in found.rows] == [12.0]
    assert found.on(dt.date(2025, 12, 31)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{LIMITS}\n", "version"),
        ("# version: 1\nstep,hours\n", "heading must be step"),
        (f"# version: 1\n{LIMITS}\n签收,,许多,,,,甲,\n", "line 3: hours must be a number"),
        (f"# version: 1\n{LIMITS}\n签收,,nan,,,,甲,\n", "line 3: hours must be a number"),
        (f"# version: 1\n{LIMITS}\n签收,,24,,2026-13-01,,甲,\n", "line 3: valid_from"),
        (f"# version: 1\n{LIMITS}\n签收,,24,,2026-02-01,2026-01-01,甲,\n", "line 3: valid_to is before"),
        (f"# version: 1\n{LIMITS}\n签收,,24,,,,,\n", "line 3: source must not be blank"),
        (f"# version: 1\n{LIMITS}\n,,24,,,,甲,\n", "line 3: step must not be blank"),
        (f"# version: 1\n{LIMITS}\n签收,,24\n", "line 3: the number of cells"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(text: str, said: str) -> None:
    """Trap: a half-read rule file decides silently."""
    path = site_file("time_limits")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as error:
        read(path, FILES["time_limits"], site=True)
    assert said in str(error.value)


def test_an_unknown_rule_file_is_named() -> None:
    """Trap: a misspelt name reads as an empty rule."""
    with pytest.raises(NotFound):
        rules("time_limit")
