"""GraphML: typed keys for every declared property, ``label`` and ``type`` beside them."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from backend.exports.elements import Elements
from backend.exports.text import NOTE, to_text, xml_type

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'


def write_graphml(elements: Elements, path: Path) -> int:
    """Write the elements and return how many; keys are ``n.Label.property`` and ``e.TYPE.property``."""
    count = 0
    declaration = elements.declaration
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f"{_HEAD}<desc>{escape(' '.join(NOTE))}</desc>\n")
        out.write('<key id="label" for="node" attr.name="label" attr.type="string"/>\n')
        out.write('<key id="type" for="edge" attr.name="type" attr.type="string"/>\n')
        for letter, domain, parts in (
            ("n", "node", [declaration.labels[name] for name in elements.labels()]),
            ("e", "edge", [declaration.relationships[name] for name in elements.types()]),
        ):
            for part in parts:
                for name, prop in part.properties.items():
                    out.write(
                        f'<key id="{letter}.{part.name}.{name}" for="{domain}" attr.name="{part.name}.{name}" '
                        f'attr.type="{xml_type(prop.type)}"/>\n'
                    )
        out.write('<graph id="upline" edgedefault="directed">\n')
        for node in elements.nodes():
            data = "".join(
                f'<data key="n.{node.label}.{name}">{escape(to_text(value))}</data>'
                for name, value in node.props.items()
            )
            out.write(
                f'<node id={quoteattr(to_text(node.id))}><data key="label">{node.label}</data>{data}</node>\n'
            )
            count += 1
        for edge in elements.edges():
            data = "".join(
                f'<data key="e.{edge.type}.{name}">{escape(to_text(value))}</data>'
                for name, value in edge.props.items()
            )
            out.write(
                f"<edge id={quoteattr(to_text(edge.id))} source={quoteattr(to_text(edge.start))} "
                f'target={quoteattr(to_text(edge.end))}><data key="type">{edge.type}</data>{data}</edge>\n'
            )
            count += 1
        out.write("</graph>\n</graphml>\n")
    return count
