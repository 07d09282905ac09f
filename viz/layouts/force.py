"""The free layout: springs and repulsion from a fixed seed, then labels pushed apart until none overlap.

After Fruchterman and Reingold, "Graph Drawing by Force-directed Placement", Software: Practice and Experience
21 (1991), with a pull to the middle so that unconnected parts do not drift away. Distance on such a picture
means nothing, which the legend says.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graph_schema.arrays import Floats, Ints
from viz.model.drawing import Drawing, Point
from viz.model.marks import NodeShape

SEED = 7
STEPS = 250
SPRING = 96.0  # wished length of a line in px
MARGIN = 10.0


def force_positions(drawing: Drawing, shapes: Sequence[NodeShape]) -> list[Point]:
    """Points of all nodes; the same drawing gives the same points."""
    n = len(drawing.nodes)
    index = {node.id: i for i, node in enumerate(drawing.nodes)}
    pairs = {
        (min(index[e.source], index[e.target]), max(index[e.source], index[e.target]))
        for e in drawing.edges
        if e.source in index and e.target in index and e.source != e.target
    }
    ends = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    points = _springs(n, ends)
    boxes = np.array([shape.extent for shape in shapes], dtype=np.float64).reshape(n, 4)
    points = push_apart(points - points.mean(axis=0), boxes)
    return [(round(float(x), 1), round(float(y), 1)) for x, y in points]


def _springs(n: int, ends: Ints) -> Floats:
    rng = np.random.default_rng(SEED)
    points: Floats
    angle = np.arange(n) * 2.399963  # golden angle: an even start whatever n is
    points = (
        np.sqrt(np.arange(n) + 0.5)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1) * SPRING * 0.6
    )
    points += rng.normal(0.0, 1.0, points.shape)
    heat = SPRING * np.sqrt(n) / 4
    for step in range(STEPS):
        delta = points[:, None, :] - points[None, :, :]
        square = np.maximum((delta**2).sum(axis=2), 1.0)
        move = (delta * (SPRING**3 / square**1.5)[:, :, None]).sum(axis=1)
        if len(ends):
            along = points[ends[:, 0]] - points[ends[:, 1]]
            pull = along * (np.sqrt((along**2).sum(axis=1)) / SPRING)[:, None]
            np.subtract.at(move, ends[:, 0], pull)
            np.add.at(move, ends[:, 1], pull)
        move -= points * 0.04
        length = np.maximum(np.sqrt((move**2).sum(axis=1)), 1e-9)
        limit = heat * (1 - step / STEPS) + 0.5
        points = points + move / length[:, None] * np.minimum(length, limit)[:, None]
    return points


def push_apart(points: Floats, boxes: Floats, rounds: int = 400) -> Floats:
    """Move nodes until the boxes (left, top, right, bottom around each point) leave MARGIN between them."""
    points = points.copy()
    half = (boxes[:, 2:] - boxes[:, :2]) / 2 + MARGIN / 2
    shift = (boxes[:, 2:] + boxes[:, :2]) / 2
    need = half[:, None, :] + half[None, :, :]
    order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])
    for turn in range(rounds):
        delta = (points + shift)[:, None, :] - (points + shift)[None, :, :]
        over = need - np.abs(delta)
        np.fill_diagonal(over[:, :, 0], 0.0)
        hit = np.asarray(np.all(over > 1e-6, axis=2))
        if not hit.any():
            break
        sideways = over[:, :, 0] < over[:, :, 1]
        sign = np.where(delta == 0, order[:, :, None], np.sign(delta))
        step = sign * over * 0.5 * hit[:, :, None]
        step[:, :, 0] *= sideways
        step[:, :, 1] *= ~sideways
        points += step.sum(axis=1) / np.maximum(hit.sum(axis=1), 1)[:, None] * 1.02
        if turn % 50 == 49:
            points *= 1.12
    return points
