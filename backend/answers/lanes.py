"""The events between the persons of one chain, hop by hop, as the chain view draws them over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from backend.answers.beside import beside_one
from backend.answers.chains import filled, no_case, numbered
from backend.answers.people import Hand, counted, hands_of
from backend.answers.requests import requests
from backend.answers.runs import Run, on_run
from backend.answers.shape import parsed, time_text, timed
from backend.contract import board as contract
from backend.contract.chains import Hop
from backend.security.audited import audited
from graph_schema.store import Parameters, Props, Store, Viewer

MOST_EVENTS = 400
"""Events of one hop that are drawn one by one; where there are more, weeks are, and the newest are listed."""
MOST_SEIZURES = 200
MOST_CHAINS = 20
"""Chains of a case among which the one asked for is looked up: as many as an address can name."""
_RELS = ["CALLED", "MESSAGED", "PAID"]
SUPPLYING = ("supply", "paid_for", "statement", "parcel")
"""Hops that say the upper end supplies the lower one; others say who is paid, or who acts for whom."""


@audited("lanes", "case_no")
@on_run
def lanes(
    store: Store,
    viewer: Viewer,
    run: Run,
    case_no: str,
    n: int,
    *,
    since: int | None = None,
    until: int | None = None,
) -> contract.Lanes:
    """The ``n``-th best chain of a case with the events, seizures, roles and signals along it; ``since`` and
    ``until`` (ms since 1970) keep the events of a period, so undated ones are left out.

    Raises ``NotFound`` where the case is not there, or has no such chain.
    """
    rows = store.read(viewer, "chain.case", case_no=case_no, run=run.run_id, k=max(n, MOST_CHAINS))
    cases = filled(store, viewer, run, rows) if rows else []
    chain = numbered(cases[0]["chains"], n) if cases else None
    if chain is None:
        raise no_case()
    persons = [each["id"] for each in chain["persons"]]
    hands = hands_of(run, persons, counted(store, viewer, run, persons))
    return {
        "case_no": case_no,
        "tier": cases[0]["tier"],
        "provisional": cases[0]["provisional"],
        "chain": chain,
        "beside": beside_one(store, viewer, run, cases[0], chain),
        "persons": [_lane(store, viewer, run, each) for each in persons],
        "hops": [
            _hop(store, viewer, run, hop, hands, {"since": since, "until": until}) for hop in chain["hops"]
        ],
        "seizures": [
            seizure
            for no in dict.fromkeys([case_no, *chain["reaches"]])
            for seizure in _seizures(store, viewer, run, no, set(persons))
        ],
        "requests": requests(store, viewer, case_no, chain),
        "run": run.name,
    }


def _lane(store: Store, viewer: Viewer, run: Run, person_id: str) -> contract.LanePerson:
    gangs = store.read(viewer, "person.gangs", key=run.key(person_id))
    found = store.read(viewer, "person.one", key=run.key(person_id))
    props = found[0]["person"] if found else {}
    return {
        "id": person_id,
        "role": gangs[0]["role"] if gangs else "unknown",
        "gang": gangs[0]["id"] if gangs else None,
        "registered_user": bool(props.get("registered_user")),
        "fugitive": bool(props.get("fugitive")),
    }


def _hop(
    store: Store,
    viewer: Viewer,
    run: Run,
    hop: Hop,
    hands: Mapping[str, Hand],
    within: Props,
) -> contract.LaneHop:
    """Events between the two ends, up (towards the supplier) or down, newest first, and the signals they add up to."""
    low, high = hands[hop["from"]], hands[hop["to"]]
    ends: Parameters = {**low.named("a"), **high.named("b"), **within}
    few: Parameters = {"limit": MOST_EVENTS + 1, "timeout": 60.0}
    between = store.read(viewer, "board.between", labels={"rels": _RELS}, **few, **ends)
    parcels = store.read(viewer, "board.parcels", a=low.keys, b=high.keys, **few, **within)
    events = [_event(row, row["kind"]) for row in between] + [_event(row, "SENT") for row in parcels]
    events.sort(key=lambda each: each["at"] or "", reverse=True)
    cut = len(events) > MOST_EVENTS
    weeks = store.read(viewer, "board.weeks", labels={"rels": _RELS}, timeout=60.0, **ends) if cut else []
    pair: Parameters = {"supplier": run.key(hop["to"]), "buyer": run.key(hop["from"])}
    supply = store.read(viewer, "supply.pair", **pair) if hop["kind"] in SUPPLYING else []
    return {
        "from": hop["from"],
        "to": hop["to"],
        "events": events[:MOST_EVENTS],
        "truncated": cut,
        "weeks": _weeks(weeks),
        "signals": parsed(supply[0]["signals"], []) if supply else [],
    }


def _weeks(rows: Sequence[Props]) -> list[contract.LaneWeek]:
    found: dict[int | None, contract.LaneWeek] = {}
    for row in rows:
        nothing: contract.LaneWeek = {
            "at": time_text(row["week"]),
            "paid": 0,
            "fen": 0,
            "paid_down": 0,
            "fen_down": 0,
            "talks": 0,
            "parcels": 0,
        }
        week = found.setdefault(row["week"], nothing)
        if row["kind"] == "PAID" and row["forward"]:
            week["paid"] += row["n"]
            week["fen"] += row["fen"]
        elif row["kind"] == "PAID":
            week["paid_down"] += row["n"]
            week["fen_down"] += row["fen"]
        else:
            week["parcels" if row["kind"] == "SENT" else "talks"] += row["n"]
    return list(found.values())


def _event(row: Props, kind: Literal["CALLED", "MESSAGED", "PAID", "SENT"]) -> contract.LaneEvent:
    return {
        "id": row["id"],
        "kind": kind,
        "up": bool(row["forward"]),
        "at": time_text(row["at"]),
        "precision": row["precision"],
        "fen": row.get("fen"),
        "seconds": row.get("seconds"),
        "evidence": list(row["evidence"] or ()),
    }


def _seizures(
    store: Store, viewer: Viewer, run: Run, case_no: str, persons: set[str]
) -> list[contract.LaneSeizure]:
    """Seizures of a case, each at a person of the chain, or at nobody where it was taken from no one of them."""
    rows = store.read(viewer, "case.seizures", case_no=case_no, run=run.run_id, limit=MOST_SEIZURES)
    shown: list[contract.LaneSeizure] = []
    for row in rows:
        props = timed(row["seizure"], "Seizure")
        shown.append(
            {
                "id": props["seizure_id"],
                "case_no": case_no,
                "at": props.get("at"),
                "substance": props.get("substance") or props.get("substance_raw"),
                "net_g": props.get("net_g"),
                "packets": props.get("packets"),
                "person": next((each for each in row["persons"] if each in persons), None),
                "evidence": list(row["evidence"] or ()),
            }
        )
    return shown
