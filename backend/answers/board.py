"""The case board: where packet cases lead, grouped by the cases they reach, and changes since the last run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backend.answers.beside import beside_all
from backend.answers.chains import filled
from backend.answers.readiness import readiness, signals_of, weakest_pairs, what_returns_add
from backend.answers.runs import EVERYTHING, Run, bounds, on_run
from backend.answers.shape import time_text
from backend.contract import board as contract
from backend.contract.base import Role
from backend.contract.chains import CaseChains
from backend.contract.person import Person
from backend.judgements.overlay import Overlay, status
from backend.security.audited import audited
from graph_schema.store import Props, Store, Viewer

MOST_CASES = 2_000
"""Cases looked at for one board; beyond, the answer says that it was cut."""
MOST_GANGS = 1_000
K = 3


@dataclass(frozen=True)
class _Gang:
    """A gang candidate and the role of each of its members."""

    shown: contract.GangInShort
    members: Mapping[str, Role]


@audited("board")
@on_run
def board(store: Store, viewer: Viewer, run: Run, *, limit: int | None = None) -> contract.Board:
    """Packet and unrated cases with their best chain, the gang candidates and major cases those lead to.

    ``truncated`` says that there were more cases than were looked at or asked for.
    """
    total = store.read(viewer, "case.count")[0]["total"]
    rows = store.read(viewer, "chain.page", run=run.run_id, k=K, timeout=120.0, **bounds(MOST_CASES))
    cases = filled(store, viewer, run, rows)
    # Where the law has no quantity a case is ranked by an example quantity, and says so.
    tiers = {case["case_no"]: case["provisional"] or case["tier"] for case in cases}
    law = {case["case_no"]: case for case in cases}
    names = {case["case_no"]: case["name"] for case in cases}
    lower = [case for case in cases if tiers[case["case_no"]] == "packet"]
    shown = lower[: EVERYTHING if limit is None else limit]
    gangs = _gangs(store, viewer, run, Overlay.read(store, viewer))
    places = {member: gang for gang in reversed(gangs) for member in gang.members}
    seized = _by_case(store, viewer, "board.seized", tiers)
    dates = _by_case(store, viewer, "board.dates", tiers)
    beside = beside_all(store, viewer, cases, total)
    listed = [_line(case, places, tiers, seized, dates) for case in shown]
    adds = what_returns_add(store, run)
    signals = signals_of(store, viewer, run, weakest_pairs(listed))
    lines: list[contract.BoardRow] = [
        {
            **line,
            "tier": law[line["case_no"]]["tier"],
            "beside": beside.get(line["case_no"], []),
            "readiness": readiness(line, adds, signals),
        }
        for line in listed
    ]
    used = {line["gang"] for line in lines} - {None}
    reached = Counter(line["major"] for line in lines if line["major"])
    return {
        "rows": lines,
        "gangs": [_gang_card(gang, lines) for gang in gangs if gang.shown["id"] in used],
        "majors": [
            {
                "case_no": no,
                "name": names.get(no),
                "tier": law[no]["tier"] if no in law else "unknown",
                "provisional": law[no]["provisional"] if no in law else None,
                "seized": seized.get(no, {}).get("seized", []),
                "status": dates.get(no, {}).get("status"),
                "rows": n,
            }
            for no, n in reached.most_common()
        ],
        "total": len(lower),
        "truncated": total > len(cases) or len(shown) < len(lower),
        "run": run.name,
    }


def _gangs(store: Store, viewer: Viewer, run: Run, overlay: Overlay) -> list[_Gang]:
    found = store.read(
        viewer, "gang.page", prefix=run.prefix, min_size=2, timeout=120.0, **bounds(MOST_GANGS)
    )
    return [
        _Gang(
            {
                "id": row["gang"]["gang_id"],
                "status": status(overlay.gangs.get(row["gang"]["gang_id"]), row["gang"].get("status")),
                "size": row["gang"].get("size"),
                "cohesion": row["gang"].get("cohesion"),
                "stability": row["gang"].get("stability"),
            },
            {
                each["person"]["person_id"]: each["role"] or "unknown"
                for each in row["members"]
                if each["person"] is not None
            },
        )
        for row in found
    ]


def _gang_card(gang: _Gang, lines: Iterable[contract.BoardRow]) -> contract.BoardGang:
    roles = Counter[str](gang.members.values())
    cases = sum(line["gang"] == gang.shown["id"] for line in lines)
    return {**gang.shown, "roles": dict(roles), "rows": cases}


def _by_case(store: Store, viewer: Viewer, query: str, cases: Iterable[str]) -> dict[str, Props]:
    return {row["case_no"]: row for row in store.read(viewer, query, cases=sorted(cases))}


def _line(
    case: CaseChains,
    places: Mapping[str, _Gang],
    tiers: Mapping[str, str],
    seized: Mapping[str, Props],
    dates: Mapping[str, Props],
) -> contract.BoardLine:
    """One case of the board: its best chain in short, the gang it comes to first and the major case it reaches."""
    no = case["case_no"]
    chain = case["chains"][0] if case["chains"] else None
    persons = chain["persons"] if chain else []
    gang = next((places[each["id"]] for each in persons[1:] if each["id"] in places), None)
    major = next((each for each in chain["reaches"] if tiers.get(each) == "major"), None) if chain else None
    supplier = persons[1] if len(persons) > 1 else None
    when = dates.get(no, {})
    return {
        "case_no": no,
        "name": case["name"],
        "provisional": case["provisional"],
        "status": when.get("status"),
        "unit": when.get("unit"),
        "opened_at": time_text(when.get("opened_at")),
        "deadline": time_text(when.get("deadline")),
        "seized": seized.get(no, {}).get("seized", []),
        "taken_from": persons[0] if persons else None,
        "supplier": supplier,
        "supplier_role": _role(places, supplier),
        "chain": chain,
        "chains": len(case["chains"]),
        "gang": gang.shown["id"] if gang else None,
        "major": major,
    }


def _role(places: Mapping[str, _Gang], person: Person | None) -> Role:
    gang = places.get(person["id"]) if person else None
    return gang.members[person["id"]] if gang and person else "unknown"
