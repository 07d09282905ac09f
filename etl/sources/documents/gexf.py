"""GEXF of Gephi and networkx: attributes by title, links with weight and, in dynamic graphs, their time."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from etl.reading.grid import RawSheet
from etl.reading.limits import ReadLimits
from etl.reading.xml import attribute, default_of, elements, local
from etl.sources.documents import FirstLook
from etl.sources.documents._graph import UNSTATED, Link, Node, own_properties, sheets, way_of
from etl.sources.documents._names import kind_of, time_of
from etl.storage.facts import FileOrigin
from graph_schema.xmltext import unescaped

TITLE = ("GEXF", "GEXF")
SAMPLE = (
    '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="directed">',
    '<nodes><node id="1" label="章一凡"><attvalues><attvalue for="kind" value="person"/></attvalues></node></nodes>',
    '<edges><edge id="e1" source="1" target="2" label="KNOWS" weight="2"/></edges></graph></gexf>',
)
_Titles = dict[tuple[str, str], str]


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    return seen.kind == "xml" and seen.root is not None and seen.root.name == "gexf"


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    titles = {
        (attribute(group, "class"), attribute(each, "id")): attribute(each, "title", "id")
        for group in elements(path, {"attributes"})
        for each in group
    }
    return sheets(path, partial(_nodes, path, titles), partial(_links, path, titles), limits)


def _values(element: ET.Element, part: str, titles: _Titles) -> dict[str, str]:
    return {
        titles.get((part, attribute(value, "for")), attribute(value, "for")): attribute(value, "value")
        for child in element
        if local(child.tag) == "attvalues"
        for value in child
    }


def _nodes(path: Path, titles: _Titles) -> Iterator[Node]:
    for element in elements(path, {"node"}):
        said = _values(element, "node", titles)
        ident, kind = attribute(element, "id"), kind_of(said)
        own = own_properties(kind, said, unescaped(ident))
        if own is not None:
            yield Node(unescaped(ident), kind, own=own)
        else:
            yield Node(ident, kind, attribute(element, "label"), element.get("start") or time_of(said), said)


def _links(path: Path, titles: _Titles) -> Iterator[Link]:
    usual = default_of(path, "graph", "defaultedgetype")
    for element in elements(path, {"edge"}):
        said = _values(element, "edge", titles)
        start, end, ident = (attribute(element, name) for name in ("source", "target", "id"))
        kind = kind_of(said) or attribute(element, "kind", "label")
        own = own_properties(kind, said)
        if own is not None:
            yield Link(unescaped(start), unescaped(end), kind, unescaped(ident), own=own)
        else:
            label = attribute(element, "label")
            at = element.get("start") or element.get("timestamp") or time_of(said)
            weight = attribute(element, "weight")
            stated = element.get("type") or usual
            way = way_of(stated) if stated else UNSTATED
            yield Link(start, end, kind, ident, "" if label == kind else label, at, weight, said, way=way)
