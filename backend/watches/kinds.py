"""The kinds of watch: what each asks, as it is typed in and kept."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from backend.analysis.model.kinds import PatternKind
from graph_schema.errors import InputError
from graph_schema.language import Text

Named = Annotated[str, StringConstraints(min_length=1, max_length=200)]
WatchStep = Literal["call", "message", "payment", "parcel"]
WatchedNoun = Literal["clues", "risk", "chemicals", "drivers", "water", "figures", "tasks"]


class _WatchQuestion(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AppearsWatch(_WatchQuestion):
    """An identifier, or any a person holds, appears in a file it was not in before."""

    kind: Literal["appears"]
    target: Named = Field(description="Person id, node reference, number or full name")


class SequenceWatch(_WatchQuestion):
    """Between a person and somebody else the steps follow each other within some hours."""

    kind: Literal["sequence"]
    target: Named = Field(description="Person, or a case: everybody involved in it")
    steps: list[WatchStep] = Field(
        ["call", "payment", "parcel"], min_length=2, max_length=6, description="In order of time"
    )
    hours: float = Field(72.0, gt=0, le=24 * 90, description="From the first step to the last")
    least_yuan: float = Field(0.0, ge=0, le=1e9, description="Smallest payment that counts")


class SupplierWatch(_WatchQuestion):
    """A person gets a supplier candidate he did not have."""

    kind: Literal["supplier"]
    target: Named
    min_score: float = Field(0.5, ge=0, le=1)


class MemberWatch(_WatchQuestion):
    """A gang candidate gets a member it did not have."""

    kind: Literal["member"]
    target: Named = Field(description="Gang id")


class ChainWatch(_WatchQuestion):
    """A chain from a case (from any case where none is named) reaches a case it did not reach."""

    kind: Literal["chain"]
    target: Named | None = Field(None, description="Case number")
    min_score: float = Field(0.5, ge=0, le=1, description="Score of the chain at least")


class PathWatch(_WatchQuestion):
    """Two persons or nodes become connected in a way they were not."""

    kind: Literal["path"]
    target: Named
    other: Named
    ordered: bool = Field(False, description="Only paths that do not go back in time")
    max_hops: int = Field(4, ge=1, le=8)


class SearchWatch(_WatchQuestion):
    """A search finds something it did not find before."""

    kind: Literal["search"]
    query: Named


class PatternWatch(_WatchQuestion):
    """A pattern of money appears in which somebody is known for drugs."""

    kind: Literal["pattern"]
    target: PatternKind = Field(description="Which shape of payments")


class DistrictWatch(_WatchQuestion):
    """A noun of the district lists a finding it did not list. Care is none of them: leads are read by case roles."""

    kind: Literal["district"]
    target: WatchedNoun
    unit: Named | None = Field(None, description="Only of this unit, as the noun's list has it")


WatchQuestion = Annotated[
    AppearsWatch
    | SequenceWatch
    | SupplierWatch
    | MemberWatch
    | ChainWatch
    | PathWatch
    | SearchWatch
    | PatternWatch
    | DistrictWatch,
    Field(discriminator="kind"),
]
_ASKED: TypeAdapter[WatchQuestion] = TypeAdapter(WatchQuestion)


def asked_of(given: object) -> WatchQuestion:
    """What is asked, checked. Raises ``InputError`` naming the field and what is wrong with it."""
    try:
        return _ASKED.validate_python(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(Text(f"{where}：{first['msg']}", f"{where}: {first['msg']}")) from None
