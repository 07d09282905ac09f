"""What the command line imports before it knows what it is asked."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    *("duckdb", "fastapi", "igraph", "neo4j", "networkx", "numpy", "openpyxl", "pandas", "pyarrow"),
    *("pydantic", "pypdfium2", "pyvis", "scipy", "typst", "yaml"),
}


@pytest.fixture(scope="module")
def imported() -> set[str]:
    """The modules a fresh interpreter holds after ``import backend.cli``."""
    code = "import backend.cli, sys; print(*sys.modules)"
    return set(
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        ).stdout.split()
    )


def test_help_waits_for_no_library(imported: set[str]) -> None:
    """Trap: one import at the top of a command module makes `upline --help` wait seconds for pandas and SciPy."""
    assert not HEAVY & imported


def test_nothing_is_loaded_for_the_database(imported: set[str]) -> None:
    """Trap: the analysis or a reader of files comes in by way of a type in a signature."""
    assert not {
        each for each in imported if each.startswith(("backend.analysis", "backend.api", "etl.reading"))
    }
