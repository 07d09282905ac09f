"""Calls in the tables of phone tools and of carriers: other headings, times in UTC, two views of one call."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.etl.opened import Facts, facts_of, read
from tests.etl.sources.casefiles import beijing, end, files, sheets


def test_tables_of_phone_tools() -> None:
    """Traps: a repeated heading; an unknown direction guessed; times in UTC eight hours early; a clock as duration."""
    facts = {path.name: facts_of(path)[0] for path in files("13-aleapp-calls")}
    calls = facts["Call logs.tsv"].legs_of("CALLED")
    assert [(leg["side"], leg["amount"], leg["props"].get("deleted")) for leg in calls] == [
        *(("start", 60, None), ("end", 0, None), ("end", 0, None), ("end", 5, True), ("end", 0, None)),
    ]
    assert beijing(calls[0]) == "2026-03-02 08:00:00"
    older = facts["Call Logs2.tsv"]
    first = older.legs_of("CALLED")[0]
    assert (end(first["end"]), beijing(first)) == (
        "0002",
        "2026-03-01 08:01:40",
    )
    assert [reason[1:3] for reason in older.reasons()] == [("rejected", "no_party")]
    history = facts["Call History.tsv"].legs_of("CALLED")
    assert [(beijing(leg), leg["amount"], leg["side"]) for leg in history] == [
        ("2026-03-03 08:00:00", 65, "start"),
        ("2026-03-03 08:10:00", 0, "end"),
    ]


def test_a_newer_history(tmp_path: Path) -> None:
    """Trap: the time stands under 'Starting Timestamp'; an outgoing call nobody answered."""
    text = (
        "Starting Timestamp\tEnding Timestamp\tCall Type\tCall Direction\tPhone Number\tAnswered\tCall Duration\n"
        "2026-03-03 00:00:00\t2026-03-03 00:00:30\tPhone\tOutgoing\t13900130007\tNo\t00:00:00\n"
    )
    [leg] = read(tmp_path, text, "Call History.tsv").legs_of("CALLED")
    assert (beijing(leg), leg["amount"], leg["props"]["state"]) == ("2026-03-03 08:00:00", 0, "missed")


def test_messages_in_a_list_of_calls() -> None:
    """Traps: 短信(收) has no direction; no duration over midnight; a message with the direction of a call."""
    facts = {path.name: facts_of(path)[0] for path in files("53-call-pairs-and-sms")}["双端话单.csv"]
    assert [(leg["amount"], leg["side"]) for leg in facts.legs_of("CALLED")] == [(65, "start"), (40, "end")]
    assert [leg["side"] for leg in facts.legs_of("MESSAGED")] == ["start", "end", "start"]


@pytest.mark.parametrize(
    ("word", "side"), [("短信/发", "start"), ("语音(被)", "end"), ("SMS(MT)", "end"), ("通话-主", "start")]
)
def test_directions_beside_other_words(tmp_path: Path, word: str, side: str) -> None:
    """Trap: one sign that says the direction stands beside another word."""
    facts: Facts = read(
        tmp_path,
        f"对方号码,通联类型,开始时间,通话时长\n13900530001,{word},2026-03-01 08:00:02,64\n",
        "话单_13900530002.csv",
    )
    assert [leg["side"] for leg in facts.legs if leg["rel"] in {"CALLED", "MESSAGED"}] == [side]


def test_numbers_nobody_shows(tmp_path: Path) -> None:
    """Trap: callers without a number become one contact of everybody."""
    rows = "".join(
        f"{number},被叫,2026-03-01 08:00:0{i},6\n"
        for i, number in enumerate(["未知", "00000000000", "1.39E+10"])
    )
    facts = read(tmp_path, f"对方号码,呼叫类型,开始时间,通话时长\n{rows}", "话单_13900530002.csv")
    assert [reason[2] for reason in facts.reasons()] == ["filler", "filler", "cut_number"]


def test_all_cases_are_asked() -> None:
    """Trap: a case folder no test looks into."""
    asked = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py"))
    for case in (Path(__file__).parents[1] / "cases").iterdir():
        assert f'"{case.name}"' in asked, case.name
    assert len(sheets("53-call-pairs-and-sms")) == 2
