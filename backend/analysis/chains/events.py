"""Events on record between two persons: the single source of a hop's count, sum, times and rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from backend.analysis.correlation.coincidence import REACH
from backend.analysis.model.chains import Hop, Source
from backend.analysis.model.facts import Events, Facts
from graph_schema.arrays import Ints


@dataclass(frozen=True)
class _PairEvents:
    """Events of one channel between the pairs asked about, by pair."""

    events: Events
    keys: Ints  # first * n + second
    at: Ints
    event: Ints

    def of(self, key: int) -> slice:
        low, high = np.searchsorted(self.keys, [key, key + 1]).tolist()
        return slice(low, high)


class HopEvents:
    """The events the hops at hand rest on, picked from the facts once."""

    def __init__(self, facts: Facts, hops: Iterable[Hop]) -> None:
        self._n = max(len(facts.person_ids), 1)
        asked: dict[str, set[int]] = {
            "payments": set(),
            "calls": set(),
            "parcels": set(),
            "statements": set(),
        }
        for hop in hops:
            for source in hop.sources:
                a, b = source.of
                asked[source.channel].add(a * self._n + b)
                if source.channel == "calls":
                    asked["calls"].add(b * self._n + a)
                if source.around is not None:
                    asked["payments"].add(source.around[0] * self._n + source.around[1])
        self._some = {name: self._selected(getattr(facts, name), keys) for name, keys in asked.items()}

    def _selected(self, events: Events, keys: set[int]) -> _PairEvents:
        wanted = np.array(sorted(keys), dtype=np.int64)
        named = np.zeros(self._n + 1, dtype=np.bool_)  # the last is for ends that are nobody (-1)
        named[wanted // self._n] = named[wanted % self._n] = True
        kept = np.flatnonzero(named[events.a] & named[events.b])
        pair = events.a[kept].astype(np.int64) * self._n + events.b[kept]
        asked = np.isin(pair, wanted)
        kept, pair = kept[asked], pair[asked]
        order = np.argsort(pair, kind="stable")
        kept = kept[order].astype(np.int64)
        return _PairEvents(events, pair[order], events.at[kept].astype(np.int64), kept)

    def filled(self, hop: Hop) -> Hop:
        """The hop with what its first source that has any events holds; one that names its rows itself stays."""
        if not hop.sources:
            return hop
        for source in hop.sources:
            some, rows = self._rows(source)
            if len(rows):
                break
        else:
            return replace(hop, first=None, last=None, count=0, fen=0, evidence=(), sources=hop.sources[:1])
        at, event = some.at[rows], some.event[rows]
        dated = at[at >= 0]
        # Equal times are settled by the rows, so that no order of loading shows through.
        proofs = sorted(
            (when, some.events.evidence[i]) for when, i in zip(at.tolist(), event.tolist(), strict=True)
        )
        return replace(
            hop,
            first=int(dated.min()) if len(dated) else None,
            last=int(dated.max()) if len(dated) else None,
            count=len(rows),
            fen=int(some.events.amount[event].sum()) if source.channel == "payments" else 0,
            evidence=tuple(dict.fromkeys(row for _, proof in proofs for row in proof)),
            sources=(source,),
        )

    def _rows(self, source: Source) -> tuple[_PairEvents, Ints]:
        some, (a, b) = self._some[source.channel], source.of
        ways = {(a, b), (b, a)} if source.channel == "calls" else {(a, b)}
        found = np.concatenate([np.arange(len(some.keys))[some.of(x * self._n + y)] for x, y in sorted(ways)])
        if source.around is not None:
            payments = self._some["payments"]
            paid = payments.at[payments.of(source.around[0] * self._n + source.around[1])]
            found = found[_near(some.at[found], np.sort(paid[paid >= 0]))]
        return some, found


def _near(at: Ints, paid: Ints) -> Ints:
    """Positions of the times that lie within ``REACH`` of one of ``paid`` (sorted)."""
    low = np.searchsorted(paid, at - REACH, side="left")
    high = np.searchsorted(paid, at + REACH, side="right")
    return np.flatnonzero((at >= 0) & (high > low)).astype(np.int64)
