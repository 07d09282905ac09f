"""How the store tells what it is doing: a line of text, by default on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable

from graph_schema.language import spoken

Say = Callable[[str], None]


def say_on_stderr(text: str) -> None:
    """Say it on stderr."""
    print(f"[upline] {spoken(text)}", file=sys.stderr, flush=True)
