"""Closed word lists of tables: roles in a case, directions of money, plate kinds, case classes."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Literal, cast

from graph_schema.dictionaries.loader import load

Direction = Literal["in", "out", "neutral"]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "").replace("\t", "").upper()


@cache
def _table(name: str) -> dict[str, str]:
    return {_plain(entry.value): entry.meaning for entry in load(name)}


@cache
def role_class(text: str | None) -> str:
    """Return the class of a 涉案身份: dealing, carrying, making, holding … or other.

    The whole text first; else the word of the list it begins with; else the one it contains.
    """
    plain = _plain(text or "")
    words = _table("role_words")
    if plain in words:
        return words[plain]
    longest = sorted(words, key=len, reverse=True)
    starts = (words[word] for word in longest if plain.startswith(word))
    inside = (words[word] for word in longest if len(word) > 1 and word in plain)
    return next(starts, None) or next(inside, "other")


def direction(text: str | None) -> Direction | None:
    """Return in, out or neutral, seen from the holder of the account; None where the word says neither."""
    return cast("Direction | None", _table("direction_words").get(_plain(text or "")))


def plate_kind_code(text: str | None) -> str:
    """Return the two-digit code of a plate kind given as code or name; nothing where it is unknown."""
    plain = _plain(text or "")
    kinds = _table("plate_kinds")
    if plain.isdigit() and plain.zfill(2) in kinds.values():
        return plain.zfill(2)
    found = kinds.get(plain) or kinds.get(plain.removesuffix("号牌")) or kinds.get(plain.removesuffix("车"))
    return found or (plain if plain.isdigit() and len(plain) == 2 else "")


def case_class(code: str | None) -> str | None:
    """Return the name of a case class code (6 or 8 digits), or None."""
    return _table("case_classes").get(_plain(code or ""))
