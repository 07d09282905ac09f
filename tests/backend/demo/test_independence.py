"""The makers of invented worlds and the analysis know nothing of each other."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ALLOWED = {*sys.stdlib_module_names, "numpy", "openpyxl", "PIL"}
MAKERS = ("backend/demo", "benchmarks/accuracy/elsewhere")
SHAPE = {"backend.demo.truth"}
"""What both makers share: the form in which truth is told, and nothing of how a world comes about."""
BODY = 40
"""Nodes of a syntax tree from which two equal function bodies are no accident."""


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def constants(folder: str) -> set[tuple[str, str]]:
    """Module constants of a folder that say something: name, without leading underscores, and value."""
    found = set()
    for path in files(folder):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    if isinstance(target, ast.Name):
                        found.add((target.id.lstrip("_"), ast.dump(node.value)))
    return found


def tables(folder: str) -> set[str]:
    """Numbers listed together (three or more, not all the same): hours, prices, weights."""
    found = set()
    for path in files(folder):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple | ast.List) and len(node.elts) >= 3:
                numbers = [e.value for e in node.elts if isinstance(e, ast.Constant)]
                numeric = all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers)
                if len(numbers) == len(node.elts) and numeric and len(set(numbers)) > 2:
                    found.add(repr(numbers))
    return found


def bodies(folder: str) -> set[str]:
    found = set()
    for path in files(folder):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and sum(1 for _ in ast.walk(node)) >= BODY:
                statements = [
                    s
                    for s in node.body
                    if not isinstance(s, ast.Expr) or not isinstance(s.value, ast.Constant)
                ]
                found.add("".join(ast.dump(s) for s in statements))
    return found


@pytest.mark.parametrize("path", files("backend/demo"), ids=lambda p: p.name)
def test_the_district_imports_nothing_of_ours(path: Path) -> None:
    """Trap: a constant shared with the analysis would let it pass by knowing the generator."""
    for name in imports(path):
        assert name.startswith("backend.demo") or name.partition(".")[0] in ALLOWED, name


@pytest.mark.parametrize("path", files("benchmarks/accuracy/elsewhere"), ids=lambda p: p.name)
def test_the_second_maker_knows_neither_the_first_nor_the_analysis(path: Path) -> None:
    """Trap: a held-out world that borrows the habits of the district it is to be checked against."""
    for name in imports(path):
        own = name.startswith("benchmarks.accuracy.elsewhere")
        assert own or name in SHAPE or name.partition(".")[0] in ALLOWED, name


@pytest.mark.parametrize("folder", ["backend/analysis", "etl", "graph_schema", "viz"])
def test_nothing_that_analyses_imports_a_maker(folder: str) -> None:
    """Trap: an analysis that asks the generator."""
    for path in files(folder):
        assert not [name for name in imports(path) if name.startswith(("backend.demo", "benchmarks"))], (
            path.name
        )


@pytest.mark.parametrize("maker", MAKERS)
def test_no_constant_stands_on_both_sides(maker: str) -> None:
    """Trap: a threshold written out a second time is shared as surely as an imported one."""
    units = {("DAY", ast.dump(ast.Constant(86_400)))}  # what a day is, is nobody's secret
    assert constants("backend/analysis") & constants(maker) <= units
    assert not tables("backend/analysis") & tables(maker)


@pytest.mark.parametrize("maker", MAKERS)
def test_no_function_stands_on_both_sides(maker: str) -> None:
    """Trap: code copied from the generator undoes what the generator does."""
    assert not bodies("backend/analysis") & bodies(maker)


def test_the_two_makers_share_no_habit() -> None:
    """Trap: a second world that is the first one again proves nothing."""
    first, second = MAKERS
    assert not bodies(first) & bodies(second)
    assert not tables(first) & tables(second)
