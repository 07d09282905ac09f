"""Accounts, numbers, vehicles and places: listed and searched, and one with its holders, partners and files."""

from __future__ import annotations

from typing import get_args

from backend.answers.endpoints import NOTHING
from backend.answers.holders import held_refs
from backend.answers.people import people
from backend.answers.runs import EVERYTHING, Run, on_run
from backend.answers.search import SearchForms
from backend.answers.shape import caption, reference, time_text
from backend.contract.objects import (
    Candidate,
    ObjectFact,
    ObjectFile,
    ObjectKind,
    ObjectPage,
    ObjectsFound,
    Partner,
)
from backend.contract.person import Person
from backend.security.audited import audited
from backend.security.circles import closed, sealed_rows
from backend.security.rights import shown_path
from backend.security.sealing import CIRCLE, sealed_records
from graph_schema.declaration import load_declaration
from graph_schema.errors import NotFound
from graph_schema.store import Parameters, Props, Row, Store, Viewer

FOUND_BY = {
    "Account": ("account_id", "account_id"),
    "Phone": ("number", "number"),
    "Vehicle": ("vehicle_id", "vehicle_id"),
    "Place": ("name", "address"),
}
"""Properties a part of which finds an object."""
PARTNERS = ("PAID", "CALLED", "MESSAGED", "USED_WITH", "SENT", "RECEIVED", "SEEN_AT", "STAYED_AT")
"""Between an object and others: what partners are counted by, in this order."""
MOST_FITTING = 20_000
MOST_EVENTS = 20_000
"""Events of one type that partners are counted from, and of all types that files are, the newest."""
MOST_PARTNERS = 500
MOST_STATED = 500
"""Persons whose records name an object, those with the most records."""
_LEFT_OUT = {
    "account_id",
    "vehicle_id",
    "place_id",
    "group",
    "service",
    "platform",
    "lon",
    "lat",
    "verified",
    "load",
}
_TIMEOUT = 60.0


@audited("objects", "kind")
@on_run
def objects(
    store: Store,
    viewer: Viewer,
    run: Run,
    kind: ObjectKind,
    *,
    query: str = "",
    limit: int | None = None,
    skip: int = 0,
) -> ObjectsFound:
    """Objects of a kind by number, all or those with ``query`` as a part of number, plate, name or address."""
    most = EVERYTHING if limit is None else limit
    labels = {"label": kind}
    if query.strip():
        by, also = FOUND_BY[kind]
        asked = SearchForms.of(query)
        rows = store.read(
            viewer,
            "object.fitting",
            labels={**labels, "property": by, "other_property": also},
            forms=sorted({asked.text, asked.number, asked.text.upper()} - {""}),
            most=MOST_FITTING,
            skip=skip,
            limit=most,
            timeout=_TIMEOUT,
        )
        total = int(rows[0]["total"]) if rows else 0
    else:
        rows = store.read(viewer, "object.page", labels=labels, skip=skip, limit=most, timeout=_TIMEOUT)
        total = int(store.read(viewer, "object.count", labels=labels)[0]["total"])
    refs = [reference(kind, row["props"]) for row in rows]
    held = held_refs(store, viewer, run, refs)
    known = people(store, viewer, run, held.values())
    return {
        "kind": kind,
        "objects": [
            {
                "ref": ref,
                "caption": caption(kind, row["props"]),
                "about": _about(kind, row["props"]),
                "holder": known.get(held.get(ref, "")),
                "relations": row["relations"],
            }
            for ref, row in zip(refs, rows, strict=True)
        ],
        "total": total,
        "truncated": total >= MOST_FITTING and bool(query.strip()),
        "run": run.name,
    }


@audited("object", "ref")
@on_run
def object_page(store: Store, viewer: Viewer, run: Run, ref: str) -> ObjectPage:
    """One account, number, vehicle or place: what is known, whose it may be and why, with whom it dealt, in which files.

    Raises ``NotFound`` for a reference of another kind, or to what is not there.
    """
    kind = _kind(ref)
    key = ref.partition(":")[2]
    labels = load_declaration().relationships
    types = [name for name in PARTNERS if kind in {*labels[name].starts, *labels[name].ends}]
    asked: Parameters = {"key": key, "timeout": _TIMEOUT}
    found = store.read(viewer, "object.one", labels={"label": kind, "rels": types}, **asked)
    if not found or found[0]["props"] is None:
        raise NotFound(NOTHING)
    one = found[0]
    partners, cut = _partners(store, viewer, run, kind, types, asked)
    verified = bool(one["props"].get("verified", True))
    candidates, more = _candidates(store, viewer, run, kind, asked, verified)
    return {
        "ref": ref,
        "kind": kind,
        "caption": caption(kind, one["props"]),
        "facts": _facts(kind, one["props"]),
        "candidates": candidates,
        "events": one["events"],
        "first": time_text(one["first"]),
        "last": time_text(one["last"]),
        "partners": partners[:MOST_PARTNERS],
        "partners_total": len(partners),
        "files": _files(store, viewer, kind, types, asked),
        "truncated": cut or more or one["events"] + one["stated"] > MOST_EVENTS,
        "run": run.name,
    }


def _kind(ref: str) -> ObjectKind:
    for kind in get_args(ObjectKind):
        if ref.startswith(f"{kind}:"):
            found: ObjectKind = kind
            return found
    raise NotFound(NOTHING)


def _about(kind: str, props: Props) -> list[str]:
    """What a list says of it besides its number: bank, carrier, make, address."""
    names = {
        "Account": ("bank", "branch", "platform_name", "nickname"),
        "Phone": ("carrier", "region"),
        "Vehicle": ("brand", "colour", "vehicle_type"),
        "Place": ("place_type", "address"),
    }
    title = caption(kind, props)
    return [str(props[name]) for name in names[kind] if props.get(name) and props[name] != title]


def _facts(kind: str, props: Props) -> list[ObjectFact]:
    declared = load_declaration().labels[kind].properties
    facts: list[ObjectFact] = []
    for name, described in declared.items():
        value = props.get(name)
        if value in (None, "", []) or name in _LEFT_OUT or described.values:
            continue
        text = (time_text(value) or "")[:10] if described.unit == "ms" else str(value)
        facts.append({"zh": described.zh, "en": described.en, "value": text})
    return facts


def _candidates(
    store: Store, viewer: Viewer, run: Run, kind: ObjectKind, asked: Parameters, verified: bool
) -> tuple[list[Candidate], bool]:
    """The holder first, then others whose records name it, and whether there are more of them.

    Who is left out of a circle sees none of its records.
    """
    more: Parameters = {"run": run.run_id, **asked}
    holders = store.read(viewer, "object.holders", labels={"label": kind}, **more)
    held = {row["person"]: row for row in holders}
    rows = _stated(store, viewer, kind, sorted(held), more)
    stated = {row["person"]: row for row in rows[:MOST_STATED]}
    known = people(store, viewer, run, {*held, *stated})
    order = sorted(
        {*held, *stated} & known.keys(),
        key=lambda each: (each not in held, -stated[each]["records"] if each in stated else 0, each),
    )
    candidates = [_candidate(known[each], held.get(each), stated.get(each), verified) for each in order]
    return candidates, len(rows) > MOST_STATED


def _stated(
    store: Store, viewer: Viewer, kind: ObjectKind, holders: list[str], more: Parameters
) -> list[Row]:
    """To whom records the viewer may read give it: holders, then the most records first; one more than is shown."""
    labels = {"label": kind}
    sealed: frozenset[str] = frozenset()
    if closed(viewer, CIRCLE):
        stating = store.read(viewer, "object.records", labels=labels, key=more["key"], timeout=_TIMEOUT)
        sealed = sealed_records(store, viewer, [row["record"] for row in stating])
    asked: Parameters = {"sealed": sorted(sealed), "holders": holders, "limit": MOST_STATED + 1, **more}
    return store.read(viewer, "object.stated", labels=labels, **asked)


def _candidate(person: Person, held: Row | None, stated: Row | None, verified: bool) -> Candidate:
    rows = [*((held or {}).get("evidence") or ()), *((stated or {}).get("evidence") or ())]
    return {
        "person": person,
        "holder": held is not None,
        "verified": held is not None and verified,
        "reason": held["reason"] if held else None,
        "score": held["score"] if held else None,
        "ways": sorted(filter(None, stated["ways"])) if stated else [],
        "records": stated["records"] if stated else 0,
        "evidence": list(dict.fromkeys(rows))[:50],
    }


def _partners(
    store: Store, viewer: Viewer, run: Run, kind: ObjectKind, types: list[str], asked: Parameters
) -> tuple[list[Partner], bool]:
    """Others it dealt with, type by type, the most events first; whether only the newest were looked at."""
    found: list[tuple[str, Row]] = []
    cut = False
    for name in types:
        labels = {"label": kind, "rel": name}
        rows = store.read(
            viewer, "object.partners", labels=labels, run=run.run_id, limit=MOST_EVENTS, **asked
        )
        cut |= sum(row["events"] for row in rows) >= MOST_EVENTS
        found += [(name, row) for row in rows]
    known = people(store, viewer, run, {row["person"] for _, row in found if row["person"]})
    return [_partner(name, row, known.get(row["person"])) for name, row in found], cut


def _partner(name: str, row: Row, person: Person | None) -> Partner:
    paid, talked = name == "PAID", name == "CALLED"
    return {
        "type": name,
        "ref": reference(row["label"], row["props"]),
        "caption": caption(row["label"], row["props"]),
        "person": person,
        "events": row["events"],
        "outward": row["outward"],
        "paid_fen": row["paid"] if paid else None,
        "received_fen": row["received"] if paid else None,
        "currency": row["currency"],
        "seconds": row["seconds"] if talked else None,
        "first": time_text(row["first"]),
        "last": time_text(row["last"]),
        "evidence": list(dict.fromkeys(row["evidence"] or ())),
    }


def _files(
    store: Store, viewer: Viewer, kind: ObjectKind, types: list[str], asked: Parameters
) -> list[ObjectFile]:
    labels = {"label": kind, "rels": [*types, "STATES"]}
    rows = store.read(viewer, "object.files", labels=labels, limit=MOST_EVENTS, **asked)
    files = store.read(viewer, "evidence.files", prefixes=[row["prefix"] for row in rows])
    paths = {file["prefix"]: file["path"] for file in files if not sealed_rows(viewer, file["kind"])}
    return [
        {"path": shown_path(viewer, paths[row["prefix"]]), "rows": row["n"], "evidence": row["evidence"]}
        for row in rows
        if row["prefix"] in paths
    ]
