"""What the answers of all nouns have in common: envelope, item, reason, finding."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field

from backend.contract.base import Decision, Shape, Words


class Rule(Shape):
    """A rule an answer rests on."""

    id: Annotated[str, Field(description="name@version")]
    example: Annotated[bool, Field(description="Shipped example, not yet replaced by the site")]
    source: str


class Subject(Shape):
    """What an item is about; ``id`` is the natural key: USCC, resident id, ``plate|kind``, clue, node, task."""

    label: str
    id: str
    name: str | None


class Reason(Words):
    """Why, why not, or what is missing: the rule with its version, value against threshold, and the rows."""

    rule: str
    value: float | None
    threshold: float | None
    unit: str
    kind: Literal["person", "firm", "event"]
    evidence: list[str]
    subject: NotRequired[Annotated[Subject, Field(description="The person a reason of kind person is about")]]


class ItemReview(Decision):
    """What a person decided about an item."""

    decision: Literal["confirmed", "rejected", "unsure"]


class AnyItem(Shape):
    """What every item has; ``against`` and ``missing`` may be empty, never absent."""

    id: str
    score: float
    subjects: list[Subject]
    reasons: list[Reason]
    against: list[Reason]
    missing: list[Reason]
    review: ItemReview | None
    evidence: list[str]


class Item(AnyItem):
    """An item with its place in the list; a figure has its rank among units instead, or none."""

    rank: int


class Finding(Words):
    """What ``check`` found in a noun's data: a gap, an impossible value, a row without its counterpart."""

    code: str
    id: str
    evidence: list[str]


AskedOf = dict[str, str | int | bool | None]
"""What was asked, by the name of the option; only what was given."""


class Envelope(Shape):
    """Every answer: what was asked, as of which load and run, on which day, by which rules, how much is left out."""

    command: str
    asked: AskedOf
    as_of: int | None
    run: str | None
    on: str
    rules: list[Rule]
    count: int
    left_out: int


class Checked(Envelope):
    """Findings in a noun's data."""

    items: list[Finding]
