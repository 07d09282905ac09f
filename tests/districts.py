"""Invented districts made smaller, where a test needs files of each kind and not all of them."""

from __future__ import annotations

from pathlib import Path


def thin_out(folder: Path, every: int) -> None:
    """Keep every n-th file below a folder, in the order of their paths: some of each kind."""
    for number, path in enumerate(sorted(path for path in folder.rglob("*") if path.is_file())):
        if number % every:
            path.unlink()
