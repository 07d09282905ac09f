"""A canvas on paper: every object where the user left it, room between them, gangs in hulls."""

from __future__ import annotations

from typing import get_args

import pytest

from backend.contract.charts import OwnIcon, Pen
from viz.builders.canvas import ROOM, canvas_drawing
from viz.model.icons import PATHS
from viz.model.marks import Box, Outline
from viz.model.theme import PENS
from viz.render.static import render_svg
from viz.scene.hand import extents
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


def drawn(kind: str, **more: object) -> dict[str, object]:
    fixed = {"id": kind, "kind": kind, "x": 0.0, "y": 0.0, "w": 400.0, "h": 20.0, "text": "", "pen": "red"}
    return fixed | {"size": 10.0, "icon": None, "on": None, "to": None} | more


def test_what_is_drawn_by_hand_grows_with_the_places() -> None:
    """Trap: names find room on paper, and the frame around three people stays where it is and holds none of them."""
    nodes = [node("甲", 0, 0), node("乙", 10, 0), node("丙", 0, 10)]
    frame = drawn("frame", x=-5.0, y=-5.0, w=20.0, h=20.0, text="例溪一组")
    scene = build_scene(canvas_drawing(nodes, [], title="t", marks=[frame]))
    box = next(mark for mark in scene.below if isinstance(mark, Box))
    assert all(box.x < x < box.x + box.w and box.y < y < box.y + box.h for x, y in scene.points)
    left, top, right, bottom = scene.extent
    assert left <= box.x and right >= box.x + box.w and bottom >= box.y + box.h
    assert top < box.y, "the title is on the paper too"


def test_paper_holds_what_was_written_and_says_that_it_is_no_finding() -> None:
    """Trap: an arrow somebody drew reads as a relation of the analysis; a text becomes markup; lines run together."""
    nodes = [node("甲", 0, 0, pen="blue", icon="car"), node("乙", 200, 0)]
    marks = [
        drawn("text", text="先查 <b>微信</b>\n再传唤"),
        drawn("note", text="便签一", on="甲"),
        drawn("note", text="不在图上", on="丁"),
        drawn("arrow", text="送货", on="甲", to="乙"),
        drawn("icon", text="住处", icon="home", w=30.0),
    ]
    picture = render_svg(canvas_drawing(nodes, [], title="t", marks=marks))
    for text in ("&lt;b&gt;", ">再传唤<", ">便签一<", ">送货<", ">住处<", "手工标注"):
        assert text in picture
    assert "不在图上" not in picture
    assert "手工标注" not in render_svg(canvas_drawing([node("甲", 0, 0)], [], title="t"))
    english = render_svg(canvas_drawing(nodes, [], title="t", marks=marks, language="en"))
    assert "drawn by hand" in english


def test_an_arrow_ends_at_the_rim_of_its_objects() -> None:
    """Trap: the head of an arrow below the disc it points at."""
    nodes = [node("甲", 0, 0), node("乙", 200, 0)]
    scene = build_scene(canvas_drawing(nodes, [], title="t", marks=[drawn("arrow", on="甲", to="乙")]))
    line = next(mark for mark in scene.above if isinstance(mark, Outline))
    (x, _), (end, _) = (map(float, each.split()) for each in line.path[1:].split("L"))
    reach = scene.shapes[0].reach
    assert x > scene.points[0][0] + reach and end < scene.points[1][0] - reach


def test_icons_of_any_size_are_drawn() -> None:
    """Traps: an icon as large as its grid taken for a line, whose path is no points; one without a size."""
    for wide in (24.0, 0.0):
        marks = [drawn("icon", icon="home", w=wide), drawn("icon", id="b", icon="car", w=wide, x=90.0)]
        assert "<path" in render_svg(canvas_drawing([node("甲", 0, 0)], [], title="t", marks=marks))
    icon = Outline(0, 0, 24, PATHS["home"], "t1")
    assert extents([icon]) == [(0, 0, 24, 24)]


def test_icons_of_ones_own_all_have_an_outline() -> None:
    """Trap: an icon one may choose that the drawing does not know."""
    assert set(get_args(OwnIcon)) <= set(PATHS) and set(get_args(Pen)) == set(PENS)
