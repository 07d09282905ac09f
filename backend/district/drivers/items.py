"""Leads as items of the list: numbers, reasons, rank."""

from __future__ import annotations

from collections.abc import Sequence

from backend.answers.shape import at_text
from backend.contract.district.drivers import DriverLead, PlateClone, StopWindow
from backend.district.days import day_of
from backend.district.drivers import says
from backend.district.drivers.clones import PlateFinding
from backend.district.drivers.leads import BarredLead
from backend.district.drivers.parameters import Parameters
from backend.district.drivers.windows import CameraWindow

_WEIGHT = {"suspected_clone": 0.1, "to_check": 0.5, "misread": 1.0}


def item(found: BarredLead, rule: Parameters, located: bool) -> DriverLead:
    """One lead as an item; its rank is given when the list is put in order."""
    person, car = found.person, found.vehicle
    plate, _, kind = car.id.rpartition("|")
    rows = [row for each in found.passes for row in each.evidence]
    evidence = [*person.loss.evidence, *found.hold.evidence, *rows]
    return {
        "id": f"{person.id}|{car.id}",
        "rank": 0,
        "score": _score(found),
        "subjects": [says.who(found), {"label": "Vehicle", "id": car.id, "name": plate}],
        "reasons": says.for_it(found, rule),
        "against": says.against(found),
        "missing": says.missing(found, located),
        "review": None,
        "evidence": list(dict.fromkeys(evidence)),
        "person": {
            "id": person.id,
            "name": person.name,
            "resident_id": person.id,
            "phones": [],
            "accounts": [],
        },
        "licence": {
            "class": person.loss.licence_class,
            "state": person.loss.state,
            "lost_at": at_text(person.loss.lost_at),
            "next_from": person.next_from.isoformat(),
        },
        "vehicle": {"plate": plate, "plate_kind": kind},
        "tie": found.hold.kind,
        "passes": [
            {"at": at_text(each.at), "camera": each.camera, "evidence": list(each.evidence)}
            for each in found.passes
        ],
        "clone": _clone(found.told),
        "windows": [_window(each) for each in found.windows],
    }


def ranked(items: Sequence[DriverLead]) -> list[DriverLead]:
    """On the road on most days first; a plate that may be cloned counts for little. Ranks from 1."""
    ordered = sorted(items, key=lambda each: (-each["score"], each["id"]))
    return [{**each, "rank": n} for n, each in enumerate(ordered, start=1)]


def _score(found: BarredLead) -> float:
    days = len({day_of(each.at) for each in found.passes})
    return round(days * (_WEIGHT[found.told.state] if found.told else 1.0), 3)


def _clone(told: PlateFinding | None) -> PlateClone | None:
    if told is None:
        return None
    if told.jump is None:
        return {"state": told.state, "km": None, "seconds": None, "kmh": None}
    jump = told.jump
    return {"state": told.state, "km": jump.km, "seconds": jump.seconds, "kmh": round(jump.kmh, 2)}


def _window(each: CameraWindow) -> StopWindow:
    return {
        "camera": each.camera,
        "weekday": each.weekday,
        "from": f"{each.first // 60:02}:{each.first % 60:02}",
        "to": f"{each.last // 60:02}:{each.last % 60:02}",
        "hits": each.hits,
        "of": each.of,
    }
