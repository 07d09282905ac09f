"""The district and the analysis know nothing of each other."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ALLOWED = {*sys.stdlib_module_names, "numpy", "openpyxl"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


@pytest.mark.parametrize("path", sorted((ROOT / "backend/demo").rglob("*.py")), ids=lambda p: p.name)
def test_the_district_imports_nothing_of_ours(path: Path) -> None:
    """Trap: a constant shared with the analysis would let it pass by knowing the generator."""
    for name in imports(path):
        assert name.startswith("backend.demo") or name.partition(".")[0] in ALLOWED, name


@pytest.mark.parametrize("folder", ["backend/analysis", "etl", "graph_schema", "viz"])
def test_nothing_that_analyses_imports_the_district(folder: str) -> None:
    """Trap: an analysis that asks the generator."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        assert not [name for name in imports(path) if name.startswith("backend.demo")], path.name
