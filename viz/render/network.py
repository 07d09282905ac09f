"""The graph of a page: nodes, edges and options as pyvis builds them for vis-network."""

from __future__ import annotations

import json
from typing import Any

from pyvis.network import Network

from viz.model import theme
from viz.scene.scene import Line, Scene
from viz.text import measure

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "navigationButtons": False,
        "keyboard": {"enabled": False},
    },
    "nodes": {"chosen": False},
    "edges": {"chosen": False, "arrowStrikethrough": False, "selectionWidth": 0, "hoverWidth": 0},
}


def build_network(scene: Scene) -> Network:
    """One pyvis network of ``scene``: ids are n0, n1 … and e0, e1 …, never texts of the data.

    The discs are the ground that ends the lines; roles, rings, names and cards are marks the page draws
    on top.
    """
    network = Network(directed=True, cdn_resources="in_line")
    still = scene.drawing.layout == "chain"
    options = json.loads(json.dumps(OPTIONS))
    options["interaction"] |= {"dragNodes": not still, "dragView": not still, "zoomView": not still}
    network.set_options(json.dumps(options))
    tones = theme.LIGHT
    for i, (shape, (x, y)) in enumerate(zip(scene.shapes, scene.points, strict=True)):
        network.add_node(
            f"n{i}",
            label=measure.clean(scene.drawing.nodes[i].label) or " ",
            shape="square" if shape.square else "dot",
            color={"background": tones[shape.ground], "border": tones[shape.ground]},
            ground=shape.ground,
            size=shape.reach,
            borderWidth=0,
            x=x,
            y=y,
        )
    for line in scene.lines:
        network.add_edge(f"n{line.source}", f"n{line.target}", **_edge(line, tones))
    return network


def _edge(line: Line, tones: dict[str, str]) -> dict[str, Any]:
    kind = "curvedCW" if line.bow > 0 else "curvedCCW"
    smooth = {"enabled": True, "type": kind, "roundness": abs(line.bow)} if line.bow else {"enabled": False}
    # vis-network's arrow is 15 * scale + 3 * width long; this makes it as long as that of the SVG.
    scale = round(max(0.2, (7.0 - 0.8 * line.width) / 15), 3)
    return {
        "id": f"e{line.edge}",
        "color": {"color": tones[line.tone], "inherit": False},
        "tone": line.tone,
        "width": line.width,
        "dashes": list(line.dash) or False,
        "arrows": {"to": {"enabled": line.arrow, "scaleFactor": scale}},
        "smooth": smooth,
    }


def network_data(scene: Scene) -> dict[str, Any]:
    """Nodes, edges and options of the pyvis network as plain data."""
    nodes, edges, _, _, _, options = build_network(scene).get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}
