"""换号: a number that falls silent, and another that starts with the same contacts within days.

Who talks with rare contacts of a silent number soon after it fell silent is likely its next number. Each shared
contact counts by how rare it is; contacts half the district has say nothing. Both ends must be each other's best
match, so that a shop two people call does not make them one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa

from etl.resolve.changeovers import Talks, changes
from etl.storage import quiet_duckdb
from graph_schema.arrays import Ints

DAY = 86_400_000
MEMORY_LIMIT = "1GB"  # beyond it goes to disk


@dataclass(frozen=True)
class Swap:
    """One number after another: silent since, started at, contacts in common of how many."""

    old: str
    new: str
    silent: int
    started: int
    shared: int
    contacts: int  # of whichever of the two has fewer
    rarity: float  # sum over the shared contacts of ln(numbers / numbers that contact)
    lead: float  # how much rarer than the next best pair of either
    strays: int = 0  # events of the old number after the change, and of the new one before it
    replaced: int = 0  # of the shared contacts, known by an old and a new number themselves

    @property
    def share(self) -> float:
        """Shared contacts of all contacts of whichever has fewer."""
        return self.shared / self.contacts if self.contacts else 0.0


@dataclass(frozen=True)
class SwapWindow:
    """What counts as one after the other, in days, and what counts as a contact."""

    before: float = 3.0  # the new one may start so long before the old one falls silent
    after: float = 21.0
    margin: float = 14.0  # at either end of the data, silence and start say nothing; in short data less:
    share: float = 0.1  # of its length,
    rhythm: float = 3.0  # and so many times the usual pause between two events of the number
    hub: int = 200  # a contact of more numbers says nothing
    least: int = 2  # shared contacts at least


_SEEN = """
CREATE TEMP TABLE seen AS
SELECT n, c, min("at") AS first, max("at") AS last, count(*) AS events FROM (
  SELECT a AS n, b AS c, "at" FROM events UNION ALL SELECT b, a, "at" FROM events
) GROUP BY n, c;
CREATE TEMP TABLE number AS
SELECT n, first, last, contacts, least($margin, greatest($share * (max(last) OVER () - min(first) OVER ()),
  $rhythm * (last - first) / greatest(events - 1, 1))) AS margin
FROM (SELECT n, min(first) AS first, max(last) AS last, count(*) AS contacts, sum(events) AS events FROM seen GROUP BY n);
CREATE TEMP TABLE span AS SELECT min(first) AS first, max(last) AS last, count(*) AS n FROM number;
CREATE TEMP TABLE rare AS
SELECT c, ln((SELECT n FROM span) / count(*)) AS weight, max(last) AS last FROM seen GROUP BY c HAVING count(*) <= $hub;
"""

_PAIRS = """
WITH gone AS MATERIALIZED ( -- a row for each contact of a number that fell silent: few, so that they are joined first
  SELECT number.n, number.last, contacts, seen.c, weight
  FROM number JOIN seen ON seen.n = number.n JOIN rare ON rare.c = seen.c, span
  WHERE number.last < span.last - number.margin AND contacts >= $least AND rare.last > number.last
), come AS MATERIALIZED (
  SELECT number.n, number.first, contacts, seen.c FROM number JOIN seen ON seen.n = number.n, span
  WHERE number.first > span.first + number.margin AND contacts >= $least
), pairs AS (
  SELECT o.n AS old, b.n AS new, o.last AS silent, b.first AS started, count(*) AS shared,
    least(o.contacts, b.contacts) AS contacts, sum(o.weight) AS rarity
  FROM gone o JOIN come b ON b.c = o.c
  WHERE o.n <> b.n AND b.first BETWEEN o.last - $before AND o.last + $after
  GROUP BY ALL HAVING count(*) >= $least
), ranked AS (
  SELECT *,
    row_number() OVER (PARTITION BY old ORDER BY rarity DESC, new) AS of_old,
    row_number() OVER (PARTITION BY new ORDER BY rarity DESC, old) AS of_new,
    coalesce(nth_value(rarity, 2) OVER (PARTITION BY old ORDER BY rarity DESC, new
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), 0) AS next_old,
    coalesce(nth_value(rarity, 2) OVER (PARTITION BY new ORDER BY rarity DESC, old
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), 0) AS next_new
  FROM pairs
)
SELECT old, new, silent, started, shared, contacts, rarity, rarity - greatest(next_old, next_new) AS lead
FROM ranked WHERE of_old = 1 AND of_new = 1 ORDER BY old, new
"""


def swaps(
    a: Sequence[str] | pa.Array,
    b: Sequence[str] | pa.Array,
    at: Sequence[int] | np.ndarray[Any, Any],
    alone: frozenset[str],
    window: SwapWindow | None = None,
) -> list[Swap]:
    """Likely successions among numbers that talk (``a`` with ``b`` at a time in ms), by the old number.

    ``alone`` are service numbers and platforms: neither a number nor a contact.
    """
    rules = window or SwapWindow()
    # Compared as numbers in the order of their names, which is several times quicker than as texts.
    told = pa.chunked_array([pa.array(a, pa.string()), pa.array(b, pa.string())]).combine_chunks()
    coded = told.dictionary_encode()
    found: list[str] = coded.dictionary.to_pylist()
    names = sorted(found)
    place = {name: n for n, name in enumerate(names)}
    codes = np.array([place[name] for name in found], dtype=np.int64)[coded.indices.to_numpy()]
    kinds = np.array([name.split(":", 1)[0] for name in names], dtype=object)
    apart = np.array([name in alone for name in names], dtype=np.bool_)
    one, other = codes[: len(a)], codes[len(a) :]
    keep = ~apart[one] & ~apart[other] & (kinds[one] == kinds[other])
    events = pa.table({"a": one[keep], "b": other[keep], "at": np.asarray(at, dtype=np.int64)[keep]})
    values = {"before": int(rules.before * DAY), "after": int(rules.after * DAY), "least": rules.least}
    margins = {"margin": int(rules.margin * DAY), "share": rules.share, "rhythm": rules.rhythm}
    with (
        TemporaryDirectory(prefix="upline-swaps-") as spill,
        quiet_duckdb.connect(memory=MEMORY_LIMIT, spill=spill) as con,
    ):
        con.execute("SET preserve_insertion_order = false")
        con.register("events", events)
        for statement in _SEEN.split(";")[:-1]:
            asked = {"hub": rules.hub, **margins}
            con.execute(statement, {name: asked[name] for name in asked if f"${name}" in statement})
        rows = con.execute(_PAIRS, values).fetchall()

        def contacts(numbers: Ints) -> tuple[Ints, Ints, Ints]:
            con.register("asked", pa.table({"n": numbers}))
            pairs = con.execute("SELECT n, c FROM seen SEMI JOIN asked USING (n) ORDER BY n, c").fetchnumpy()
            degree = np.zeros(len(names), dtype=np.int64)
            all_of = con.execute("SELECT n, contacts FROM number").fetchnumpy()
            degree[all_of["n"]] = all_of["contacts"]
            return np.asarray(pairs["n"], dtype=np.int64), np.asarray(pairs["c"], dtype=np.int64), degree

        one, other, times = (events[name].to_numpy() for name in ("a", "b", "at"))
        found_by_rate = changes(Talks(one, other, times, contacts), len(names), rules.hub)
    silent = [Swap(names[old], names[new], *rest) for old, new, *rest in rows]
    changed = [
        Swap(**{**asdict(each), "old": names[each.old], "new": names[each.new]}) for each in found_by_rate
    ]
    return _together(silent, changed)


def _together(silent: list[Swap], changed: list[Swap]) -> list[Swap]:
    """All found either way, by the old number. What overwhelming overlap says of a number stands before the little that
    silence says of it and another.
    """
    told = {(each.old, each.new) for each in silent}
    more = [each for each in changed if (each.old, each.new) not in told]
    old, new = {each.old for each in more}, {each.new for each in more}
    kept = [each for each in silent if each.old not in old and each.new not in new]
    return sorted(kept + more, key=lambda each: (each.old, each.new))
