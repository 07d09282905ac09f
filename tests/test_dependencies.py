"""What is declared is what is imported: no dependency for nothing, none that is only there by luck."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from tests.test_layout import MAY_IMPORT, ROOT, imported, sources

NOT_IMPORTED = {
    "neo4j-rust-ext",  # the driver takes it up by itself: twice as fast
    "python-multipart",  # FastAPI takes it up by itself: files that are uploaded
}


def names(text: list[str]) -> set[str]:
    return {canonical(Requirement(each).name) for each in text}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def used(packages: list[str]) -> set[str]:
    """Distributions whose modules are imported in these folders."""
    found = packages_distributions()
    modules = {
        module
        for package in packages
        for path in sources(package)
        for module in imported(ast.parse(path.read_text(encoding="utf-8")))
    }
    ours = {*MAY_IMPORT, "benchmarks", "tests", "bootstrap"}
    return {
        canonical(name)
        for module in modules - ours - sys.stdlib_module_names
        for name in found.get(module, [f"{module}, which is not installed"])
    }


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_a_dependency_is_one_the_product_imports() -> None:
    """Traps: a package without a wheel for a new Python, needed by a benchmark alone; an import that works only as
    long as some other package happens to bring it."""
    found = used(list(MAY_IMPORT)) - NOT_IMPORTED  # one module may be brought by two packages
    assert found == names(PROJECT["dependencies"]) - NOT_IMPORTED


def test_what_tests_and_benchmarks_import_is_declared() -> None:
    """Trap: a test that runs only where something else brought its package."""
    declared = names(PROJECT["dependencies"]) | names(PROJECT["optional-dependencies"]["dev"])
    assert used(["tests", "benchmarks"]) <= declared


def test_the_pythons_promised_have_two_ends() -> None:
    """Trap: a Python of next year taken for a right one, until a package fails to build."""
    promised = SpecifierSet(PROJECT["requires-python"])
    assert [minor for minor in range(9, 17) if f"3.{minor}.0" in promised] == [11, 12, 13, 14]


def test_one_set_of_versions_for_every_python() -> None:
    """Trap: an older and a newer Python that run, and type-check, different programs."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9][\w.-]*)==", lock, re.M)
    assert len(pinned) == len(set(pinned)) > 100
    assert names(PROJECT["dependencies"]) <= set(pinned)
    only = re.findall(r"^([a-z0-9][\w.-]*)==\S+ ; [^\n]*python_(?:full_)?version", lock, re.M)
    assert set(only) <= {"backports-zstd"}, "what Python brings itself from 3.14 on"
