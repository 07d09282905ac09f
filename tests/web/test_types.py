"""The generated types of the workbench are those of the service."""

from __future__ import annotations

from backend.api.typescript import files


def test_web_types_follow_the_api() -> None:
    """Trap: the workbench reads a field the API no longer has; run ``python -m backend.api.typescript``."""
    stale = [path.name for path, text in files().items() if path.read_text(encoding="utf-8") != text]
    assert stale == []
