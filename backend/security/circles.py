"""Circles of readers: what the declaration marks with a circle exists for everybody and is readable for its circle alone.

Care (戒毒措施, 检测, 走访, proposed classes) is one: whoever works on cases sees that something is there and sealed;
care staff see no case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from backend.security.errors import Forbidden
from backend.security.rights import Right, rights
from etl.layouts.registry import layouts
from graph_schema.declaration import load_declaration
from graph_schema.language import Text
from graph_schema.store import Props, Viewer

NEEDED = {"care": Right.CARE}
"""The right that opens each circle."""
CARE_ITEM = "care:"
"""How the subject of a judgement about an item of care begins."""


def closed(viewer: Viewer, circle: str | None) -> bool:
    """Whether a circle is closed to a viewer; what belongs to none is open."""
    return circle is not None and NEEDED[circle] not in rights(viewer)


def open_to(viewer: Viewer, circle: str | None) -> None:
    """Raise ``Forbidden`` where a circle is closed to a viewer."""
    if closed(viewer, circle):
        raise Forbidden(Text("当前角色不能查看管控数据。", "Your role may not see care."))


def circle_of(kind: str, subjects: Iterable[str]) -> str | None:
    """The circle a judgement belongs to: a class of care, or an item of that noun; None for all others."""
    care = kind == "care" or (kind == "item" and any(each.startswith(CARE_ITEM) for each in subjects))
    return "care" if care else None


def sealed(viewer: Viewer, name: str, end: str | None = None) -> bool:
    """Whether a label or relationship type is closed to a viewer.

    A type that has a circle towards some ends only is closed for ``end`` where that is one of them; without ``end``
    it is not.
    """
    declaration = load_declaration()
    label = declaration.labels.get(name)
    rel = declaration.relationships.get(name)
    part = label or rel
    if part is None or not closed(viewer, part.circle):
        return False
    return rel is None or not rel.circle_ends or end in rel.circle_ends


def behind_seal(label: str, element_id: str) -> Props:
    """What may be said of a sealed node: that it is there. Its key would name the person or the day."""
    mark = hashlib.sha256(element_id.encode()).hexdigest()[:12]
    return {load_declaration().labels[label].key: f"sealed-{mark}"}


def sealed_rows(viewer: Viewer, kind: str) -> bool:
    """Whether rows of a kind of table tell of something that is closed to a viewer."""
    name = kind.removeprefix("hand_entry/").partition("/")[0]
    layout = layouts().get(name)
    return layout is not None and any(node.label and sealed(viewer, node.label) for node in layout.nodes)
