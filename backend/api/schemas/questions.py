"""Questions about persons, cases, gangs, supplies, chains, the graph and suites."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.analysis.model.kinds import PatternKind
from backend.api.schemas.base import Page, Question, Text
from backend.contract.objects import ObjectKind


class GangsPage(Page):
    """One page of gang candidates."""

    min_size: int = Field(3, ge=1, le=100_000, description="Members at least")


class SuppliesPage(Page):
    """One page of supply candidates."""

    person: Text | None = Field(None, description="Only supplies to or by this person")
    min_score: float = Field(0.05, ge=0, le=1, description="0.5 is what counts as a supply")


class ChainsPage(Page):
    """One page of cases with their chains."""

    k: int = Field(3, ge=1, le=20, description="Chains of a case at most")


class CaseAsked(Question):
    """One case."""

    k: int = Field(3, ge=1, le=20, description="Chains at most")


class SearchAsked(Page):
    """A search; ``limit`` and ``cursor`` page through its hits."""

    q: Text = Field(
        description="姓名、拼音、号码、末四位、微信号、号牌、案件编号 / name, pinyin, number, plate, case"
    )
    limit: int = Field(20, ge=1, le=200, description="Hits at most")


class ObjectsAsked(Page):
    """One page of accounts, numbers, vehicles or places."""

    kind: ObjectKind = Field(description="Which kind of object")
    q: str = Field("", max_length=200, description="Part of a number, plate, name or address")


class ObjectAsked(Question):
    """One account, number, vehicle or place."""

    ref: Text = Field(description="Node reference such as `Account:card:6222…`")


class CountsAsked(Question):
    """What surrounds a node, in numbers."""

    node: Text = Field(description="A person id, or a node reference such as `Phone:+8613900000001`")
    first: date | None = Field(None, description="Events from this day of Beijing on")
    last: date | None = Field(None, description="Events until this day of Beijing")


class ExpandAsked(CountsAsked):
    """What surrounds a node, the newest of it."""

    type: list[Text] = Field([], max_length=40, description="Relationship types; all where none is named")
    limit: int = Field(200, ge=1, le=100_000, description="Edges at most")
    cursor: str | None = Field(None, max_length=400, description="`next` of the answer before")
    sample: bool = Field(False, description="Some from all times, the same ones every time, not the newest")


class AmongAsked(Question):
    """What links some nodes among themselves."""

    node: list[Text] = Field(min_length=2, max_length=500, description="Person ids or node references")
    type: list[Text] = Field([], max_length=40, description="Relationship types; all where none is named")
    limit: int = Field(5000, ge=1, le=100_000, description="Edges at most")
    first: date | None = Field(None, description="Events from this day of Beijing on")
    last: date | None = Field(None, description="Events until this day of Beijing")


class PathAsked(Question):
    """A path between two persons or nodes."""

    a: Text = Field(description="Person id, node reference, number, case number or full name")
    b: Text = Field(description="The other end, in the same forms")
    ordered: bool = Field(False, description="Only paths that do not go back in time")
    max_hops: int = Field(6, ge=1, le=8)
    k: int = Field(3, ge=1, le=20, description="Paths at most")
    type: list[Text] = Field(
        [], max_length=40, description="Hops of these types only; all where none is named"
    )
    first: date | None = Field(None, description="From this day of Beijing on")
    last: date | None = Field(None, description="Until this day of Beijing")
    least_yuan: float | None = Field(None, ge=0, le=1e12, description="Payments of at least so much")


class OrderedAsked(Question):
    """Money followed in time order."""

    start: Text = Field(description="Person id, node reference, number, full name or id of a payment")
    direction: Literal["down", "up"] = Field(
        "down", description="down: where it went; up: where it came from"
    )
    layers: int = Field(6, ge=1, le=20)
    window_hours: float | None = Field(None, ge=0, le=1_000_000, description="Longest time between two hops")
    ratio_least: float | None = Field(
        None, ge=0, le=1e9, description="Least later amount through earlier one"
    )
    ratio_most: float | None = Field(
        None, ge=0, le=1e9, description="Greatest later amount through earlier one"
    )
    first: int | None = Field(None, ge=0, le=10**13, description="From, epoch milliseconds")
    last: int | None = Field(None, ge=0, le=10**13, description="To, epoch milliseconds")
    fan: int = Field(200, ge=1, le=5_000, description="Newest events of a node looked at in one window")
    exchange: bool = Field(False, description="Follow money into another currency; amounts are not compared")
    limit: int = Field(500, ge=1, le=5_000, description="Events listed at most")


class PatternsAsked(Question):
    """Patterns of money over all that is loaded."""

    kind: PatternKind = Field(description="Which shape of payments")
    by: Literal["person", "account"] = "person"
    everybody: bool = Field(False, description="Also patterns of which nobody is known for drugs")
    window_hours: float | None = Field(None, gt=0, le=1_000_000, description="Longest time of one stage")
    least: int | None = Field(None, ge=2, le=1_000, description="Least branches")
    ratio_least: float | None = Field(
        None, ge=0, le=1e9, description="Least that leaves, through what came in"
    )
    ratio_most: float | None = Field(None, ge=0, le=1e9, description="Most that leaves, through what came in")
    layers: int | None = Field(None, ge=2, le=20, description="Hops of a cycle at most")
    exchange: bool = Field(False, description="The currency may change; amounts are not compared")
    first: int | None = Field(None, ge=0, le=10**13, description="From, epoch milliseconds")
    last: int | None = Field(None, ge=0, le=10**13, description="To, epoch milliseconds")
    limit: int = Field(50, ge=1, le=500, description="Patterns listed at most")


class SuiteAsked(Question):
    """A suite of analyses of one or more persons."""

    also: list[Text] = Field([], max_length=19, description="Further targets: ids, numbers or names")
    preset: Literal["packet", "wholesale", "laundering"] = Field("packet", description="零包 | 批发 | 洗钱")
    limit: int = Field(200, ge=1, le=5_000, description="Rows of a table at most")
    format: Literal["json", "xlsx"] = "json"


class EvidenceAsked(Question):
    """Rows of source files."""

    row: list[Annotated[str, StringConstraints(min_length=1, max_length=300)]] = Field(
        min_length=1, max_length=200, description="Row references `sha256[:12]/sheet/row`"
    )


class ExplainAsked(Question):
    """Anything with an id."""

    id: Text = Field(description="Person, gang, chain or event id, or `supplier>buyer`")
