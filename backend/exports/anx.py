"""i2 Analyst's Notebook exchange (ANX): entities and links with attributes, ids by reference."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

from backend.answers.shape import caption, time_text
from backend.exports.elements import Edge, Elements, Node
from backend.exports.text import NOTE, to_text

ICONS = {
    "Person": "Person",
    "Phone": "Phone",
    "Device": "Phone",
    "Account": "Account",
    "Case": "Case",
    "Vehicle": "Car",
    "Parcel": "Parcel",
    "Place": "Place",
    "Company": "Office",
}
_STRENGTHS = (
    '<StrengthCollection><Strength Name="Confirmed" DotStyle="DotStyleSolid"/>'
    '<Strength Name="Unconfirmed" DotStyle="DotStyleDashed"/></StrengthCollection>\n'
)
"""A supply or membership nobody confirmed is a dashed line, as Analyst's Notebook draws the unconfirmed."""
_ATTRIBUTE_TYPES = {"integer": "AttNumber", "float": "AttNumber", "boolean": "AttFlag"}


def write_anx(elements: Elements, path: Path) -> int:
    """Write the elements as one chart and return how many; attributes are named ``Label.property``."""
    count = 0
    declaration = elements.declaration
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<Chart IdReferenceLinking="false">\n'
            f"{_STRENGTHS}<AttributeClassCollection>\n"
        )
        for part in (
            *(declaration.labels[name] for name in elements.labels()),
            *(declaration.relationships[name] for name in elements.types()),
        ):
            for name, prop in part.properties.items():
                kind = "AttText" if prop.unit == "ms" else _ATTRIBUTE_TYPES.get(prop.type, "AttText")
                out.write(f'<AttributeClass Name="{part.name}.{name}" Type="{kind}"/>\n')
        out.write("</AttributeClassCollection>\n<EntityTypeCollection>\n")
        for name in elements.labels():
            out.write(f'<EntityType Name="{name}" IconFile="{ICONS.get(name, "General")}"/>\n')
        out.write("</EntityTypeCollection>\n<LinkTypeCollection>\n")
        for name in elements.types():
            out.write(f'<LinkType Name="{name}"/>\n')
        out.write("</LinkTypeCollection>\n<ChartItemCollection>\n")
        for node in elements.nodes():
            out.write(_entity(node, count))
            count += 1
        for edge in elements.edges():
            out.write(_link(edge))
            count += 1
        out.write(f"</ChartItemCollection>\n{_summary()}</Chart>\n")
    return count


def _summary() -> str:
    """Title and comments of the chart, where Analyst's Notebook shows them: that it holds candidates."""
    fields = (("Title", "溯链 Upline"), ("Comments", " ".join(NOTE)))
    listed = "".join(f'<Field Type="SummaryField{kind}" Field={quoteattr(text)}/>' for kind, text in fields)
    return f"<Summary><FieldCollection>{listed}</FieldCollection></Summary>\n"


def _entity(node: Node, place: int) -> str:
    """An entity on a plain grid: a chart needs positions, and a grid claims nothing."""
    key = quoteattr(to_text(node.id))
    x, y = (place % 40) * 100, (place // 40) * 100
    label = quoteattr(to_text(caption(node.label, node.props)))
    return (
        f'<ChartItem Label={label} XPosition="{x}"><End X="{x}" Y="{y}"><Entity EntityId={key} Identity={key}>'
        f'<Icon><IconStyle Type="{node.label}"/></Icon></Entity></End>{_attributes(node.label, node.props)}</ChartItem>\n'
    )


def _link(edge: Edge) -> str:
    at = time_text(edge.props.get("at"))
    when = f' DateTime="{at[:19]}" DateSet="true" TimeSet="true"' if at else ""
    status = edge.props.get("status")
    sure = f' Strength="{"Confirmed" if status == "confirmed" else "Unconfirmed"}"' if status else ""
    return (
        f"<ChartItem Label={quoteattr(to_text(edge.id))}{when}><Link End1Id={quoteattr(to_text(edge.start))} "
        f'End2Id={quoteattr(to_text(edge.end))}><LinkStyle Type="{edge.type}" ArrowStyle="ArrowOnHead" '
        f'MlStyle="MultiplicityMultiple"{sure}/></Link>{_attributes(edge.type, edge.props)}</ChartItem>\n'
    )


def _attributes(kind: str, props: object) -> str:
    assert isinstance(props, dict)
    listed = "".join(
        f'<Attribute AttributeClass="{kind}.{name}" Value={quoteattr(to_text(value))}/>'
        for name, value in props.items()
    )
    return f"<AttributeCollection>{listed}</AttributeCollection>"
