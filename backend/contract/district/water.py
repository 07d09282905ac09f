"""Waste-water early warning: a site and a target that need a look."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field

from backend.contract.base import Shape, Words
from backend.contract.district.common import Envelope, Item

Origin = Literal["use", "disposal", "manufacture", "undecided"]
ChartKind = Literal["ewma", "jump", "learning"]
ChangeClass = Literal["increase", "decrease", "stable"]


class Load(Shape):
    """mg per 1,000 inhabitants and day; below the limit the bounds and the middle between them."""

    p5: float
    p50: float
    p95: float
    unit: Literal["mg/1000/d"]


class UsedFactor(Shape):
    """Drug used per load of the biomarker, and where the factor comes from."""

    value: float
    source: str


class ChartState(Shape):
    """The chart at the newest sample; one wrong alarm in ``arl0`` samples is to be expected."""

    kind: ChartKind
    z: float | None
    limit: float
    arl0: float


class UpstreamNode(Shape):
    """Where the source can still be: share of the prior at a node, and whether to sample there next."""

    node: str
    prior: float
    next: bool


class Neighbour(Shape):
    """A firm that drains to what is left of the catchment."""

    uscc: str
    name: str | None
    node: str


class ChartedSample(Shape):
    """One sample on the chart; loads are null where flow or population is unknown."""

    at: str
    load: Load | None
    below: bool
    z: float | None
    centre: Annotated[float | None, Field(description="What was usual, in the measure of the chart")]
    value: Annotated[float | None, Field(description="What is charted; null below the limit")]
    limit: Annotated[float | None, Field(description="Upper end of a value below the limit")]
    alarm: bool
    evidence: list[str]


class Week(Shape):
    """Means of a week sampled every day, by the calendar of EUDA, and the change from the week before it."""

    year: int
    weekday: float
    weekend: float
    daily: float
    change: Annotated[
        float | None, Field(description="Per cent; null where there is none or it starts from 0")
    ]
    change_class: ChangeClass | None


class WaterItem(Item):
    """A site and a target; ``show`` adds samples, weeks and how many people each marker counts."""

    site: str
    node: str | None
    target: str
    at: str | None
    load: Load | None
    use: Load | None
    factor: UsedFactor | None
    chart: ChartState
    upstream: list[UpstreamNode]
    origin: Origin
    advice: Words
    firms: list[Neighbour]
    persons: dict[str, float]
    measure: Literal["load", "flow", "concentration"]
    samples: NotRequired[list[ChartedSample]]
    weeks: NotRequired[list[Week]]


class Water(Envelope):
    """What needs a look; ``tests_a_year`` samples are judged a year, ``false_a_year`` of them are wrong by chance."""

    tests_a_year: float
    false_a_year: float
    items: list[WaterItem]
