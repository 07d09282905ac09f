"""Reads from the graph what the money suite is computed from: bounded, newest first, and said where it was cut."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from backend.analysis.arrays.clock import DAY, HOUR
from backend.analysis.suites.common import Preset
from backend.analysis.suites.money import MoneyBook, Opening, Payment, Sharing
from backend.analysis.suites.money.book import Alike, Reached, Round, TracePayment
from backend.analysis.temporal import Bounds, returns, trace
from backend.answers.runs import Run
from backend.runs.ordered_persons import PersonTransfers, person_arrays
from backend.runs.ordered_store import KeptState, ordered_arrays
from graph_schema.store import Parameters, Row, Store, Viewer

MOST = 200_000
MOST_PATHS = 500
"""Ends of a trace that are listed, of each target and direction."""
TIMEOUT = 60.0


def money_book(store: Store, viewer: Viewer, run: Run, targets: Sequence[str], preset: Preset) -> MoneyBook:
    """The book of some persons by id."""
    payments: dict[tuple[str, str, str], Payment] = {}
    truncated = False
    for target in targets:
        rows = store.read(
            viewer, "suite.payments", timeout=TIMEOUT, key=run.key(target), run=run.run_id, limit=MOST
        )
        truncated |= len(rows) >= MOST
        for row in rows:
            payment = _payment(target, row)
            payments[target, row["event"]["event_id"], payment.own] = payment
    ordered = sorted(payments.values(), key=lambda p: (p.at, p.target, p.other, p.fen, p.evidence))
    reached, rounds, cut = _traced(store, viewer, run, targets, preset)
    accounts = [each for target in targets for each in _accounts(store, viewer, run, target)]
    return MoneyBook(
        targets=tuple(targets),
        payments=ordered,
        sharing=_sharing(store, viewer, ordered),
        accounts=accounts,
        opened_alike=_opened_alike(store, viewer, run, accounts, preset),
        stated_alike=[each for target in targets for each in _stated(store, viewer, run, target)],
        reached=reached,
        rounds=rounds,
        truncated=truncated,
        trace_truncated=cut,
    )


def _payment(target: str, row: Row) -> Payment:
    event, out = row["event"], bool(row["out"])
    side, far = ("start", "end") if out else ("end", "start")
    account = f"{row['label']}:{row['other']}"
    own_transfer = bool(event["self_transfer"]) or row["holder"] == target
    return Payment(
        target=target,
        other=row["holder"] or account,
        own=f"{row['own_label']}:{row['own']}",
        account=account,
        out=out,
        at=-1 if event["at"] is None else int(event["at"]),
        exact=(event["at_precision"] or "day") != "day",
        fen=int(event["fen"] or 0),
        currency=event["currency"] or "",
        memo=" ".join(filter(None, (event["memo"], event["note"]))),
        kind=" ".join(filter(None, (event["pay_type"], event["use_type"]))),
        cash=bool(event["cash"]),
        platform=bool(row["platform"]),
        own_transfer=own_transfer,
        balance=event[f"{side}_balance_fen"],
        name=event[f"{far}_name"] or "",
        ip=event["ip"] if out else None,
        mac=event["mac"] if out else None,
        systems=tuple(event["systems"] or ()),
        common=tuple(event["common"] or ()),
        evidence=tuple(event["evidence"] or ()),
    )


def _sharing(store: Store, viewer: Viewer, payments: list[Payment]) -> list[Sharing]:
    """Accounts anywhere that used an address a target used."""
    ips = sorted({p.ip for p in payments if p.ip})[:500]
    macs = sorted({p.mac for p in payments if p.mac})[:500]
    if not ips and not macs:
        return []
    rows = store.read(viewer, "suite.sharing", timeout=TIMEOUT, ips=ips, macs=macs, limit=20_000)
    found = []
    for row in rows:
        evidence = tuple(ref for some in row["evidence"] for ref in some or ())
        for kind, known in (("ip", ips), ("mac", macs)):
            if row[kind] in known:
                found.append(
                    Sharing(
                        row["account"], f"{kind} {row[kind]}", row["n"], row["first"], row["last"], evidence
                    )
                )
    return found


def _accounts(store: Store, viewer: Viewer, run: Run, target: str) -> list[Opening]:
    return [
        Opening(
            row["account"],
            target,
            row["bank"] or "",
            row["branch"] or "",
            row["opened_at"],
            row["closed_at"],
        )
        for row in store.read(viewer, "suite.accounts", timeout=TIMEOUT, key=run.key(target))
    ]


def _opened_alike(
    store: Store, viewer: Viewer, run: Run, accounts: list[Opening], preset: Preset
) -> list[Opening]:
    dated = [each for each in accounts if each.opened is not None and each.branch]
    if not dated:
        return []
    margin = int(preset["same_day_opening"] * DAY)
    rows = store.read(
        viewer,
        "suite.opened_alike",
        timeout=TIMEOUT,
        first=min(each.opened or 0 for each in dated) - margin,
        last=max(each.opened or 0 for each in dated) + margin,
        branches=sorted({each.branch for each in dated}),
        run=run.run_id,
        limit=20_000,
    )
    own = {each.account for each in accounts}
    return [
        Opening(
            row["account"],
            row["holder"] or f"Account:{row['account']}",
            "",
            row["branch"],
            row["opened_at"],
            None,
        )
        for row in rows
        if row["account"] not in own
    ]


def _stated(store: Store, viewer: Viewer, run: Run, target: str) -> list[Alike]:
    """Others whose records state a phone, address or agent a record of the target states."""
    asked: Parameters = {"key": run.key(target), "run": run.run_id, "limit": 2_000}
    rows = store.read(viewer, "suite.stated_alike", timeout=TIMEOUT, **asked)
    found = [Alike("phone", row["phone"], row["holder"], tuple(row["evidence"])) for row in rows]
    more = store.read(viewer, "suite.described_alike", timeout=TIMEOUT, **asked)
    return found + [Alike(r["what"], r["value"], r["holder"], tuple(r["evidence"])) for r in more]


def _traced(
    store: Store, viewer: Viewer, run: Run, targets: Sequence[str], preset: Preset
) -> tuple[list[Reached], list[Round], bool]:
    kept = ordered_arrays(store, viewer)
    persons = person_arrays(store, viewer, kept, run.run_id)
    window = round(preset["layer_hours"] * HOUR)
    ratio = (preset["layer_least"], preset["layer_most"])
    paths: list[tuple[str, str, int, tuple[int, ...]]] = []
    circles: list[tuple[str, float, tuple[int, ...]]] = []
    cut = False
    for target in targets:
        node = persons.find(target)
        if node < 0:
            continue
        for direction in ("down", "up"):
            bounds = Bounds("down" if direction == "down" else "up", int(preset["layers"]), window, ratio)
            found = trace(persons.transfers, np.array([node]), bounds)
            cut |= found.truncated
            deep = [n for n in range(len(found)) if found.layer[n] > 1]
            cut |= len(deep) > MOST_PATHS
            for position in deep[:MOST_PATHS]:
                events = tuple(int(found.event[p]) for p in found.back(position))
                path = events if direction == "down" else events[::-1]
                paths.append((target, direction, len(path), path))
        bounds = Bounds("down", int(preset["cycle_length"]), round(preset["cycle_days"] * DAY))
        cycles, whole = returns(
            persons.transfers, node, bounds, preset["cycle_ratio"], round(preset["cycle_days"] * DAY)
        )
        cut |= whole.truncated or len(cycles) > MOST_PATHS
        # One currency throughout: every share is known.
        circles += [(target, cycle.returned or 0.0, cycle.events) for cycle in cycles[:MOST_PATHS]]
    wanted = {event for *_, events in paths for event in events}
    wanted |= {event for *_, events in circles for event in events}
    steps = _steps(store, viewer, kept, persons, sorted(wanted))
    reached = [Reached(t, d, n, tuple(steps[e] for e in events)) for t, d, n, events in paths]
    return reached, [Round(t, r, tuple(steps[e] for e in events)) for t, r, events in circles], cut


def _steps(
    store: Store, viewer: Viewer, kept: KeptState, persons: PersonTransfers, wanted: list[int]
) -> dict[int, TracePayment]:
    held = persons.transfers
    ids = kept.ids.take(pa.array(wanted, pa.int64())).to_pylist()
    rows = store.read(viewer, "ordered.rows", ids=ids, timeout=TIMEOUT) if ids else []
    evidence = {row["id"]: tuple(row["evidence"] or ()) for row in rows}
    return {
        n: TracePayment(
            persons.names[int(held.source[n])].as_py(),
            persons.names[int(held.target[n])].as_py(),
            int(held.at[n]),
            int(held.fen[n]),
            kept.units[int(held.unit[n])],
            evidence.get(event_id, ()),
        )
        for n, event_id in zip(wanted, ids, strict=True)
    }
