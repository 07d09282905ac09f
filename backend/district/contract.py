"""The JSON of the district's nouns: one envelope, one shape of item, and what each noun adds."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from backend.district.rules import RuleSaid


class Subject(TypedDict):
    """What an item is about; ``id`` is the natural key: USCC, resident id, ``plate|kind``, clue, node, task."""

    label: str
    id: str
    name: str | None


class _Reason(TypedDict):
    rule: str
    zh: str
    en: str
    value: float | None
    threshold: float | None
    unit: str
    kind: Literal["person", "firm", "event"]
    evidence: list[str]


class Reason(_Reason, total=False):
    """Why, or why not: rule with version, both languages, value against threshold, rows. Kind person names him."""

    subject: Subject


class Item(TypedDict):
    """What every item has; ``against`` and ``missing`` may be empty, never absent."""

    id: str
    rank: int
    score: float
    subjects: list[Subject]
    reasons: list[Reason]
    against: list[Reason]
    missing: list[Reason]
    review: dict[str, Any] | None
    evidence: list[str]


class ProblemState(TypedDict):
    """A problem of a task as of the day asked for."""

    id: str
    state: Literal["open", "rectified", "checked", "closed"]
    first_due: str | None
    closed_on: str | None


class TaskItem(Item):
    """A task under supervision."""

    section: str | None
    unit: str | None
    first_due: str | None
    due: str | None
    state: Literal["not_started", "in_progress", "done", "closed"]
    problems: list[ProblemState]
    overdue_days: int


class Finding(TypedDict):
    """What ``check`` found in a noun's data: a gap, an impossible value, a row without its counterpart."""

    code: str
    zh: str
    en: str
    id: str
    evidence: list[str]


class Envelope(TypedDict):
    """Every answer: what was asked, as of which load and run, on which day, by which rules, and how much is left out."""

    command: str
    asked: dict[str, Any]
    as_of: int | None
    run: str | None
    on: str
    rules: list[RuleSaid]
    count: int
    left_out: int
    items: list[Any]
