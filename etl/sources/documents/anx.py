"""i2 Analyst's Notebook exchange (ANX): entities and links of a chart with their attributes."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from etl.reading.grid import RawSheet
from etl.reading.limits import ReadLimits
from etl.reading.xml import attribute, elements, local
from etl.sources.documents import FirstLook
from etl.sources.documents._graph import Link, Node, own_properties, sheets, way_of
from etl.storage.facts import FileOrigin
from graph_schema.xmltext import unescaped

TITLE = ("i2 ANX", "i2 Analyst's Notebook exchange (ANX)")
SAMPLE = (
    '<Chart IdReferenceLinking="false"><ChartItemCollection>',
    '<ChartItem Label="13900001234"><End><Entity EntityId="E1" Identity="13900001234"><Icon><IconStyle Type="Phone"/>',
    "</Icon></Entity></End></ChartItem>",
    '<ChartItem Label="47 s" DateTime="2024-03-05T20:58:41" DateSet="true" TimeSet="true"><Link End1Id="E1" End2Id="E2">',
    '<LinkStyle Type="Call" ArrowStyle="ArrowOnHead"/></Link></ChartItem></ChartItemCollection></Chart>',
)


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    return seen.kind == "xml" and seen.root is not None and seen.root.name == "Chart"


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    return sheets(path, partial(_nodes, path), partial(_links, path), limits)


def _within(item: ET.Element, name: str) -> ET.Element | None:
    return next((part for part in item.iter() if local(part.tag) == name), None)


def _said(item: ET.Element) -> dict[str, str]:
    """Attributes by class, and what the item itself says beside its label."""
    found = {
        attribute(part, "AttributeClass"): attribute(part, "Value")
        for part in item.iter()
        if local(part.tag) == "Attribute" and part.get("AttributeClass")
    }
    for name in ("Description", "DateTimeDescription", "SourceReference", "SourceType"):
        if item.get(name):
            found[name] = attribute(item, name)
    return found


def _when(item: ET.Element) -> str:
    """The time of an item; its clock counts only where it was set."""
    text = attribute(item, "DateTime")
    if item.get("DateSet", "true").lower() == "false":
        return ""
    return text if item.get("TimeSet", "true").lower() != "false" else text[:10]


def _nodes(path: Path) -> Iterator[Node]:
    for item in elements(path, {"ChartItem"}):
        entity = _within(item, "Entity")
        if entity is None:
            continue
        style = next(
            (part for part in entity.iter() if local(part.tag).endswith("Style") and part.get("Type")), None
        )
        kind = "" if style is None else attribute(style, "Type")
        ident = entity.get("EntityId") or entity.get("Identity") or attribute(item, "Id")
        said = _said(item)
        own = own_properties(kind, said, unescaped(ident))
        if own is not None:
            yield Node(unescaped(ident), kind, own=own)
            continue
        if entity.get("Identity") and entity.get("Identity") != ident:
            said["identity"] = attribute(entity, "Identity")
        yield Node(ident, kind, attribute(item, "Label"), _when(item), said)


def _links(path: Path) -> Iterator[Link]:
    for item in elements(path, {"ChartItem"}):
        link = _within(item, "Link")
        if link is None:
            continue
        style = _within(link, "LinkStyle")
        kind = "" if style is None else attribute(style, "Type")
        arrow = "" if style is None else attribute(style, "ArrowStyle")
        ends = (
            attribute(link, "End1Id", "End1Reference"),
            attribute(link, "End2Id", "End2Reference"),
        )
        said, label = _said(item), attribute(item, "Label")
        own = own_properties(kind, said)
        if own is not None:
            yield Link(unescaped(ends[0]), unescaped(ends[1]), kind, unescaped(label), own=own)
            continue
        if arrow == "ArrowOnTail":
            ends = (ends[1], ends[0])
        ident = link.get("LinkId") or attribute(item, "Id")
        way = way_of(arrow or "ArrowNone")  # without a style i2 draws a plain line
        yield Link(*ends, kind, ident, "" if label == kind else label, _when(item), "", said, way=way)
