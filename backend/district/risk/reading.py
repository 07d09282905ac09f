"""Reads what the risk net looks at from the graph: only entries that count, only what had happened by the day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from backend.district.concern import counts
from backend.district.days import day_of
from backend.district.deliveries import Delivery, TradeRow, deliveries
from backend.district.risk.measure import months_before
from backend.district.risk.net import Net
from backend.district.risk.persons import from_minority
from backend.district.risk.told import (
    Car,
    Deal,
    District,
    Drive,
    Firm,
    FirmMonth,
    FirmTie,
    ListedPerson,
    Look,
    Stay,
    StockMove,
)
from backend.district.rows import rows_of
from backend.district.rules import rules
from graph_schema.beijing import BEIJING
from graph_schema.store import Row, Store, Viewer

TIMEOUT = 60.0
CLEAN = ("正常", "合格", "未发现", "无问题", "通过")
NOT_CLEAN = ("不合格", "不正常", "不通过", "未通过")


def ms(day: dt.date) -> int:
    """The first moment of a day, epoch ms."""
    return round(dt.datetime.combine(day, dt.time(), BEIJING).timestamp() * 1000)


def district(store: Store, viewer: Viewer, on: dt.date, net: Net, looks: Iterable[Look] = ()) -> District:
    """Everything on a day; what happened later is not known yet."""
    end = ms(on + dt.timedelta(days=1))
    usage = [row for row in _read(store, viewer, "risk.usage") if row["at"] is not None and row["at"] < end]
    entries = _entries(store, viewer, on)
    idents = sorted({entry.ident for entry in entries})
    cars = _read(store, viewer, "risk.cars", idents=idents)
    return District(
        on=on,
        firms=tuple(_firms(store, viewer, usage)),
        ties=tuple(tie for row in _read(store, viewer, "risk.ties") if (tie := _tie(row)).first is None or tie.first <= on),
        entries=tuple(entries),
        stays=tuple(_stay(row) for row in _read(store, viewer, "risk.stays", idents=idents) if row["at"] < end),
        drives=tuple(_drives(store, viewer, cars, on, net)),
        cars=tuple(_car(row) for row in cars),
        deals=tuple(_deals(_read(store, viewer, "risk.trades", to=end))),
        moves=tuple(_moves(usage, [row for row in _read(store, viewer, "risk.counts") if (row["at"] or end) < end])),
        looks=(*looks, *_inspections(store, viewer, end)),
        capacity=capacity(on),
    )  # fmt: skip


def capacity(on: dt.date) -> dict[str, float]:
    """Kilograms of precursor per kilogram of product, the least of all products; empty until a site loads a table."""
    found: dict[str, float] = {}
    for row in rules("production").on(on):
        value = row.number("kg_per_kg")
        if value:
            name = row.text("precursor")
            found[name] = max(found.get(name, 0.0), value)
    return found


def _read(store: Store, viewer: Viewer, query: str, **asked: Any) -> list[Row]:  # parameters of any query
    return store.read(viewer, query, timeout=TIMEOUT, **asked)


def _firms(store: Store, viewer: Viewer, usage: Sequence[Row]) -> Iterable[Firm]:
    months: dict[str, dict[dt.date, FirmMonth]] = defaultdict(dict)
    for row in usage:
        day = day_of(row["at"])
        if row["kind"] == "month" and day:
            values = (row["electricity"], row["water"], row["discharge"], row["output"])
            months[row["uscc"]][day.replace(day=1)] = FirmMonth(day.replace(day=1), *values, _evidence(row))
    read = _read(store, viewer, "risk.firms")
    told = rows_of(store, viewer, [f"Company:{row['uscc']}" for row in read])
    for row in read:
        uscc = row["uscc"]
        yield Firm(
            uscc=uscc,
            name=row["name"],
            industry=row["industry"],
            park=row["park"],
            employees=row["employees"],
            lon=row["lon"],
            lat=row["lat"],
            address=row["address"],
            founded=day_of(row["founded_at"]),
            evidence=tuple(told.get(f"Company:{uscc}", ())[:5]),
            months=tuple(months[uscc][day] for day in sorted(months[uscc])),
        )


def _entries(store: Store, viewer: Viewer, on: dt.date) -> list[ListedPerson]:
    """Entries that count on the day; none that goes back to its person's minority."""
    found = []
    for row in _read(store, viewer, "risk.entries"):
        first, last = day_of(row["from_at"]), day_of(row["to_at"])
        if counts(row, ms(on)) and not from_minority(row["ident"], first, on):
            found.append(
                ListedPerson(row["ident"], row["name"], row["watch_class"], first, last, (row["evidence"],))
            )
    return found


def _tie(row: Row) -> FirmTie:
    first, last = day_of(row["at"]), day_of(row["until_at"])
    return FirmTie(row["ident"], row["uscc"], row["role"] or "", first, last, _evidence(row), row["name"])


def _stay(row: Row) -> Stay:
    first = day_of(row["at"]) or dt.date.min
    last = day_of(row["until_at"]) or first
    place = (row["place"], row["lon"], row["lat"], row["address"])
    return Stay(row["ident"], first, last, *place, _evidence(row))


def _car(row: Row) -> Car:
    days = (day_of(row["at"]), day_of(row["until_at"]))
    return Car(row["ident"], row["plate"], *days, row["uscc"], _evidence(row))


def _drives(store: Store, viewer: Viewer, cars: Sequence[Row], on: dt.date, net: Net) -> Iterable[Drive]:
    """Passes of the vehicles of persons of concern, one for each vehicle, camera and day."""
    users: dict[str, set[str]] = defaultdict(set)
    plates = {row["vehicle"]: row["plate"] for row in cars}
    for row in cars:
        users[row["vehicle"]].add(row["ident"])
    begin = months_before(on, net.whole("look_back")) - dt.timedelta(days=net.whole("window"))
    asked = {"vehicles": sorted(users), "from": ms(begin), "to": ms(on + dt.timedelta(days=1))}
    seen: set[tuple[str, dt.date, float, float]] = set()
    for row in _read(store, viewer, "risk.passes", **asked):
        day = day_of(row["at"])
        key = (row["vehicle"], day or on, row["lon"], row["lat"])
        if key in seen:
            continue
        seen.add(key)
        for ident in sorted(users[row["vehicle"]]):
            yield Drive(ident, plates[row["vehicle"]], key[1], row["lon"], row["lat"], _evidence(row))


def _deals(rows: Sequence[Row]) -> Iterable[Deal]:
    """Deliveries counted once, with everybody who handled them and every plate named."""
    by_row: dict[str, Row] = {}
    trades = []
    for row in rows:
        evidence = _evidence(row)
        if not evidence or not row["chemical"] or row["milligrams"] is None:
            continue
        by_row[evidence[0]] = row
        trades.append(
            TradeRow(evidence[0], row["buyer"], row["seller"], row["chemical"], row["at"], round(row["milligrams"]),
                     row["direction"] or "", row["purpose"] or "")
        )  # fmt: skip
    return (_deal(each, [by_row[row] for row in each.evidence]) for each in deliveries(trades))


def _deal(delivery: Delivery, rows: Sequence[Row]) -> Deal:
    first = delivery.rows[0]
    mass = -delivery.milligrams if delivery.returned else delivery.milligrams
    handlers = tuple(sorted({row["handler_id"] for row in rows if row["handler_id"]}))
    plates = tuple(sorted({row["plate"] for row in rows if row["plate"]}))
    evidence = tuple(dict.fromkeys(each for row in rows for each in _evidence(row)))
    day = day_of(first.at) or dt.date.min
    return Deal(first.buyer, first.seller, first.chemical, day, mass, handlers, plates, evidence)


def _moves(usage: Sequence[Row], held: Sequence[Row]) -> Iterable[StockMove]:
    for row, what in [*((row, row["purpose"] or "") for row in usage if row["kind"] == "withdrawal"),
                      *((row, "counted") for row in held)]:  # fmt: skip
        day = day_of(row["at"])
        if day and row["chemical"] and row["milligrams"] is not None:
            yield StockMove(row["uscc"], row["chemical"], day, row["milligrams"], what, _evidence(row))


def _inspections(store: Store, viewer: Viewer, end: int) -> Iterable[Look]:
    for row in _read(store, viewer, "risk.inspections"):
        day = day_of(row["at"])
        if day is None or row["at"] >= end:
            continue
        said = row["result"] or ""
        clean = (
            not row["problem"]
            and any(word in said for word in CLEAN)
            and not any(word in said for word in NOT_CLEAN)
        )
        zh = f"{day} {row['unit'] or ''}检查未发现问题"
        en = f"Inspected on {day}, nothing found"
        yield Look(f"Company:{row['uscc']}", day, clean, zh, en, _evidence(row))


def _evidence(row: Row) -> tuple[str, ...]:
    found = row["evidence"] or ()
    return (found,) if isinstance(found, str) else tuple(found)
