"""The declared kinds of drug facts and how far they carry; see ``drug_facts.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from graph_schema.declaration import strict_yaml

FILE = Path(__file__).with_name("drug_facts.yaml")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    """One text in both languages."""

    zh: str
    en: str


class FactKind(_Strict):
    """One kind of fact; ``strength`` is how much it says alone, 0 to 1, ``sells`` that it may be one of selling."""

    zh: str
    en: str
    strength: float = Field(gt=0, le=1)
    sells: bool
    reason: Words


class Reach(_Strict):
    """How far facts carry; see the comment in the file."""

    record: float = Field(gt=0, le=1)
    customers: int = Field(ge=1)
    share: float = Field(gt=0, le=1)
    sure: float = Field(gt=0, le=1)
    steps: int = Field(ge=0)


class Regular(_Strict):
    """From when on dealings out of reach count as regular, and what is said of them."""

    payments: int = Field(ge=1)
    near: int = Field(ge=1)
    means: Words


class DrugFacts(_Strict):
    """The file as read; ``version`` is its own."""

    version: str
    kinds: dict[str, FactKind]
    reach: Reach
    regular: Regular


@cache
def load_drug_facts() -> DrugFacts:
    """The declaration, read strictly (``ValidationError`` names what does not fit)."""
    return DrugFacts.model_validate(strict_yaml.read(FILE))
