"""Pages: a cursor is the run it belongs to and how far one has come; it ends with its run."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from graph_schema.errors import Conflict
from graph_schema.language import Text

_FURTHEST = 1_000_000_000


def start_of(cursor: str | None) -> tuple[str | None, int]:
    """Run and number of entries to skip; ``(None, 0)`` for the first page. Raises ``Conflict``."""
    if cursor is None:
        return None, 0
    try:
        text = base64.urlsafe_b64decode(cursor.encode("ascii", "strict") + b"=" * (-len(cursor) % 4)).decode()
        run, _, skip = text.rpartition("|")
        if not 0 <= int(skip) <= _FURTHEST:
            raise ValueError
    except (ValueError, binascii.Error) as error:
        raise stale() from error
    return run, int(skip)


def stale() -> Conflict:
    """The refusal of a cursor that does not belong to what is there now."""
    return Conflict(
        Text("数据已更新，请从第一页重新开始。", "The data has changed; start again at the first page.")
    )


def paged(answer: dict[str, Any], items: str, cursor: str | None) -> dict[str, Any]:
    """The answer with ``next``, the cursor of the following page. Raises ``Conflict`` for one of another run."""
    run, skip = start_of(cursor)
    current = str(answer.get("run") or "")
    if run is not None and run != current:
        raise stale()
    end = skip + len(answer[items])
    more = len(answer[items]) > 0 and end < answer["total"]
    mark = base64.urlsafe_b64encode(f"{current}|{end}".encode()).decode().rstrip("=") if more else None
    return {**answer, "next": mark}
