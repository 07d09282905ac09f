"""Rows of a statement's table on one page, by where its characters stand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from etl.reading.pdf_glyphs import Glyph, Line, Page, Part

_ENOUGH = 4
"""So many headings in one line make it the heading of a table."""
_LOST = 3
"""So many filled columns make a line without a date a row that is not understood."""
_DATE = re.compile(r"^(?:19|20)\d{2}(?:[-/.年]\d{1,2}|\d{4}$|\d{4}\D|[-/.年]?$)")
_TOTAL = re.compile(
    r"^(?:本页|小计|合计|总计|累计|承前|过次|期初|期末|支出合计|收入合计|说明|温馨提示|提示|注[:：]|备注[:：]|打印|生成|第\s*\d|"
    r"共\s*\d|—+|-{5,}|\*{3,}|={3,}|以下空白|以上|本明细|此|电子|验证|页码|\d+\s*/\s*\d+$)"
)
_MONEY = re.compile(r"^[¥￥]?[+-]?[\d,]*\d\.\d{2}$")
_WHEN = re.compile(r"日期|时间|记账日")


@dataclass
class PdfHeading:
    """The headings of a table: names, the columns they stand over, and how far down they reach."""

    names: list[str]
    parts: list[Part]
    top: float
    bottom: float
    when: int  # the column of dates, by which a row is known
    size: float


@dataclass
class PdfRow:
    cells: list[str]
    page: int
    number: int  # on its page
    doubt: str = ""


def find_heading(page: Page, known: Callable[[str], bool]) -> PdfHeading | None:
    """The line of the page with most known headings, with what is wrapped above or below it."""
    best: tuple[int, int] | None = None
    for at, line in enumerate(page.lines):
        hits = sum(known(part.text) for part in line.parts())
        if hits >= _ENOUGH and (best is None or hits > best[0]):
            best = (hits, at)
    if best is None:
        return None
    block = _block(page, best[1], known)
    parts = _stacked(block, page, known)
    below = [line for line in page.lines if 0 < line.y - block[-1].y < 2.2 * line.size and _english(line)]
    bottom = max(line.y for line in [*block, *below])
    names = [part.text for part in parts]
    when = next((i for i, name in enumerate(names) if _WHEN.search(name)), None)
    return None if when is None else PdfHeading(names, parts, block[0].y, bottom, when, block[0].size)


def _block(page: Page, at: int, known: Callable[[str], bool]) -> list[Line]:
    """The lines a heading is wrapped over: those beside the best one with which most headings become known."""
    line = page.lines[at]

    def near(other: Line) -> bool:
        words = other.parts()
        plain = not any(_DATE.match(p.text) or len(p.text) > 16 for p in words) and not _english(other)
        return plain and abs(other.y - line.y) < 2.6 * line.size

    ways = [[line]]
    for up in range(3):
        for down in range(3):
            block = page.lines[max(0, at - up) : at + down + 1]
            if all(near(other) for other in block):
                ways.append(block)
    return max(ways, key=lambda block: (_score(_stacked(block, page, known), known), -len(block)))


def _score(parts: list[Part], known: Callable[[str], bool]) -> int:
    return sum(len(part.text) if known(part.text) else -2 for part in parts)


def _stacked(block: list[Line], page: Page, known: Callable[[str], bool]) -> list[Part]:
    """The headings of some lines: what stands one above the other is one."""
    found: list[Part] = []
    for line in block:
        for part in _parted(line, page, known):
            over = [p for p in found if part.x0 < p.x1 and p.x0 < part.x1]
            if not over:
                found.append(Part(part.text, part.x0, part.x1))
                continue
            target = over[0]
            target.text += part.text
            target.x0, target.x1 = min(target.x0, part.x0), max(target.x1, part.x1)
    return sorted(found, key=lambda part: part.x0)


def _parted(line: Line, page: Page, known: Callable[[str], bool]) -> list[Part]:
    """The headings of a line; where they stand closer than their letters they are parted at ruling lines."""
    found: list[Part] = []
    for part in line.parts():
        inner = [x for x in page.upright if part.x0 + 1 < x < part.x1 - 1]
        if known(part.text):
            found.append(part)
            continue
        if not inner:
            glyphs = [g for g in line.glyphs if part.x0 - 0.5 <= g.x0 and g.x1 <= part.x1 + 0.5]
            found += _told_apart(glyphs, known) or [part]
            continue
        for left, right in zip([part.x0 - 1, *inner], [*inner, part.x1 + 1], strict=True):
            glyphs = [g for g in line.glyphs if left <= g.middle < right]
            if glyphs:
                found.append(Part("".join(g.text for g in glyphs), glyphs[0].x0, glyphs[-1].x1))
    return _spaced(found, known)


def _told_apart(glyphs: list[Glyph], known: Callable[[str], bool]) -> list[Part]:
    """Headings that stand so close that they look like one, where each of them is known; nothing where not."""
    if len(glyphs) < 4 or len(glyphs) > 40:
        return []
    ways: dict[int, list[Part]] = {0: []}
    for end in range(2, len(glyphs) + 1):
        for start in range(max(0, end - 14), end - 1):
            text = "".join(g.text for g in glyphs[start:end])
            if start in ways and known(text):
                way = [*ways[start], Part(text, glyphs[start].x0, glyphs[end - 1].x1)]
                if end not in ways or len(way) < len(ways[end]):
                    ways[end] = way
    return ways.get(len(glyphs), [])


def _spaced(parts: list[Part], known: Callable[[str], bool]) -> list[Part]:
    """Headings set with wide gaps between their letters (日 志 号) as one."""
    found: list[Part] = []
    for part in parts:
        for back in (2, 1):
            before = found[-back:]
            text = "".join(p.text for p in before) + part.text
            if len(before) == back and not any(known(p.text) for p in [*before, part]) and known(text):
                found[-back:] = [Part(text, before[0].x0, part.x1)]
                break
        else:
            found.append(part)
    return found


def _english(line: Line) -> bool:
    """The same headings in English, as some banks print them below."""
    text = "".join(part.text for part in line.parts())
    return text.isascii() and sum(letter.isalpha() for letter in text) * 2 > len(text)


def rows_of(page: Page, heading: PdfHeading, has_heading: bool) -> tuple[list[PdfRow], list[Line]]:
    """The rows below the heading of a page, and the lines that belong to none."""
    limit = heading.bottom + 0.4 * heading.size if has_heading else 0.0
    outside = [line for line in page.lines if has_heading and line.y < heading.top - 0.4 * heading.size]
    body = [line for line in page.lines if line.y > limit]
    edges = _edges(page, heading, body)
    groups, beside = _grouped(page, heading, body, edges)
    # a line of several columns that no date begins may be a payment: it is shown as a row that is rejected
    lost = [line for line in beside if _is_row(line, edges)]
    groups = sorted([*groups, *([line] for line in lost)], key=lambda group: group[0].y)
    rows = [_row(group, edges, page.number, n) for n, group in enumerate(groups, start=1)]
    for row, group in zip(rows, groups, strict=True):
        if group[0] in lost and not row.doubt:
            row.doubt = row.cells[heading.when] or "?"
    return rows, [*outside, *(line for line in beside if line not in lost)]


def _is_row(line: Line, edges: list[float]) -> bool:
    return not _TOTAL.match(line.text) and len({_column(glyph, edges) for glyph in line.glyphs}) >= _LOST


def _column(glyph: Glyph, edges: list[float]) -> int:
    return sum(glyph.middle >= edge for edge in edges)


def _edges(page: Page, heading: PdfHeading, body: list[Line]) -> list[float]:
    """Where columns are parted."""
    edges: list[float] = []
    heights = [line.y for line in body if any(_DATE.match(part.text) for part in line.parts())] or [0.0, 1e9]
    reach = 2.5 * heading.size
    within = [
        line
        for line in body
        if min(heights) - reach < line.y < max(heights) + reach and not _TOTAL.match(line.text)
    ]
    for left, right in zip(heading.parts, heading.parts[1:], strict=False):
        ruled = [x for x in page.upright if left.middle < x < right.middle]
        if ruled:
            middle = (left.x1 + right.x0) / 2
            edges.append(min(ruled, key=lambda x: abs(x - middle)))
        else:
            edges.append(_gap(left, right, within))
    return edges


def _gap(left: Part, right: Part, body: list[Line]) -> float:
    """The middle of the widest stretch between two headings that fewest lines reach into."""
    low, high = left.middle, right.middle
    steps = max(8, int(high - low))
    places = [low + (high - low) * (n + 0.5) / steps for n in range(steps)]
    # a heading itself stands in its column, whatever its lines do
    crossed = [1 if left.x0 < x < left.x1 or right.x0 < x < right.x1 else 0 for x in places]
    scale = steps / max(high - low, 0.001)
    for line in body:
        reached: set[int] = set()
        for glyph in line.glyphs:
            if glyph.x1 > low and glyph.x0 < high:
                first, last = (glyph.x0 - low) * scale - 0.5, (glyph.x1 - low) * scale - 0.5
                reached.update(range(max(0, ceil(first)), min(steps, ceil(last))))
        for n in reached:
            crossed[n] += 1
    least = min(crossed)
    best, start = (0, 0), None
    for n, count in enumerate([*crossed, least + 1]):
        if count == least and start is None:
            start = n
        elif count != least and start is not None:
            best, start = max(best, (n - start, -start)), None
    width, first = best[0], -best[1]
    return places[first] + (places[min(first + width, steps) - 1] - places[first]) / 2


def _is_anchor(line: Line, heading: PdfHeading, edges: list[float]) -> bool:
    text = "".join(g.text for g in line.glyphs if _column(g, edges) == heading.when)
    return bool(_DATE.match(text))


def _grouped(
    page: Page, heading: PdfHeading, body: list[Line], edges: list[float]
) -> tuple[list[list[Line]], list[Line]]:
    """Lines of each row: all between two ruling lines, else the line with the date and what is wrapped around it."""
    anchors = [line for line in body if _is_anchor(line, heading, edges)]
    if not anchors:
        return [], body
    bands = [y for y in page.across if y > heading.bottom - heading.size]
    groups = {id(anchor): [anchor] for anchor in anchors}
    beside: list[Line] = []
    centred = any(line.y < anchors[0].y and not _TOTAL.match(line.text) for line in body)
    for line in body:
        if id(line) in groups:
            continue
        owner = _ruled(line, anchors, bands) if len(bands) >= len(anchors) else None
        if owner is None:
            owner = _nearest(line, anchors, centred, body)
        if owner is None or _TOTAL.match(line.text) or _pays_too(line, owner, edges):
            beside.append(line)
        else:
            groups[id(owner)].append(line)
    return [sorted(groups[id(anchor)], key=lambda line: line.y) for anchor in anchors], beside


def _pays_too(line: Line, anchor: Line, edges: list[float]) -> bool:
    """True where both have a whole amount in one column: then it is a row of its own, whose date is not read."""
    amounts = [
        {c for c, text in _texts(part, edges).items() if _MONEY.match(text)} for part in (line, anchor)
    ]
    return bool(amounts[0] & amounts[1])


def _texts(line: Line, edges: list[float]) -> dict[int, str]:
    told: dict[int, str] = {}
    for glyph in line.glyphs:
        column = _column(glyph, edges)
        told[column] = told.get(column, "") + glyph.text
    return told


def _ruled(line: Line, anchors: list[Line], bands: list[float]) -> Line | None:
    """The row between the same two ruling lines."""
    band = sum(line.y - 0.3 * line.size > y for y in bands)
    inside = [a for a in anchors if sum(a.y - 0.3 * a.size > y for y in bands) == band]
    return inside[0] if len(inside) == 1 else None


def _nearest(line: Line, anchors: list[Line], centred: bool, body: list[Line]) -> Line | None:
    """The row a wrapped line belongs to; None where it is too far from its neighbours to be a part of one."""
    above = [a for a in anchors if a.y < line.y]
    below = [a for a in anchors if a.y > line.y]
    owner = above[-1] if above else None
    if centred and below and (owner is None or below[0].y - line.y < line.y - owner.y):
        owner = below[0]
    if owner is None:
        return None
    low, high = sorted((owner.y, line.y))
    ys = sorted({low, high, *(other.y for other in body if low < other.y < high)})
    widest = max((b - a for a, b in itertools.pairwise(ys)), default=0.0)
    return owner if widest < 2.0 * line.size else None


def _row(lines: list[Line], edges: list[float], page: int, number: int) -> PdfRow:
    pieces: list[list[str]] = [[] for _ in range(len(edges) + 1)]
    doubt = ""
    for line in lines:
        told: dict[int, list[Glyph]] = {}
        for glyph in line.glyphs:
            told.setdefault(_column(glyph, edges), []).append(glyph)
        for column, glyphs in told.items():
            part = Line(line.y, line.size, glyphs)
            pieces[column].append(part.text)
        doubt = doubt or _crossing(line, edges)
    return PdfRow([_joined(texts) for texts in pieces], page, number, doubt)


def _crossing(line: Line, edges: list[float]) -> str:
    """What stands across a place where columns are parted: the text of one column runs into the next."""
    for edge in edges:
        before = [g for g in line.glyphs if g.middle < edge]
        after = [g for g in line.glyphs if g.middle >= edge]
        if before and after and after[0].x0 - before[-1].x1 < 0.12 * line.size:
            return before[-1].text + after[0].text
    return ""


def _joined(texts: list[str]) -> str:
    """The lines of a cell as one text: a date and its clock, and English words, are parted by a blank."""
    out = ""
    for text in texts:
        word = out[-1:].isalpha() and text[:1].isalpha() and (out[-1:] + text[:1]).isascii()
        clock = re.search(r"\d{4}[-/.]?\d{2}[-/.]?\d{2}$", out) and re.match(r"\d{1,2}:\d{2}", text)
        out += (" " if out and (word or clock) else "") + text
    return out
