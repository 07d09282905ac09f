"""Texts of clues that are equal or nearly equal.

Definition: texts are compared by their sets of three characters, |A ∩ B| / |A ∪ B| (Jaccard), counted exactly through an
inverted index of these grams.

Reference: R. J. Bayardo, Y. Ma, R. Srikant, Scaling up all pairs similarity search, WWW 2007.

Cost: the sum over all grams of the square of how many texts have it; a block of texts at a time.

Against it: a text said in other words is not found; a stock phrase is said by everybody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from opencc import OpenCC
from scipy.sparse import csr_array

GRAM = 3
BLOCK = 512
SHORTEST = 8
"""Shorter texts are compared as a whole only."""
LONG = 24
BOUND = 0.8
"""Least similarity of two texts."""
LEAST_OWN = 4
"""Characters a text of fewer than ``LONG`` must have beside stock phrases to say anything of its author."""
_KEPT = ("L", "N", "So")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f\u200d]")
_DIGITS = re.compile(r"\d")


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


@dataclass(frozen=True)
class Plain:
    """A text made comparable: ``exact`` with its digits, ``masked`` with # for each of them."""

    exact: str
    masked: str

    @property
    def words(self) -> int:
        """Characters that are no digits."""
        return len(self.masked) - self.masked.count("#")

    @property
    def key(self) -> str:
        """What two texts must have in common to be the same: a short one its digits too."""
        return self.masked if self.words >= SHORTEST else self.exact


def plain(text: str) -> Plain:
    """NFKC, simplified characters, lower case; no blanks and punctuation; an emoji is a character of its own."""
    simple = _simplified().convert(unicodedata.normalize("NFKC", _SKIN.sub("", text))).lower()
    exact = "".join(char for char in simple if unicodedata.category(char).startswith(_KEPT))
    return Plain(exact, _DIGITS.sub("#", exact))


def says_something(text: Plain, stock: Iterable[str]) -> bool:
    """Whether a text may join: a short one only by what is left of it without stock phrases."""
    if text.words >= LONG:
        return True
    rest = text.masked.replace("#", "")
    for phrase in stock:
        rest = rest.replace(phrase, "")
    return len(rest) >= LEAST_OWN


@cache
def stock_phrases(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Phrases made comparable, the longest first."""
    made = {plain(phrase).exact for phrase in phrases} - {""}
    return tuple(sorted(made, key=lambda phrase: (-len(phrase), phrase)))


def grams(masked: str) -> frozenset[str]:
    """The sets that are compared."""
    return frozenset(masked[i : i + GRAM] for i in range(len(masked) - GRAM + 1))


def near(texts: Mapping[str, Plain]) -> list[tuple[str, str, float]]:
    """All pairs of distinct texts that are nearly equal, with their similarity; ``texts`` are by ``Plain.key``."""
    keys = sorted(key for key, text in texts.items() if text.words >= SHORTEST)
    if len(keys) < 2:
        return []
    has = _incidence([grams(texts[key].masked) for key in keys])
    sizes = np.asarray(has.sum(axis=1)).ravel()
    index = has.T.tocsr()
    pairs: list[tuple[int, int, float]] = []
    for start in range(0, len(keys), BLOCK):
        shared = (has[start : start + BLOCK] @ index).tocoo()
        i, j = shared.row + start, shared.col
        score = shared.data / (sizes[i] + sizes[j] - shared.data)
        kept = (i < j) & (score >= BOUND)
        pairs += zip(i[kept].tolist(), j[kept].tolist(), score[kept].tolist(), strict=True)
    return [(keys[i], keys[j], score) for i, j, score in sorted(pairs)]


def _incidence(sets: Sequence[frozenset[str]]) -> Any:  # a sparse array; scipy has no types
    """One row per text, one column per gram: times its own turn it counts what two texts share."""
    number: dict[str, int] = {}
    columns = [number.setdefault(gram, len(number)) for found in sets for gram in sorted(found)]
    ends = np.cumsum([0, *map(len, sets)])
    return csr_array((np.ones(len(columns), np.int32), columns, ends), shape=(len(sets), len(number)))
