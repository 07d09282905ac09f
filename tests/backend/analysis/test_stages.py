"""The stages of the analysis stand in one order; none reaches into a later one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import backend.analysis

ROOT = Path(backend.analysis.__file__).parent
ORDER = (
    "model",
    "arrays",
    "correlation",
    "attribution",
    "identity",
    "supply",
    "network",
    "cases",
    "groups",
    "chains",
    "pipeline",
)
ASIDE = {"temporal": {"model", "arrays"}, "suites": {"model", "arrays"}}
"""Questions asked one by one, outside a run: what they may use."""


def imported(package: str) -> Iterator[tuple[str, str]]:
    """Each file of a package with every other package of the analysis it imports."""
    place = ROOT / package
    for path in sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("backend."):
                parts = (node.module or "").split(".")
                assert parts[1] == "analysis", (
                    f"{path.name}: the analysis stands on no other part of the backend"
                )
                if parts[2] != package:
                    yield str(path.relative_to(ROOT)), parts[2]


def test_every_package_has_its_place() -> None:
    """Trap: a new package that no rule looks at."""
    there = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert there - {"__init__", "__pycache__"} == {*ORDER, *ASIDE}


@pytest.mark.parametrize("package", ORDER)
def test_a_stage_imports_from_those_before_it(package: str) -> None:
    """Trap: identity worked out inside the search for supplies, so that neither is understood or tested alone."""
    before = set(ORDER[: ORDER.index(package)])
    assert [each for each in imported(package) if each[1] not in before] == []


@pytest.mark.parametrize("package", ASIDE)
def test_questions_outside_a_run_need_no_stage(package: str) -> None:
    """Trap: a table of calls that waits for scores."""
    assert [each for each in imported(package) if each[1] not in ASIDE[package]] == []
