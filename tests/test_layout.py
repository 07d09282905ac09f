"""Rules of the whole tree: who imports whom, where Cypher lives, what is never committed."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

import networkx as nx
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
KNOWN_CIRCLES: set[str] = set()
"""Imports that still close a circle between packages, each from the lower room to the higher. None may be added."""
OFFSET = re.compile(r"hours=8\b|\b8 \* (?:3_?600|HOUR|60\b)|28_?800|Asia/Shanghai")


def sources(package: str) -> Iterator[Path]:
    return (path for path in (ROOT / package).rglob("*.py") if "node_modules" not in path.parts)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield (node.module or "").split(".")[0]


def modules() -> dict[str, Path]:
    """Dotted name of every module; a package stands for its ``__init__``."""
    found = {}
    for package in MAY_IMPORT:
        for path in sources(package):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported_modules(tree: ast.AST, known: Collection[str]) -> Iterator[str]:
    """Modules of ours a file imports; ``from a.b import c`` is ``a.b.c`` where that is one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner in known else node.module


def rooms() -> nx.DiGraph:
    """Who imports whom among the rooms (packages and modules) that stand side by side, at every level of the tree.

    An import from ``etl.parsing.times`` to ``etl.sources.page`` is one from ``etl.converting`` to ``etl.sources``.
    """
    graph = nx.DiGraph()
    known = modules()
    for module, path in known.items():
        for other in imported_modules(ast.parse(path.read_text(encoding="utf-8")), known):
            mine, theirs = module.split("."), other.split(".")
            for level, (one, two) in enumerate(zip(mine, theirs, strict=False), start=1):
                if one != two:
                    graph.add_edge(".".join(mine[:level]), ".".join(theirs[:level]))
                    break
    return graph


def circles(graph: nx.DiGraph) -> list[list[str]]:
    return [sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1]


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


def test_no_circle_between_packages() -> None:
    """Trap: two packages that import each other, behind files that do not: neither is understood, moved or tested
    without the other. An import that is known and closes no circle any more is taken from the list."""
    graph = rooms()
    known = [tuple(each.split(" > ")) for each in sorted(KNOWN_CIRCLES)]
    for edge in known:
        rest = graph.copy()
        rest.remove_edges_from(other for other in known if other != edge)
        assert circles(rest), f"{edge} closes no circle any more: take it from KNOWN_CIRCLES"
    graph.remove_edges_from(known)
    assert circles(graph) == []


def test_the_offset_of_beijing_is_written_once() -> None:
    """Trap: a clock of its own in a module, which goes another way where the day or the zone is decided."""
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for package in MAY_IMPORT
        for path in sources(package)
        if path != ROOT / "graph_schema" / "beijing.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if OFFSET.search(line)
    ]
    assert found == []


def declared_types(path: Path) -> Iterator[tuple[str, ast.expr | None]]:
    """Name of each class and type alias of a module, private ones left out, with what an alias stands for."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, None
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name[0].isupper() and not name.isupper() and isinstance(node.value, ast.Subscript | ast.BinOp):
                yield name, node.value


def closed_list(alias: ast.expr | None) -> frozenset[str] | None:
    """The words of a ``Literal``; None for any other type."""
    if not (isinstance(alias, ast.Subscript) and ast.unparse(alias.value) == "Literal"):
        return None
    words = alias.slice.elts if isinstance(alias.slice, ast.Tuple) else [alias.slice]
    return frozenset(map(ast.unparse, words))


def test_a_name_means_one_thing() -> None:
    """Trap: ``Kind``, ``Told`` or ``Facts`` in one package for several things, so that a reader has to look which one
    is meant; a closed list of words written twice, of which one half is changed."""
    places: dict[str, list[str]] = defaultdict(list)
    for package in MAY_IMPORT:
        for path in sources(package):
            parts = path.relative_to(ROOT).parts
            room = "/".join(parts[: 3 if parts[1] == "district" else 2])
            for name, alias in declared_types(path):
                places[f"{room}: {name}"].append(path.name)
                if words := closed_list(alias):
                    places[f"{{{', '.join(sorted(words))}}}"].append(f"{path.name}: {name}")
    assert {what: where for what, where in places.items() if len(where) > 1} == {}


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
