"""Look-ahead in an account book: what later rows say about earlier ones, before the first is converted."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Ahead:
    """``given`` is what came back, in fen, by row of the payment; ``red`` are rows whose sign undoes an earlier one.

    ``alone`` are rows a flag marks as one side of a reversal whose other side is not there.
    ``foreign`` are the owners, as the rows name them, of whom some row states another currency than the yuan.
    """

    given: dict[int, int] = field(default_factory=dict)
    red: set[int] = field(default_factory=set)
    alone: set[int] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)
