"""What all requests share: texts, numbers and days, a question, a page; everything bounded, nothing unknown accepted."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

MOST_ON_A_PAGE = 1_000

Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Id = Annotated[str, Path(min_length=1, max_length=200)]


def check_number(value: object) -> object:
    """JSON knows 7 and 7.0 as one number, but true and "7" as none."""
    if isinstance(value, bool | str):
        raise ValueError("a number, not text or truth")
    return value


Number = Annotated[int, BeforeValidator(check_number)]


LoadNumber = Annotated[int, Field(ge=1, le=10**9)]


class Asked(BaseModel):
    """Base of all requests: what is not declared is refused."""

    model_config = ConfigDict(extra="forbid")


class Question(Asked):
    """Base of everything that only asks."""

    as_of: LoadNumber | None = Field(
        None, description="Answer as of this load, prepared by POST /as-of; now without"
    )


class Nothing(Question):
    """A question without parameters."""


class Page(Question):
    """One page of a list."""

    limit: int = Field(100, ge=1, le=MOST_ON_A_PAGE, description="Entries at most")
    cursor: str | None = Field(None, max_length=400, description="`next` of the page before")


Day = Annotated[date | None, BeforeValidator(lambda day: None if day == "" else day)]
"""A day of Beijing; a form sends a blank one as empty text."""
