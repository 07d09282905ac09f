"""The fourteen analyses of calls, each on a few calls written down by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from backend.analysis.suites.calls import ANALYSES, CallBook, Sighting, Talk, Wear, call_suite
from backend.analysis.suites.calls.book import Call, Occurrence, Successor
from backend.analysis.suites.common import WORDS, SuiteTable, code, headings, load_presets
from backend.analysis.suites.money import ANALYSES as MONEY

MIDNIGHT = 1_775_404_800_000  # 2026-04-06 00:00 Beijing, a Monday
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
PRESET = load_presets()["packet"]
_ROW = iter(range(10_000))


def at(day: float, hour: float = 0.0, minute: float = 0.0) -> int:
    return int(MIDNIGHT + day * DAY + hour * HOUR + minute * MINUTE)


def talk(target: str, other: str, when: int, out: bool = True, **more: Any) -> Talk:
    base: dict[str, Any] = {
        "target": target,
        "other": other,
        "own": f"Phone:{target}",
        "number": f"Phone:{other}",
        "out": out,
        "at": when,
        "exact": True,
        "seconds": 30,
        "message": False,
        "cell": None,
        "imsi": None,
        "imei": None,
        "service": False,
        "evidence": (f"aaaaaaaaaaaa/-/{next(_ROW)}",),
    }
    return Talk(**(base | more))


def seen(person: str, cell: str, when: int) -> Sighting:
    return Sighting(person, cell, when, (f"bbbbbbbbbbbb/-/{next(_ROW)}",))


def book(*talks: Talk, **more: Any) -> CallBook:
    return CallBook(
        tuple(sorted({t.target for t in talks} or {"T"})), sorted(talks, key=lambda t: t.at), **more
    )


def table(key: str, held: CallBook) -> SuiteTable:
    found = next(each for each in call_suite(held, PRESET) if each.key == key)
    codes = [column.key for column in found.columns if column.kind == "code"]
    for row in found.rows:
        assert all(code(row[each]) in WORDS for each in codes if each in row), "a code nobody can read"
    return found


@pytest.mark.parametrize(("suite", "analyses"), [("calls", ANALYSES), ("money", MONEY)])
def test_every_table_is_described_and_none_besides(suite: str, analyses: Mapping[str, Any]) -> None:
    """Trap: a table described that nothing computes, or in another order than the catalogue; a column named twice."""
    described = headings(suite)
    assert list(described) == list(analyses)
    assert sorted(described, key=lambda key: described[key].number) == list(described)
    for heading in described.values():
        keys = [column.key for column in heading.columns]
        assert len(set(keys)) == len(keys), heading.key


def test_all_fourteen_are_there_and_every_row_has_its_rows() -> None:
    """Trap: an analysis forgotten, a number nobody can look up."""
    held = book(*(talk("T", f"o{n % 3}", at(n, 9 + n % 5), out=n % 2 == 0) for n in range(30)))
    tables = call_suite(held, PRESET)
    assert [each.number for each in sorted(tables, key=lambda each: each.number)] == list(range(1, 15))
    assert len(ANALYSES) == 14
    for each in tables:
        for row in each.rows:
            assert row["evidence"] and row["n"] >= 1, each.key
    assert all(not each.rows for each in call_suite(book(), PRESET))


def test_ranking_leaves_out_service_numbers() -> None:
    """Trap: the bank's hotline is the best friend of everybody."""
    held = book(
        *(talk("T", "95588", at(n), service=True) for n in range(9)),
        talk("T", "a", at(1), seconds=10),
        talk("T", "a", at(2), out=False, seconds=20, message=True),
        talk("T", "b", at(1), seconds=500),
    )
    rows = table("ranking", held).rows
    assert [(row["other"], row["n"], row["in"], row["out"], row["seconds"], row["days"]) for row in rows] == [
        ("a", 2, 1, 1, 30, 2),
        ("b", 1, 0, 1, 500, 1),
    ]


def test_common_contacts_name_exactly_their_targets() -> None:
    """Trap: only contacts of all targets found, those of two of three lost."""
    held = book(
        *(talk(t, "x", at(1)) for t in ("T1", "T2", "T3")),
        *(talk(t, "y", at(2)) for t in ("T1", "T3")),
        talk("T2", "z", at(3)),
        talk("T1", "T2", at(4)),
        talk("T3", "T2", at(4)),
    )
    assert [(row["other"], row["targets"]) for row in table("common", held).rows] == [
        ("x", ["T1", "T2", "T3"]),
        ("y", ["T1", "T3"]),
    ]


def test_cells_by_night_and_by_day() -> None:
    """Trap: 23:00 and 05:00 not both night, times in UTC."""
    held = book(
        talk("T", "a", at(0)),
        sightings=[seen("T", "home", at(0, 23)), seen("T", "home", at(1, 5)), seen("T", "shop", at(1, 10))],
    )
    rows = {row["cell"]: (row["night"], row["work"]) for row in table("places", held).rows}
    assert rows == {"home": (2, 0), "shop": (0, 1)}


def test_first_and_last_of_a_day_that_begins_at_five() -> None:
    """Trap: the good-night call at half past midnight taken for the first of the next day."""
    held = book(
        talk("T", "work", at(0, 8)), talk("T", "wife", at(1, 0, 30)), talk("T", "work", at(1, 8)),
        talk("T", "wife", at(1, 23)),
    )  # fmt: skip
    rows = {row["other"]: (row["opening"], row["closing"]) for row in table("first_last", held).rows}
    assert rows == {"wife": (0, 2), "work": (2, 0)}


def test_hours_are_of_beijing_and_only_exact_times_count() -> None:
    """Trap: a day-only record counted as midnight."""
    held = book(talk("T", "a", at(0, 2)), talk("T", "a", at(0), exact=False))
    found = table("hours", held)
    assert [(row["weekday"], row["hour"], row["n"]) for row in found.rows] == [(1, 2, 1)]
    assert found.figures[0].value == 1.0


def test_a_number_takes_over_from_one_that_fell_silent() -> None:
    """Trap: a new number with the same friends missed; a long-standing number of a friend proposed."""
    talks = [talk("T", f"c{n % 4}", at(n / 4), own="Phone:old") for n in range(40)]
    talks += [talk("T", "c9", at(40), own="Phone:other")]
    four = frozenset({"c0", "c1", "c2", "c3"})
    held = book(
        *talks,
        successors=[
            Successor("Phone:new", "P-new", at(12), at(30), four, ("cccccccccccc/-/1",)),
            Successor("Phone:late", "P-late", at(25), at(30), four, ("cccccccccccc/-/2",)),
            Successor("Phone:before", "P-x", at(2), at(30), four, ("cccccccccccc/-/3",)),
            Successor("Phone:other2", "P-y", at(12), at(30), frozenset({"q", "r"}), ("cccccccccccc/-/4",)),
        ],
    )
    rows = [row for row in table("replaced", held).rows if row["how"] == "contacts"]
    assert [(row["old"], row["new"], row["score"]) for row in rows] == [("Phone:old", "Phone:new", 1.0)]


def test_a_handset_with_a_new_card() -> None:
    """Trap: the same handset under a new number goes unseen."""
    imei = "86000000000001"
    held = book(
        talk("T", "a", at(0), own="Phone:1", imei=imei, imsi="460001"),
        talk("T", "a", at(9), own="Phone:2", imei=imei, imsi="460002"),
        wears=[Wear("Phone:9", "Device:77", at(0), ("dddddddddddd/-/1",))],
    )
    row = table("replaced", held).rows[0]
    assert (row["old"], row["new"], row["common"]) == ("Phone:1", "Phone:2", ["a"])
    groups = table("handsets", held).rows
    assert [(g["handsets"], g["sims"], g["numbers"]) for g in groups] == [
        ([f"Device:{imei}"], ["Sim:460001", "Sim:460002"], ["Phone:1", "Phone:2"])
    ]


def _trip(person: str, shift: int = 0) -> list[Sighting]:
    return [seen(person, f"cell{n}", at(n // 3, 8 + n) + shift) for n in range(8)]


def test_travelling_together_against_what_popularity_explains() -> None:
    """Trap: whoever lives at the busy station travels with everybody."""
    local = [seen("local", "cell0", at(0) + n * 5 * MINUTE) for n in range(800)]
    others = [*_trip("mate", 5 * MINUTE), *_trip("later", 3 * HOUR), *local]
    held = book(
        talk("T", "a", at(0)),
        sightings=_trip("T"),
        others=others,
        popularity={f"cell{n}": 0.1 for n in range(8)},
        seen_total={"mate": 8, "later": 8, "local": 800},
    )
    rows = table("travel", held).rows
    assert [(row["other"], row["cells"], row["n"]) for row in rows] == [("mate", 8, 8)]
    assert rows[0]["ratio"] >= 3


def test_meetings_are_silent() -> None:
    """Trap: people who talk while they are at one cell taken to have met there."""
    talks = [talk("T", "mate", at(n, 20)) for n in range(12)]
    talks += [talk("T", "loud", at(n // 3, 8 + n, 4)) for n in range(12)]
    held = book(*talks, sightings=_trip("T"), others=[*_trip("mate"), *_trip("loud")])
    assert [row["other"] for row in table("quiet_meetings", held).rows] == ["mate"]


def test_silence_with_an_arrest_before_it() -> None:
    """Trap: an ordinary weekend shown as a silence; the arrest that explains it not shown."""
    talks = [talk("T", f"c{n % 2}", at(n)) for n in range(30)] + [
        talk("T", "c0", at(60 + n)) for n in range(30)
    ]
    held = book(*talks, arrests=[("P-x", at(28), "A99"), ("P-y", at(2), "A98")])
    rows = table("silences", held).rows
    assert [(row["from"], row["arrests"], row["ended"]) for row in rows] == [(at(29), ["A99"], ["c1"])]


def test_relays_on_several_days() -> None:
    """Trap: a relay in the wrong order, too late, or on one day only."""
    calls = []
    for n in range(3):
        calls += [
            Call("A", "T", at(n, 10), (f"eeeeeeeeeeee/-/{n}",)),
            Call("T", "C", at(n, 10, 6), (f"eeeeeeeeeeee/-/{n + 10}",)),
            Call("T", "D", at(n, 10, 20), (f"eeeeeeeeeeee/-/{n + 20}",)),
            Call("E", "T", at(n, 10, 8), (f"eeeeeeeeeeee/-/{n + 30}",)),
            Call("X", "Y", at(n, 9), (f"eeeeeeeeeeee/-/{n + 40}",)),
            Call("Y", "Z", at(n, 9, 1), (f"eeeeeeeeeeee/-/{n + 50}",)),
        ]
    rows = table("relays", book(talk("T", "a", at(0)), calls=calls)).rows
    assert [(row["a"], row["b"], row["c"], row["days"]) for row in rows] == [("A", "T", "C", 3)]


def test_direction_needs_enough_calls() -> None:
    """Trap: one unanswered call is no pattern."""
    held = book(
        *(talk("T", "seller", at(n)) for n in range(6)),
        *(talk("T", "boss", at(n), out=False) for n in range(6)),
        talk("T", "once", at(1)),
    )
    rows = {row["other"]: row["pattern"] for row in table("direction", held).rows}
    assert rows == {"seller": "calls", "boss": "is_called", "once": "both"}


def test_where_numbers_occur_and_closeness() -> None:
    """Trap: a number in another case not shown; closeness beyond its range."""
    held = book(
        *(talk("T", "a", at(n), out=n % 2 == 0) for n in range(6)),
        talk("T", "b", at(1)),
        occurrences=[Occurrence("Phone:1", "MENTIONS", 2, at(0), at(1), ("A2", "A1"), ("ffffffffffff/-/1",))],
    )
    assert table("everywhere", held).rows[0]["cases"] == ["A1", "A2"]
    scores = [row["score"] for row in table("closeness", held).rows]
    assert scores[0] == 1.0 and 0 < scores[1] < 0.6
