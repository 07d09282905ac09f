"""Rules of the whole tree: who imports whom, where Cypher lives, what is never committed."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {
    "graph_schema": {"graph_schema"},
    "etl": {"etl", "graph_schema"},
    "viz": {"viz", "graph_schema"},
    "backend": {"backend", "etl", "graph_schema", "viz"},
}
CYPHER = re.compile(r"\b(?:MATCH|MERGE)\s*\(|\bUNWIND\b")
MACHINE_PATH = re.compile(r"(?<![\w.{}$-])/(?:work|root|farm|home/[a-z]\w*|tmp/[a-z]\w*)/")
REGISTRY_HOSTS = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in [
            ("registry", "npmjs", "org"),
            ("registry", "npmmirror", "com"),
            ("files", "pythonhosted", "org"),
            ("pypi", "org"),
            ("pypi", "python", "org"),
            ("repo", "maven", "apache", "org"),
            ("repo1", "maven", "org"),
            ("mirrors", "aliyun", "com"),
            ("pypi", "tuna", "tsinghua", "edu", "cn"),
        ]
    )
)
LARGEST_TEXT = 5_000_000


def sources(package: str) -> Iterator[Path]:
    return (path for path in (ROOT / package).rglob("*.py") if "node_modules" not in path.parts)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield (node.module or "").split(".")[0]


def texts(path: Path) -> Iterator[str]:
    """String literals of a module, docstrings and comments left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listing.returncode != 0:
        pytest.skip("not a git checkout: there is no list of tracked files")
    names = listing.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("package", list(MAY_IMPORT))
def test_import_rule(package: str) -> None:
    """Trap: the schema or a reader reaching into the backend, so that it can no longer be used alone."""
    forbidden = {"backend", "etl", "graph_schema", "viz", "tests", "benchmarks"} - MAY_IMPORT[package]
    found = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(package)
        for name in imported(ast.parse(path.read_text(encoding="utf-8")))
        if name in forbidden
    ]
    assert found == []


def test_analysis_knows_no_database_and_no_http() -> None:
    """Trap: an analysis that reads the store by itself is no pure function any more."""
    forbidden = {"neo4j", "fastapi", "starlette", "httpx", "requests", "urllib", "socket"}
    found = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources("backend/analysis")
        for name in imported(ast.parse(path.read_text(encoding="utf-8")))
        if name in forbidden
    ]
    assert found == []


def test_no_cypher_outside_the_store() -> None:
    """Trap: a query put together from text in a route, where labels or values slip in unchecked."""
    found = [
        f"{path.relative_to(ROOT)}: {text[:60]!r}"
        for package in MAY_IMPORT
        for path in sources(package)
        if (ROOT / "graph_schema" / "store") not in path.parents
        for text in texts(path)
        if CYPHER.search(text)
    ]
    assert found == []


def test_every_module_says_what_it_is() -> None:
    """Trap: a module without its one-sentence docstring."""
    silent = [
        str(path.relative_to(ROOT))
        for package in MAY_IMPORT
        for path in sources(package)
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_tests_are_no_packages() -> None:
    """Trap: an __init__.py under tests/etl shadows the real package."""
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_no_machine_paths_or_registry_hosts_in_tracked_files() -> None:
    """Trap: a lock file or a document that only works on the machine it was made on."""
    found = []
    for path in tracked():
        if path.stat().st_size > LARGEST_TEXT or b"\0" in path.read_bytes()[:8192]:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for pattern in (MACHINE_PATH, REGISTRY_HOSTS):
            hit = pattern.search(text)
            if hit:
                found.append(f"{path.relative_to(ROOT)}: {hit.group()}")
    assert found == []
