"""Names of persons: how they may be read and typed, for search. A name alone never merges anybody."""

from __future__ import annotations

import itertools
import re
from functools import cache, lru_cache
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin

from graph_schema.dictionaries.loader import load

_HAN = re.compile(r"^[\u3400-\u9fff\U00020000-\U0003ffff]+$")
_DOTS = re.compile(r"[\s·•．.‧・\-]")
_UMLAUT = ("v", "u", "yu")
MOST_READINGS = 12


class NameSearch(NamedTuple):
    """How a name can be typed: full pinyin and initials, every reading of the surname, likeliest first."""

    pinyin: tuple[str, ...]
    initials: tuple[str, ...]


@cache
def _surnames() -> dict[str, tuple[tuple[str, ...], ...]]:
    return {
        entry.value: tuple(tuple(reading.split()) for reading in entry.meaning.split("|"))
        for entry in load("surnames")
    }


def surname(name: str) -> str:
    """Return the surname of a Chinese name: a compound one first, else its first character."""
    plain = _DOTS.sub("", name)
    return plain[:2] if len(plain) > 2 and plain[:2] in _surnames() else plain[:1]


def _umlauts(syllables: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the syllables with ü typed as v, u and yu (吕: lv, lu, lyu)."""
    if not any("ü" in syllable for syllable in syllables):
        return [syllables]
    return [tuple(syllable.replace("ü", typed) for syllable in syllables) for typed in _UMLAUT]


@lru_cache(maxsize=65536)
def name_search(name: str) -> NameSearch:
    """Return how a name can be typed; foreign letters are kept as small letters, dots are dropped."""
    plain = _DOTS.sub("", name)
    if not plain:
        return NameSearch((), ())
    if not _HAN.match(plain):
        typed = "".join(lazy_pinyin(plain, style=Style.NORMAL)).lower()
        first = "".join(lazy_pinyin(plain, style=Style.FIRST_LETTER)).lower()
        return NameSearch((typed,), (first,))
    family = surname(plain) if len(plain) > 1 else ""
    given = tuple(lazy_pinyin(plain[len(family) :], style=Style.NORMAL, v_to_u=True))
    usual = tuple(lazy_pinyin(plain, style=Style.NORMAL, v_to_u=True)[: len(family)])
    readings = list(dict.fromkeys([*_surnames().get(family, ()), usual])) if family else [()]
    pinyin: dict[str, None] = {}
    initials: dict[str, None] = {}
    for reading in readings:
        for syllables in itertools.islice(_umlauts(reading + given), MOST_READINGS):
            pinyin["".join(syllables)] = None
            initials["".join(syllable[0] for syllable in syllables)] = None
    return NameSearch(tuple(pinyin), tuple(initials))


@cache
def _confusable() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for entry in load("confusables"):
        for character in entry.value:
            groups.setdefault(character, set()).update(entry.value)
    return {character: frozenset(group - {character}) for character, group in groups.items()}


def confusable(character: str) -> frozenset[str]:
    """Return the characters one character is easily mistaken for."""
    return _confusable().get(character, frozenset())


def differ_by_confusable(a: str, b: str) -> bool:
    """Say whether two names differ in exactly one character, and that one is easily mistaken."""
    pairs = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return len(a) == len(b) and len(pairs) == 1 and pairs[0][1] in confusable(pairs[0][0])
