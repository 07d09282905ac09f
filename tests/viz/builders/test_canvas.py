"""A canvas on paper: every object where the user left it, room between them, gangs in hulls."""

from __future__ import annotations

import pytest

from viz.builders.canvas import ROOM, canvas_drawing
from viz.render.static import render_svg
from viz.scene.hulls import convex
from viz.scene.scene import build_scene


def node(name: str, x: float, y: float, **more: object) -> dict[str, object]:
    fixed = {
        "id": name,
        "label": "Person",
        "caption": name,
        "role": "retailer",
        "named": True,
        "confirmed": False,
    }
    return fixed | {"gang": None, "x": x, "y": y} | more


def test_places_are_kept_up_to_one_factor() -> None:
    """Trap: a picture laid out anew, in which nobody finds what he arranged."""
    nodes = [node("甲", 0, 0), node("乙", 10, 0), node("丙", 0, 20)]
    points = build_scene(canvas_drawing(nodes, [], title="t")).points
    across, down = points[1][0] - points[0][0], points[2][1] - points[0][1]
    assert across >= ROOM - 0.2 and down == pytest.approx(2 * across, abs=0.3)
    assert points[1][1] == points[0][1] and points[2][0] == points[0][0]


def test_objects_on_one_spot_are_drawn() -> None:
    """Trap: a division by the distance of two objects that stand on each other."""
    twice = [node("甲", 5, 5), node("乙", 5, 5)]
    edges = [{"from": 0, "to": 1, "type": "CALLED", "count": 2, "fen": None, "score": None, "derived": False}]
    assert "乙" in render_svg(canvas_drawing(twice, edges, title="t"))


def test_a_gang_is_dashed_until_all_of_it_is_confirmed() -> None:
    """Trap: one confirmed member makes the gang look decided."""
    some = [node(n, i * 50, i % 2 * 50, gang="G-1", confirmed=i > 0) for i, n in enumerate("甲乙丙")]
    assert "团伙候选 G-1" in render_svg(canvas_drawing(some, [], title="t"))
    every = [each | {"confirmed": True} for each in some]
    assert "团伙 G-1（已确认" in render_svg(canvas_drawing(every, [], title="t"))


def test_hull_of_a_line_and_of_a_square() -> None:
    """Trap: members in one line, of which no area can be made."""
    assert convex([(0, 0), (1, 0), (2, 0)]) == [(0, 0), (2, 0)]
    assert set(convex([(0, 0), (2, 0), (2, 2), (0, 2), (1, 1)])) == {(0, 0), (2, 0), (2, 2), (0, 2)}
