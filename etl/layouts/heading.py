"""Heading rows: the names of the columns, in one line or in two of which the upper spans several columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.layouts.registry import alias_index, heading_key, parted
from etl.reading.grid import Merge

PAD = " \t\r\n\u3000\ufeff"
_SPANS = ("信息", "资料", "情况", "明细")
_PARTY = (
    "对方",
    "对手",
    "收款",
    "付款",
    "本方",
    "我方",
    "客户",
    "主叫",
    "被叫",
    "本端",
    "对端",
    "寄",
    "收件",
)


_OTHERS = re.compile(r"^(?:交易)?(?:对方|对手|对端|对端方|收款|付款|收方|付方|主叫|被叫)[^:：\d]{0,8}$")


@dataclass(frozen=True)
class Heading:
    """Names of the columns, which row is the last of the heading, and the rows as they stand in the file."""

    names: list[str]
    last: int
    rows: tuple[tuple[str, ...], ...]


def unique_headings(row: Sequence[str]) -> list[str]:
    """Headings of a row without padding; the second of a name becomes ``name.1``; trailing blanks go."""
    names: list[str] = []
    seen: dict[str, int] = {}
    cells = [cell.strip(PAD) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    for cell in cells:
        count = seen.get(cell, 0)
        seen[cell] = count + 1
        names.append(f"{cell}.{count}" if count and cell else cell)
    return names


def single(head: Sequence[Sequence[str]], at: int) -> Heading:
    """Row ``at`` as a heading of one line."""
    return Heading(unique_headings(head[at]), at, (tuple(head[at]),))


def double(head: Sequence[Sequence[str]], at: int, merges: Sequence[Merge]) -> Heading | None:
    """Rows ``at`` and ``at + 1`` as a heading of two lines, None where they can be none.

    A cell of the upper line spans the blank ones to its right, as far as the lower line names them.
    """
    if at + 1 >= len(head):
        return None
    upper, lower = ([cell.strip(PAD) for cell in head[at + i]] for i in (0, 1))
    width = max(len(upper), len(lower))
    upper, lower = (cells + [""] * (width - len(cells)) for cells in (upper, lower))
    if not any(lower) or not any(upper) or any(sign.isdigit() for cell in lower for sign in cell):
        return None
    spans = _spans(upper, lower, at, merges)
    if not any(spans[i] and lower[i] and spans[i] != lower[i] for i in range(width)):
        return None
    names = [_joined(top, below) for top, below in zip(spans, lower, strict=True)]
    return Heading(unique_headings(names), at + 1, (tuple(head[at]), tuple(head[at + 1])))


def names_party(cells: Sequence[str]) -> bool:
    """Whether the upper line of a heading says whose the columns below are."""
    return any(word in cell for cell in cells for word in _PARTY)


def others_above(head: Sequence[Sequence[str]], at: int, merges: Sequence[Merge]) -> set[int]:
    """Columns of row ``at`` above which the line before names somebody else than the owner: 对方信息, 收款方."""
    if at < 1:
        return set()
    upper, lower = ([cell.strip(PAD) for cell in head[at - i]] for i in (1, 0))
    upper += [""] * (len(lower) - len(upper))
    spans = _spans(upper[: len(lower)], lower, at - 1, merges)
    return {i for i, top in enumerate(spans) if _OTHERS.match(top)}


def _spans(upper: list[str], lower: list[str], at: int, merges: Sequence[Merge]) -> list[str]:
    out = list(upper)
    known = [merge for merge in merges if merge.top <= at <= merge.bottom]
    for i in range(1, len(out)):
        if out[i] or not lower[i]:
            continue
        if known:
            left = next((merge.left for merge in known if merge.left < i <= merge.right), None)
            out[i] = upper[left] if left is not None else ""
        else:
            out[i] = out[i - 1] if lower[i - 1] else ""
    return out


def _joined(top: str, below: str) -> str:
    """The name two cells make: the first way of putting them together that some table knows.

    What stands below a party (对方信息 over 户名) is that party's, never the owner's.
    """
    if not top or not below or top == below:
        return top or below
    short = next((top.removesuffix(word) for word in _SPANS if top.endswith(word) and top not in _SPANS), top)
    ways = [f"{top}{below}", f"{short}{below}", f"{below}{top}"]
    ways += [f"{alias}{below}" for alias in _alike(short)]
    if not any(word in top for word in _PARTY):
        ways.append(below)
    return next((way for way in ways if parted(heading_key(way)).bare in alias_index()), f"{top}/{below}")


def _alike(top: str) -> tuple[str, ...]:
    """Other words for the same party, whatever stands beside the word that names it: 对手方, 对方客户."""
    if "对方" in top or "对手" in top:
        return ("对方", "对手", "交易对手", "交易对方", "对方账户")
    if any(word in top for word in ("本方", "我方", "交易方", "本人", "主体")):
        return ("本方", "交易方", "我方", "本方账户")
    return ()
