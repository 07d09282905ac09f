"""A person as everywhere."""

from __future__ import annotations

from backend.contract.base import Shape


class Person(Shape):
    """A person everywhere; an unnamed holder has name and resident_id null."""

    id: str
    name: str | None
    resident_id: str | None
    phones: list[str]
    accounts: list[str]
