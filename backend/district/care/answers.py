"""``care list``, ``care show`` and ``care check``; for care staff and the owner at the keyboard, each with its record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from backend.contract.district.care import Care, CareClass, CareItem
from backend.contract.district.common import Checked, ItemReview
from backend.district.answering import Listing, asked_day, cut, envelope, one, plain
from backend.district.care import decisions, items
from backend.district.care.campaigns import campaigns
from backend.district.care.conventions import Conventions
from backend.district.care.findings import findings
from backend.district.care.measures import measures, window
from backend.district.care.people import people
from backend.district.care.person import InCare, in_care
from backend.district.care.told import CareRecord
from backend.security.audited import audited
from backend.security.circles import open_to
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

PERSON = Text("在册人员", "registered person")


@audited("care.list")
def care_list(store: Store, viewer: Viewer, asked: Listing) -> Care:
    """Registered persons, most missed first; a period keeps what is due in it, and who has something due."""
    open_to(viewer, "care")
    day, rules = asked_day(store, viewer, asked.on), Conventions.read()
    told = people(store, viewer)
    known, decided = _known(store, viewer, told, rules, day)
    period = asked.first is not None or asked.last is not None
    shown = [
        item
        for item in _items(known, rules, day, asked, decided)
        if asked.unit in (None, *units(known[item["id"]])) and (item["due"] or not period)
    ]
    kept, left_out = cut(shown, asked.limit)
    about = envelope(store, viewer, "care list", asked.asked(), day, rules.said(), len(kept), left_out)
    return {**about, "items": kept, **_figures(told, known, rules, day, asked)}  # type: ignore[typeddict-item]


@audited("care.show", "resident_id")
def care_show(store: Store, viewer: Viewer, resident_id: str, *, on: dt.date | None = None) -> Care:
    """One registered person with reasons and rank among all. Raises ``NotFound``."""
    open_to(viewer, "care")
    day, rules = asked_day(store, viewer, on), Conventions.read()
    told = people(store, viewer)
    known, decided = _known(store, viewer, told, rules, day)
    found = one(_items(known, rules, day, Listing(), decided), resident_id, PERSON)
    about = envelope(
        store, viewer, "care show", plain({"id": resident_id, "on": on}), day, rules.said(), 1, 0
    )
    return {**about, "items": [found], "campaigns": [], "measures": []}


@audited("care.check")
def care_check(store: Store, viewer: Viewer, *, on: dt.date | None = None) -> Checked:
    """Impossible dates, contradictions, results against their cut-off, visits to nobody registered."""
    open_to(viewer, "care")
    day, rules = asked_day(store, viewer, on), Conventions.read()
    told = people(store, viewer)
    known, _ = _known(store, viewer, told, rules, day)
    found = findings(known.values(), [each for each in told if not each.registered], rules, day)
    about = envelope(store, viewer, "care check", plain({"on": on}), day, rules.said(), len(found), 0)
    return {**about, "items": found}


def proposals(store: Store, viewer: Viewer, day: dt.date) -> list[InCare]:
    """Whom the table of the site proposes a class for; for a run, which writes them where care staff alone read."""
    known, _ = _known(store, viewer, people(store, viewer), Conventions.read(), day)
    return [each for each in known.values() if each.proposed is not None]


def units(person: InCare) -> list[str]:
    """Police stations a person belongs to, as the register names them."""
    return [unit for entry in person.told.entries for unit in entry.units]


DecidedClasses = dict[str, tuple[CareClass, ItemReview]]


def _known(
    store: Store, viewer: Viewer, told: Sequence[CareRecord], rules: Conventions, day: dt.date
) -> tuple[dict[str, InCare], DecidedClasses]:
    """Registered persons by resident id, and what was decided about their classes."""
    decided = decisions.standing(store, viewer)
    known = {
        each.resident_id: in_care(
            each, rules, day, decided[each.resident_id][0] if each.resident_id in decided else None
        )
        for each in told
        if each.registered
    }
    return known, decided


def _items(
    known: dict[str, InCare], rules: Conventions, day: dt.date, asked: Listing, decided: DecidedClasses
) -> list[CareItem]:
    made = [
        items.item(each, rules, day, asked.within, decided[who][1] if who in decided else None)
        for who, each in known.items()
        if each.spells or _entered(each, day)
    ]
    return items.ranked(made)


def _entered(person: InCare, day: dt.date) -> bool:
    """Whether the register knew him by a day; an entry without a day is old enough."""
    return any(entry.found is None or entry.found <= day for entry in person.told.entries)


def _figures(
    told: Sequence[CareRecord], known: dict[str, InCare], rules: Conventions, day: dt.date, asked: Listing
) -> dict[str, object]:
    near = rules.number("视同完成天数", "检测", day) or 0
    mine = [each for each in known.values() if asked.unit in (None, *units(each))]
    return {
        "campaigns": campaigns(told, rules.cut_offs, day, near),
        "measures": measures(mine, rules, *window(asked.first, asked.last, day)),
    }
