"""Reads what the graph holds of precursors, once per answer, into plain values."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from backend.district.chemicals.law import KG, Law, canonical
from backend.district.chemicals.litres import paired_by_density
from backend.district.chemicals.model import (
    Count,
    Firm,
    Machine,
    Permit,
    PrecursorBook,
    Use,
    Way,
    beijing_day,
)
from backend.district.chemicals.permits import BUY, CARRY, DEAL, MAKE, normal
from backend.district.days import day_of
from backend.district.deliveries import TradeRow, deliveries
from graph_schema.store import Props, Row, Store, Viewer

TIMEOUT = 300.0
_KINDS = ((CARRY, CARRY), (DEAL, DEAL), ("销售", DEAL), (MAKE, MAKE))
_CHEMICALS = re.compile(r"[;；、]")
_PHONE = re.compile(r"电话|手机|联系方式")


def book_of(store: Store, viewer: Viewer, law: Law, on: dt.date) -> PrecursorBook:
    """Everything known of firms, deliveries, certificates, stock and equipment by the end of a day."""

    def read(query: str) -> list[Row]:
        return store.read(viewer, query, timeout=TIMEOUT)

    rows = [row for row in _trades(read("chemicals.trades"), read("chemicals.bought")) if _by(row.at, on)]
    counts, uses = _stock(read("chemicals.stock"), on)
    return PrecursorBook(
        firms={firm.uscc: firm for firm in map(_firm, read("chemicals.firms"))},
        deliveries=paired_by_density(deliveries(rows), law),
        permits={permit.number: permit for permit in map(_permit, read("chemicals.permits"))},
        counts=counts,
        uses=uses,
        machines=[_machine(each) for each in read("chemicals.equipment")],
        on=on,
    )


def _by(at: int, on: dt.date) -> bool:
    return beijing_day(at) <= on


def times_told(evidence: list[str]) -> list[str]:
    """The rows of one file that say the same: two equal lots of a day are two; a file delivered twice tells nothing new."""
    if len(evidence) == 1:
        return evidence
    files = Counter(row.split("/", 1)[0] for row in evidence)
    most = max(files, key=lambda each: (files[each], each), default=None)
    return [row for row in evidence if row.split("/", 1)[0] == most]


def _trades(traded: Iterable[Props], bought: Iterable[Props]) -> Iterator[TradeRow]:
    for each in traded:
        row = each["row"]
        if row["at"] is None or row["milligrams"] is None:
            continue
        chemical = canonical(row["chemical"] or "")
        for told in times_told(row["evidence"]):
            yield TradeRow(
                told,
                each["buyer"],
                each["seller"],
                chemical,
                row["at"],
                row["milligrams"],
                row["direction"] or "",
                row["use"] or "",
                row["permit_no"] or "",
                row["plate"] or "",
                row["handler_id"] or "",
                row["transport_no"] or "",
                row["carrier_name"] or "",
                row["destination"] or "",
            )
    for each in bought:
        if each["at"] is not None and each["kilograms"] is not None:
            for row in times_told(each["evidence"]):
                mg = round(each["kilograms"] * KG)
                yield TradeRow(
                    row, each["buyer"], None, canonical(each["chemical"] or ""), each["at"], mg, "购"
                )


def _extra(row: Props) -> dict[str, str]:
    text = row.get("extra")
    found = json.loads(text) if isinstance(text, str) else {}
    return {str(name): str(value) for name, value in found.items() if value}


def _firm(each: Props) -> Firm:
    row, people = each["company"], each["people"]
    by_role: dict[str, list[str]] = {}
    for person in people:
        if person["resident_id"]:
            by_role.setdefault(person["role"], []).append(person["resident_id"])
    phones = [value for name, value in _extra(row).items() if _PHONE.search(name)]
    return Firm(
        row["uscc"],
        row["name"],
        row.get("park"),
        row.get("address") or "",
        tuple(phones),
        tuple(by_role.get("法定代表人", ())),
        tuple(by_role.get("代办", ())),
        row.get("control_level"),
        (*by_role.get("股东", ()), *by_role.get("高管", ())),
    )


def _permit(each: Props) -> Permit:
    row, firms = each["permit"], each["firms"]
    said = str(row.get("kind") or "")
    names = _CHEMICALS.split(row.get("chemical") or "")
    allowed = {canonical(name): int(row.get("milligrams") or 0) for name in names[:1] if name}
    allowed |= {canonical(name): 0 for name in names[1:] if name}
    if len(each["chemicals"]) > 1:
        allowed = {canonical(one["chemical"]): int(one["milligrams"] or 0) for one in each["chemicals"]}
    return Permit(
        normal(row["permit_no"]),
        next((kind for word, kind in _KINDS if word in said), BUY),
        frozenset(firm["uscc"] for firm in firms if firm["role"] == "holder"),
        frozenset(firm["uscc"] for firm in firms if firm["role"] == "partner"),
        allowed,
        day_of(row.get("from_at")),
        day_of(row.get("to_at")),
        tuple(dict.fromkeys(told for firm in firms for told in firm["evidence"] or ())),
    )


def _stock(rows: Iterable[Props], on: dt.date) -> tuple[list[Count], list[Use]]:
    counts, uses = [], []
    for each in rows:
        row, day = each["row"], day_of(each["row"].get("at"))
        if day is None or day > on or row.get("milligrams") is None:
            continue
        chemical, mg = canonical(row.get("chemical") or ""), row["milligrams"]
        if each["what"] == "count":
            said = "".join((row.get("counted_by") or "", *_extra(row).values()))
            counts.append(Count(each["uscc"], chemical, day, mg, each["evidence"][0], "估" in said))
            continue
        way = _way(row.get("use") or "")
        uses += [Use(each["uscc"], chemical, day, mg, told, way) for told in times_told(each["evidence"])]
    return counts, uses


def _way(use: str) -> Way:
    return "lost" if "报损" in use else "back" if "退库" in use else "used"


def _machine(each: Props) -> Machine:
    row = each["row"]
    return Machine(
        row["equipment_id"],
        each["uscc"],
        row.get("kind") or "",
        row.get("status") or "",
        day_of(row.get("status_at")),
        day_of(row.get("reported_at")),
        tuple(each["partners"]),
        tuple(each["evidence"]),
    )
