"""Features that cases share, each weighted by how rare it is.

The plain weight of a kind says how often two cases that share a rare feature of it belong together. It is
reduced by how many others have the feature: a mark, handset or word by the number of people (as
``seizure_marks.strength`` does elsewhere), an account by the payments it receives. Packaging, an account, a
code word and a supplier outside all first chains are supporting features: none of them joins two cases
alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from backend.analysis.cases.series import Cause
from backend.analysis.correlation.seizure_marks import strength
from backend.analysis.model.parameters import parameter

PLAIN: Mapping[str, float] = {
    "person": parameter("cases.causes.person"),
    "upstream": parameter("cases.causes.upstream"),
    "batch": parameter("cases.causes.batch"),
    "handset": parameter("cases.causes.handset"),
    "packaging": parameter("cases.causes.packaging"),
    "supplier": parameter("cases.causes.supplier"),
    "account": parameter("cases.causes.account"),
    "code_word": parameter("cases.causes.code_word"),
}
LOWER_RANK = parameter("cases.causes.lower_rank")


@dataclass(frozen=True)
class WayUp:
    """A chain of a case: its rank, the persons above its start, and how surely it leads up to each (product of its hops)."""

    case: str
    rank: int
    above: Mapping[str, float]


@dataclass(frozen=True)
class SharedMark:
    """A mark, handset, word or account with its cases and all the people who have it."""

    value: str
    cases: frozenset[str]
    people: int
    owned: bool = False  # for an account: payments to it may be for drugs
    evidence: tuple[str, ...] = ()


def led_up(hops: Iterable[tuple[str, str, float]], persons: Iterable[str]) -> dict[str, float]:
    """Persons above the start of a chain with the product of the hops (start, end, score) up to each."""
    surely, reached = 1.0, dict[str, float]()
    for start, end, score in hops:
        reached.setdefault(start, surely)
        surely *= score
        reached.setdefault(end, surely)
    return {person: reached.get(person, surely) for person in list(persons)[1:]}


def upstream(ways: Iterable[WayUp], dealing: Mapping[str, frozenset[str]]) -> Iterator[Cause]:
    """Persons above the start of several cases' chains, or above one and recorded in another; ``dealing``
    maps persons to the cases that record them.
    """
    above: dict[str, dict[str, float]] = defaultdict(dict)
    for way in ways:
        for person, surely in way.above.items():
            surely *= 1.0 if way.rank == 1 else LOWER_RANK
            above[person][way.case] = max(surely, above[person].get(way.case, 0.0))
    for person, cases in sorted(above.items()):
        own = dict.fromkeys(dealing.get(person, ()), 1.0)
        yield from _of("upstream", person, {**cases, **own})


def persons(dealing: Mapping[str, frozenset[str]]) -> Iterator[Cause]:
    """Persons recorded in several cases."""
    for person, cases in sorted(dealing.items()):
        yield from _of("person", person, dict.fromkeys(cases, 1.0))


def suppliers(
    edges: Iterable[tuple[str, str, float]], dealing: Mapping[str, frozenset[str]]
) -> Iterator[Cause]:
    """Suppliers (supplier, buyer, score) of buyers recorded in cases."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for supplier, buyer, score in edges:
        for case in dealing.get(buyer, ()):
            found[supplier][case] = max(score, found[supplier].get(case, 0.0))
    for supplier, cases in sorted(found.items()):
        yield from _of("supplier", supplier, cases)


def marks(basis: str, shared: Iterable[SharedMark]) -> Iterator[Cause]:
    """Batches, packaging, handsets and code words: worth less the more people have them."""
    for each in sorted(shared, key=lambda one: one.value):
        rare = strength(max(each.people, len(each.cases)))
        yield from _of(basis, each.value, dict.fromkeys(each.cases, 1.0), rare, each)


def accounts(shared: Iterable[SharedMark]) -> Iterator[Cause]:
    """Accounts paid by people of several cases, if the payments may be for drugs: the holder has a drug fact,
    or a supply is paid there. The share of its payers linked to drugs proves nothing. Returns are
    requested for suspects, so even a noodle stall appears to be paid by suspects only.
    """
    for each in sorted(shared, key=lambda one: one.value):
        rare = strength(len(each.cases)) if each.owned else 0.0
        yield from _of("account", each.value, dict.fromkeys(each.cases, 1.0), rare, each)


def _of(
    basis: str, value: str, cases: Mapping[str, float], rare: float = 1.0, shared: SharedMark | None = None
) -> Iterator[Cause]:
    """The feature, if several cases share it; one too common to mean anything has no weight."""
    if len(cases) > 1:
        weight = PLAIN[basis] * rare
        if shared is None:
            yield Cause(basis, value, cases, weight)
        else:
            yield Cause(basis, value, cases, weight, shared.people, shared.evidence)
