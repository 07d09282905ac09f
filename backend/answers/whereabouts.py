"""Map and timeline 时空: where persons were seen, where goods were seized, what they did when; each with its rows.

A cell is an area and never a point, and a place without coordinates is listed, never dropped. Files seldom say
which system their coordinates are in, so the answer says what the site has stated (``coordinates``), or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.answers.endpoints import NOTHING, held_by
from backend.answers.people import people
from backend.answers.runs import Run, on_run
from backend.answers.shape import caption, reference, time_text
from backend.contract.map import Happened, PlaceShown, Whereabouts
from backend.security.audited import audited
from graph_schema.errors import InputError, NotFound
from graph_schema.language import Text
from graph_schema.store import Parameters, Props, Store, Viewer

MOST_PERSONS = 30
TIMEOUT = 60.0
_PLACED = ("whereabouts.seen", "whereabouts.cells", "whereabouts.seized", "whereabouts.cases")


@audited("whereabouts", "about")
@on_run
def whereabouts(
    store: Store, viewer: Viewer, run: Run, about: Sequence[str], *, limit: int = 500
) -> Whereabouts:
    """Events of the persons ``about`` means (a case means everybody in it) with their places, newest first.

    ``limit`` bounds each kind of event of each person; ``truncated`` names the persons it cut. ``places`` have
    ``lon`` and ``lat`` in degrees or null; ``events`` point at them by ``place``. Raises ``InputError`` for more
    than thirty persons, ``NotFound`` for what means nobody.
    """
    ids = _persons(store, viewer, run, about)
    if len(ids) > MOST_PERSONS:
        raise InputError(
            Text(
                f"一次最多 {MOST_PERSONS} 人，现为 {len(ids)} 人。减少人员。",
                f"At most {MOST_PERSONS} persons at a time; {len(ids)} were given. Choose fewer.",
            )
        )
    places: dict[str, PlaceShown] = {}
    events: list[Happened] = []
    cut: list[str] = []
    for person_id in ids:
        mine, truncated = _of_person(store, viewer, run, person_id, limit, places)
        events += mine
        if truncated:
            cut.append(person_id)
    known = people(store, viewer, run, ids)
    events.sort(key=lambda event: (event["at"] or "", event["id"]), reverse=True)
    return {
        "persons": [known[each] for each in ids],
        "places": sorted(places.values(), key=lambda place: place["id"]),
        "events": events,
        "truncated": cut,
        "run": run.name,
    }


def _persons(store: Store, viewer: Viewer, run: Run, about: Sequence[str]) -> list[str]:
    found: dict[str, None] = {}
    for each in about:
        label, key = held_by(store, viewer, run, each)
        if label != "Case":
            if label != "Person":
                raise NotFound(NOTHING)
            found[key] = None
            continue
        rows = store.read(viewer, "case.people", case_no=key, run=run.run_id, limit=200)
        found |= {row["person"]["person_id"]: None for row in rows if row["person"]}
    return list(found)


def _of_person(
    store: Store, viewer: Viewer, run: Run, person_id: str, limit: int, places: dict[str, PlaceShown]
) -> tuple[list[Happened], bool]:
    asked: Parameters = {"key": run.key(person_id), "limit": limit + 1, "timeout": TIMEOUT}
    events: list[Happened] = []
    cut = False
    for query in _PLACED:
        rows = store.read(viewer, query, **asked)
        cut |= len(rows) > limit
        for row in rows[:limit]:
            place = _place(row["label"], row["place"])
            places.setdefault(place["id"], place)
            by = caption(row["by_label"], row["by"]) if row["by_label"] not in ("Seizure", "Case") else None
            events.append(
                {**_event(row, person_id), "place": place["id"], "until": time_text(row["until"]), "by": by}
            )
    parcels = store.read(viewer, "whereabouts.parcels", **asked)
    dealings = store.read(viewer, "whereabouts.dealings", run=run.run_id, **asked)
    cut |= len(parcels) > limit or len(dealings) > limit
    events += [
        {**_event(row, person_id), "by": row["waybill"], "address": row["address"]} for row in parcels[:limit]
    ]
    events += [
        {
            **_event(row, person_id),
            "out": bool(row["out"]),
            "fen": row["fen"],
            "seconds": row["seconds"],
            "other": {"id": row["other"], "name": row["other_name"], "number": row["number"]},
        }
        for row in dealings[:limit]
    ]
    return events, cut


def _event(row: Props, person_id: str) -> Happened:
    """One event in the shape all kinds share; what a kind has not is null."""
    return {
        "id": row["id"],
        "person": person_id,
        "kind": row["kind"],
        "at": time_text(row["at"]),
        "until": None,
        "precision": row["precision"],
        "place": None,
        "address": None,
        "by": None,
        "out": None,
        "fen": None,
        "seconds": None,
        "other": None,
        "evidence": list(row["evidence"] or ()),
    }


def _place(label: str, props: Props) -> PlaceShown:
    lon, lat = _degrees(props.get("lon"), 180.0), _degrees(props.get("lat"), 90.0)
    if lon is None or lat is None or (lon == 0.0 and lat == 0.0):  # 0, 0 is what programs write for "unknown"
        lon = lat = None
    return {
        "id": reference(label, props),
        "label": label,
        "kind": props.get("kind"),
        "caption": caption(label, props),
        "address": props.get("address") or props.get("place_text"),
        "lon": lon,
        "lat": lat,
    }


def _degrees(value: float | None, most: float) -> float | None:
    return float(value) if value is not None and abs(value) <= most else None
