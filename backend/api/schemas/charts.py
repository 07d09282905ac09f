"""Shapes of what is drawn by hand over a canvas; all of it bounded, texts are plain."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, FiniteFloat, StringConstraints

from backend.api.schemas.base import Asked
from backend.contract.charts import MarkKind, OwnIcon, Pen

MOST_MARKS = 500
MOST_LOOKS = 2_000

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-z]{1,32}$")]
Written = Annotated[str, StringConstraints(max_length=1_000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]
Place = Annotated[FiniteFloat, Field(ge=-1e7, le=1e7)]
Letters = Annotated[FiniteFloat, Field(gt=0, le=1e5)]


class MarkAsked(Asked):
    """One thing drawn by hand: see ``backend.contract.charts.Mark``."""

    id: Key
    kind: MarkKind
    x: Place
    y: Place
    w: Place = 0.0
    h: Place = 0.0
    text: Written = ""
    pen: Pen = "black"
    size: Letters = 14.0
    icon: OwnIcon | None = None
    on: Name | None = None
    to: Name | None = None


class OwnLookAsked(Asked):
    """The colour and icon somebody gave an object."""

    id: Name
    pen: Pen | None = None
    icon: OwnIcon | None = None


class ChartAsked(Asked):
    """All that is drawn by hand over one canvas."""

    version: Literal[1] = 1
    marks: list[MarkAsked] = Field([], max_length=MOST_MARKS)
    looks: list[OwnLookAsked] = Field([], max_length=MOST_LOOKS)
