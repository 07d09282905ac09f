"""Shapes of exports from a page: the canvas as it stands, a table as shown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, FiniteFloat, StringConstraints

from backend.api.schemas.base import Asked
from backend.api.schemas.charts import MOST_MARKS, MarkAsked, Place
from backend.contract.base import Tongue
from backend.contract.charts import OwnIcon, Pen

Short = Annotated[str, StringConstraints(max_length=200)]
Cell = Annotated[str, StringConstraints(max_length=4_000)] | FiniteFloat | None


class CanvasNode(Asked):
    """One object as the canvas shows it."""

    id: Short
    label: Short
    caption: Short
    role: Literal["organiser", "wholesaler", "retailer", "runner", "payee", "user", "unknown"] = "unknown"
    named: bool = True
    confirmed: bool = False
    gang: Short | None = None
    x: Place
    y: Place
    pen: Pen | None = None
    icon: OwnIcon | None = None


class CanvasEdge(Asked):
    """One line as the canvas shows it; ``start`` and ``end`` are places in the list of objects."""

    start: int = Field(ge=0, lt=2_000)
    end: int = Field(ge=0, lt=2_000)
    type: Short
    count: int = Field(1, ge=0, lt=2**53)
    fen: int | None = Field(None, gt=-(2**53), lt=2**53)
    score: Annotated[FiniteFloat, Field(ge=0, le=1)] | None = None
    derived: bool = False


class CanvasTaken(Asked):
    """A canvas to draw."""

    format: Literal["png", "svg", "pdf"] = "png"
    paper: Literal["a4", "a3", "a2", "a1", "a0"] = "a4"
    language: Tongue = "zh"
    shown: Short = Field("", description="What the canvas says of filters and what is hidden")
    nodes: list[CanvasNode] = Field(min_length=1, max_length=2_000)
    edges: list[CanvasEdge] = Field([], max_length=10_000)
    name: Short = Field("", description="The name of the chart")
    marks: list[MarkAsked] = Field([], max_length=MOST_MARKS, description="Drawn by hand; y downwards here")


class TableTaken(Asked):
    """A table as it is shown: under its filter, in its order, with the columns chosen."""

    format: Literal["xlsx", "csv"] = "xlsx"
    language: Tongue = "zh"
    name: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9._-]+$")]
    title: Short
    columns: list[Short] = Field(min_length=1, max_length=60)
    rows: list[list[Cell]] = Field(max_length=20_000)
