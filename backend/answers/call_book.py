"""Reads from the graph what the call suite is computed from: bounded, newest first, and said where it was cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from backend.analysis.arrays.clock import DAY
from backend.analysis.suites.calls import CallBook, Sighting, Talk, Wear
from backend.analysis.suites.calls.book import Call, Occurrence, Successor
from backend.analysis.suites.common import Preset
from backend.answers.runs import Run
from graph_schema.identifiers.phone import is_service
from graph_schema.store import Parameters, Row, Store, Viewer

MOST = 200_000
"""Events of one target and kind; the newest."""
NEAR = 20
"""Main contacts whose calls are looked at for relays, and for numbers that take over."""
MOST_NEAR = 20_000
MOST_CELLS = 300
MOST_AT_CELL = 20_000
TIMEOUT = 60.0
_KEYS = {"Phone": "number", "Account": "account_id", "Sim": "imsi", "Device": "imei14"}


def call_book(store: Store, viewer: Viewer, run: Run, targets: Sequence[str], preset: Preset) -> CallBook:
    """The book of some persons by id."""
    talks: list[Talk] = []
    truncated = False
    for target in targets:
        for rel in ("CALLED", "MESSAGED"):
            asked: Parameters = {"key": run.key(target), "run": run.run_id, "limit": MOST}
            rows = store.read(viewer, "suite.talks", labels={"rel": rel}, timeout=TIMEOUT, **asked)
            truncated |= len(rows) >= MOST
            talks += [_talk(target, rel, row) for row in rows]
    talks.sort(key=lambda talk: (talk.at, talk.target, talk.other, talk.evidence))
    sightings = [each for target in targets for each in _sightings(store, viewer, run, target)]
    others, popularity, totals = _others(store, viewer, run, targets, sightings, preset)
    near = _main_contacts(talks)
    return CallBook(
        targets=tuple(targets),
        talks=talks,
        sightings=sightings,
        others=others,
        popularity=popularity,
        seen_total=totals,
        wears=[each for target in targets for each in _worn(store, viewer, run, target)],
        calls=_calls(store, viewer, run, [*targets, *near], talks),
        successors=_successors(store, viewer, run, near, talks, preset),
        occurrences=[each for target in targets for each in _occurrences(store, viewer, run, target)],
        arrests=_arrests(store, viewer, run, [*targets, *near]),
        truncated=truncated,
    )


def _ref(label: str, props: Row) -> str:
    return f"{label}:{props.get(_KEYS.get(label, 'number'))}"


def _talk(target: str, rel: str, row: Row) -> Talk:
    number = _ref(row["label"], row["other"])
    service = bool(row["service"]) or (row["label"] == "Phone" and is_service(number[6:]))
    return Talk(
        target=target,
        other=row["holder"] or number,
        own=_ref(row["own_label"], row["own"]),
        number=number,
        out=bool(row["out"]),
        at=-1 if row["at"] is None else int(row["at"]),
        exact=row["precision"] != "day",
        seconds=int(row["seconds"] or 0),
        message=rel == "MESSAGED",
        cell=row["cell"],
        imsi=row["imsi"],
        imei=row["imei"],
        service=service,
        evidence=tuple(row["evidence"] or ()),
    )


def _sightings(store: Store, viewer: Viewer, run: Run, target: str) -> list[Sighting]:
    rows = store.read(viewer, "suite.sightings", timeout=TIMEOUT, key=run.key(target), limit=MOST)
    return [
        Sighting(target, row["place"], -1 if row["at"] is None else row["at"], tuple(row["evidence"] or ()))
        for row in rows
        if row["place"]
    ]


def _others(
    store: Store,
    viewer: Viewer,
    run: Run,
    targets: Sequence[str],
    mine: list[Sighting],
    preset: Preset,
) -> tuple[list[Sighting], dict[str, float], dict[str, int]]:
    """Others at the targets' most used cells while the targets' data runs, and how popular each cell is."""
    dated = [seen for seen in mine if seen.at >= 0]
    if not dated:
        return [], {}, {}
    cells = [cell for cell, _ in Counter(seen.cell for seen in dated).most_common(MOST_CELLS)]
    margin = int(preset["travel_minutes"] * 60_000)
    bounds = {
        "first": min(seen.at for seen in dated) - margin,
        "last": max(seen.at for seen in dated) + margin,
    }
    found: list[Sighting] = []
    used: Counter[str] = Counter()
    for label in ("Cell", "Place"):
        asked = {"cells": cells, "run": run.run_id, "limit": MOST_AT_CELL, **bounds}
        rows = store.read(viewer, "suite.seen_there", labels={"label": label}, timeout=TIMEOUT, **asked)
        for row in rows:
            used[row["cell"]] += len(row["persons"])
            found += [
                Sighting(person, row["cell"], at, tuple(evidence or ()))
                for person, at, evidence in zip(row["persons"], row["ats"], row["evidence"], strict=True)
            ]
    total = max(sum(used.values()), 1)
    popularity = {cell: n / total for cell, n in used.items()}
    totals = Counter(seen.person for seen in found)
    return sorted(found), popularity, dict(totals)


def _main_contacts(talks: Iterable[Talk]) -> list[str]:
    """Persons the targets talk with most."""
    counted = Counter(talk.other for talk in talks if not talk.service and ":" not in talk.other)
    return [other for other, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:NEAR]]


def _worn(store: Store, viewer: Viewer, run: Run, target: str) -> list[Wear]:
    rows = store.read(viewer, "suite.worn", timeout=TIMEOUT, key=run.key(target), limit=5_000)
    return [
        Wear(
            f"{row['a_label']}:{row['a']}",
            f"{row['b_label']}:{row['b']}",
            -1 if row["at"] is None else row["at"],
            tuple(row["evidence"] or ()),
        )
        for row in rows
    ]


def _calls(store: Store, viewer: Viewer, run: Run, people: list[str], talks: list[Talk]) -> list[Call]:
    """Calls of the targets (also those that come in) and of their main contacts."""
    keys = sorted({run.key(person) for person in people})
    rows = store.read(
        viewer, "suite.calls_of", timeout=TIMEOUT, keys=keys, run=run.run_id, limit=MOST_NEAR * len(keys)
    )
    calls = {Call(row["caller"], row["called"], row["at"], tuple(row["evidence"] or ())) for row in rows}
    calls |= {
        Call(talk.other, talk.target, talk.at, talk.evidence)
        for talk in talks
        if not talk.out and not talk.message and talk.at >= 0 and not talk.service
    }
    return sorted(calls)


def _successors(
    store: Store, viewer: Viewer, run: Run, near: list[str], talks: list[Talk], preset: Preset
) -> list[Successor]:
    """Numbers that began to talk with main contacts of the targets after some number of theirs had stopped."""
    last: dict[str, int] = {}
    for talk in talks:
        last[talk.own] = max(last.get(talk.own, -1), talk.at)
    end = max(last.values(), default=-1)
    stopped = [at for at in last.values() if 0 <= at <= end - preset["silent_days"] * DAY]
    if not stopped or not near:
        return []
    rows = store.read(
        viewer,
        "suite.successors",
        timeout=TIMEOUT,
        keys=[run.key(person) for person in near],
        run=run.run_id,
        least=int(preset["replaced_contacts"]),
        after=min(stopped),
        limit=MOST,
    )
    return [
        Successor(
            f"Phone:{row['number']}",
            row["holder"] or f"Phone:{row['number']}",
            row["first"],
            row["last"],
            frozenset(row["contacts"]),
            tuple(ref for some in row["evidence"] for ref in some or ())[:20],
        )
        for row in rows
    ]


def _occurrences(store: Store, viewer: Viewer, run: Run, target: str) -> list[Occurrence]:
    key = run.key(target)
    cases = {
        (row["label"], row["account_id"] or row["number"]): tuple(row["cases"])
        for row in store.read(viewer, "suite.number_cases", timeout=TIMEOUT, key=key)
    }
    return [
        Occurrence(
            f"{row['label']}:{row['account_id'] or row['number']}",
            row["what"],
            row["n"],
            row["first"],
            row["last"],
            cases.get((row["label"], row["account_id"] or row["number"]), ()),
            tuple(ref for some in row["evidence"] for ref in some or ())[:20],
        )
        for row in store.read(viewer, "suite.occurrences", timeout=TIMEOUT, key=key)
    ]


def _arrests(store: Store, viewer: Viewer, run: Run, people: list[str]) -> list[tuple[str, int, str]]:
    keys = sorted({run.key(person) for person in people})
    rows = store.read(viewer, "suite.arrests", timeout=TIMEOUT, keys=keys)
    return sorted((row["person"], row["at"], row["case_no"]) for row in rows)
