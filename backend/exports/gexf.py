"""GEXF 1.3: attributes by declared property; events carry their time, so that Gephi's timeline moves."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from backend.answers.shape import caption, time_text
from backend.exports.elements import Elements
from backend.exports.text import NOTE, to_text, xml_type

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'


def write_gexf(elements: Elements, path: Path) -> int:
    """Write the elements and return how many."""
    count = 0
    declaration = elements.declaration
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f"{_HEAD}<meta><description>{escape(' '.join(NOTE))}</description></meta>\n")
        out.write('<graph mode="dynamic" defaultedgetype="directed" timeformat="dateTime">\n')
        for domain, parts in (
            ("node", [declaration.labels[name] for name in elements.labels()]),
            ("edge", [declaration.relationships[name] for name in elements.types()]),
        ):
            out.write(
                f'<attributes class="{domain}" mode="static">\n<attribute id="kind" title="kind" type="string"/>\n'
            )
            for part in parts:
                for name, prop in part.properties.items():
                    key = f"{part.name}.{name}"
                    out.write(f'<attribute id="{key}" title="{key}" type="{xml_type(prop.type)}"/>\n')
            out.write("</attributes>\n")
        out.write("<nodes>\n")
        for node in elements.nodes():
            shown = caption(node.label, node.props)
            out.write(f"<node id={quoteattr(to_text(node.id))} label={quoteattr(to_text(shown))}>")
            out.write(_values(node.label, node.props) + "</node>\n")
            count += 1
        out.write("</nodes>\n<edges>\n")
        for edge in elements.edges():
            at = time_text(edge.props.get("at"))
            when = f' start="{at}" end="{at}"' if at else ""
            out.write(
                f"<edge id={quoteattr(to_text(edge.id))} source={quoteattr(to_text(edge.start))} "
                f"target={quoteattr(to_text(edge.end))} label={quoteattr(edge.type)}{when}>"
            )
            out.write(_values(edge.type, edge.props) + "</edge>\n")
            count += 1
        out.write("</edges>\n</graph>\n</gexf>\n")
    return count


def _values(kind: str, props: object) -> str:
    assert isinstance(props, dict)
    values = "".join(
        f'<attvalue for="{kind}.{name}" value={quoteattr(to_text(value))}/>' for name, value in props.items()
    )
    return f'<attvalues><attvalue for="kind" value="{kind}"/>{values}</attvalues>'
