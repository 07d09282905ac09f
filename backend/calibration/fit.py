"""Weights that explain known pairs best, pulled towards the published ones and never against their sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import minimize

from backend.analysis.model.weights import Bias, Weights
from backend.analysis.supply.scoring import Scored
from graph_schema.arrays import Bools, Floats, Ints
from graph_schema.language import Text

PULL = 4.0
"""How many known pairs a published weight is worth: with fewer, little moves."""


@dataclass(frozen=True)
class Examples:
    """Known candidates: what each signal says of them (retail columns, restock columns, the two biases) and the truth."""

    values: Floats
    right: Bools
    buyer: Ints
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.right)

    def part(self, chosen: Any) -> Examples:  # whatever numpy takes as an index
        return Examples(self.values[chosen], self.right[chosen], self.buyer[chosen], self.names)


def examples(scored: Scored, known: dict[tuple[int, int], bool]) -> Examples:
    """Candidates whose truth is known: the pairs themselves, and the other candidates of a buyer whose supplier is known. Pairs
    out of reach of a drug fact are not scored, so they are left out.
    """
    candidates = scored.features.candidates
    solved = {buyer for (_, buyer), right in known.items() if right}
    rows, right = [], []
    for e, pair in enumerate(zip(candidates.supplier.tolist(), candidates.buyer.tolist(), strict=True)):
        if scored.reached[e] and (pair in known or pair[1] in solved):
            rows.append(e)
            right.append(known.get(pair, False))
    chosen = np.array(rows, dtype=np.int64)
    signals = [*scored.first, *scored.around]
    values = np.column_stack([s.value[chosen] for s in signals]) if rows else np.zeros((0, len(signals)))
    selling = scored.selling[chosen].astype(float)[:, None]
    columns = np.hstack([values * (1 - selling), values * selling, 1 - selling, selling])
    names = tuple(s.name for s in signals)
    return Examples(columns, np.array(right, dtype=np.bool_), candidates.buyer[chosen], names)


def vector(weights: Weights, names: tuple[str, ...]) -> Floats:
    """Weights in the order of an example's columns."""
    retail = [weights.signals[name].retail for name in names]
    restock = [weights.signals[name].restock for name in names]
    return np.array([*retail, *restock, weights.retail.second, weights.restock.second])


def signs_kept(start: Floats) -> list[tuple[float | None, float | None]]:
    """Bounds under which no weight changes its sign and one of 0 stays 0; the two biases are free."""
    signed = [(0.0, None) if w > 0 else (None, 0.0) if w < 0 else (0.0, 0.0) for w in start[:-2].tolist()]
    return [*signed, (None, None), (None, None)]


def explained(known: Examples, start: Floats, pull: float) -> Callable[[Floats], tuple[float, Floats]]:
    """How badly weights explain what is known, and the slope: logistic likelihood, a normal prior around ``start``."""
    target = known.right.astype(float)

    def loss(w: Floats) -> tuple[float, Floats]:
        z = known.values @ w
        value = float(np.sum(np.logaddexp(0.0, z) - target * z) + pull / 2 * np.sum((w - start) ** 2))
        slope = known.values.T @ (1 / (1 + np.exp(-z)) - target) + pull * (w - start)
        return value, np.asarray(slope)

    return loss


def fitted(known: Examples, start: Floats, pull: float = PULL) -> Floats:
    """Maximum a posteriori: logistic likelihood, a normal prior around ``start``, every signal keeps its sign.

    A weight published as 0 stays 0: it was looked at and told nothing.
    """
    loss = explained(known, start, pull)
    bounds = signs_kept(start)
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 500})
    return np.asarray(found.x)


def probabilities(known: Examples, w: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-(known.values @ w))))


def with_vector(weights: Weights, names: tuple[str, ...], w: Floats, version: str, source: Text) -> Weights:
    """The weight table with fitted numbers, each saying what it was fitted to."""
    n = len(names)
    signals = dict(weights.signals)
    for k, name in enumerate(names):
        old = signals[name]
        numbers = {"retail": round(float(w[k]), 2), "restock": round(float(w[n + k]), 2)}
        moved = numbers != {"retail": old.retail, "restock": old.restock}
        signals[name] = replace(old, **numbers, source=source if moved else old.source)  # type: ignore[arg-type]
    return replace(
        weights,
        version=version,
        signals=signals,
        retail=Bias(weights.retail.first, round(float(w[2 * n]), 2)),
        restock=Bias(weights.restock.first, round(float(w[2 * n + 1]), 2)),
    )
