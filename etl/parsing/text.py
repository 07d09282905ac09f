"""Cleaning columns of cells for interpretation; the raw cells are kept elsewhere, untouched."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.arrays import Bools
from graph_schema.identifiers.common import INVISIBLE, NOTHING

_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
Codes = npt.NDArray[np.int32]

PAD = " \t\r\n\v\f\u3000\u00a0\u0000" + INVISIBLE
"""What stands around a value without being part of it."""

_MARKS = ("*", "**", "***", "-", "--", "—", "——", "|", "'", "''", '""')
_WORDS = dict.fromkeys(form for word in NOTHING for form in (word, word.upper(), word.title(), word.lower()))
_BLANK = pa.array(["", *_MARKS, *_WORDS, "NaN", "NaT"])
_DASHES = r"^[-—_–]{3,}$"
_EXCEL_TEXT = r'^="?([^"]*)"?$'


def clean(cells: pa.StringArray) -> pa.StringArray:
    """Trim padding of every kind and turn all ways of writing nothing into null."""
    out = pc.utf8_trim(cells, PAD)
    if pc.any(pc.starts_with(out, "'")).as_py() or pc.any(pc.starts_with(out, "|")).as_py():
        out = pc.utf8_trim(pc.utf8_ltrim(out, "'|"), PAD)
    if pc.any(pc.starts_with(out, '="')).as_py():
        out = pc.replace_substring_regex(out, _EXCEL_TEXT, r"\1")
    blank = pc.is_in(out, _BLANK)
    if pc.any(pc.starts_with(out, "---")).as_py():
        blank = pc.or_(blank, pc.match_substring_regex(out, _DASHES))
    return pc.if_else(blank, pa.scalar(None, pa.string()), out)


def nonempty(cells: pa.StringArray) -> pa.StringArray:
    """Cells as they are; only the empty one is null: a message that says 无 says it."""
    return pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)


def folded(text: str) -> str:
    """NFKC, lower case, without any white space: the form in which headings and words are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", visible(text))).casefold()


def visible(text: str) -> str:
    """The text without characters that show nothing (Unicode category Cf)."""
    return text if text.isascii() else text.translate(_INVISIBLE)


def to_mask(array: pa.Array) -> Bools:
    """A boolean Arrow array as numpy; null counts as false."""
    return np.asarray(pc.fill_null(array, False).to_numpy(zero_copy_only=False), dtype=bool)


def filled(array: pa.Array) -> Bools:
    """Which cells are not null."""
    return np.array(array.is_valid().to_numpy(zero_copy_only=False), dtype=bool)


class Coded:
    """A column as codes into its distinct cleaned values; code -1 is blank."""

    def __init__(self, cells: pa.StringArray) -> None:
        encoded = cells.dictionary_encode()
        values = clean(encoded.dictionary)
        valid = filled(values)
        self.codes: Codes = np.asarray(
            pc.fill_null(encoded.indices, 0).to_numpy(zero_copy_only=False), dtype=np.int32
        )
        if len(values) and not valid.all():
            self.codes = np.where(valid[self.codes], self.codes, np.int32(-1))
        elif not len(values):
            self.codes = np.full(len(cells), -1, np.int32)
        self.values: list[str | None] = values.to_pylist()

    def mask(self, chosen: list[bool]) -> Bools:
        """Rows whose value has a true entry in ``chosen`` (one per distinct value); blank is false."""
        table = np.append(np.asarray(chosen, dtype=bool), False)
        return np.asarray(table[self.codes])

    def blank(self) -> Bools:
        return np.asarray(self.codes < 0)


def take(values: list[str | None], codes: npt.NDArray[np.integer]) -> pa.StringArray:
    """Look codes up in a list of strings; -1 gives null."""
    table = pa.array([*values, None], pa.string())
    index = np.where(codes < 0, len(values), codes)
    return table.take(pa.array(index))


def choose(mask: Bools, yes: pa.Array, no: pa.Array) -> pa.Array:
    """Cells of ``yes`` where the mask is true, of ``no`` elsewhere."""
    return pc.if_else(pa.array(mask), yes, no)


def nulls(n: int, kind: pa.DataType | None = None) -> pa.Array:
    """``n`` nulls, of type text where no other is asked for."""
    return pa.nulls(n, kind or pa.string())
