"""Names of persons: how they may be read and typed, for search. A name alone never merges anybody."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin, pinyin

from graph_schema.dictionaries.loader import load

_HAN = re.compile(r"^[\u3400-\u9fff\U00020000-\U0003ffff]+$")
_DOTS = re.compile(r"[\s·•．.‧・\-]")
_UMLAUT = ("v", "u", "yu")
MOST_READINGS = 12
MOST_UNUSUAL, MOST_TYPED = 2, 64


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
        spelt = "".join(lazy_pinyin(plain, style=Style.NORMAL)).lower()
        letters = "".join(lazy_pinyin(plain, style=Style.FIRST_LETTER)).lower()
        return NameSearch((spelt,), (letters,))
    family = surname(plain) if len(plain) > 1 else ""
    given = tuple(lazy_pinyin(plain[len(family) :], style=Style.NORMAL, v_to_u=True))
    usual = tuple(lazy_pinyin(plain, style=Style.NORMAL, v_to_u=True)[: len(family)])
    readings = list(dict.fromkeys([*_surnames().get(family, ()), usual])) if family else [()]
    typed: dict[str, None] = {}
    initials: dict[str, None] = {}
    for reading in readings:
        for syllables in itertools.islice(_umlauts(reading + given), MOST_READINGS):
            typed["".join(syllables)] = None
            initials["".join(syllable[0] for syllable in syllables)] = None
    return NameSearch(tuple(typed), tuple(initials))


@lru_cache(maxsize=65536)
def every_reading(name: str) -> NameSearch:
    """Return how a name can be typed by who knows none of its characters' usual reading: likeliest first.

    长孙 is read zhang sun, and typed chang sun by many. Of names with very many readings those with the fewest
    unusual ones are kept.
    """
    known, plain = name_search(name), _DOTS.sub("", name)
    if not _HAN.match(plain):
        return known
    usual = lazy_pinyin(plain, style=Style.NORMAL, v_to_u=True)
    if len(usual) != len(plain):  # a character no dictionary knows
        return known
    syllables = [
        list(dict.fromkeys([reading, *pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=True)[0]]))
        for character, reading in zip(plain, usual, strict=True)
    ]
    typed = {"".join(one): None for one in known.pinyin}
    first = dict.fromkeys(known.initials)
    for reading in _fewest_unusual(syllables):
        for one in _umlauts(reading):
            typed["".join(one)] = None
        first["".join(syllable[0] for syllable in reading)] = None
    return NameSearch(tuple(typed)[:MOST_TYPED], tuple(first)[:MOST_TYPED])


def _fewest_unusual(syllables: list[list[str]]) -> Iterator[tuple[str, ...]]:
    """Every choice of one reading per character, those with the fewest second and third readings first."""
    usual = tuple(readings[0] for readings in syllables)
    places = [place for place, readings in enumerate(syllables) if len(readings) > 1]
    for unusual in range(min(len(places), MOST_UNUSUAL) + 1):
        for at in itertools.combinations(places, unusual):
            for other in itertools.product(*(syllables[place][1:] for place in at)):
                reading = list(usual)
                for place, syllable in zip(at, other, strict=True):
                    reading[place] = syllable
                yield tuple(reading)


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
