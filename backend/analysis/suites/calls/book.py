"""What was read of the targets' calls: who talked with whom by which number, where, with which handset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeVar

from backend.analysis.arrays.clock import DAY, HOUR
from graph_schema.beijing import AHEAD_MS


class Talk(NamedTuple):
    """One call or message as seen from a target; ``other`` is a person id or, unheld, a reference."""

    target: str
    other: str
    own: str  # reference of the target's number
    number: str  # reference of the other end
    out: bool
    at: int  # -1 unknown
    exact: bool
    seconds: int
    message: bool
    cell: str | None
    imsi: str | None
    imei: str | None
    service: bool
    evidence: tuple[str, ...]


class Sighting(NamedTuple):
    """A person seen at a cell (or camera) at a time."""

    person: str
    cell: str
    at: int
    evidence: tuple[str, ...]


class Wear(NamedTuple):
    """A number or SIM used with a handset or SIM."""

    start: str
    end: str
    at: int
    evidence: tuple[str, ...]


class Call(NamedTuple):
    """One call between two persons, neither of whom need be a target."""

    caller: str
    called: str
    at: int
    evidence: tuple[str, ...]


class Successor(NamedTuple):
    """A number that talks with contacts of a target: when it began and with whom it talks."""

    number: str
    holder: str
    first: int
    last: int
    contacts: frozenset[str]
    evidence: tuple[str, ...]


class Occurrence(NamedTuple):
    """Where in the whole database a number of a target occurs."""

    number: str
    what: str  # relationship type or Record
    n: int
    first: int | None
    last: int | None
    cases: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class CallBook:
    """Everything the call suite is computed from; ``talks`` without own calls, oldest first."""

    targets: tuple[str, ...]
    talks: list[Talk]
    sightings: list[Sighting] = field(default_factory=list)  # of targets
    others: list[Sighting] = field(default_factory=list)  # of others at the same cells, about the same times
    popularity: dict[str, float] = field(default_factory=dict)  # cell → share of all sightings
    seen_total: dict[str, int] = field(default_factory=dict)  # person → sightings at these cells
    wears: list[Wear] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)  # of targets and their contacts
    successors: list[Successor] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)
    arrests: list[tuple[str, int, str]] = field(default_factory=list)  # person, when, case
    truncated: bool = False

    def plain(self) -> list[Talk]:
        """Talks without service numbers."""
        return [talk for talk in self.talks if not talk.service]


class _Timed(Protocol):
    """Something that happened at a time; -1 where it is not known."""

    @property
    def at(self) -> int: ...


T = TypeVar("T")
Timed = TypeVar("Timed", bound=_Timed)


def by(items: Iterable[T], *names: str) -> dict[Any, list[T]]:  # keyed by the fields that are named
    """Items grouped by one field, or by a tuple of several, in order of first appearance."""
    found: dict[Any, list[T]] = defaultdict(list)  # by one field, or a tuple of several
    for item in items:
        key = tuple(getattr(item, name) for name in names)
        found[key[0] if len(key) == 1 else key].append(item)
    return dict(found)


def hour(at: int) -> int:
    return ((at + AHEAD_MS) // HOUR) % 24


def day(at: int) -> int:
    return (at + AHEAD_MS) // DAY


def weekday(at: int) -> int:
    """0 Monday to 6 Sunday; the epoch began on a Thursday."""
    return (day(at) + 3) % 7


def dated(talks: Iterable[Timed]) -> list[Timed]:
    return [talk for talk in talks if talk.at >= 0]


def span(events: Iterable[_Timed]) -> tuple[int | None, int | None]:
    """First and last time known."""
    times = [event.at for event in events if event.at >= 0]
    return (min(times), max(times)) if times else (None, None)
