"""What an answer says of people who have nothing to do with drugs, and how right the roles it gives are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from backend.demo.truth import Truth

Json = Mapping[str, Any]  # what the command line printed, read from a file or handed over
Figures = dict[str, Any]  # shares and counts by name, and counts by name below "counts"
Pair = tuple[str | None, str | None]
ROLES = ("organiser", "wholesaler", "retailer", "payee", "runner", "user")


def innocents(truth: Truth) -> set[str]:
    """Everybody who neither uses nor deals, belongs to no organisation and is arrested in no case."""
    guilty = {p.id for p in truth.persons if p.uses}
    guilty.update(*(o.members for o in truth.organisations))
    guilty.update(
        *((s.supplier, s.buyer) for s in truth.supplies), *((c.suspect, *c.others) for c in truth.cases)
    )
    return {p.id for p in truth.persons} - guilty


def claims_on_innocents(truth: Truth, claimed: Iterable[Pair]) -> Figures:
    """Pairs of two innocents claimed as supply, and innocents named in any claim."""
    clean = innocents(truth)
    pairs = set(claimed)
    return {
        "innocent_pairs_claimed": sum(a in clean and b in clean for a, b in pairs),
        "innocents_named": len({end for pair in pairs for end in pair} & clean),
    }


def gang_people(truth: Truth, gangs: Sequence[Sequence[tuple[str | None, Json]]]) -> Figures:
    """Innocents standing in gangs, and how right the roles are: each member with the highest role any gang gives him."""
    clean = innocents(truth)
    true = {pid: role for o in truth.organisations for pid, role in o.members.items()}
    given: dict[str, str] = {}
    for pid, member in (each for gang in gangs for each in gang):
        role = str(member.get("role"))
        if pid is not None and _rank(role) < _rank(given.get(pid, "")):
            given[pid] = role
    figures: Figures = {"innocents_in_gangs": len(given.keys() & clean)}
    for role in ROLES:
        called = [pid for pid, each in given.items() if each == role]
        figures[f"role_right_{role}"] = _right(true, clean, role, called)
    top = [pid for pid, each in given.items() if each in ("organiser", "wholesaler")]
    figures["innocents_called_heads"] = sum(pid in clean for pid in top) / len(top) if top else None
    for role in ("organiser", "wholesaler"):
        standing = [pid for pid in given if true.get(pid) == role]
        figures[f"{role}s_called_so"] = share(given[pid] == role for pid in standing)
    return figures


def _right(true: Mapping[str, str], clean: set[str], role: str, called: Sequence[str]) -> float | None:
    """Share of those called ``role`` who are that; of dealers and users of no organisation no role is known."""
    return share(true.get(pid) == role for pid in called if pid in true or pid in clean)


def _rank(role: str) -> int:
    return ROLES.index(role) if role in ROLES else len(ROLES)


def share(hits: Iterable[bool]) -> float | None:
    """Share of hits, None where there was nothing to take it over."""
    values = list(hits)
    return sum(values) / len(values) if values else None


def bins(claims: Iterable[tuple[float, bool]]) -> list[tuple[int, int]]:
    """Claims and right ones per tenth of score."""
    total: Counter[int] = Counter()
    right: Counter[int] = Counter()
    for score, true in claims:
        k = min(int(score * 10), 9)
        total[k] += 1
        right[k] += true
    return [(total[k], right[k]) for k in range(10)]
