"""Barred drivers: verification leads. A pass says which vehicle came by, never who drove it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from backend.contract.base import Shape
from backend.contract.district.common import Envelope, Item
from backend.contract.person import Person

VehicleTie = Literal["owner", "used"]
CloneState = Literal["suspected_clone", "misread", "to_check"]


LostLicence = TypedDict(
    "LostLicence",
    {"class": str | None, "state": str | None, "lost_at": str, "next_from": str},
)
"""The licence lost for drugs; ``next_from`` is the first day its holder may apply again for a class open to him."""


class LeadVehicle(Shape):
    """A vehicle: plate and kind together, as 02 and 52 share numbers."""

    plate: str
    plate_kind: str


class VehiclePass(Shape):
    """A pass of the vehicle after the loss, on a day its holder was free."""

    at: str
    camera: Annotated[str, Field(description="Number of the camera (卡口编号)")]
    evidence: list[str]


class PlateClone(Shape):
    """Two reads too far apart for one car, or a strange car under the plate (then without distance)."""

    state: CloneState
    km: float | None
    seconds: float | None
    kmh: float | None


StopWindow = TypedDict(
    "StopWindow",
    {"camera": str, "weekday": int, "from": str, "to": str, "hits": int, "of": int},
)
"""When the vehicle came by again and again: 1 is Monday, ``to`` is its last minute, ``of`` the weeks looked at."""


class DriverLead(Item):
    """A person barred for drugs and a vehicle tied to him that was on the road: to be verified, nothing more."""

    person: Person
    licence: LostLicence
    vehicle: LeadVehicle
    tie: VehicleTie
    passes: list[VehiclePass]
    clone: PlateClone | None
    windows: list[StopWindow]


class DriverLeads(Envelope):
    """Verification leads; those whose plate may be cloned come last."""

    items: list[DriverLead]
