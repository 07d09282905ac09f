"""Shapes of answers about the graph itself, its sources and the service; see ``shapes``."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.shapes import Listed, Person, Shape, declared

SourceFile = declared("SourceFile", corrected=(int, Field(0, description="Rejected rows corrected since")))


class Hit(Shape):
    """One hit of a search: what fits, who holds it, and why it fits."""

    kind: str
    id: str
    label: str
    person: Person | None
    how: str
    why: str
    score: int
    identifier: str | None = None


class Hits(Listed):
    """Hits, best first; ``truncated`` says that more fitted than was looked at."""

    query: str
    hits: list[Hit]
    truncated: bool


class Station(Shape):
    """A person or a node nobody holds, on a path or in the middle of a graph."""

    id: str
    label: str
    caption: str
    person: Person | None = None


class Link(Shape):
    """All events of one kind and direction between two stations."""

    kind: str
    direction: Literal["forward", "backward"]
    relation: str | None
    count: int
    first: str | None
    last: str | None
    fen: int | None
    currency: str | None
    score: float | None
    evidence: list[str]


class PathHop(Shape):
    """One hop of a path: its most frequent link, or in an ordered path the one event that is used."""

    from_: str = Field(alias="from")
    to: str
    kind: str
    direction: Literal["forward", "backward"] | None = None
    relation: str | None = None
    event: str | None = None
    at_precision: str | None = None
    count: int = 0
    first: str | None = None
    last: str | None = None
    fen: int | None = None
    currency: str | None = None
    score: float | None = None
    evidence: list[str]
    links: list[Link] | None = None


class Route(Shape):
    """One path."""

    length: int
    stations: list[Station]
    persons: list[Person]
    hops: list[PathHop]


class Hub(Shape):
    """What was too large to walk through."""

    id: str
    label: str
    events: int


class Paths(Shape):
    """Paths between two stations; ``truncated`` says that a bound was reached."""

    from_: Station = Field(alias="from")
    to: Station
    ordered: bool
    max_hops: int
    paths: list[Route]
    truncated: bool
    hubs: list[Hub]
    run: str | None


class TypeCount(Shape):
    """How many relationships of one type there are."""

    type: str
    zh: str
    en: str
    hue: str
    count: int
    outward: int
    inward: int


class Counts(Shape):
    """What surrounds a node, in numbers."""

    node: Station
    counts: list[TypeCount]
    total: int
    run: str | None


class NodeColumns(Shape):
    """Nodes as columns of one length."""

    id: list[str]
    label: list[str]
    caption: list[str]
    person: list[str | None]


class EdgeColumns(Shape):
    """Edges as columns of one length; ``from`` and ``to`` number the nodes."""

    id: list[str | None]
    type: list[str]
    from_: list[int] = Field(alias="from")
    to: list[int]
    at: list[str | None]
    at_precision: list[str | None]
    amount: list[int | None]
    score: list[float | None]
    via: list[list[str]]
    evidence: list[list[str]]


class Expansion(Shape):
    """What surrounds a node, newest first; ``truncated`` says that there is more."""

    node: Station
    nodes: NodeColumns
    edges: EdgeColumns
    shown: int
    total: int
    truncated: bool
    next: str | None
    order: Literal["newest", "sample"]
    run: str | None


class SourceRow(Shape):
    """A row of a file as it was read; ``found`` is false for a reference to nothing one may see."""

    evidence: str
    found: bool
    file: str | None = None
    sha256: str | None = None
    kind: str | None = None
    basis: str | None = None
    unit: str | None = None
    sheet: str | None = None
    row: int | None = None
    headings: list[str] | None = None
    cells: list[str] | None = None
    state: str | None = None
    reason: str | None = None
    column: str | None = None
    value: str | None = None


class Rows(Shape):
    """Rows of files, in the order asked."""

    rows: list[SourceRow]


class ExplainingSentence(Shape):
    """One sentence of an explanation, with the rows it rests on."""

    zh: str
    en: str
    evidence: list[str]


class Explanation(BaseModel):
    """What stands behind an object: its parts by kind, and the first of the rows it rests on."""

    model_config = ConfigDict(extra="allow")

    id: str
    kind: Literal["person", "gang", "chain", "supply", "event"]
    sentences: list[ExplainingSentence]
    rows: list[SourceRow]
    rows_total: int
    run: str | None


class Run(Shape):
    """One computation with its rules and seed."""

    id: str
    current: bool
    load: int | None
    rules: str | None
    seed: int | None
    started: str | None
    finished: str | None
    summary: dict[str, Any]


class Pending(Shape):
    """What is not yet in the answers."""

    run: str | None = Field(description="The published run; null before the first analysis")
    since: str | None = Field(description="When it began")
    loaded: int = Field(description="Files in the graph it has not read")
    unloaded: int = Field(description="Files it has read that are out")
    judged: int = Field(description="Judgements a run reads that changed since")
    pending: bool = Field(description="Whether there is anything at all")


class Runs(Shape):
    """Runs, newest first."""

    runs: list[Run]
    total: int
    next: str | None


class Loads(Shape):
    """Files in the graph, newest load first."""

    files: list[SourceFile]  # type: ignore[valid-type]
    total: int
    next: str | None


class CheckFound(Shape):
    """One finding of a check, in words, with the rows it is about."""

    kind: str
    zh: str
    en: str
    sheet: str
    rows: list[int]
    facts: dict[str, Any]


class CheckedFile(Shape):
    """What was found about one file."""

    sha256: str
    path: str
    checks: list[CheckFound]


class Checks(Shape):
    """Findings of one load, file by file."""

    load: str
    files: list[CheckedFile]


class JobProgress(Shape):
    """How far a job is; total is 0 where unknown."""

    stage: str
    done: int
    total: int
    detail: str


class JobError(Shape):
    """Why a job failed."""

    code: str
    detail: str


class JobShown(Shape):
    """A job."""

    id: str
    kind: Literal["load", "unload", "look", "entry", "corrections", "analyse", "as_of"]
    user: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: JobProgress
    result: dict[str, Any] | None
    error: JobError | None
    created: str
    started: str | None
    finished: str | None


class JobsShown(Shape):
    """Jobs of this service since it started, newest first."""

    jobs: list[JobShown]


class SignedIn(Shape):
    """Who one is signed in as."""

    user: str
    role: str
    rights: list[str]
    view: str
    purpose: str


class Health(Shape):
    """Whether the service can answer; no case data."""

    status: Literal["ok", "degraded"]
    database: bool
    version: str
