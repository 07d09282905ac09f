"""``python -m benchmarks.accuracy.fit``: the fit that the published weights were taken from.

Two things are asked of the weights at once: that scores mean what they say (logistic likelihood of all candidates), and that
the one an arrested retailer had most from stands before everybody else he paid (likelihood of a choice among his candidates,
``--lead`` times). Signals keep their sign, stay near what is published, and those in ``HELD`` stay as they are. Scores of the
second round rest on the first, so it is done in rounds.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from backend.analysis.model.weights import Weights, default_weights
from backend.analysis.pipeline import scored_supplies
from backend.calibration.calibrate import write_weights
from backend.calibration.fit import Examples, examples, explained, signs_kept, vector, with_vector
from backend.demo.score import Matcher
from benchmarks.accuracy.command import MAKERS
from benchmarks.accuracy.figures import PRESETS
from benchmarks.accuracy.prepared import Prepared, prepare, say
from graph_schema.arrays import Bools, Floats, Ints
from graph_schema.language import Text

FITTED = Text("由演示辖区拟合", "fitted to the districts of the demo")
HELD = (
    "same_batch",
    "same_packaging",
    "parcels",
    "statement",
    "named_unpaid",
    "named_by_others",
    "paid_by_collector",
    "holder_supplies",
    "opposite_direction",
)
"""Invented people are plainer here than real ones, or there are few examples."""


@dataclass(frozen=True)
class Known:
    """All candidates of one district or several, and of each arrested retailer which are his and which of them the main one."""

    all: Examples
    choices: list[tuple[Ints, Bools]]


def known_of(district: Prepared, weights: Weights) -> Known:
    """What is true of every candidate, as a run with ``weights`` sees it."""
    scored, _ = scored_supplies(district.facts, weights)
    matcher = Matcher(district.truth, district.persons)
    who = [matcher.find(person) for person in district.persons]
    candidates = scored.features.candidates
    pairs = list(zip(candidates.supplier.tolist(), candidates.buyer.tolist(), strict=True))
    true = {(s.supplier, s.buyer): s.shown for s in district.truth.supplies}
    place = np.cumsum(scored.reached) - 1  # of a candidate among the examples
    found = examples(scored, {pair: (who[pair[0]], who[pair[1]]) in true for pair in pairs})
    choices = []
    for case in district.truth.cases:
        if case.kind == "packet" and true.get((str(case.supplier), case.suspect)):
            his = np.array([who[buyer] == case.suspect for _, buyer in pairs], dtype=np.bool_)
            rows = np.flatnonzero(his & scored.reached)
            main = np.array([who[pairs[row][0]] == case.supplier for row in rows.tolist()], dtype=np.bool_)
            if main.any():
                choices.append((place[rows], main))
    return Known(found, choices)


def together(parts: list[Known]) -> Known:
    """The candidates of several districts as one."""
    start = np.cumsum([0, *(len(part.all) for part in parts)])
    whole = Examples(
        np.vstack([part.all.values for part in parts]),
        np.concatenate([part.all.right for part in parts]),
        np.concatenate([part.all.buyer for part in parts]),
        parts[0].all.names,
    )
    return Known(
        whole,
        [
            (rows + at, main)
            for at, part in zip(start.tolist(), parts, strict=False)
            for rows, main in part.choices
        ],
    )


def fit(known: Known, start: Floats, pull: float, lead: float) -> Floats:
    """The most likely weights, in the order of ``vector``; ``pull`` is how many candidates a published weight is worth."""
    held = [*(name in HELD for name in known.all.names)] * 2 + [False, False]
    bounds = [
        (w, w) if fixed else bound
        for w, fixed, bound in zip(start.tolist(), held, signs_kept(start), strict=True)
    ]
    scores = explained(known.all, start, pull)
    rows = np.concatenate([rows for rows, _ in known.choices])
    main = np.concatenate([main for _, main in known.choices])
    size = np.array([len(rows) for rows, _ in known.choices])
    first = np.cumsum(size) - size
    chosen = known.all.values[rows]

    def loss(w: Floats) -> tuple[float, Floats]:
        value, slope = scores(w)
        z = chosen @ w
        weight = np.exp(z - np.repeat(np.maximum.reduceat(z, first), size))
        every, his = np.add.reduceat(weight, first), np.add.reduceat(weight * main, first)
        value += lead * np.sum(np.log(every) - np.log(his))
        share = weight / np.repeat(every, size) - weight * main / np.repeat(his, size)
        return float(value), np.asarray(slope + lead * (chosen.T @ share))

    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 1500})
    return np.asarray(found.x)


def main() -> None:
    """Fit, and write a weight file."""
    parser = argparse.ArgumentParser(prog="benchmarks.accuracy.fit", description=__doc__)
    parser.add_argument("--seeds", default="1,2", help="comma separated")
    parser.add_argument("--reuse", type=Path, required=True, metavar="DIR", help="where districts are kept")
    parser.add_argument("--pull", type=float, default=8.0)
    parser.add_argument("--lead", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    options = parser.parse_args()
    worlds = [
        MAKERS["district"](preset, int(seed), 1.0) for preset in PRESETS for seed in options.seeds.split(",")
    ]
    districts = [prepare(world, options.reuse / world.name) for world in worlds]
    published = weights = default_weights()
    for k in range(options.rounds):
        known = together([known_of(district, weights) for district in districts])
        names = known.all.names
        found = fit(known, vector(published, names), options.pull, options.lead)
        weights = with_vector(published, names, found, f"{published.version}+fit", FITTED)
        moved = np.abs(found - vector(published, names))
        say(f"round {k + 1}: {len(known.choices)} retailers; a weight moved by {moved.max():.2f} at most")
    write_weights(weights, options.out)


if __name__ == "__main__":
    main()
