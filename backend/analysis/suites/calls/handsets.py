"""Changed numbers and shared handsets: the same handset with a new card, a number that takes over from another."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from backend.analysis.arrays.clock import DAY
from backend.analysis.arrays.unionfind import roots
from backend.analysis.model.parameters import whole_parameter
from backend.analysis.suites.calls.book import CallBook, Successor, Talk, Wear, by
from backend.analysis.suites.common.presets import Preset
from backend.analysis.suites.common.tables import TableFound, TableRow, newest

TOP_CONTACTS = whole_parameter("suites.calls.top_contacts")
EACH_ROWS = whole_parameter("suites.calls.each_rows")


def overlap(a: Iterable[str], b: Iterable[str]) -> float:
    """Jaccard overlap of two sets of contacts."""
    one, two = set(a), set(b)
    return len(one & two) / len(one | two) if one | two else 0.0


def replaced(book: CallBook, preset: Preset) -> TableFound:
    """#8: (a) one handset with several numbers, (b) a number that fell silent and one that began then.

    (b) asks: the last call of one, the first of the other 0 to 7 days apart, with overlapping contacts.
    """
    rows = _by_handset(book) + _by_contacts(book, preset)
    rows.sort(key=lambda row: (row["how"], -row["score"], row["old"], row["new"]))
    return TableFound(rows)


def _by_handset(book: CallBook) -> list[TableRow]:
    rows: list[TableRow] = []
    for imei, talks in by((t for t in book.talks if t.imei and t.at >= 0), "imei").items():
        numbers = by(talks, "own")
        order = sorted(numbers, key=lambda number: (min(t.at for t in numbers[number]), number))
        for old, new in itertools.pairwise(order):
            stopped, began = max(t.at for t in numbers[old]), min(t.at for t in numbers[new])
            both = [*numbers[old], *numbers[new]]
            rows.append(
                {
                    "how": "handset",
                    "imei": imei,
                    "old": old,
                    "new": new,
                    "holder": numbers[new][0].target,
                    "stopped": stopped,
                    "began": began,
                    "score": round(overlap(*({t.other for t in numbers[n]} for n in (old, new))), 4),
                    "common": sorted({t.other for t in numbers[old]} & {t.other for t in numbers[new]}),
                    "n": len(both),
                    "evidence": newest(both),
                }
            )
    return rows


def _by_contacts(book: CallBook, preset: Preset) -> list[TableRow]:
    end = max((talk.at for talk in book.talks), default=0)
    window = preset["replaced_within_days"] * DAY
    rows: list[TableRow] = []
    for old, talks in by((t for t in book.plain() if t.at >= 0), "own").items():
        stopped = max(talk.at for talk in talks)
        if end - stopped < preset["silent_days"] * DAY:
            continue
        top = _top(talks)
        for new in book.successors:
            common = top & new.contacts
            score = overlap(top, new.contacts)
            if new.number == old or not 0 <= new.first - stopped <= window:
                continue
            if len(common) >= preset["replaced_contacts"] and score >= preset["replaced_overlap"]:
                rows.append(_row(old, talks, stopped, new, common, score))
    return rows


def _top(talks: list[Talk]) -> frozenset[str]:
    counted = {other: len(some) for other, some in by(talks, "other").items()}
    return frozenset(sorted(counted, key=lambda other: (-counted[other], other))[:TOP_CONTACTS])


def _row(
    old: str, talks: list[Talk], stopped: int, new: Successor, common: frozenset[str], score: float
) -> TableRow:
    return {
        "how": "contacts",
        "old": old,
        "new": new.number,
        "holder": new.holder,
        "stopped": stopped,
        "began": new.first,
        "score": round(score, 4),
        "common": sorted(common),
        "n": len(talks),
        "evidence": [*newest(talks)[-EACH_ROWS:], *new.evidence[:EACH_ROWS]],
    }


def handsets(book: CallBook, preset: Preset) -> TableFound:
    """#9: groups of handsets, cards and numbers that were used together: pool phones, several cards."""
    wears = [*book.wears, *_from_talks(book.talks)]
    root = roots((wear.start, wear.end) for wear in wears)
    rows: list[TableRow] = []
    groups = by(wears, "start")
    members: dict[str, list[Wear]] = {}
    for start, some in groups.items():
        members.setdefault(root[start], []).extend(some)
    for some in members.values():
        refs = {ref for wear in some for ref in (wear.start, wear.end)}
        kinds = {
            kind: sorted(r for r in refs if r.startswith(f"{kind}:")) for kind in ("Device", "Sim", "Phone")
        }
        if max(map(len, kinds.values())) > 1:
            rows.append(
                {
                    "handsets": kinds["Device"],
                    "sims": kinds["Sim"],
                    "numbers": kinds["Phone"],
                    "n": len(some),
                    "evidence": newest(some),
                }
            )
    rows.sort(
        key=lambda row: (-len(row["handsets"]) - len(row["sims"]) - len(row["numbers"]), row["numbers"])
    )
    return TableFound(rows)


def _from_talks(talks: list[Talk]) -> list[Wear]:
    found = []
    for talk in talks:
        if talk.imei:
            found.append(Wear(talk.own, f"Device:{talk.imei[:14]}", talk.at, talk.evidence))
        if talk.imsi and talk.imei:
            found.append(Wear(f"Sim:{talk.imsi}", f"Device:{talk.imei[:14]}", talk.at, talk.evidence))
    return found
