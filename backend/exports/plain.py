"""One JSON document ``{"nodes": […], "relationships": […], "about": …}``, written as it is read: memory stays flat."""

from __future__ import annotations

from pathlib import Path

import orjson

from backend.exports.elements import Elements
from backend.exports.text import NOTE


def write_json(elements: Elements, path: Path) -> int:
    """Write the elements and return how many."""
    count = 0
    with path.open("wb") as out:
        out.write(b'{"nodes":[\n')
        for node in elements.nodes():
            body = {"id": node.id, "label": node.label, "properties": node.props}
            out.write((b",\n" if count else b"") + orjson.dumps(body))
            count += 1
        out.write(b'\n],"relationships":[\n')
        nodes = count
        for edge in elements.edges():
            body = {
                "id": edge.id,
                "type": edge.type,
                "start": edge.start,
                "end": edge.end,
                "properties": edge.props,
            }
            out.write((b",\n" if count > nodes else b"") + orjson.dumps(body))
            count += 1
        out.write(b'\n],"about":' + orjson.dumps(" ".join(NOTE)) + b"}\n")
    return count
