"""Pages: a cursor is the run it belongs to and how far one has come; it ends with its run."""

from __future__ import annotations

import base64
import binascii

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


def following(shown: int, total: int, cursor: str | None, run: str | None = None) -> str | None:
    """The cursor of the page after this one, null where it is the last. Raises ``Conflict`` for one of another run."""
    before, skip = start_of(cursor)
    current = run or ""
    if before is not None and before != current:
        raise stale()
    end = skip + shown
    if not shown or end >= total:
        return None
    return base64.urlsafe_b64encode(f"{current}|{end}".encode()).decode().rstrip("=")
