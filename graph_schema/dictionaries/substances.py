"""Substances: what a report calls them, as an entry of the controlled list; and code words of the trade."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from graph_schema.dictionaries.loader import DictionaryEntry, load

_INSIDE = re.compile(r"\(([^()]*)\)")
SHORTEST = 2
"""Shorter names are not looked for inside longer texts."""


def _plain(text: str) -> str:
    return (
        unicodedata.normalize("NFKC", text)
        .replace(" ", "")
        .replace("，", ",")
        .casefold()
        .strip("*“”\"'。.;；")
    )


@cache
def _known() -> dict[str, str]:
    known = {_plain(entry.value): entry.value for entry in load("substances")}
    for entry in load("substances"):
        for short in entry.note.split("、") if entry.note.isascii() or "、" in entry.note else ():
            known.setdefault(_plain(short), entry.value)
    return known | {_plain(entry.value): entry.meaning for entry in load("substance_aliases")}


@cache
def _longest_first() -> tuple[str, ...]:
    spelled = [name for name in _known() if len(name) >= SHORTEST and not name.isascii()]
    return tuple(sorted(spelled, key=len, reverse=True))


@lru_cache(maxsize=65536)
def substance(text: str) -> str | None:
    """Return the list entry a text names (冰毒 → 甲基苯丙胺), or None where it names none or several.

    The whole text first, then what stands outside its brackets, then names found in it (疑似冰毒,
    甲基苯丙胺片剂), at last what stands in brackets. Code words are no names: see ``code_words``.
    """
    plain = _plain(text)
    known = _known()
    for whole in (plain, _INSIDE.sub("", plain)):
        if whole in known:
            return known[whole]
    found: set[str] = set()
    rest = plain
    for name in _longest_first():
        if name in rest:
            found.add(known[name])
            rest = rest.replace(name, "|")
    if not found:
        found = {known[inside] for inside in _INSIDE.findall(plain) if inside in known}
    return found.pop() if len(found) == 1 else None


class CodeWord(NamedTuple):
    """A word of the trade. ``ambiguity`` 1: term of art, 2: needs a second word or price, 3: everyday."""

    word: str
    meaning: str
    ambiguity: int
    use: str
    note: str


@cache
def code_words() -> tuple[CodeWord, ...]:
    """Return all code words; one word may stand for several substances."""
    return tuple(
        CodeWord(entry.value, entry.meaning, int(entry.extra["ambiguity"]), entry.extra["use"], entry.note)
        for entry in load("code_words")
    )


@cache
def _word_pattern() -> re.Pattern[str]:
    words = sorted({word.word.casefold() for word in code_words()}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def find_code_words(text: str) -> list[CodeWord]:
    """Return the code words in a text in order of appearance, longest first at one place.

    A hit is a reason to read the message, nothing more.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    hits = [found.group() for found in _word_pattern().finditer(plain)]
    return [word for hit in dict.fromkeys(hits) for word in code_words() if word.word.casefold() == hit]


@cache
def _chemicals() -> dict[str, DictionaryEntry]:
    return {_plain(entry.value): entry for entry in load("precursors")}


@cache
def _chemical_aliases() -> dict[str, str]:
    return {_plain(entry.value): entry.meaning for entry in load("chemical_aliases")}


def chemical_name(text: str) -> str:
    """Return the one name of a chemical (丁酮 → 甲基乙基酮); a name no list knows stays as written."""
    entry = precursor(text)
    return entry.value if entry is not None else _chemical_aliases().get(_plain(text), text)


def precursor(text: str) -> DictionaryEntry | None:
    """Return the list entry of a precursor chemical (``meaning`` is its class) or of its synonym, or None."""
    plain = _plain(text)
    known = _chemicals()
    return known.get(plain) or known.get(_plain(_chemical_aliases().get(plain, "")))
