"""Figures: one indicator of one unit in one period, with the list it is counted from."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from backend.contract.base import Shape
from backend.contract.district.common import AnyItem, Envelope

_Period = TypedDict("_Period", {"from": str, "to": str})


class CountedEntry(Shape):
    """One entry of the list a figure is the length of; ``count`` is more than 1 where it stands for many."""

    id: str
    label: str
    name: str | None
    unit: str
    on: str
    count: int
    of: Literal["numerator", "denominator"]
    evidence: list[str]


class FigureItem(_Period, AnyItem):
    """A figure; null where it may not be said, with the reason in ``missing`` or ``against``."""

    rank: Annotated[int | None, Field(description="Place among units, ties shared; null without a basis")]
    figure: Annotated[str, Field(description="As 指标 in 统计月报")]
    unit: Annotated[str, Field(description="全区 is the whole, 未注明 what names no unit")]
    measure: Annotated[str, Field(description="%, 起, 名 …")]
    value: Annotated[float | None, Field(description="Of a share in per cent; null on too small a base")]
    numerator: int | None
    denominator: int | None
    before: Annotated[float | None, Field(description="The value of the period before")]
    change: Annotated[float | None, Field(description="Relative to before (−0.203); null on a base below 20")]
    target: float | None
    completion: Annotated[float | None, Field(description="value ÷ target (0.6); null for a target below 20")]
    first_reported: Annotated[
        float | None, Field(description="By the rows of the first load after the period")
    ]
    first_load: int | None
    reported: Annotated[float | None, Field(description="As 统计月报 has it")]
    members: NotRequired[list[CountedEntry]]


class Figures(Envelope):
    """Figures, the newest period first."""

    items: list[FigureItem]
