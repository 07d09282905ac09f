"""GraphML: nodes and edges with typed keys (networkx, yEd, Gephi, Upline's own export)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from etl.reading.grid import RawSheet
from etl.reading.limits import ReadLimits
from etl.reading.xml import attribute, default_of, elements, local
from etl.sources.documents import FirstLook
from etl.sources.documents._graph import BOTH, UNDIRECTED, Link, Node, own_properties, sheets, way_of
from etl.sources.documents._names import kind_of, time_of, title_of, weight_of
from etl.storage.facts import FileOrigin
from graph_schema.xmltext import unescaped

TITLE = ("GraphML", "GraphML")
SAMPLE = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="d0" for="node" attr.name="type" attr.type="string"/>',
    '<graph edgedefault="directed"><node id="13900001234"><data key="d0">phone</data></node>',
    '<edge source="13900001234" target="p1"/></graph></graphml>',
)


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    return seen.kind == "xml" and seen.root is not None and seen.root.name == "graphml"


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    names = {attribute(key, "id"): attribute(key, "attr.name", "id") for key in elements(path, {"key"})}
    return sheets(path, partial(_nodes, path, names), partial(_links, path, names), limits)


def _data(element: ET.Element, names: dict[str, str]) -> dict[str, str]:
    """The attributes of a node or edge by name; what stands inside deeper markup (yEd) as its plain words."""
    found = {}
    for child in element:
        if local(child.tag) == "data":
            name = names.get(attribute(child, "key"), attribute(child, "key"))
            text = (
                child.text
                if not len(child)
                else " ".join(part.strip() for part in child.itertext() if part.strip())
            )
            found[name] = text or ""
    return found


def _nodes(path: Path, names: dict[str, str]) -> Iterator[Node]:
    for element in elements(path, {"node"}):
        said = _data(element, names)
        ident, kind = unescaped(attribute(element, "id")), kind_of(said, "label")
        own = own_properties(said.get("label", ""), said, ident)
        if own is not None:
            yield Node(ident, said["label"], own=own)
        else:
            yield Node(attribute(element, "id"), kind, title_of(said), time_of(said), said)


def _links(path: Path, names: dict[str, str]) -> Iterator[Link]:
    usual = way_of(default_of(path, "graph", "edgedefault"))
    for element in elements(path, {"edge"}):
        said = _data(element, names)
        kind = said.get("type", "")
        own = own_properties(kind, said)
        start, end, ident = (attribute(element, name) for name in ("source", "target", "id"))
        if own is not None:
            yield Link(unescaped(start), unescaped(end), kind, unescaped(ident), own=own)
            continue
        kind, text = kind_of(said, "label"), title_of(said)
        arrows = _arrows(element)
        if arrows == "back":
            start, end = end, start
        stated = element.get("directed")
        way = usual if stated is None else way_of(stated)
        title = "" if text == kind else text
        at, weight = time_of(said), weight_of(said)
        yield Link(
            start, end, kind, ident, title, at, weight, said, way="" if arrows == "back" else way or arrows
        )


def _arrows(element: ET.Element) -> str:
    """What the arrows of yEd say: none at all, at both ends, or only ``back`` at the source."""
    drawn = next((part for part in element.iter() if local(part.tag) == "Arrows"), None)
    if drawn is None:
        return ""
    source, target = (attribute(drawn, name).lower() not in {"", "none"} for name in ("source", "target"))
    if source and target:
        return BOTH
    return "back" if source else "" if target else UNDIRECTED
