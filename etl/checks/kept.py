"""The findings of a load, stored beside the facts of each file and removed with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from etl.checks.file import check_file
from etl.checks.sides import check_sides
from etl.intake.reports import Note
from etl.storage.archive import Archive

SILENT = {"time_range"}
"""Findings that are told when asked for, and are no warning."""


def run_checks(archive: Archive, fresh: Sequence[str], standing: Sequence[str]) -> None:
    """Check the fresh files by themselves and against all others, and keep what was found."""
    across = check_sides(archive, fresh, [sha for sha in standing if archive.facts(sha).exists()])
    for sha256 in fresh:
        found = [*check_file(archive, sha256), *across.get(sha256, [])]
        text = json.dumps([check.plain() for check in found], ensure_ascii=False)
        (archive.facts(sha256) / "checks.json").write_text(text, encoding="utf-8")


def kept_checks(archive: Archive, sha256: str) -> list[dict[str, Any]]:
    """What was found about a file; nothing where it was loaded before there were checks."""
    path = archive.facts(sha256) / "checks.json"
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return found


def notes_of(archive: Archive, sha256: str) -> list[Note]:
    """The findings as notes of a load report; before the load is decided, the file's own."""
    if (archive.facts(sha256) / "checks.json").exists():
        found = kept_checks(archive, sha256)
    else:
        found = [check.plain() for check in check_file(archive, sha256)]
    return [Note(one["zh"], one["en"]) for one in found if one["kind"] not in SILENT]
