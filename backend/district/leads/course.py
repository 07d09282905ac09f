"""The way of a lead: sent, accepted, answered, judged, each with its time limit, as its entries in the ledger tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from backend.contract.watches import LeadResult
from backend.district.words import RESULTS
from backend.judgements.ledger import Judgement, standing
from graph_schema.beijing import BEIJING

HOUR_MS = 3_600_000
LEVELS: Mapping[str, str] = {"urgent": "紧急", "normal": "一般", "complex": "复杂"}
_JUDGED: Mapping[str, LeadResult] = {"confirmed": "confirmed", "rejected": "refuted", "unsure": "unclear"}


@dataclass(frozen=True)
class Course:
    """How far a lead, or a clue that was sent out, has come; times are epoch ms."""

    unit: str | None = None
    level: str = "normal"
    sent_at: int | None = None
    accept_by: int | None = None
    accepted_at: int | None = None
    due_at: int | None = None
    extended: bool = False
    answered_at: int | None = None
    answer: LeadResult | None = None
    judged: LeadResult | None = None
    judged_at: int | None = None
    persons: int | None = None

    @property
    def outcome(self) -> LeadResult | None:
        """What came of it: what was judged, else what the unit answered."""
        return self.judged or self.answer

    @property
    def hours(self) -> float | None:
        """From sending to the answer."""
        if self.sent_at is None or self.answered_at is None:
            return None
        return (self.answered_at - self.sent_at) / HOUR_MS

    def accept_late(self, now: int) -> bool:
        """Whether it was not accepted in time, or is not accepted yet and the time is over."""
        end = self.accepted_at or self.answered_at or now
        return self.accept_by is not None and end > self.accept_by

    def answer_late(self, now: int) -> bool:
        """Whether it was not answered in time, or is not answered yet and the time is over."""
        return self.due_at is not None and (self.answered_at or now) > self.due_at


@dataclass(frozen=True)
class TimeLimits:
    """Hours a unit has: to accept, and to answer by level of urgency."""

    accept: float | None
    answer: Mapping[str, float]


def courses(entries: Sequence[Judgement], limits: TimeLimits) -> dict[str, Course]:
    """The course of every lead from the ledger's entries of kind ``lead``, oldest first; what was undone is left out."""
    found: dict[str, Course] = {}
    for entry in standing(entries):
        reference = entry.subjects[0]
        found[reference] = _after(found.get(reference, Course()), entry, limits)
    return found


def _after(course: Course, entry: Judgement, limits: TimeLimits) -> Course:
    seen = cast("Mapping[str, object]", entry.seen) if isinstance(entry.seen, dict) else {}
    if entry.verdict == "sent":
        return _sent(course, entry.at, seen, limits)
    if entry.verdict == "accepted":
        return replace(course, accepted_at=course.accepted_at or entry.at)
    if entry.verdict == "answered":
        answer = seen.get("result")
        persons = seen.get("persons")
        return replace(
            course,
            answered_at=entry.at,
            answer=cast(LeadResult, answer) if answer in RESULTS.values() else None,
            persons=persons if isinstance(persons, int) else course.persons,
        )
    if entry.verdict in _JUDGED:
        return replace(course, judged=_JUDGED[entry.verdict], judged_at=entry.at)
    if entry.verdict in ("under_review", "sent_back"):
        return replace(course, judged=None, judged_at=None)
    return course


def _sent(course: Course, at: int, seen: Mapping[str, object], limits: TimeLimits) -> Course:
    """Sent out; sent again to the same unit before it answers is a longer time to answer, not a new beginning."""
    unit = str(seen["unit"]) if seen.get("unit") else None
    level = str(seen.get("level") or "")
    longer = course.sent_at is not None and course.unit == unit and course.answered_at is None
    level = level if level in LEVELS else course.level if longer else "normal"
    start = course.sent_at if longer and course.sent_at is not None else at
    day = _day(seen.get("deadline"))
    hours = limits.answer.get(level)
    due = end_of(day) if day else start + round(hours * HOUR_MS) if hours is not None else None
    accept = start + round(limits.accept * HOUR_MS) if limits.accept is not None else None
    if longer:
        later = due is not None and course.due_at is not None and due > course.due_at
        return replace(course, level=level, due_at=due, extended=course.extended or later)
    return Course(unit, level, start, accept, None, due)


def end_of(day: dt.date) -> int:
    """The last moment of a day, epoch ms."""
    first = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), BEIJING)
    return round(first.timestamp() * 1000) - 1


def result_of(text: str) -> LeadResult | None:
    """A result as typed, in Chinese or by its code; None for anything else."""
    word = text.strip()
    if word in RESULTS.values():
        return cast(LeadResult, word)
    return RESULTS.get(word)


def _day(text: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def said(results: Iterable[tuple[str, LeadResult]]) -> dict[LeadResult, str]:
    """The Chinese word of each result."""
    return {code: word for word, code in results}


WORDS_OF: Mapping[LeadResult, str] = said(RESULTS.items())
