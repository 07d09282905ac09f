"""Patterns of money over all that is loaded: a question about shapes of payments, which finds nobody guilty."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pyarrow as pa

from backend.analysis.model.kinds import PatternKind
from backend.analysis.temporal import (
    Pattern,
    PatternLimits,
    Patterns,
    Transfers,
    find_patterns,
    least_of,
)
from backend.answers.drug_facts import known_for_drugs
from backend.answers.ordered import HOUR, TraceGround, persons_of, rounded, transfers_shown
from backend.answers.runs import Run, on_run
from backend.answers.shape import time_text
from backend.contract.suites import PatternsFound, PatternShown, TransferShown
from backend.runs.ordered_persons import person_arrays
from backend.runs.ordered_store import ordered_arrays
from backend.security.audited import audited
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

EVENTS = 200
"""Payments of one stage that are given; ``events`` counts all."""


@audited("patterns", "kind")
@on_run
def patterns(
    store: Store,
    viewer: Viewer,
    run: Run,
    kind: PatternKind,
    *,
    by: Literal["person", "account"] = "person",
    everybody: bool = False,
    window_hours: float | None = None,
    least: int | None = None,
    ratio_least: float | None = None,
    ratio_most: float | None = None,
    layers: int | None = None,
    exchange: bool = False,
    first: int | None = None,
    last: int | None = None,
    limit: int = 50,
) -> PatternsFound:
    """Patterns of one kind among the payments of all persons (or accounts), in time order.

    Between persons only patterns in which a drug fact stands for somebody are listed, unless ``everybody``: shops,
    landlords and lenders make the same shapes. The others are counted. ``exchange`` lets the currency change; amounts
    of two currencies are not compared. ``truncated`` says that a bound cut the search, ``cut`` names where.
    """
    limits = _limits(kind, window_hours, least, (ratio_least, ratio_most), layers)
    limits = replace(limits, exchange=exchange, first=first, last=last)
    ground = _ground(store, viewer, run, by)
    found = find_patterns(ground.transfers, kind, limits)
    known = _known(store, viewer, run, ground, found)
    chosen = [n for n in range(len(found.found)) if everybody or by == "account" or known[n]]
    shown = _shown(store, viewer, ground, [found.found[n] for n in chosen[:limit]])
    answer: PatternsFound = {
        "kind": kind,
        "by": by,
        "limits": {
            "window_hours": limits.window / HOUR,
            "least": limits.least,
            "ratio_least": limits.ratio[0],
            "ratio_most": limits.ratio[1],
            "layers": limits.layers,
            "exchange": limits.exchange,
            "first": limits.first,
            "last": limits.last,
        },
        "total": len(found.found),
        "known": sum(bool(each) for each in known),
        "patterns": [{**each, "known": known[n]} for n, each in zip(chosen, shown, strict=False)],
        "truncated": found.truncated or len(chosen) > limit,
        "cut": [ground.names[n].as_py() for n in found.cut[:100]],
        "run": run.name,
        "persons": [],
    }
    paid = (event for each in answer["patterns"] for stage in each["stages"] for event in stage)
    return {**answer, "persons": persons_of(store, viewer, run, by, paid)}


def _limits(
    kind: PatternKind,
    window_hours: float | None,
    least: int | None,
    ratio: tuple[float | None, float | None],
    layers: int | None,
) -> PatternLimits:
    """What was asked for, the declared bounds elsewhere. Raises ``InputError`` where nothing could fit."""
    usual = PatternLimits(least=least_of(kind))
    low, high = (
        usual.ratio[0] if ratio[0] is None else ratio[0],
        usual.ratio[1] if ratio[1] is None else ratio[1],
    )
    if low > high:
        raise InputError(Text("比例下限大于上限。", "The smallest ratio is above the largest."))
    return replace(
        usual,
        window=usual.window if window_hours is None else round(window_hours * HOUR),
        least=usual.least if least is None else least,
        ratio=(low, high),
        layers=usual.layers if layers is None else layers,
    )


def _ground(store: Store, viewer: Viewer, run: Run, by: Literal["person", "account"]) -> TraceGround:
    kept = ordered_arrays(store, viewer)
    if by == "account":
        return TraceGround(kept, kept.transfers, kept.refs, by, -1)
    persons = person_arrays(store, viewer, kept, run.run_id)
    return TraceGround(kept, persons.transfers, persons.names, by, -1)


def _known(store: Store, viewer: Viewer, run: Run, ground: TraceGround, found: Patterns) -> list[list[str]]:
    """Per pattern the persons in it of whom a drug fact stands on record."""
    if ground.by == "account":
        return [[] for _ in found.found]
    ends = [_ends(ground.transfers, each) for each in found.found]
    nodes = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *ends]))
    called = dict(zip(nodes.tolist(), ground.names.take(pa.array(nodes)).to_pylist(), strict=True))
    known = known_for_drugs(store, viewer, run, called.values())
    return [[called[n] for n in each.tolist() if called[n] in known] for each in ends]


def _ends(transfers: Transfers, pattern: Pattern) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    events = list(pattern.events)
    return np.unique(np.r_[transfers.source[events], transfers.target[events]]).astype(np.int64)


def _shown(store: Store, viewer: Viewer, ground: TraceGround, found: list[Pattern]) -> list[PatternShown]:
    wanted = {event for each in found for stage in each.stages for event in stage[:EVENTS]}
    events = transfers_shown(store, viewer, ground, sorted(wanted))
    return [_pattern(ground, events, each) for each in found]


def _pattern(ground: TraceGround, events: dict[int, TransferShown], pattern: Pattern) -> PatternShown:
    held = ground.transfers
    every = sorted(pattern.events)
    units = {int(unit) for unit in held.unit[every]}
    paid = pattern.stages[0][:1] if pattern.kind == "cycle" else pattern.stages[0]
    return {
        "centre": [ground.names[n].as_py() for n in pattern.centre],
        "known": [],
        "branches": pattern.branches,
        "fen": int(held.fen[list(paid)].sum()) if len(units) == 1 else None,
        "currency": (ground.kept.units[units.pop()] or None) if len(units) == 1 else None,
        "share": rounded(pattern.share),
        "first": time_text(int(held.at[every[0]])),
        "last": time_text(int(held.at[every[-1]])),
        "events": len(every),
        "stages": [[events[each] for each in stage[:EVENTS]] for stage in pattern.stages],
    }
