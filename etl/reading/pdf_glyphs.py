"""What a page of a PDF shows, by place: its characters in lines from top to bottom, and its ruling lines."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import pi
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

_SAME = 2.0
"""Points within which two ruling lines are one."""
_LOOKED_AT = 200
"""So many characters tell which way a page is read."""


@dataclass(frozen=True)
class Glyph:
    """One character and the box it takes; ``y`` grows downwards from the top of the page."""

    text: str
    x0: float
    x1: float
    y: float
    size: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass
class Line:
    """Characters that stand on one height, from left to right."""

    y: float
    size: float
    glyphs: list[Glyph]

    def parts(self) -> list[Part]:
        """Runs of characters without a gap wider than half a character."""
        found: list[Part] = []
        for glyph in self.glyphs:
            gap = glyph.x0 - found[-1].x1 if found else 0.0
            if found and gap < 0.55 * self.size:
                part = found[-1]
                wide = part.text[-1:] >= "\u2e80" and glyph.text >= "\u2e80"  # set apart, but no two words
                space = " " if gap > 0.18 * self.size and not wide else ""
                part.text += space + glyph.text
                part.x1 = max(part.x1, glyph.x1)
            else:
                found.append(Part(glyph.text, glyph.x0, glyph.x1))
        return found

    @property
    def text(self) -> str:
        return " ".join(part.text for part in self.parts())


@dataclass
class Part:
    text: str
    x0: float
    x1: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass
class Page:
    number: int
    lines: list[Line] = field(default_factory=list)
    across: list[float] = field(default_factory=list)  # heights of horizontal ruling lines
    upright: list[float] = field(default_factory=list)  # places of vertical ones


@dataclass(frozen=True)
class Upright:
    """Places on a page as its text is read: ``turns`` quarter turns lead from how it is drawn to how it is read.

    A page may be drawn sideways, with or without a note that it has to be turned: what counts is the text.
    """

    turns: int
    width: float
    height: float

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, right, upper and lower edge; heights grow downwards."""
        w, h = self.width, self.height
        if self.turns == 1:
            return bottom, top, left, right
        if self.turns == 2:
            return w - right, w - left, bottom, top
        if self.turns == 3:
            return h - top, h - bottom, w - right, w - left
        return left, right, h - top, h - bottom

    @classmethod
    def of(cls, page: Any, text: Any) -> Upright:
        width, height = page.get_size()
        if page.get_rotation() in (90, 270):
            width, height = height, width
        count = pdfium.FPDFText_CountChars(text)
        some = range(0, count, max(1, count // _LOOKED_AT))
        # PDFium counts clockwise
        angles = Counter(-round(pdfium.FPDFText_GetCharAngle(text, i) / (pi / 2)) % 4 for i in some)
        return cls(angles.most_common(1)[0][0] if angles else 0, width, height)


def page_of(page: Any, number: int) -> Page:
    """Read one page; invisible text is read like any other."""
    text = page.get_textpage()
    try:
        upright = Upright.of(page, text.raw)
        glyphs = list(_glyphs(text.raw, upright))
    finally:
        text.close()
    across, down = _rules(page, upright)
    return Page(number, _lines(glyphs), across, down)


def _glyphs(text: Any, upright: Upright) -> Iterable[Glyph]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    loose = pdfium.FS_RECTF()  # as wide as the character moves the pen on, not as its ink
    high = 0
    for i in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, i)
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond the basic plane
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        if code <= 32 or code in (0xA0, 0x3000, 0xFFFE, 0xFEFF, 0x200B):
            continue
        if not pdfium.FPDFText_GetCharBox(text, i, left, right, bottom, top):
            continue
        x0, x1, upper, lower = upright.box(left.value, bottom.value, right.value, top.value)
        size = float(pdfium.FPDFText_GetFontSize(text, i)) or 1.0
        if size <= 2.0:  # the size stands in the matrix of the text instead
            size = max(4.0, lower - upper)
        wide = pdfium.FPDFText_GetLooseCharBox(text, i, loose)
        ends = upright.box(loose.left, loose.bottom, loose.right, loose.top)[:2]
        if wide and ends[1] > ends[0]:
            x0, x1 = ends
        yield Glyph(chr(code), x0, x1, _base(text, i, upright, lower), size)


def _base(text: Any, i: int, upright: Upright, otherwise: float) -> float:
    """The height of the base line, which is one for all characters of a line."""
    x, y = ctypes.c_double(), ctypes.c_double()
    if not pdfium.FPDFText_GetCharOrigin(text, i, x, y):
        return otherwise
    return upright.box(x.value, y.value, x.value, y.value)[2]


def _lines(glyphs: list[Glyph]) -> list[Line]:
    lines: list[Line] = []
    for glyph in sorted(glyphs, key=lambda g: (g.y, g.x0)):
        if lines and abs(glyph.y - lines[-1].y) < 0.35 * min(glyph.size, lines[-1].size):
            lines[-1].glyphs.append(glyph)
        else:
            lines.append(Line(glyph.y, glyph.size, [glyph]))
    for line in lines:
        line.glyphs = _once(sorted(line.glyphs, key=lambda g: g.x0))
        line.size = median(g.size for g in line.glyphs)
    return lines


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """Bold faces are drawn twice, a hair apart."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        if not (kept and kept[-1].text == glyph.text and abs(kept[-1].x0 - glyph.x0) < 0.15 * glyph.size):
            kept.append(glyph)
    return kept


def _rules(page: Any, upright: Upright) -> tuple[list[float], list[float]]:
    across: list[float] = []
    down: list[float] = []
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        left, right, upper, lower = upright.box(*thing.get_bounds())
        wide, tall = right - left, lower - upper
        if wide < 3 and tall > 6:
            down.append((left + right) / 2)
        elif tall < 3 and wide > 20:
            across.append((upper + lower) / 2)
        elif wide > 6 and tall > 6:
            down += [left, right]
            across += [upper, lower]
    return _apart(across), _apart(down)


def _apart(places: list[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SAME:
            found.append(place)
    return found
