"""Measures an ordered trace of 6 hops over 10 million transfers, beside a plain trace with pandas, in one run.

The transfers are random: 500,000 accounts of which one in a hundred is busy, two years, amounts that are
passed on with a loss now and then. Asked from accounts drawn at random, down and up, window 72 hours, with
and without an amount ratio. The plain way filters a data frame that is sorted by payer and time, layer by
layer, as one would by hand; both must reach the same events. Promised: at most 0.3 s once the arrays are in
memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from backend.analysis.temporal import Bounds, Transfers, indexed, returns, trace
from backend.runs.ordered_store import load_transfers, write_transfers

HOUR = 3_600_000
PROMISED = 0.3
LAYERS = 6
FAN = 200


def made(events: int, accounts: int, seed: int = 11) -> Transfers:
    """Random transfers in time order."""
    rng = np.random.default_rng(seed)
    busy = rng.permutation(accounts)[: accounts // 100]

    def ends() -> np.ndarray:
        plain = rng.integers(0, accounts, events, dtype=np.int32)
        from_busy = rng.random(events) < 0.15
        plain[from_busy] = busy[rng.integers(0, len(busy), int(from_busy.sum()))]
        return plain

    source, target = ends(), ends()
    at = np.sort(rng.integers(0, 730 * 24 * HOUR, events)) + 1_700_000_000_000
    fen = np.round(np.exp(rng.normal(10, 1.5, events))).astype(np.int64)
    zeros = np.zeros(events, dtype=np.int16)
    precision = np.full(events, 2, dtype=np.int8)
    return indexed(source, target, at, precision, fen, zeros, np.zeros(accounts, dtype=np.bool_))


class Plain:
    """The same trace by filtering a data frame, layer by layer."""

    def __init__(self, held: Transfers) -> None:
        frame = pd.DataFrame({"source": held.source, "target": held.target, "at": held.at, "fen": held.fen})
        frame["event"] = np.arange(len(frame))
        frame = frame[frame["source"] != frame["target"]]
        self.by_payer = frame.set_index("source").sort_index(kind="stable")

    def reached(self, start: int, window: int, ratio: tuple[float, float] | None) -> set[int]:
        """Events reached downward, without a bound on how many of a node are looked at."""
        seen: set[int] = set()
        index = self.by_payer.index
        layer = self._of(start) if start in index else self.by_payer.iloc[:0]
        seen |= set(layer["event"])
        for _ in range(LAYERS - 1):
            found = []
            for row in layer.itertuples():
                if row.target not in index:
                    continue
                near = self._of(row.target)
                fits = (near["at"] >= row.at) & (near["at"] <= row.at + window) & (near["event"] != row.event)
                if ratio is not None:
                    fits &= (near["fen"] >= ratio[0] * row.fen) & (near["fen"] <= ratio[1] * row.fen)
                found.append(near[fits])
            if not found:
                break
            layer = pd.concat(found).drop_duplicates("event")
            layer = layer[~layer["event"].isin(seen)]
            seen |= set(layer["event"])
        return seen

    def _of(self, payer: int) -> pd.DataFrame:
        return self.by_payer.loc[[payer]]


def _seconds(held: Transfers, starts: list[int], bounds: Bounds) -> tuple[list[float], list[int], int]:
    times, sizes, cut = [], [], 0
    for start in starts:
        begun = time.perf_counter()
        found = trace(held, np.array([start]), bounds)
        times.append(time.perf_counter() - begun)
        sizes.append(len(found))
        cut += found.truncated
    return times, sizes, cut


def measure(events: int, accounts: int, starts: int) -> dict[str, object]:
    """Times of both ways over the same transfers, and whether they reach the same."""
    begun = time.perf_counter()
    fresh = made(events, accounts)
    making = time.perf_counter() - begun
    with tempfile.TemporaryDirectory(prefix="upline-trace-") as name:
        write_transfers(Path(name), fresh)
        del fresh
        held = load_transfers(Path(name))
        for end in (held.out, held.into):  # touched once, so that the pages are in memory
            end.order.max(initial=0)
        (
            held.at.max(initial=0),
            held.fen.max(initial=0),
            held.target.max(initial=0),
            held.source.max(initial=0),
        )
        chosen = np.random.default_rng(3).choice(accounts, starts, replace=False).tolist()
        degree = np.diff(held.out.start)
        chosen += np.argsort(degree)[-3:].tolist()  # the three busiest as well
        result: dict[str, object] = {"events": events, "accounts": accounts, "made_s": round(making, 1)}
        for label, bounds in (
            ("down_72h", Bounds("down", LAYERS, 72 * HOUR, None, fan=FAN)),
            ("up_72h", Bounds("up", LAYERS, 72 * HOUR, None, fan=FAN)),
            ("down_72h_ratio", Bounds("down", LAYERS, 72 * HOUR, (0.8, 1.0), fan=FAN)),
            ("down_any_time", Bounds("down", LAYERS, None, None, fan=FAN)),
        ):
            times, sizes, cut = _seconds(held, chosen, bounds)
            result[label] = {
                "median_s": round(float(np.median(times)), 4),
                "worst_s": round(max(times), 4),
                "events_median": int(np.median(sizes)),
                "events_most": max(sizes),
                "truncated": cut,
            }
        begun = time.perf_counter()
        returns(held, int(chosen[0]), Bounds("down", LAYERS, 72 * HOUR, fan=FAN))
        result["returns_s"] = round(time.perf_counter() - begun, 4)
        result["plain"] = _beside(held, chosen[:5])
        worst = max(
            float(part["worst_s"]) for part in result.values() if isinstance(part, dict) and "worst_s" in part
        )
        result |= {"worst_s": worst, "promised_at_most_s": PROMISED, "kept": worst <= PROMISED}
        result["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return result


def _beside(held: Transfers, starts: list[int]) -> dict[str, object]:
    plain = Plain(held)
    ours, theirs, same = [], [], True
    for start in starts:
        begun = time.perf_counter()
        reached = plain.reached(start, 72 * HOUR, None)
        theirs.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        found = trace(
            held, np.array([start]), Bounds("down", LAYERS, 72 * HOUR, fan=1_000_000, most=10_000_000)
        )
        ours.append(time.perf_counter() - begun)
        same &= reached == set(found.event.tolist())
    return {
        "pandas_median_s": round(float(np.median(theirs)), 3),
        "ours_median_s": round(float(np.median(ours)), 4),
        "times_faster": round(float(np.median(theirs)) / float(np.median(ours)), 1),
        "same_events": same,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--accounts", type=int, default=500_000)
    parser.add_argument("--starts", type=int, default=20)
    asked = parser.parse_args()
    print(json.dumps(measure(asked.events, asked.accounts, asked.starts), indent=1))


if __name__ == "__main__":
    main()
