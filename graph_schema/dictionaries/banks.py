"""Banks by card prefix, code or name."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from graph_schema.dictionaries.loader import load


class CardBin(NamedTuple):
    """What a card prefix says; ``card_type`` is DC (debit), CC (credit), SCC (semi-credit), PC (prepaid)."""

    prefix: str
    bank: str
    card_type: str


@cache
def _bins() -> dict[tuple[str, int], CardBin]:
    names = {entry.value: entry.meaning for entry in load("banks")}
    return {
        (entry.value, int(entry.extra["length"])): CardBin(
            entry.value, names.get(entry.meaning, entry.meaning), entry.extra["card_type"]
        )
        for entry in load("card_bins")
    }


@cache
def _bin_lengths() -> tuple[int, ...]:
    return tuple(sorted({len(prefix) for prefix, _ in _bins()}, reverse=True))


def card_bin(number: str) -> CardBin | None:
    """Return the longest known prefix of a card number of that length, or None."""
    known = _bins()
    keys = ((number[:n], len(number)) for n in _bin_lengths())
    return next((known[key] for key in keys if key in known), None)


@cache
def _bank_names() -> dict[str, str]:
    known = {entry.value.upper(): entry.meaning for entry in load("banks")}
    return known | {entry.meaning.upper(): entry.meaning for entry in load("banks")}


def bank_name(text: str) -> tuple[str, str] | None:
    """Return name and branch of what a source calls a bank, or None.

    A code must fit as a whole; of a name the longest known beginning counts and the rest is the branch
    (中国工商银行股份有限公司宁波奉化支行 → 中国工商银行, 宁波奉化支行).
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").upper()
    known = _bank_names()
    if plain in known:
        return known[plain], ""
    for end in range(len(plain) - 1, 1, -1):
        if plain[:end] in known and not plain[:end].isascii():
            rest = plain[end:]
            for legal in ("股份有限公司", "有限责任公司", "有限公司"):
                rest = rest.removeprefix(legal)
            return known[plain[:end]], rest
    return None
