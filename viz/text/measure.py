"""How wide a text will be, and how to wrap or cut it.

From constants, so that pictures are the same everywhere.

The advance widths of the ASCII range are those of Noto Sans SC (units per em 1000); Han characters, full-
width signs and the signs a Chinese face sets full-width take one em.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# fmt: off
_REGULAR = (
    224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392, 555, 555, 555, 555,
    555, 555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474, 946, 608, 657, 638, 688, 589, 552, 689,
    728, 293, 535, 646, 543, 812, 723, 742, 633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338,
    392, 338, 555, 559, 606, 563, 618, 510, 620, 554, 325, 564, 607, 275, 275, 552, 284, 926, 610, 606,
    620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555,
)
_BOLD = (
    226, 357, 546, 580, 580, 951, 723, 311, 367, 367, 495, 580, 311, 364, 311, 389, 580, 580, 580, 580,
    580, 580, 580, 580, 580, 580, 311, 311, 580, 580, 580, 503, 990, 632, 674, 651, 707, 608, 576, 709,
    749, 319, 559, 675, 568, 842, 742, 762, 658, 762, 669, 616, 618, 740, 606, 904, 611, 566, 610, 367,
    389, 367, 580, 565, 620, 583, 637, 522, 637, 573, 359, 588, 631, 296, 297, 589, 306, 953, 632, 620,
    637, 637, 423, 487, 408, 629, 560, 846, 544, 559, 501, 367, 289, 367, 580,
)
# fmt: on
_NARROW = {"–": 542, "¥": 580, "−": 580, "°": 394, " ": 224}
_NO_BREAK_BEFORE = set("，。、；：！？）》」』”’…,.;:!?)]}·")
_NO_BREAK_AFTER = set("（《「『“‘([{¥")


@lru_cache(maxsize=16384)
def _advance(char: str, bold: bool) -> int:
    code = ord(char)
    if 32 <= code < 127:
        return (_BOLD if bold else _REGULAR)[code - 32]
    if char in _NARROW:
        return _NARROW[char]
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 1000 if unicodedata.east_asian_width(char) in "WFA" else 700


def width(text: str, size: float, bold: bool = False) -> float:
    """Width in px of ``text`` at ``size`` px."""
    return sum(_advance(char, bold) for char in text) * size / 1000


def clean(text: str) -> str:
    """Make ``text`` fit for one line of a picture: forbidden and direction-changing characters become U+FFFD.

    XML has no NUL and no lone surrogates, and a bidirectional override could make a name read as another one.
    """
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if char in "\t\n\r" or category in ("Zl", "Zp"):
        return " "
    if (
        category in ("Cc", "Cs")
        or char in "\ufffe\uffff"
        or "\u202a" <= char <= "\u202e"
        or "\u2066" <= char <= "\u2069"
    ):
        return "\ufffd"
    return char


def cut(text: str, size: float, limit: float, bold: bool = False) -> str:
    """Shorten in the middle until the text takes at most ``limit`` px; both ends of a name or number stay."""
    text = clean(text)
    if width(text, size, bold) <= limit:
        return text
    text = text if len(text) <= 400 else text[:200] + text[-200:]
    keep = len(text) - 1
    while keep > 2:
        head, tail = (keep + 1) // 2, keep // 2
        short = f"{text[:head]}…{text[-tail:]}"
        if width(short, size, bold) <= limit:
            return short
        keep -= 1
    return "…"


def cut_end(text: str, size: float, limit: float, bold: bool = False) -> str:
    """Shorten at the end: for sentences, whose beginning says what they are about."""
    text = clean(text[: int(limit)])
    if width(text, size, bold) <= limit:
        return text
    while text and width(f"{text}…", size, bold) > limit:
        text = text[:-1]
    return f"{text}…"


def wrap(text: str, size: float, limit: float, bold: bool = False) -> list[str]:
    """Break ``text`` into lines of at most ``limit`` px: Latin words stay whole, Han breaks anywhere.

    Closing signs do not begin a line and opening ones do not end it.
    """
    lines: list[str] = []
    line = ""
    for word in _words(clean(text)):
        for part in _parts(word, size, limit, bold):
            if line and width(line + part.rstrip(" "), size, bold) > limit and part not in _NO_BREAK_BEFORE:
                kept = line[:-1] if len(line) > 1 and line[-1] in _NO_BREAK_AFTER else line
                lines.append(kept.rstrip(" "))
                line = line[len(kept) :] + part.lstrip(" ")
            else:
                line += part
    return [*lines, line.rstrip(" ")] if line.strip(" ") or not lines else lines


def _words(text: str) -> list[str]:
    """Split at spaces (kept at the end) and around every wide character."""
    words: list[str] = []
    for char in text:
        wide = _advance(char, False) >= 1000
        if words and not wide and words[-1][-1] != " " and _advance(words[-1][-1], False) < 1000:
            words[-1] += char
        else:
            words.append(char)
    return words


def _parts(word: str, size: float, limit: float, bold: bool) -> list[str]:
    """A word longer than a whole line is broken by force."""
    if width(word, size, bold) <= limit:
        return [word]
    parts = [""]
    for char in word:
        if parts[-1] and width(parts[-1] + char, size, bold) > limit:
            parts.append("")
        parts[-1] += char
    return parts
