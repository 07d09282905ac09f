"""What may be asked of the district's nouns: a day, and for a list a period, a unit and a number of items."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from backend.api.schemas.base import MOST_ON_A_PAGE, Asked, Question, Text
from backend.api.schemas.reviews import Reason
from backend.district.answering import Listing


class OnDay(Question):
    """The day an answer is for; without it that of the newest row of something that happened."""

    on: date | None = None


class Counted(Question):
    """Which noun to count; all of them where none is named."""

    noun: Literal["clues", "risk", "chemicals", "drivers", "care", "water", "figures", "tasks"] | None = None


class Listed(OnDay):
    """A list of a noun; days are inclusive."""

    model_config = ConfigDict(populate_by_name=True)

    first: date | None = Field(None, alias="from")
    last: date | None = Field(None, alias="to")
    unit: Text | None = None
    limit: int = Field(100, ge=1, le=MOST_ON_A_PAGE)

    def listing(self) -> Listing:
        """The same, as answers take it."""
        return Listing(self.on, self.first, self.last, self.unit, self.limit)


class RiskListed(Listed):
    """A list of the risk net."""

    one_sided: bool = Field(False, alias="all", description="Also firms with facts of one side only")
    plan: bool = Field(False, description="Add firms drawn at random, at least a tenth of the plan")


class CareClassConfirmed(Asked):
    """The class of care a person confirms, and why; ``after`` is the newest entry he has seen."""

    care_class: Literal["A", "B", "C"]
    reason: Reason
    after: Text | None = None


class FiguresListed(Listed):
    """Figures may be narrowed to one indicator, a drug, a kind of case."""

    figure: Text | None = Field(None, description="One indicator, by any of its names")
    drug: Text | None = Field(None, description="Only what concerns this drug")
    kind: Text | None = Field(None, description="Only cases of this kind")


class ListedWater(Listed):
    """The list of waste water; ``all`` adds sites and targets that are not in alarm."""

    every: bool = Field(False, alias="all")
