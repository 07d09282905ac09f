"""In which way the role of a gang member is unknown; what would settle each is said in ``viz.text.settling``."""

from __future__ import annotations

from collections.abc import Iterable

from backend.analysis.model.supplies import PayeeLink, RunnerLink

WAYS = (
    "number_user",
    "sellers",
    "payers",
    "carries",
    "onward",
    "behind",
    "own_use",
    "one_hand",
    "together",
    "level",
    "lots",
)
"""Every way; the first is that of an account with a bare number behind it."""
BY_REASON = {"recorded": "level", "pays_in_lots": "lots"}
"""Where the reason given for him names the way already."""


def way(
    person: int,
    *,
    supplies_sellers: bool,
    sold: float,
    buys: bool,
    tied: bool,
    same_hand: bool,
    payees: Iterable[PayeeLink],
    runners: Iterable[RunnerLink],
    rings: float,
) -> str:
    """The one way that says most: what he gives to others before what he gets from them.

    ``sold``: expected buyers; ``rings``: a runner's link this sure is more than a hint.
    """
    payees, runners = list(payees), list(runners)
    mine = [link.score for link in runners if link.runner == person]
    if supplies_sellers:
        return "sellers"
    if max(mine, default=0.0) >= rings:
        return "carries"
    if any(link.payee == person for link in payees):
        return "onward"
    if sold > 0:
        return "payers"
    if any(link.principal == person for link in payees):
        return "behind"
    if any(link.seller == person for link in runners):
        return "payers"
    if buys:
        return "own_use"
    if mine:
        return "carries"
    return "one_hand" if same_hand and not tied else "together"
