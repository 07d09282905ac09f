"""The clock of every source and every answer: Beijing time, eight hours ahead of UTC all year round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

AHEAD = timedelta(hours=8)
AHEAD_MS = AHEAD // timedelta(milliseconds=1)
BEIJING = timezone(AHEAD)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).astimezone(BEIJING)


def moment(at: float) -> datetime:
    """Epoch milliseconds as a time of Beijing; also numbers of numpy, also before 1970."""
    return _EPOCH + timedelta(milliseconds=int(at))


def now() -> datetime:
    """The time of Beijing now."""
    return datetime.now(BEIJING)
