"""How long a chart runs on the average until it signals: in control that is how rarely it is wrong.

The chain of states follows Brook and Evans (1972); values as in Lucas and Saccucci (1990).
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from scipy.stats import norm

_STATES = 201


@cache
def ewma(weight: float, limit: float, single: float = math.inf, shift: float = 0.0) -> float:
    """Two-sided EWMA with ``limit`` in its own standard deviations, joined by a limit for the single sample."""
    edge = limit * math.sqrt(weight / (2 - weight))
    width = 2 * edge / _STATES
    centres = -edge + width * (np.arange(_STATES) + 0.5)
    low, high = (
        np.clip((centres[None, :] + side - (1 - weight) * centres[:, None]) / weight, -single, single)
        for side in (-width / 2, width / 2)
    )
    return _steps(norm.cdf(high - shift) - norm.cdf(low - shift), _STATES // 2)


@cache
def cusum(slack: float, limit: float, shift: float = 0.0) -> float:
    """Two-sided CUSUM: the run lengths of both sides add as rates."""
    up, down = _one_side(slack, limit, shift), _one_side(slack, limit, -shift)
    return 1 / (1 / up + 1 / down)


def shewhart(limit: float, shift: float = 0.0) -> float:
    """A single sample against a limit on both sides."""
    return 1 / float(norm.sf(limit - shift) + norm.cdf(-limit - shift))


def pair(single: float, twice: float) -> float:
    """A single sample against one limit, and two in succession on one side against a lower one."""
    twice = min(twice, single)
    inside = 1 - 2 * float(norm.sf(twice))
    beyond = float(norm.sf(twice) - norm.sf(single))
    after = np.array([[1 - inside, -2 * beyond], [-inside, 1 - beyond]])
    return float(np.linalg.solve(after, np.ones(2))[0])


def _one_side(slack: float, limit: float, shift: float) -> float:
    width = 2 * limit / (2 * _STATES - 1)
    at = width * np.arange(_STATES)
    move = at[None, :] - at[:, None] + slack - shift
    chance = norm.cdf(move + width / 2) - norm.cdf(move - width / 2)
    chance[:, 0] = norm.cdf(move[:, 0] + width / 2)
    return _steps(chance, 0)


def _steps(chance: np.ndarray[tuple[int, int], np.dtype[np.float64]], start: int) -> float:
    """Mean number of steps until the chain leaves its states."""
    return float(np.linalg.solve(np.eye(len(chance)) - chance, np.ones(len(chance)))[start])
