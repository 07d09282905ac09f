"""The payments considered in the search for candidates."""

from __future__ import annotations

from dataclasses import dataclass

from backend.analysis.arrays.channel import Channel
from backend.analysis.arrays.grouping import Groups
from graph_schema.arrays import Ints


@dataclass(frozen=True)
class Paid:
    """The payments considered, by payer and payee."""

    payments: Channel
    chosen: Ints  # channel positions
    pairs: Groups  # of the chosen, by payer * n + payee
    payer: Ints  # of each group
    payee: Ints
    n: int  # persons
