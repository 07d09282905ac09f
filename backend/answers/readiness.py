"""Which case of the board is ready to decide: what speaks for its chain and against it, and what a request would gain.

A gain is no forecast of one return. It says where the hop would stand if the return added to its log-odds what such
returns add to the supplies of this run that rest on one, in the middle (median, the ones that speak against included).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median

import pyarrow.parquet as pq

from backend.analysis.chains.evidence_requests import CONTENT
from backend.answers.runs import Run
from backend.answers.shape import parsed
from backend.answers.signals import signal_words
from backend.contract.base import Words
from backend.contract.board import BoardLine, Gain, Readiness, ReadyState
from backend.contract.chains import Chain, Hop
from backend.contract.supplies import Weighed
from graph_schema.legend import STRENGTHS
from graph_schema.store import Row, Store, Viewer

WEAK, STRONG = [below for below, *_ in STRENGTHS if below is not None][:2]
"""Below the one a hop is weak; from the other on a chain can be decided although more could be asked for."""
ALIKE = 5
"""What fewer supplies than this show is no measure."""
BRINGS: Mapping[str, Collection[str]] = {
    CONTENT["Phone"]: (
        ("call_near_payment", "call_share", "rung_by_supplier", "no_calls", "talks_anyway", "long_talks")
    ),
    CONTENT["Account"]: ("restock", "passed_on", "passes_on", "collects_for_other"),
}
"""Signals that only a return of this content gives: call records, and what the holder's own account shows of him."""
LEAST = 0.01
TOLD = 2
"""Signals of the weakest hop told on each side, the heaviest first."""

Pair = tuple[str, str]  # supplier, buyer


@dataclass(frozen=True)
class Adds:
    """What a sort of return adds to the log-odds of a supply, in the middle of ``alike`` supplies of a run that have it."""

    middle: float
    alike: int


def what_returns_add(store: Store, run: Run) -> Mapping[str, Adds]:
    """By the content of a request; a sort fewer than ``ALIKE`` supplies rest on is left out, all where no run is kept."""
    path = store.home / "runs" / run.run_id / "supplies.parquet"
    return _measured(path, path.stat().st_mtime_ns) if path.is_file() else {}


@lru_cache(maxsize=8)
def _measured(path: Path, written: int) -> Mapping[str, Adds]:
    """``written`` tells a run that was kept anew from the one measured before."""
    del written
    table = pq.read_table(path)
    supplies = table["signals"].to_pylist() if "signals" in table.column_names else []
    found: dict[str, Adds] = {}
    for content, names in BRINGS.items():
        sums = [_sum(signals, names) for signals in supplies if _has(signals, names)]
        if len(sums) >= ALIKE:
            found[content] = Adds(median(sums), len(sums))
    return found


def _has(signals: Iterable[Weighed], names: Collection[str]) -> bool:
    return any(each["name"] in names for each in signals)


def _sum(signals: Iterable[Weighed], names: Collection[str]) -> float:
    return sum(each["weight"] for each in signals if each["name"] in names)


def gains(chain: Chain, weighed: Sequence[Weighed], adds: Mapping[str, Adds]) -> list[Gain]:
    """What each request for the weakest hop may lift the chain to, the most first; those that lift nothing are left out.

    ``weighed`` are the signals of that hop. It must be a supply: of other hops no score is made of signals.
    """
    hop = _weakest(chain)
    if hop is None or hop["kind"] != "supply":
        return []
    others = [each["score"] for each in chain["hops"] if each is not hop]
    found: list[Gain] = []
    for at, ask in enumerate(chain["ask_for"]):
        brings = adds.get(ask["content"])
        if brings is None or ask["hop"] != chain["weakest"] or _has(weighed, BRINGS[ask["content"]]):
            continue
        then = min([_lifted(hop["score"], brings.middle), *others])
        if then >= chain["strength"] + LEAST:
            found.append(
                {"ask": at, "now": chain["strength"], "then": round(then, 4), "alike": brings.alike},
            )
    return sorted(found, key=lambda gain: -gain["then"])


def _lifted(score: float, by: float) -> float:
    """A score whose log-odds rise by so much."""
    sure = min(max(score, 0.001), 0.999)
    return 1 / (1 + math.exp(-math.log(sure / (1 - sure)) - by))


def weakest_pairs(lines: Iterable[BoardLine]) -> list[Pair]:
    """Supplier and buyer of the weakest hop of each line that has a chain."""
    hops = [_weakest(line["chain"]) for line in lines if line["chain"]]
    return [(hop["to"], hop["from"]) for hop in hops if hop is not None]


def signals_of(store: Store, viewer: Viewer, run: Run, pairs: Sequence[Pair]) -> dict[Pair, list[Weighed]]:
    """The signals of supplies, by supplier and buyer."""
    if not pairs:
        return {}
    keys = [[run.key(supplier), run.key(buyer)] for supplier, buyer in pairs]
    rows: list[Row] = store.read(viewer, "supply.signals", pairs=keys, timeout=60.0)
    return {(row["supplier"], row["buyer"]): parsed(row["signals"], []) for row in rows}


def readiness(
    line: BoardLine, adds: Mapping[str, Adds], signals: Mapping[Pair, Sequence[Weighed]]
) -> Readiness:
    """Whether a case can be decided, and why."""
    chain = line["chain"]
    if chain is None:
        nothing = _words("没有由本案上溯的链", "no chain leads up from this case")
        return {"state": "without", "speaks_for": [], "speaks_against": [nothing], "gains": []}
    hop = _weakest(chain)
    weighed = signals.get((hop["to"], hop["from"]), ()) if hop else ()
    return {
        "state": _state(chain),
        "speaks_for": [*_reached(line), *_firm(chain), *_told(weighed, 1)],
        "speaks_against": [*_weak(chain), *_told(weighed, -1)],
        "gains": gains(chain, weighed, adds),
    }


def _state(chain: Chain) -> ReadyState:
    """Ready: nobody has decided, and the weakest hop is strong or nothing more can be asked for about it."""
    if chain["status"] in ("confirmed", "rejected"):
        return "decided"
    lacks = any(ask["hop"] == chain["weakest"] for ask in chain["ask_for"])
    if chain["status"] == "sent_back" or (lacks and chain["strength"] < STRONG):
        return "lacking"
    return "ready"


def _weakest(chain: Chain) -> Hop | None:
    return chain["hops"][chain["weakest"] or 0] if chain["hops"] else None


def _reached(line: BoardLine) -> list[Words]:
    found = []
    if line["major"]:
        found.append(_words("通到一起大案", "reaches a major case"))
    if line["gang"]:
        found.append(_words("通到一个团伙候选", "reaches a gang candidate"))
    return found


def _firm(chain: Chain) -> list[Words]:
    hops, sure = chain["hops"], sum(hop["status"] == "confirmed" for hop in chain["hops"])
    found = []
    if sure:
        found.append(_words(f"{len(hops)} 跳中 {sure} 跳已确认", f"{sure} of {len(hops)} hops confirmed"))
    if chain["strength"] >= STRONG:
        found.append(_words("最弱一跳也强", "even the weakest hop is strong"))
    if not any(ask["hop"] == chain["weakest"] for ask in chain["ask_for"]):
        found.append(
            _words("最弱一跳的材料已调齐", "nothing is left to request for the weakest hop"),
        )
    return found


def _weak(chain: Chain) -> list[Words]:
    nameless = sum(not person["name"] for person in chain["persons"])
    asks = sum(ask["hop"] == chain["weakest"] for ask in chain["ask_for"])
    doubted = sum(hop["status"] in ("rejected", "unsure") for hop in chain["hops"])
    found = []
    if chain["strength"] < WEAK:
        found.append(_words("最弱一跳弱", "the weakest hop is weak"))
    if asks:
        found.append(
            _words(f"最弱一跳还有 {asks} 项可调取", f"{asks} more requests possible for the weakest hop"),
        )
    if nameless:
        found.append(_words(f"{nameless} 人持有人未知", f"holder unknown: {nameless}"))
    if doubted:
        found.append(_words(f"{doubted} 跳不成立或存疑", f"hops refused or unsure: {doubted}"))
    if chain["kept"]:
        found.append(_words("本次研判不再找到这条链", "the present run no longer finds this chain"))
    return found


def _told(weighed: Iterable[Weighed], side: int) -> list[Words]:
    """The heaviest signals on one side, in the words of the published weights."""
    known = {each["name"]: each for each in signal_words()["signals"]}
    mine = sorted(
        (each for each in weighed if each["weight"] * side > 0), key=lambda each: -abs(each["weight"])
    )
    return [
        _words(known[each["name"]]["zh"], known[each["name"]]["en"])
        for each in mine[:TOLD]
        if each["name"] in known
    ]


def _words(zh: str, en: str) -> Words:
    return {"zh": zh, "en": en}
