"""Declarations above the heading of a file: sums of money in and out, and the period covered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

import pyarrow as pa

from etl.parsing.numbers import parse_money
from etl.parsing.text import folded
from etl.parsing.times import parse_time

_WAYS = {
    "in": ("收入", "贷方", "转入", "收款", "进账"),
    "out": ("支出", "借方", "转出", "付款", "出账"),
    "neutral": ("中性交易", "不计收支"),
}
_SUM = re.compile(
    r"^(?:合计|总计|总)?(?:金额)?[:：]?(?:(\d{1,9})笔)?[,，、;；]?(?:共|合计|金额)?[¥￥]?(-?[\d,]+(?:\.\d+)?)元"
)
_COUNT = re.compile(r"^(?:合计|总计|总)?[:：]?(\d{1,9})笔")
_DATE = r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?|\d{8})"
_SPAN = re.compile(
    r"(?:起始|开始|起止|交易|查询|账单|时间|日期)[^\d]{0,12}[\[［【]?" + _DATE + r"[^\d]{1,16}" + _DATE
)
_DAY_MS = 86_400_000


def sums(lines: Sequence[str]) -> dict[str, tuple[int | None, int | None]]:
    """Count and sum in fen per way of money, as lines such as ``收入：1笔 0.35元`` declare them."""
    found: dict[str, tuple[int | None, int | None]] = {}
    for line in lines:
        plain = folded(line)
        for way, names in _WAYS.items():
            for name in names:
                at = plain.find(name)
                if at < 0 or way in found:
                    continue
                said = _said(plain[at + len(name) :])
                if said is not None:
                    found[way] = said
    return found


def _said(rest: str) -> tuple[int | None, int | None] | None:
    whole = _SUM.match(rest)
    if whole:
        money = parse_money(pa.array([whole[2]]), 100)
        count = int(whole[1]) if whole[1] else None
        return (count, int(money.value[0])) if money.known[0] else None
    count_only = _COUNT.match(rest)
    return (int(count_only[1]), None) if count_only else None


def period(lines: Sequence[str]) -> tuple[int, int] | None:
    """First and last moment (epoch ms) of a line such as ``起始时间：[…] 终止时间：[…]``; a last day counts whole."""
    return next((span for span, _ in _spans(lines)), None)


def period_said(lines: Sequence[str]) -> str | None:
    """The words that state the period."""
    return next((words for _, words in _spans(lines)), None)


def _spans(lines: Sequence[str]) -> Iterator[tuple[tuple[int, int], str]]:
    for line in lines:
        found = _SPAN.search(unicodedata.normalize("NFKC", line))
        if not found:
            continue
        first, last = parse_time(found[1]), parse_time(found[2])
        if first is None or last is None or last[0] < first[0]:
            continue
        whole_day = ":" not in found[2]
        yield (first[0], last[0] + (_DAY_MS - 1 if whole_day else 0)), found[0]
