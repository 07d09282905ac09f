"""The risk net for large-scale manufacture."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from backend.contract.base import Shape
from backend.contract.district.common import Envelope, Item, Reason


class RiskItem(Item):
    """A firm that needs a look: anomalies of the firm, and facts that tie a person of concern to it."""

    uscc: str
    firm_facts: list[Reason]
    person_facts: list[Reason]
    groups: Annotated[list[str], Field(description="Independent groups of rules that hit")]


class RiskChecked(Shape):
    """What the answers to leads say about firms and persons of the net: somebody looked, and found or did not."""

    answered: int
    confirmed: int
    nothing_found: int
    firms: int
    persons: int


class Risks(Envelope):
    """Firms that need a look, those hit by most groups of rules first; ``left_out`` counts all other firms."""

    items: list[RiskItem]
    checked: RiskChecked
