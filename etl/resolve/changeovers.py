"""Number changes (换号) with stray calls left on the old number, and circles that change numbers together.

``swaps`` asks that the old number falls silent and the new one was never heard before: one stray call hides a change. Here a
number gives way where its *rate* of events drops at some time far more than chance would have it, and takes up where it
rises. Time is cut into equal parts of the data's length, so nothing is fixed in days: ten days are looked at as closely as
ten years. Less silence is asked, so more overlap is: an overwhelming share of contacts.

A circle that changes together leaves a number no contact in common. So contacts are compared a second time with everybody
found to have changed under his new number; whoever stands in the same place of the same circle, then, is matched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from graph_schema.arrays import Floats, Ints

PARTS = 40
"""Parts the time is cut into."""
EDGE = 0.001
"""Of all events, so many at either end may be misdated: they do not stretch the time."""
EVENTS, CONTACTS = 20, 5
"""Of a number with fewer no change of rate can be told, nor an overwhelming overlap."""
STRAY = 0.1
"""Rate on the wrong side of the change, as a share of the other, up to which the events there are stray ones."""
DROP = 0.5
"""The same within a circle, where the place in it tells more."""
SURE = 6.0
"""Log-likelihood by which two rates have to explain a number better than one."""
SHARE, SHARED = 0.6, 5
"""Contacts in common, of whichever number has fewer, and how many at least."""
ALIKE = 0.5
"""The number with fewer contacts has at least this share of the other's."""
CIRCLE, MOSTLY = 3, 0.5
"""Contacts that changed as well, for a place in a circle: at least so many, and most of all contacts of either number."""


@dataclass(frozen=True)
class Changeover:
    """Two numbers, with contacts in common of how many, and how many of these are known by two numbers themselves."""

    old: int
    new: int
    silent: int
    started: int
    shared: int
    contacts: int
    rarity: float
    lead: float
    strays: int  # events of either on the wrong side of the change
    replaced: int = 0


@dataclass(frozen=True)
class Talks:
    """Who talks with whom: numbers 0 … n-1 at both ends of each event at a time in ms; and how to ask for the contacts of some
    numbers (number, contact; sorted), and for how many contacts each of all numbers has.
    """

    one: Ints
    other: Ints
    at: Ints
    contacts: Callable[[Ints], tuple[Ints, Ints, Ints]]


@dataclass(frozen=True)
class _Steps:
    """Where each number's rate drops and rises most: the part before which it does, how sure, what is left of the rate."""

    down: Ints
    down_sure: Floats
    down_left: Floats
    up: Ints
    up_sure: Floats
    up_left: Floats


def changes(talks: Talks, n: int, hub: int) -> list[Changeover]:
    """Likely changes of number among ``n`` numbers, those found by overlap first; a contact of more than ``hub`` says
    nothing.
    """
    if len(talks.at) < 2 * EVENTS:
        return []
    busy, steps = _rates(talks, n)
    takes = (steps.up_left <= STRAY) & (steps.up_sure >= SURE)
    gives = (steps.down_left <= DROP) & (steps.down_sure > 0)
    went = gives & (steps.down_left <= STRAY) & (steps.down_sure >= SURE)
    if not (went.any() and takes.any()):
        return []
    who, whom, degree = talks.contacts(busy[gives | takes])
    down, up = (dict(zip(busy.tolist(), part.tolist(), strict=True)) for part in (steps.down, steps.up))
    known = _Known(who, whom, degree, hub, down, up)
    found = known.overlapping(busy[went], busy[takes])
    if len(found) >= CIRCLE:
        found += known.circles(busy[gives], busy[takes], found)
    times = _times(talks, n, found)
    return [known.change(pair, times) for pair in found]


def _rates(talks: Talks, n: int) -> tuple[Ints, _Steps]:
    """Numbers with enough events, and how the rate of each changes."""
    busy = np.flatnonzero(np.bincount(np.concatenate([talks.one, talks.other]), minlength=n) >= EVENTS)
    row = np.full(n, -1, dtype=np.int64)
    row[busy] = np.arange(len(busy))
    low, high = (int(edge) for edge in np.quantile(talks.at, (EDGE, 1 - EDGE)))
    part = np.clip((talks.at - low) * PARTS // max(high - low, 1), 0, PARTS - 1)
    heard = np.zeros(len(busy) * PARTS, dtype=np.int64)
    for end in (talks.one, talks.other):
        kept = row[end] >= 0
        heard += np.bincount(row[end[kept]] * PARTS + part[kept], minlength=len(heard))
    return busy, _steps(heard.reshape(-1, PARTS))


def _steps(heard: Ints) -> _Steps:
    """The best time for one change of rate in each row of counts, either way."""
    total, before = heard.sum(axis=1, keepdims=True), heard.cumsum(axis=1)[:, :-1]
    after, parts = total - before, np.arange(1, PARTS)
    rate, later = before / parts, after / (PARTS - parts)
    sure = _said(before, rate) + _said(after, later) - _said(total, total / PARTS)
    rows = np.arange(len(heard))
    drops, rises = np.where(later < rate, sure, -1.0), np.where(later > rate, sure, -1.0)
    down, up = drops.argmax(axis=1), rises.argmax(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        fell, rose = (later / rate)[rows, down], (rate / later)[rows, up]
    return _Steps(down + 1, drops[rows, down], fell, up + 1, rises[rows, up], rose)


def _said(counts: Ints, rates: Floats) -> Floats:
    """What a rate says of a count it was taken from, without what is the same for every rate."""
    return np.asarray(counts * np.log(np.where(rates > 0, rates, 1.0)), dtype=np.float64)


@dataclass(frozen=True)
class _Pair:
    """An old and a new number, their contacts in common, and how many of these changed as well."""

    old: int
    new: int
    shared: list[int]
    replaced: int = 0
    lead: float = 0.0


class _Known:
    """Contacts of the numbers in question, and when their rates change."""

    def __init__(
        self, who: Ints, whom: Ints, degree: Ints, hub: int, down: dict[int, int], up: dict[int, int]
    ) -> None:
        self._whom, self._start = whom, np.searchsorted(who, np.arange(len(degree) + 1))
        self._degree = degree
        heard = max(int(np.count_nonzero(self._degree)), 1)
        self._weight = np.where(self._degree <= hub, np.log(heard / np.maximum(self._degree, 1)), 0.0)
        self._hub = hub
        self._down, self._up = down, up

    def _contacts(self, number: int) -> list[int]:
        found: list[int] = self._whom[self._start[number] : self._start[number + 1]].tolist()
        return found

    def _together(self, old: int, new: int) -> bool:
        """The one gives way when the other takes up."""
        apart: int = self._down[old] - self._up[new]
        return abs(apart) <= 1

    def _fewer(self, old: int, new: int) -> tuple[int, int]:
        few, many = sorted((int(self._degree[old]), int(self._degree[new])))
        return few, many

    def overlapping(self, went: Ints, came: Ints) -> list[_Pair]:
        """Pairs with nearly all contacts in common."""
        talks_with: dict[int, list[int]] = defaultdict(list)
        for number in came.tolist():
            for contact in self._contacts(number):
                if self._degree[contact] <= self._hub:
                    talks_with[contact].append(number)
        found = []
        for old in went.tolist():
            common: dict[int, list[int]] = defaultdict(list)
            for contact in self._contacts(old) if self._degree[old] >= CONTACTS else ():
                for new in talks_with.get(contact, ()):
                    common[new].append(contact)
            found += [
                _Pair(old, new, shared)
                for new, shared in common.items()
                if new != old and self._much(old, new, len(shared)) and self._together(old, new)
            ]
        return self._mutual(found)

    def _much(self, old: int, new: int, shared: int) -> bool:
        few, many = self._fewer(old, new)
        return shared >= max(SHARED, SHARE * few) and few >= ALIKE * many

    def circles(self, gives: Ints, came: Ints, known: list[_Pair]) -> list[_Pair]:
        """Numbers without contacts in common that stand in the same place once the others' changes are known."""
        now = {each.old: each.new for each in known}
        taken = set(now) | set(now.values())
        told = {}
        for number in gives.tolist():
            contacts = self._contacts(number) if number not in taken else []
            if sum(contact in now for contact in contacts) >= CIRCLE:
                told[number] = {now.get(contact, contact) for contact in contacts}
        found = []
        for new in came.tolist():
            talks = set(self._contacts(new)) if new not in taken else set()
            for old, contacts_now in told.items():
                shared = sorted(contacts_now & talks)
                replaced = len(set(now.values()) & set(shared))
                few, many = self._fewer(old, new)
                enough = replaced >= max(CIRCLE, MOSTLY * many) and len(shared) >= SHARE * few
                if old != new and enough and self._together(old, new):
                    found.append(_Pair(old, new, shared, replaced))
        return self._mutual(found)

    def _mutual(self, pairs: list[_Pair]) -> list[_Pair]:
        """Pairs that are each other's best, with how much rarer their contacts are than those of the next best."""
        of: dict[tuple[str, int], list[tuple[float, int, int]]] = defaultdict(list)
        for each in pairs:
            ranked = (-self._rarity(each), each.old, each.new)
            of["old", each.old].append(ranked)
            of["new", each.new].append(ranked)
        for all_of_one in of.values():
            all_of_one.sort()
        found = []
        for each in pairs:
            ends = of["old", each.old], of["new", each.new]
            if all(ranked[0][1:] == (each.old, each.new) for ranked in ends):
                next_best = max((-ranked[1][0] for ranked in ends if len(ranked) > 1), default=0.0)
                found.append(replace(each, lead=self._rarity(each) - next_best))
        return found

    def _rarity(self, pair: _Pair) -> float:
        return float(self._weight[pair.shared].sum())

    def change(self, pair: _Pair, times: Mapping[int, Ints]) -> Changeover:
        """The pair with its times: the old one's last event before the new one took over, the new one's first from there."""
        mine, its = times[pair.old], times[pair.new]
        turn = _turn(mine, its)
        kept, begun = mine[mine < turn], its[its >= turn]
        return Changeover(
            pair.old,
            pair.new,
            int(kept[-1]),
            int(begun[0]),
            len(pair.shared),
            self._fewer(pair.old, pair.new)[0],
            self._rarity(pair),
            pair.lead,
            len(mine) - len(kept) + len(its) - len(begun),
            pair.replaced,
        )


def _times(talks: Talks, n: int, pairs: list[_Pair]) -> dict[int, Ints]:
    """When the numbers of these pairs were heard, in order."""
    asked = np.zeros(n, dtype=np.bool_)
    numbers = sorted({end for each in pairs for end in (each.old, each.new)})
    asked[numbers] = True
    some = np.flatnonzero(asked[talks.one] | asked[talks.other])
    one, other, at = talks.one[some], talks.other[some], talks.at[some]
    return {number: np.sort(at[(one == number) | (other == number)]) for number in numbers}


def _turn(mine: Ints, its: Ints) -> int:
    """The time that leaves the fewest events of the old number after it and of the new one before it."""
    before = np.searchsorted(mine, its)
    wrong = np.where(before > 0, len(mine) - before + np.arange(len(its)), len(mine) + len(its))
    return int(its[int(wrong.argmin())])
