"""Charts for a meeting: what a person draws over a canvas by hand. It is his word and no result of the analysis."""

from __future__ import annotations

from typing import Literal

from backend.contract.base import Shape

Pen = Literal["black", "red", "orange", "green", "blue", "violet", "grey"]
MarkKind = Literal["text", "frame", "arrow", "icon", "note"]
OwnIcon = Literal[
    "user", "phone", "device-mobile", "car", "wallet", "credit-card", "home", "map-pin", "package", "pills", "flask",
    "flag", "alert-triangle", "eye", "gavel",
]  # fmt: skip


class Mark(Shape):
    """One thing drawn by hand, in units of the canvas, y upwards.

    ``x``, ``y`` is the left upper corner of a text, frame, note or icon (a note's is counted from the object it
    sticks ``on``) and the tail of an arrow. ``w``, ``h`` is a size; of an arrow the way from tail to head. An arrow
    goes from object ``on`` to object ``to`` where those are named. ``size`` is the height of its letters.
    """

    id: str
    kind: MarkKind
    x: float
    y: float
    w: float
    h: float
    text: str
    pen: Pen
    size: float
    icon: OwnIcon | None
    on: str | None
    to: str | None


class OwnLook(Shape):
    """The colour and icon somebody gave an object."""

    id: str
    pen: Pen | None
    icon: OwnIcon | None


class Chart(Shape):
    """All that is drawn by hand over one canvas."""

    version: Literal[1]
    marks: list[Mark]
    looks: list[OwnLook]
