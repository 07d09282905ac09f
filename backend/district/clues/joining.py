"""Clues into the offers of one seller: hard keys first, then texts, then pictures; every join explained.

An identifier that lies on more than five otherwise separate groups is shared: it joins nothing until a person says that
two clues are one seller's. What a person said holds above all: two clues that are not one seller's never stand in one group,
whatever else speaks for it. Groups of few clues are made first, so that a bridge is seen as one.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from backend.district.clues.keys import Clue

MOST_GROUPS = 5
"""Otherwise separate groups an identifier may join."""
JoinKind = Literal["account", "phone", "payee", "waybill", "text", "picture", "file"]
_ORDER: tuple[JoinKind, ...] = ("file", "account", "phone", "payee", "waybill", "text", "picture")
_OWN = ("account", "phone", "payee")
"""Keys that make a group one of its own."""
Pair = tuple[str, str]


@dataclass(frozen=True)
class SharedValue:
    """One value and the clues that have it; ``links`` join them one to the next, with how alike they are."""

    kind: JoinKind
    value: str
    shown: str
    links: tuple[tuple[str, str, float], ...]
    evidence: Mapping[str, tuple[str, ...]]

    @property
    def clues(self) -> tuple[str, ...]:
        return tuple(sorted({clue for a, b, _ in self.links for clue in (a, b)}))


@dataclass(frozen=True)
class Join:
    """Why two clues are one seller's."""

    a: str
    b: str
    kind: JoinKind | Literal["judged"]
    shown: str
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Bridge:
    """A value that lies on too many groups, with one clue of each."""

    shared: SharedValue
    groups: tuple[str, ...]


@dataclass(frozen=True)
class ClueGroup:
    """The clues of one seller, why they are joined, and what was not followed."""

    clues: tuple[str, ...]
    joins: tuple[Join, ...]
    bridges: tuple[Bridge, ...] = ()
    refused: tuple[Join, ...] = ()


@dataclass
class _Forest:
    """Groups in the making; a pair in ``apart`` never stands in one."""

    parent: dict[str, str]
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # own keys, by group
    apart: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def root(self, clue: str) -> str:
        while self.parent[clue] != clue:
            self.parent[clue] = self.parent[self.parent[clue]]
            clue = self.parent[clue]
        return clue

    def join(self, a: str, b: str) -> bool:
        """Put two groups together; False where a person keeps them apart."""
        a, b = self.root(a), self.root(b)
        if a == b:
            return True
        if b in self.apart[a]:
            return False
        a, b = min(a, b), max(a, b)
        self.parent[b] = a
        self.names[a] |= self.names.pop(b, set())
        for other in self.apart.pop(b, ()):
            self.apart[other].discard(b)
            self.apart[other].add(a)
            self.apart[a].add(other)
        return True

    def keep_apart(self, a: str, b: str) -> None:
        a, b = self.root(a), self.root(b)
        self.apart[a].add(b)
        self.apart[b].add(a)


def hard(clues: Iterable[Clue]) -> list[SharedValue]:
    """Keys that more than one clue has."""
    having: dict[tuple[JoinKind, str], list[tuple[str, str, tuple[str, ...]]]] = defaultdict(list)
    for clue in clues:
        for key in clue.keys:
            if key.kind == "picture":
                continue  # one picture saved in several ways is one: see ``alike``
            # A number is the same number whether it is to be rung or to be paid.
            having[_family(key.kind), key.value].append((clue.clue_id, key.shown, key.evidence))
    kinds = {(_family(key.kind), key.value): key.kind for clue in clues for key in clue.keys}
    return [
        SharedValue(
            kinds[at],
            at[1],
            found[0][1],
            tuple((a[0], b[0], 1.0) for a, b in pairwise(found)),
            {clue: rows for clue, _, rows in found},
        )
        for at, found in sorted(having.items())
        if len({clue for clue, _, _ in found}) > 1
    ]


def _family(kind: JoinKind) -> JoinKind:
    return "account" if kind in ("account", "phone", "payee") else kind


def joined(
    clues: Mapping[str, Clue],
    shared: Sequence[SharedValue],
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
) -> list[ClueGroup]:
    """The groups, largest first; ``same`` and ``different`` are what persons said of two clues."""
    forest = _Forest({clue: clue for clue in clues})
    joins: list[Join] = []
    refused: list[Join] = []
    for a, b in sorted(same):
        if a in clues and b in clues and forest.join(a, b):
            joins.append(Join(a, b, "judged", "", 1.0, ()))
    for a, b in sorted(different):
        if a in clues and b in clues and forest.root(a) != forest.root(b):
            forest.keep_apart(a, b)
    bridges = _follow(clues, shared, forest, joins, refused)
    return _groups(clues, forest, joins, refused, bridges)


def _follow(
    clues: Mapping[str, Clue],
    shared: Sequence[SharedValue],
    forest: _Forest,
    joins: list[Join],
    refused: list[Join],
) -> list[Bridge]:
    """Follow what few clues have, then the rest, least bridging first; return what is left as shared."""

    def follow(each: SharedValue) -> None:
        for a, b, score in each.links:
            rows = tuple(dict.fromkeys((*each.evidence.get(a, ()), *each.evidence.get(b, ()))))
            join = Join(a, b, each.kind, each.shown, score, rows)
            (joins if forest.join(a, b) else refused).append(join)

    ordered = sorted(shared, key=lambda each: (_ORDER.index(each.kind), each.value))
    many = [each for each in ordered if len(each.clues) > MOST_GROUPS]
    open_ = {each.value for each in many}
    for clue in clues.values():
        own = {key.value for key in clue.keys if key.kind in _OWN and key.value not in open_}
        forest.names[forest.root(clue.clue_id)] |= own
    for each in ordered:
        if len(each.clues) <= MOST_GROUPS:
            follow(each)
    left = list(range(len(many)))
    while True:  # what was too much may lie on fewer groups once others are joined
        before, left = left, _follow_few(many, left, forest, follow)
        if not left or len(left) == len(before):
            break
    return [Bridge(many[n], tuple(sorted(_apart(many[n], forest)))) for n in sorted(left)]


def _follow_few(
    many: Sequence[SharedValue],
    numbers: Iterable[int],
    forest: _Forest,
    follow: Callable[[SharedValue], None],
) -> list[int]:
    """Follow those of some values that lie on few groups, least bridging first; return those on too many."""

    def weight(n: int) -> tuple[int, int, int]:
        return len(_apart(many[n], forest)), len(many[n].clues), n

    waiting = [weight(n) for n in numbers]
    heapq.heapify(waiting)
    left: list[int] = []
    while waiting:
        now = weight(heapq.heappop(waiting)[2])
        if waiting and now > waiting[0]:
            heapq.heappush(waiting, now)
        elif now[0] > MOST_GROUPS:
            left.append(now[2])
        else:
            each = many[now[2]]
            follow(each)
            for clue_id in each.clues:
                forest.names[forest.root(clue_id)].add(each.value)
    return left


def _apart(each: SharedValue, forest: _Forest) -> set[str]:
    """Groups a value would join that have an account, phone or payee of their own."""
    return {root for clue in each.clues if forest.names[root := forest.root(clue)] - {each.value}}


def _groups(
    clues: Mapping[str, Clue], forest: _Forest, joins: list[Join], refused: list[Join], bridges: list[Bridge]
) -> list[ClueGroup]:
    members: dict[str, list[str]] = defaultdict(list)
    for clue in sorted(clues):
        members[forest.root(clue)].append(clue)
    why: dict[str, list[Join]] = defaultdict(list)
    against: dict[str, list[Join]] = defaultdict(list)
    for join in joins:
        why[forest.root(join.a)].append(join)
    for join in refused:
        for root in {forest.root(join.a), forest.root(join.b)}:
            against[root].append(join)
    over: dict[str, list[Bridge]] = defaultdict(list)
    for bridge in bridges:
        for root in {forest.root(clue) for clue in bridge.shared.clues}:
            over[root].append(bridge)
    return [
        ClueGroup(tuple(found), tuple(why[root]), tuple(over[root]), tuple(against[root]))
        for root, found in sorted(members.items())
    ]
