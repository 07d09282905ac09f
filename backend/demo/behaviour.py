"""How the people of a district behave and how well they are observed: one set of habits per preset."""

from __future__ import annotations

from dataclasses import dataclass, replace

_EVENING = (4, 3, 2, 1, 0, 0, 0, 1, 1, 2, 2, 3, 4, 4, 4, 5, 5, 6, 7, 8, 9, 9, 8, 6)
_DAYTIME = (1, 0, 0, 0, 0, 1, 3, 6, 8, 9, 8, 7, 6, 6, 5, 5, 4, 4, 3, 2, 2, 2, 1, 1)
_MEETING = (1, 1, 0, 0, 0, 0, 0, 0, 1, 2, 4, 5, 4, 5, 6, 6, 6, 6, 5, 5, 5, 4, 3, 2)
_MORNING = (0, 0, 0, 0, 0, 1, 3, 6, 8, 8, 7, 6, 5, 5, 4, 4, 4, 3, 3, 2, 1, 1, 0, 0)


@dataclass(frozen=True)
class Behaviour:
    """Habits of one preset; shares are probabilities, times in minutes or days as named."""

    name: str
    retail_hours: tuple[int, ...] = _EVENING  # weights of the 24 hours
    supply_hours: tuple[int, ...] = _MEETING
    price_step_yuan: int = 10
    haggle: float = 0.12  # relative spread of a price
    call_before: float = 0.55
    call_after: float = 0.30
    order_lag_minutes: float = 14.0
    pickup_lag_minutes: float = 22.0
    restock_size: float = 1.0
    restock_reach: float = 0.6  # chance per day that a dealer who runs low reaches his supplier
    cash_retail: float = 0.12
    cash_supply: float = 0.18
    collector_share: float = 0.12  # dealers outside the third-name shape who collect in another's name
    phone_days: int | None = None  # everyone of an organisation changes phones this often
    handset_kept: float = 0.5
    swap_share: float = 0.06  # restocks of a retailer bought from another retailer
    decoy_ratio: float = 0.0  # what spouses, lenders, agents and shops receive, relative to the supplier
    false_statement: float = 0.12
    second_round: float = 0.8  # a main counterparty's returns are asked for and come back
    row_loss: float = 0.0
    trusted: bool = (
        False  # a lawyer, a lender, a rider and others half of whose customers are on record for drugs
    )


_BASE = Behaviour("base")

PRESETS: dict[str, Behaviour] = {
    "base": _BASE,
    "shifted": replace(
        _BASE,
        name="shifted",
        retail_hours=_DAYTIME,
        supply_hours=_MORNING,
        price_step_yuan=1,
        haggle=0.3,
        call_before=0.15,
        call_after=0.75,
        pickup_lag_minutes=35.0,
        restock_size=1.6,
        restock_reach=0.45,
    ),
    "sparse": replace(_BASE, name="sparse", second_round=0.22, row_loss=0.25),
    "adversarial": replace(
        _BASE,
        name="adversarial",
        collector_share=0.8,
        phone_days=45,
        swap_share=0.3,
        decoy_ratio=1.0,
        false_statement=0.45,
    ),
    "neighbours": replace(_BASE, name="neighbours", trusted=True),
}
