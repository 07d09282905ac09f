"""The rooms of viz/: what is said, what is shown, where it stands, how it is written; each needs only those before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

VIZ = Path(__file__).parents[2] / "viz"
MAY_IMPORT = {
    "text": {"text"},
    "model": {"model", "text"},
    "layouts": {"layouts", "model", "text"},
    "scene": {"scene", "layouts", "model", "text"},
    "render": {"render", "scene", "layouts", "model", "text"},
    "builders": {"builders", "model", "text"},
    "report": {"report", "render", "model", "text"},
}


def imported(path: Path) -> Iterator[str]:
    """Rooms of viz a file imports from."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "viz" else [f"viz.{each.name}" for each in node.names]
        yield from (name.split(".")[1] for name in names if name.startswith("viz."))


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_needs_only_rooms_before_it(room: str) -> None:
    """Trap: a circle of rooms behind files that have none: then neither can be read, or used, alone."""
    files = list((VIZ / room).glob("*.py"))
    assert len(files) > 1
    wrong = {
        f"{path.name} imports {each}"
        for path in files
        for each in imported(path)
        if each not in MAY_IMPORT[room]
    }
    assert wrong == set()


def test_every_file_has_a_room() -> None:
    """Trap: the next file beside the rooms, as the first of thirty."""
    assert [path.name for path in VIZ.glob("*.py")] == ["__init__.py"]
    rooms = {path.parent.name for path in VIZ.glob("*/*.py")}
    assert rooms == set(MAY_IMPORT)
