"""The course of a lead and the figures of rules on plain values."""

from __future__ import annotations

import pytest

from backend.district.leads.course import HOUR_MS, Course, TimeLimits, courses, result_of
from backend.district.leads.limits import limits_on
from backend.district.leads.yields import wilson, yields
from backend.judgements.ledger import Judgement
from graph_schema.beijing import now
from tests.backend.district.test_deliveries import at

LIMITS = TimeLimits(24.0, {"urgent": 72.0, "normal": 168.0, "complex": 720.0})
T0 = at("2026-03-02")


def entry(n: int, verdict: str, hours: float, undoes: str | None = None, **seen: object) -> Judgement:
    when = T0 + round(hours * HOUR_MS)
    return Judgement(f"V-{n}", n, "lead", verdict, ("Lead:L",), "理由", "u", when, undoes, seen or None)


def course(*entries: Judgement) -> Course:
    return courses(entries, LIMITS)["Lead:L"]


@pytest.mark.parametrize(("hits", "n", "low", "high"), [(16, 20, 0.584, 0.919), (4, 20, 0.081, 0.416)])
def test_wilson_of_the_worked_examples(hits: int, n: int, low: float, high: float) -> None:
    """Source: district.md B4. Trap: the plain interval, which leaves 0 to 1 at the ends."""
    found = wilson(hits, n)
    assert found is not None and (round(found[0], 3), round(found[1], 3)) == (low, high)
    assert wilson(0, 0) is None


def test_time_limits_of_the_shipped_file() -> None:
    """Source: district.md G3 (24 h, 3 d, 7 d, 30 d). Trap: limits written into the code beside the file."""
    assert limits_on(now().date()) == LIMITS


def test_sent_accepted_answered_judged() -> None:
    """Trap: the time to accept counts from the answer; a judgement of the office is overwritten by the unit's word."""
    way = course(
        entry(1, "sent", 0, unit="甲所", level="urgent"),
        entry(2, "accepted", 30),
        entry(3, "answered", 50, result="confirmed", persons=2),
        entry(4, "rejected", 60),
    )
    assert (way.accept_late(T0), way.answer_late(T0)) == (True, False)
    assert (way.hours, way.persons, way.answer, way.outcome) == (50.0, 2, "confirmed", "refuted")


def test_what_was_undone_did_not_happen() -> None:
    """Trap: an answer that was taken back still counts for its rule."""
    way = course(
        entry(1, "sent", 0, unit="甲所"),
        entry(2, "answered", 5, result="confirmed"),
        entry(3, "taken_back", 6, undoes="V-2"),
    )
    assert way.outcome is None and way.answered_at is None


def test_an_extension_counts_from_the_first_sending() -> None:
    """Trap: a lead sent again to the same unit starts its clock anew, so that nobody is ever late."""
    way = course(
        entry(1, "sent", 0, unit="甲所", deadline="2026-03-05"),
        entry(2, "accepted", 1),
        entry(3, "sent", 40, unit="甲所", deadline="2026-03-20"),
    )
    assert way.extended and way.sent_at == T0 and way.accepted_at is not None
    assert way.due_at == at("2026-03-21") - 1
    elsewhere = course(entry(1, "sent", 0, unit="甲所"), entry(2, "sent", 40, unit="乙所"))
    assert not elsewhere.extended and elsewhere.sent_at == T0 + 40 * HOUR_MS


def test_late_until_answered() -> None:
    """Trap: the last moment of the deadline's day is late already; a lead without an answer is never late."""
    way = course(entry(1, "sent", 0, unit="甲所", deadline="2026-03-05"))
    assert not way.answer_late(at("2026-03-06") - 1) and way.answer_late(at("2026-03-06"))
    assert not way.accept_late(T0 + 24 * HOUR_MS) and way.accept_late(T0 + 24 * HOUR_MS + 1)


def test_words_of_results() -> None:
    """Trap: 部分查实 read as 查实, or any text taken for an answer."""
    assert [result_of(word) for word in ("查实", "部分查实", "查否", "无法核实", "重复", "refuted", "好")] == [
        "confirmed", "partly", "refuted", "unclear", "duplicate", "refuted", None,
    ]  # fmt: skip


def test_precision_leaves_out_what_nobody_could_verify() -> None:
    """Source: contract §3. Trap: unclear and duplicate leads lower the precision; nothing judged is told as 0."""
    way = Course(sent_at=T0, answered_at=T0 + 10 * HOUR_MS)

    def answered(answer: str) -> Course:
        return Course(sent_at=T0, answered_at=T0 + 10 * HOUR_MS, answer=answer)  # type: ignore[arg-type]

    told = [(["a@1"], answered(each)) for each in ("confirmed", "partly", "refuted", "unclear", "duplicate")]
    told += [(["a@1", "b@1"], Course(sent_at=T0)), (["random_inspection@1"], answered("refuted"))]
    found = {each["rule"]: each for each in yields(told, T0)}
    a = found["a@1"]
    assert (a["sent"], a["answered"], a["confirmed"], a["refuted"], a["unclear"]) == (6, 5, 2, 1, 1)
    assert a["precision"] == round(2 / 3, 4) and a["low"] is not None and a["high"] is not None
    assert (a["median_hours"], a["persons"]) == (10.0, None)
    assert (found["b@1"]["precision"], found["b@1"]["low"]) == (None, None)
    assert found["random_inspection@1"]["random"] and found["random_inspection@1"]["precision"] == 0.0
    assert way.outcome is None
