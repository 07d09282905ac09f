"""One gang measured: centralities side by side, key-player sets, what removing members would do, month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from backend.analysis.network.key_players import Removed, key_players, removed
from backend.answers.gangs import described_gang, standing
from backend.answers.people import counted
from backend.answers.runs import Run, on_run
from backend.contract import gangs as contract
from backend.security.audited import audited
from graph_schema.arrays import Floats
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import Row, Store, Viewer

MOST_MONTH_ROWS = 100_000
MEANS: Mapping[str, contract.Means] = {
    "degree": {
        "zh": "直接往来的成员数。显眼者先被抓获，不等于首要。",
        "en": "Members he deals with. The visible are arrested first; it does not make him the leader.",
        "source": "Morselli 2010",
    },
    "strength": {
        "zh": "往来总量。话多者可能只是跑腿。",
        "en": "How much he deals. A runner may talk most.",
        "source": "Morselli 2010",
    },
    "betweenness": {
        "zh": "处于他人之间的程度，提示中间人。首要人员少用电话，仅凭电话会被低估。",
        "en": "Stands between others; hints at brokers. Leaders avoid phones and are under-rated by calls alone.",
        "source": "Calderoni 2015; Agreste et al. 2015",
    },
    "closeness": {
        "zh": "到其他成员的远近。小网络中差别很小。",
        "en": "How near he is to all. Differs little in small networks.",
        "source": "textbook measure; no finding for gangs",
    },
    "eigenvector": {
        "zh": "与重要成员往来的程度。偏向最密的一块。",
        "en": "Deals with those who matter. Favours the densest part.",
        "source": "textbook measure; no finding for gangs",
    },
    "reach_down": {
        "zh": "货可能到达的成员数，依供货候选推算。",
        "en": "Members his goods may reach, by supply candidates.",
        "source": "B5 of the domain reference",
    },
    "quadrant": {
        "zh": "度与中介的四象限：少往来而居中者为策略性中间人。",
        "en": "Degree against betweenness: few ties and between is a strategic broker.",
        "source": "Morselli 2010",
    },
}
CAVEAT: contract.Means = {
    "zh": "任何单项都不能说明谁是首要人员。抓获后网络可能恢复，甚至更紧密。缺失的通联会改变各项结果。",
    "en": "No measure alone says who leads. A gang may recover after arrests, even closer. Missing ties change every figure.",
    "source": "Duijn et al. 2014; Diviák 2023; arXiv 2103.00457",
}


@audited("gang.measures", "gang_id", "remove")
@on_run
def gang_measures(
    store: Store,
    viewer: Viewer,
    run: Run,
    gang_id: str,
    *,
    k: int = 3,
    seed: int = 7,
    remove: Sequence[str] = (),
) -> contract.Measures:
    """Measures of one gang candidate; ``remove`` names members whose removal or arrest is asked about.

    Raises ``NotFound`` for an unknown gang, ``InputError`` for somebody who is no member.
    """
    page = described_gang(store, viewer, run, gang_id)
    inside = _inside(store, viewer, run, page)
    members = inside.members
    if unknown := [person for person in remove if person not in members]:
        raise InputError(Text(f"不是成员：{unknown[0]}", f"Not a member: {unknown[0]}"))
    bodies = {each["person"]: each for each in page["body"].get("members", [])}
    return {
        "gang": page["gang"],
        "means": {**MEANS},
        "caveat": CAVEAT,
        "centrality": [{"person": person, **_measured(bodies.get(person))} for person in members],
        "key_players": [
            {"kind": each.kind, "members": [members[n] for n in each.members], "value": round(each.value, 6)}
            for each in key_players(inside.ties, k, seed)
        ],
        "removals": [inside.without(gone) for gone in ([remove] if remove else [[one] for one in members])],
        "months": _months(inside.rows),
        "truncated": len(inside.rows) >= MOST_MONTH_ROWS,
        "run": run.run_id,
    }


def _measured(body: contract.MemberBody | None) -> contract.Centrality:
    return (body["centrality"] if body else None) or {}


def removals(store: Store, viewer: Viewer, page: contract.GangPage) -> dict[str, contract.RemovalShown]:
    """What removal of each member of a ``gang_page`` would do: the one figure of drawing, report, web and command line."""
    inside = _inside(store, viewer, Run(page["run"]), page)
    return {person: inside.without([person]) for person in inside.members}


@dataclass(frozen=True)
class _Inside:
    """What members of one gang have with each other; holders counted for a member stand for him."""

    members: list[str]
    ties: Floats
    supplies: Floats  # [a, b]: score of a supplying b
    rows: list[Row]  # per pair and month

    def without(self, gone: Sequence[str]) -> contract.RemovalShown:
        number = {person: n for n, person in enumerate(self.members)}
        found = removed(self.ties, self.supplies, [number[person] for person in gone])
        return _told(gone, found, self.members)


def _inside(store: Store, viewer: Viewer, run: Run, page: contract.GangPage) -> _Inside:
    members = [member["person"]["id"] for member in page["gang"]["members"]]
    stands_for = {person: person for person in members}
    for each in counted(store, viewer, run, members):
        if each["number"] is None and each["counted_as"]["id"] in stands_for:
            stands_for.setdefault(each["person"]["id"], each["counted_as"]["id"])
    keys = [run.key(person) for person in stands_for]
    found = store.read(viewer, "gang.months", timeout=60.0, keys=keys, limit=MOST_MONTH_ROWS)
    named = [{**row, "a": stands_for[row["a"]], "b": stands_for[row["b"]]} for row in found]
    rows = [row for row in named if row["a"] != row["b"]]
    number = {person: n for n, person in enumerate(members)}
    ties, supplies = np.zeros((len(members),) * 2), np.zeros((len(members),) * 2)
    for row in rows:
        a, b = number[row["a"]], number[row["b"]]
        ties[a, b] += row["n"]
        ties[b, a] += row["n"]
    for edge in standing(page):
        a, b = number[edge["supplier"]], number[edge["buyer"]]
        supplies[a, b] = max(supplies[a, b], edge["score"])
        ties[a, b] = ties[b, a] = max(ties[a, b], 1.0)
    return _Inside(members, ties, supplies, rows)


def _told(gone: Sequence[str], found: Removed, members: list[str]) -> contract.RemovalShown:
    return {
        "removed": list(gone),
        "parts": found.parts,
        "largest": found.largest,
        "pairs_cut": found.pairs_cut,
        "fragmentation": found.fragmentation,
        "fragmentation_before": found.before,
        "isolated": [members[n] for n in found.isolated],
        "supply_lost": found.supply_lost,
        "orphaned": [members[n] for n in found.orphaned],
    }


def _months(rows: list[Row]) -> list[contract.Month]:
    """Per month: who dealt inside the gang, who came and who was gone since the month before."""
    by_month: dict[str, list[Row]] = {}
    for row in rows:
        if row["month"]:
            by_month.setdefault(row["month"], []).append(row)
    found: list[contract.Month] = []
    before: set[str] = set()
    ever: set[str] = set()
    for month, some in sorted(by_month.items()):
        active = {row[end] for row in some for end in ("a", "b")}
        found.append(
            {
                "month": month,
                "active": sorted(active),
                "new": sorted(active - ever),
                "left": sorted(before - active),
                "events": sum(row["n"] for row in some),
                "fen": sum(row["fen"] or 0 for row in some),
                "pairs": len({frozenset((row["a"], row["b"])) for row in some}),
            }
        )
        before, ever = active, ever | active
    return found
