"""Pass-through payers: wallets, clearing houses and shops between two persons, never a hub."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from graph_schema.dictionaries.loader import DictionaryEntry, load

_MARKS = re.compile(r"[\s()\[\]【】〔〕\-_—－·.,，、:：*]")


@cache
def _rows(match: str) -> tuple[DictionaryEntry, ...]:
    rows = [entry for entry in load("platforms") if entry.extra["match"] == match]
    return tuple(sorted(rows, key=lambda entry: -len(entry.value)))


@lru_cache(maxsize=65536)
def platform_name(name: str) -> str | None:
    """Return the platform a payer's or payee's name means, or None for anybody else.

    Names that are also everyday words (美团, 快手 …) must stand alone once legal and trade words are removed:
    a person or shop that merely carries such a word is no platform.
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", name)).upper()
    if not plain:
        return None
    for entry in _rows("part"):
        if entry.value in plain:
            return entry.meaning
    for strip in _rows("strip"):
        plain = plain.replace(strip.value, "")
    return next((entry.meaning for entry in _rows("whole") if entry.value == plain), None)


def is_platform(name: str | None) -> bool:
    """Say whether a name is a pass-through payer."""
    return bool(name) and platform_name(str(name)) is not None
