"""Runs, and what is not yet in the answers."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field

from backend.contract.base import Paged, Shape


class DampedShown(Shape):
    """What a run counted for less because it is too common: how many, and some of them with how often and by how much."""

    kind: str
    total: int
    named: list[list[str | int | float]]


class CutShown(Shape):
    """How the gangs were cut: the resolution taken, the largest core, those tried, and the most members allowed."""

    resolution: float
    largest: int
    tried: list[float]
    most: int


class RunSummary(Shape):
    """What a run found, in numbers; what an older version did not count is absent."""

    run: NotRequired[str]
    load: NotRequired[int]
    persons: NotRequired[int]
    supplies: NotRequired[int]
    gangs: NotRequired[int]
    chains: NotRequired[int]
    cases: NotRequired[int]
    proposals: NotRequired[int]
    seconds: NotRequired[float]
    damped: NotRequired[list[DampedShown]]
    cut: NotRequired[CutShown | None]


class Run(Shape):
    """One computation with its rules and seed."""

    id: str
    current: bool
    load: int | None
    rules: str | None
    seed: int | None
    started: str | None
    finished: str | None
    summary: RunSummary


class RunsFound(Shape):
    """Runs still in the database."""

    runs: list[Run]
    total: int


class Runs(RunsFound, Paged):
    """Runs, newest first."""


class Pending(Shape):
    """What is not yet in the answers."""

    run: Annotated[str | None, Field(description="The published run; null before the first analysis")]
    since: Annotated[str | None, Field(description="When it began")]
    loaded: Annotated[int, Field(description="Files in the graph it has not read")]
    unloaded: Annotated[int, Field(description="Files it has read that are out")]
    judged: Annotated[int, Field(description="Judgements a run reads that changed since")]
    pending: Annotated[bool, Field(description="Whether there is anything at all")]
