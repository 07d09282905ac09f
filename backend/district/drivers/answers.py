"""Answers about barred drivers: the list of leads, one lead, what is wrong with their data."""

from __future__ import annotations

import datetime as dt

from backend.contract.district.common import Checked, Rule
from backend.contract.district.drivers import DriverLead, DriverLeads
from backend.district.answering import Listing, asked_day, cut, envelope, one, plain
from backend.district.days import day_of
from backend.district.drivers import checks, items, says
from backend.district.drivers.leads import BarredLead
from backend.district.drivers.parameters import Parameters, parameters
from backend.district.drivers.told import DriverData, told
from backend.district.reviewed import reviewed
from backend.security.audited import audited
from backend.security.circles import sealed
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

LEAD = Text("失驾核查线索", "lead on a barred driver")


@audited("drivers.list")
def drivers_list(store: Store, viewer: Viewer, asked: Listing) -> DriverLeads:
    """Leads, most days on the road first; the period bounds the passes, the unit is the police station of the person."""
    day = asked_day(store, viewer, asked.on)
    rule = parameters(day)
    all_told = told(store, viewer, day, rule)
    kept = [
        _item(each, all_told)
        for each in all_told.leads()
        if asked.unit in (None, *each.person.units) and _within(each, asked)
    ]
    shown, left_out = cut(reviewed(store, viewer, "drivers", items.ranked(kept)), asked.limit)
    about = envelope(store, viewer, "drivers list", asked.asked(), day, _rules(rule), len(shown), left_out)
    return {**about, "items": shown}


@audited("drivers.show", "lead_id")
def drivers_show(store: Store, viewer: Viewer, lead_id: str, *, on: dt.date | None = None) -> DriverLeads:
    """One lead with its reasons and its rank among all. Raises ``NotFound``."""
    day = asked_day(store, viewer, on)
    rule = parameters(day)
    all_told = told(store, viewer, day, rule)
    ranked = items.ranked([_item(each, all_told) for each in all_told.leads()])
    found = one(reviewed(store, viewer, "drivers", ranked), lead_id, LEAD)
    asked = plain({"id": lead_id, "on": on})
    return {**envelope(store, viewer, "drivers show", asked, day, _rules(rule), 1, 0), "items": [found]}


@audited("drivers.check")
def drivers_check(store: Store, viewer: Viewer, *, on: dt.date | None = None) -> Checked:
    """Contradictions of the register, doubtful vehicles and plates, cameras, holders of heavy classes."""
    day = asked_day(store, viewer, on)
    rule = parameters(day)
    classes = sorted(rule.words_by_subject("heavy_class"))
    heavy = store.read(viewer, "drivers.heavy", timeout=120.0, classes=classes)
    found = checks.findings(told(store, viewer, day, rule), heavy, not sealed(viewer, "Regime"))
    about = envelope(store, viewer, "drivers check", plain({"on": on}), day, _rules(rule), len(found), 0)
    return {**about, "items": found}


def _item(found: BarredLead, all_told: DriverData) -> DriverLead:
    located = all(each.camera in all_told.roads.where for each in found.passes)
    return items.item(found, all_told.rule, located)


def _within(found: BarredLead, asked: Listing) -> bool:
    if asked.first is None and asked.last is None:
        return True
    days = {day for each in found.passes if (day := day_of(each.at)) is not None}
    return any(asked.within(day.isoformat()) for day in days)


def _rules(rule: Parameters) -> list[Rule]:
    return [*says.RULES, rule.said]
