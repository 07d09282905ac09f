"""What a bundle carries is carried under the terms of those who wrote it: each text goes along."""

from __future__ import annotations

import csv
import re
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from graph_schema.store import licences
from graph_schema.store.processes import ROOT

_LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==", re.MULTILINE)
_TEXT = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
NO_TEXT_ASKED = {"jgo"}
"""Released to the public (Unlicense): nothing has to go along."""


def _wheel_of(name: str, folder: Path) -> Path:
    """An installed package packed again as its wheel, without what pip added."""
    distribution = metadata.distribution(name)
    wheel = folder / f"{name}.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for each in distribution.files or ():
            if each.suffix not in (".pyc", ".so") and ".." not in each.parts:
                archive.write(str(each.locate()), each.as_posix())
    return wheel


def test_the_licence_of_unrar_goes_along(tmp_path: Path) -> None:
    """Trap: the UnRAR source inside unrar2-cffi handed on without the paragraph its author asks for."""
    try:
        wheel = _wheel_of("unrar2-cffi", tmp_path)
    except metadata.PackageNotFoundError:
        pytest.skip("unrar2-cffi has no wheel for this system")
    target = tmp_path / "licences"
    licences.collect([licences.wheel_part(wheel)], target)
    texts = {
        path.name: path.read_text("utf-8")
        for path in target.rglob("*")
        if path.suffix != ".csv" and path.is_file()
    }
    asked = texts["UnRAR-license.txt"]
    assert "UnRAR source code may be used in any software" in asked and "source code comments" in asked
    assert "LICENSE" in texts, "the binding has terms of its own"
    with (target / "SOURCES.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert rows["UnRAR (in unrar2-cffi)"]["licence"] == "UnRAR licence"


def test_every_locked_package_has_a_text() -> None:
    """Trap: a wheel without its licence, as some builders make them, carried along without any terms."""
    locked = _LOCKED.findall((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert len(locked) > 50
    bare = []
    for name in locked:
        try:
            files = metadata.distribution(name).files or []
        except metadata.PackageNotFoundError:  # for another system
            continue
        inside = any("/licenses/" in each.as_posix() or _TEXT.search(each.name) for each in files)
        if not inside and not list(licences.kept_texts(name)) and name not in NO_TEXT_ASKED:
            bare.append(name)
    assert bare == []
