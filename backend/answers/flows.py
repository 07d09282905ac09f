"""A trace as flows: the payments of one layer between the same two ends, added up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.temporal import Trace
from backend.analysis.temporal.transfers import Nodes
from backend.answers.shape import time_text
from backend.contract.suites import FlowShown, TransferShown
from backend.runs.ordered_store import KeptState
from graph_schema.arrays import Bools, Ints

MOST_FLOWS = 400
"""Flows given, the largest sums first; ``flows_total`` counts all."""
MOST_ROWS = 5
"""Payments of a flow whose rows it names, the newest."""


@dataclass(frozen=True)
class Flow:
    """Payments of one layer from one node to another in one currency, in order of time."""

    layer: int
    source: int
    target: int
    unit: int
    events: tuple[int, ...]
    fen: int
    cash: int

    @property
    def newest(self) -> tuple[int, ...]:
        return self.events[-MOST_ROWS:]


def flows(kept: KeptState, source: Nodes, target: Nodes, found: Trace, cash: set[int]) -> list[Flow]:
    """Each payment once in each layer it was reached in, the flow with the largest sum first.

    ``source`` and ``target`` are the ends of all transfers as the trace runs, ``cash`` numbers of events; sums are fen.
    """
    held = kept.transfers
    reached = np.unique(np.c_[found.layer, found.event].astype(np.int64), axis=0)
    layer, event = reached[:, 0], reached[:, 1]
    ends = np.c_[layer, source[event], target[event], held.unit[event]].astype(np.int64)
    groups, of = np.unique(ends, axis=0, return_inverse=True)
    in_cash = np.isin(event, np.array(sorted(cash), dtype=np.int64))
    of = of.ravel()
    order = np.argsort(of, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(of[order])) + 1) if len(order) else []
    made = [_flow(held.fen, in_cash, event, mine, ends) for mine, ends in zip(parts, groups, strict=True)]
    return sorted(made, key=lambda flow: (-flow.fen, flow.layer, flow.source, flow.target, flow.unit))


def _flow(fen: Ints, in_cash: Bools, event: Ints, mine: Ints, ends: Ints) -> Flow:
    layer, source, target, unit = (int(each) for each in ends)
    events, paid = event[mine], fen[event[mine]]
    cash = int(paid[in_cash[mine]].sum())
    return Flow(layer, source, target, unit, tuple(events.tolist()), int(paid.sum()), cash)


def flow_shown(kept: KeptState, names: list[str], flow: Flow, events: dict[int, TransferShown]) -> FlowShown:
    """A flow as the contract has it; ``names`` are those of its payer and payee."""
    at = kept.transfers.at
    rows = (ref for each in reversed(flow.newest) for ref in events[each]["evidence"])
    return {
        "layer": flow.layer,
        "from": names[0],
        "to": names[1],
        "payments": len(flow.events),
        "fen": flow.fen,
        "cash_fen": flow.cash,
        "currency": kept.units[flow.unit] or None,
        "first": time_text(int(at[flow.events[0]])),
        "last": time_text(int(at[flow.events[-1]])),
        "evidence": list(dict.fromkeys(rows)),
    }
