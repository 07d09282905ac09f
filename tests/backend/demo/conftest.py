"""Small districts, made once per test session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from backend.demo.district import generate
from backend.demo.truth import Truth

District = tuple[Path, Truth]


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], District]:
    """A district of a third of the usual size for a preset; the folder and its truth."""
    made: dict[str, District] = {}

    def get(preset: str) -> District:
        if preset not in made:
            folder = tmp_path_factory.mktemp(preset)
            made[preset] = folder, generate(folder, seed=11, preset=preset, size=0.35)
        return made[preset]

    return get
