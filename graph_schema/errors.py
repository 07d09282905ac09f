"""Upline's one family of errors; each carries a stable code and, for the service, an HTTP status.

UplineError
├── InputError        bad file, row, argument: names what, where and what to do
├── NotFound          no such object, or not within the viewer's rights (one and the same)
├── Conflict          somebody else changed it meanwhile
├── Busy              another process holds what this one needs
└── EngineError       the database could not be fetched, started or reached
"""

from __future__ import annotations


class UplineError(Exception):
    """Base of all errors Upline raises on purpose; the text is written for the user."""

    code = "E-UPLINE"
    status = 500

    @property
    def text(self) -> str:
        """What it says; a ``Text`` where it was given one."""
        first = self.args[0] if self.args else ""
        return first if isinstance(first, str) else str(first)


class InputError(UplineError):
    """What was given cannot be used; the text says what and what to do."""

    code = "E-INPUT"
    status = 422


class NotFound(UplineError):
    """What was asked for is not there."""

    code = "E-NOT-FOUND"
    status = 404


class Conflict(UplineError):
    """The state at hand does not allow it: something else comes first."""

    code = "E-CONFLICT"
    status = 409


class Busy(UplineError):
    """Somebody else is at it; the same works later."""

    code = "E-BUSY"
    status = 503


class EngineError(UplineError):
    """The database did not start, stop or answer."""

    code = "E-ENGINE"
    status = 503
