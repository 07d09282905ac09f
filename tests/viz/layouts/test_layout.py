"""Positions: upstream on top, nothing overlaps, always the same."""

from __future__ import annotations

import itertools

import pytest

from tests.viz import samples
from viz.layouts.layout import chain_levels
from viz.layouts.roles import isotonic
from viz.model.drawing import Drawing, Edge, Node
from viz.model.marks import Extent
from viz.scene.routing import bows, control_point, curve_point
from viz.scene.scene import Scene, build_scene


def overlapping(boxes: list[Extent]) -> list[tuple[int, int]]:
    return [
        (a, b)
        for (a, p), (b, q) in itertools.combinations(enumerate(boxes), 2)
        if p[0] < q[2] - 0.5 and q[0] < p[2] - 0.5 and p[1] < q[3] - 0.5 and q[1] < p[3] - 0.5
    ]


def boxes(scene: Scene) -> list[Extent]:
    found = []
    for shape, (x, y) in zip(scene.shapes, scene.points, strict=True):
        left, top, right, bottom = shape.extent
        found.append((left + x, top + y, right + x, bottom + y))
    return found


@pytest.mark.parametrize("layout", ["roles", "force"])
@pytest.mark.parametrize("n", [1, 2, 7, 20, 60, 200])
def test_no_names_overlap(layout: str, n: int) -> None:
    """Trap: two names on top of each other; nobody can say which one is meant."""
    assert overlapping(boxes(build_scene(samples.network(n, layout)))) == []


@pytest.mark.parametrize(
    "sample", [samples.gang(), samples.gang("en"), samples.neighbourhood(), samples.chain()]
)
def test_no_names_overlap_on_the_usual_drawings(sample: Drawing) -> None:
    """Trap: long English role words and identifiers, which need more room than two characters."""
    scene = build_scene(sample)
    cards = [(card.x, card.y, card.x + card.w, card.y + card.h) for card in scene.cards]
    assert overlapping([*boxes(scene), *cards]) == []


def test_five_hundred_nodes_have_no_overlap() -> None:
    """Trap: the largest gang drawn as a blot."""
    assert overlapping(boxes(build_scene(samples.network(500)))) == []


def test_hierarchy_puts_organisers_over_wholesalers_over_retailers_over_users() -> None:
    """Trap: up must be upstream."""
    drawing = samples.network(60)
    scene = build_scene(drawing)
    of = {
        role: [y for (_, y), node in zip(scene.points, drawing.nodes, strict=True) if node.role == role]
        for role in ("organiser", "wholesaler", "retailer", "user")
    }
    rows = list(of.values())
    assert all(max(above) < min(below) for above, below in itertools.pairwise(rows))


def test_unknown_supplier_stands_above_his_buyer() -> None:
    """Trap: an unknown upline put among the users because he has no role."""
    drawing = samples.gang()
    scene = build_scene(drawing)
    y = {node.id: point[1] for node, point in zip(drawing.nodes, scene.points, strict=True)}
    assert y["p-unknown"] < y["p-乙二"]


def test_chain_runs_from_the_packet_case_up() -> None:
    """Trap: a chain upside down."""
    drawing = samples.chain()
    scene = build_scene(drawing)
    y = {node.id: point[1] for node, point in zip(drawing.nodes, scene.points, strict=True)}
    order = [
        "case 9901-2026-0417",
        "p-己三",
        "p-丙二",
        "p-乙二",
        "p-unknown",
        "p-甲一",
        "case 9901-2026-0302",
    ]
    assert all(y[lower] > y[upper] for lower, upper in itertools.pairwise(order))


def test_each_card_stands_between_its_two_persons() -> None:
    """Trap: the amount of one hop read as that of the next."""
    drawing = samples.chain()
    scene = build_scene(drawing)
    y = {node.id: point[1] for node, point in zip(drawing.nodes, scene.points, strict=True)}
    assert len(scene.cards) == 4
    for card in scene.cards:
        edge = drawing.edges[card.edge]
        upper, lower = sorted((y[edge.source], y[edge.target]))
        assert upper < card.y
        assert card.y + card.h < lower


def test_levels_follow_supply_payment_and_statement() -> None:
    """Trap: money climbs and goods come down; both must lead to the same row."""
    nodes = [Node(name, name) for name in "abc"]
    edges = [Edge("b", "a", "supply", derived=True), Edge("b", "c", "payment"), Edge("a", "b", "statement")]
    assert chain_levels(Drawing("t", "b", nodes, edges, "chain")) == [0, 1, 2]


def test_levels_end_when_supplies_run_in_a_circle() -> None:
    """Trap: cross-supply (串货) makes a circle, on which the longest path never ends."""
    nodes = [Node(name, name) for name in "abc"]
    edges = [Edge(a, b, "supply", derived=True) for a, b in ("ba", "cb", "ac")]
    assert sorted(chain_levels(Drawing("t", "b", nodes, edges, "chain"))) == [0, 1, 2]


def test_isotonic_regression() -> None:
    """Trap: pooling only neighbours; a late low value must pull down a whole block."""
    assert isotonic([1.0, 2.0, 3.0]) == [1.0, 2.0, 3.0]
    assert isotonic([3.0, 1.0]) == [2.0, 2.0]
    assert isotonic([1.0, 4.0, 4.0, 0.0]) == pytest.approx([1.0, 8 / 3, 8 / 3, 8 / 3])


def test_parallel_lines_bow_apart() -> None:
    """Trap: payment, call and parcel between the same two drawn as one line."""
    points = [(0.0, 0.0), (0.0, 200.0)]
    body = [(-10.0, -10.0, 10.0, 10.0)] * 2
    none = [(0.0, 0.0, 0.0, 0.0)] * 2
    ends = [(0, 1), (1, 0), (0, 1)]
    middles = []
    for (a, b), bow in zip(ends, bows(ends, points, body, none), strict=True):
        control = control_point(points[a], points[b], bow)
        middles.append(round(curve_point(points[a], control, points[b], 0.5)[0], 1))
    assert len(set(middles)) == 3


def test_a_line_goes_around_a_node_in_its_way() -> None:
    """Trap: a line through a third person seems to end or begin there."""
    points = [(0.0, 0.0), (100.0, 0.0), (200.0, 0.0)]
    body = [(-15.0, -15.0, 15.0, 15.0)] * 3
    none = [(0.0, 0.0, 0.0, 0.0)] * 3
    (bow,) = bows([(0, 2)], points, body, none)
    middle = curve_point(points[0], control_point(points[0], points[2], bow), points[2], 0.5)
    assert abs(middle[1]) > 18
