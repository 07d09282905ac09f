"""One calibration: known pairs in, held-out figures and a weight file out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import yaml

from backend.analysis.model.facts import Facts
from backend.analysis.model.weights import Weights, default_weights, load_weights
from backend.analysis.pipeline import scored_supplies
from backend.calibration.fit import Examples, examples, fitted, probabilities, vector, with_vector
from backend.calibration.known import KnownPairs
from graph_schema.arrays import Bools, Floats
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.shared_file import put

FOLDER = "weights"
FOLDS = 5
LEAST_PAIRS, LEAST_BUYERS = 20, 10
"""With fewer known suppliers or buyers a fit would learn the few by heart."""
_BINS = 10


@dataclass(frozen=True)
class Quality:
    """How good scores are on pairs they were not fitted to."""

    log_loss: float
    calibration_error: float
    precision: float | None  # above 0.5
    recall: float | None


@dataclass(frozen=True)
class CalibrationReport:
    """What was known, and how the published and the fitted weights do on buyers held out."""

    pairs: int
    right: int
    buyers: int
    published: Quality
    fitted: Quality
    weights: Weights

    @property
    def better(self) -> bool:
        """Whether the fitted weights explain held-out buyers better than the published ones."""
        return self.fitted.log_loss < self.published.log_loss


def calibrate(facts: Facts, known: KnownPairs, name: str) -> CalibrationReport:
    """Fit to ``known``; the figures are from five folds, all pairs of one buyer in the same fold.

    Raises ``InputError`` where too little is known to fit anything.
    """
    published = default_weights()
    scored, same = scored_supplies(facts, published)  # as a run scores them
    of = {each.person: each.counted_as for each in same if each.number is None}
    pairs = {(of.get(one, one), of.get(other, other)): right for (one, other), right in known.items()}
    found = examples(scored, pairs)
    buyers = np.unique(found.buyer)
    right = int(found.right.sum())
    if right < LEAST_PAIRS or len(buyers) < LEAST_BUYERS:
        raise InputError(
            Text(
                f"已知的供货关系太少：{right} 对、{len(buyers)} 名下家；至少需要 {LEAST_PAIRS} 对、"
                f"{LEAST_BUYERS} 名。",
                f"Too few known supplies: {right} of {len(buyers)} buyers; at least {LEAST_PAIRS} of "
                f"{LEAST_BUYERS} are needed.",
            )
        )
    start = vector(published, found.names)
    held = np.zeros(len(found))
    fold = np.searchsorted(buyers, found.buyer) % FOLDS
    for k in range(FOLDS):
        out = fold == k
        if out.any():
            held[out] = probabilities(found.part(out), fitted(found.part(~out), start))
    source = Text(
        f"由 {len(buyers)} 名下家的 {right} 对已知供货关系拟合",
        f"fitted to {right} known supplies of {len(buyers)} buyers",
    )
    final = with_vector(published, found.names, fitted(found, start), f"{published.version}+{name}", source)
    return CalibrationReport(
        pairs=len(found),
        right=right,
        buyers=len(buyers),
        published=quality(probabilities(found, start), found.right),
        fitted=quality(held, found.right),
        weights=final,
    )


def quality(score: Floats, right: Bools) -> Quality:
    """Log loss, calibration error in ten bins, precision and recall above 0.5."""
    safe = np.clip(score, 1e-6, 1 - 1e-6)
    bins = np.minimum((score * _BINS).astype(int), _BINS - 1)
    error = sum(abs(float(score[bins == b].sum()) - int(right[bins == b].sum())) for b in range(_BINS))
    above = score >= 0.5
    return Quality(
        log_loss=round(float(-np.mean(np.where(right, np.log(safe), np.log(1 - safe)))), 4),
        calibration_error=round(error / len(score), 4),
        precision=round(float(right[above].mean()), 4) if above.any() else None,
        recall=round(float(above[right].mean()), 4) if right.any() else None,
    )


def named_weights(home: Path, name: str) -> Weights:
    """The weights of a calibration, by its name in ``home`` or as the path of a file."""
    path = home / FOLDER / f"{name}.yaml"
    if not path.is_file():
        path = Path(name)
    if not path.is_file():
        raise InputError(Text(f"没有权重 {name}", "There are no weights of that name"))
    return load_weights(path)


def write_weights(weights: Weights, path: Path) -> None:
    """Write a weight file in the form of the published one."""

    def entry(name: str) -> dict[str, object]:
        shown = weights.signals[name].shown()
        del shown["name"]
        return shown

    bias = {
        kind: {"first": b.first, "second": b.second}
        for kind, b in (("retail", weights.retail), ("restock", weights.restock))
    }
    body = {
        "version": weights.version,
        "bias": bias,
        "chain": asdict(weights.arrival),
        "signals": {name: entry(name) for name in weights.signals},
    }
    put(path, yaml.safe_dump(body, allow_unicode=True, sort_keys=False))


__all__ = [
    "CalibrationReport",
    "Examples",
    "Quality",
    "calibrate",
    "named_weights",
    "quality",
    "write_weights",
]
