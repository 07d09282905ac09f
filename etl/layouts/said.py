"""Values stated once for all rows that follow: ``卡号：…``, ``户名``, ``币种``, ``单位：万元``.

Such lines stand above the heading and, where a sheet holds several accounts, again between its rows. They are
read in one way wherever they stand: several pairs in one cell, key and value in one cell or in two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from etl.layouts.layout import Layout, Record
from etl.layouts.registry import layouts, tables
from etl.parsing.text import folded

UNIT, CURRENCY = "#unit", "#currency"
"""Keys under which the unit and the currency of all amounts are kept beside the other values."""

UNKNOWN = "?"
"""A currency that is stated in words nobody here knows: not a blank, and not the yuan."""

_PAIR = re.compile(r"^\s*([^:：]{1,20}?)\s*[:：]\s*(.*?)\s*$", re.DOTALL)
_NEXT = re.compile(r"(?<=[^\s:：])[\s,，;；|]+(?=[^\s:：,，;；|\d]{1,12}\s*[:：])")
_UNIT_SAID = re.compile(
    r"单位\s*[:：]?\s*(?:为|是)?\s*([A-Za-z\u4e00-\u9fff]{0,4}?)(百万元|万元|千元|亿元|元|分)(?![\u4e00-\u9fffA-Za-z])"
)
_IN_NAME = re.compile(
    r"(?:[(（\[【]\s*(?:金额)?(?:单位)?|(?:^|[\s_-])(?:金额)?单位|[\s_-](?=[百万千]))[:：]?\s*(百万元|万元|千元)"
    r"(?=\s*[)）\]】]|[\s_.-]|$)"
)
_CODE_IN_NAME = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")
_NUMBERED = re.compile(r"^\s*([^\s\d:：]{2,8}?)\s+(\d{8,19})(?:\s+[^\d:：]{0,20})?$")
"""A key and its number with a blank between, as in 账号 6222… 交易明细."""
_CURRENCY_KEYS = frozenset(
    map(
        folded,
        ("币种", "币别", "交易币种", "账户币种", "记账币种", "货币", "货币种类", "货币单位", "currency"),
    )
)
_UNIT_KEYS = frozenset(map(folded, ("单位", "金额单位", "货币单位", "计量单位")))
_ISO = re.compile(r"^[A-Z]{3}$")
_UTC = re.compile(r"(?<![A-Za-z])(?:UTC|GMT)(?![A-Za-z])(?!\s*\+?\s*0?8)", re.IGNORECASE)
_ZONE_SAID = re.compile(r"(?:时区|time\s?zone)\s*[:：]\s*(\S[^,，;；]*)", re.IGNORECASE)
_BEIJING = re.compile(r"8|八|北京|中国|上海|CST|China|Shanghai|Beijing|PRC", re.IGNORECASE)
_BRACKETS = "[]【】［］"


def currency_of(text: str | None) -> str | None:
    """The code of a currency as written (``美元``, ``人民币(CNY)``, ``156``); None where it is no known one."""
    plain, known = folded(text or ""), tables()["currencies"]
    if plain in known:
        return known[plain]
    if _ISO.match(plain.upper()):
        return plain.upper()
    inside = {code for word, code in known.items() if len(word) > 1 and not word.isdigit() and word in plain}
    return inside.pop() if len(inside) == 1 else None


def pairs(row: Iterable[str]) -> dict[str, str]:
    """Folded key to value of one line; the first of a key counts."""
    found: dict[str, str] = {}
    cells = [cell.strip(" \t\u3000\ufeff") for cell in row]
    for at, cell in enumerate(cells):
        for part in _NEXT.split(cell) if cell else []:
            pair = _PAIR.match(part) or _numbered(part)
            if pair and pair[2]:
                found.setdefault(folded(pair[1]), pair[2].strip(_BRACKETS))
            else:
                key = folded(part).rstrip(":")
                following = next((text for text in cells[at + 1 :] if text), "")
                # a key whose value was left blank must not take the next key for its value
                found.setdefault(key, "" if folded(following).rstrip(":") in known_keys() else following)
    found |= _money_said(" ".join(cell for cell in cells if cell), found)
    return found


def _numbered(text: str) -> re.Match[str] | None:
    found = _NUMBERED.match(text)
    return found if found and folded(found[1]) in known_keys() else None


def _money_said(line: str, found: Mapping[str, str]) -> dict[str, str]:
    """Unit and currency a line states for all amounts."""
    said: dict[str, str] = {}
    unit = _UNIT_SAID.search(unicodedata.normalize("NFKC", line))
    if unit:
        said[UNIT] = unit[2]
        code = currency_of(unit[1]) if unit[1] else None
        if code:
            said[CURRENCY] = code
    for key in _UNIT_KEYS:
        code = currency_of(found.get(key))
        if code and found[key] not in {"元", "1"}:
            said[CURRENCY] = code
    for key in _CURRENCY_KEYS:
        if found.get(key):
            said[CURRENCY] = currency_of(found[key]) or UNKNOWN
    return said


def unit_in_name(name: str) -> dict[str, str]:
    """The unit a sheet or file is named with: ``流水（万元）``, ``流水_单位千元.csv``."""
    found = _IN_NAME.search(name)
    return {UNIT: found[1]} if found else {}


def currency_in_name(name: str) -> str | None:
    """The one currency a sheet or file is named with: ``美元户``, ``流水_USD.csv``."""
    known = tables()["currencies"]
    said = {code for word, code in known.items() if len(word) > 1 and word[0] > "\u3000" and word in name}
    said |= {code for code in _CODE_IN_NAME.findall(name) if known.get(code.lower()) == code}
    return said.pop() if len(said) == 1 else None


@cache
def known_keys() -> frozenset[str]:
    """Every key a value above the heading is looked for under, and those of lines that only describe."""
    keys = {
        folded(key)
        for layout in layouts().values()
        for column in layout.columns.values()
        if column.fallback is not None
        for key in column.fallback.preamble
    }
    described = (
        *("子账户序号", "子账户类别", "起始日期", "截止日期", "终止日期", "起始时间", "终止时间", "查询时间"),
        *(
            "查询日期",
            "查询期间",
            "账单周期",
            "开户机构",
            "开户网点",
            "开户行",
            "卡别名",
            "钞汇标志",
            "打印时间",
        ),
    )
    return frozenset(keys | _CURRENCY_KEYS | _UNIT_KEYS | set(map(folded, described)))


def owner_fields(layout: Layout) -> frozenset[str]:
    """The fields that say whose rows they are."""
    names: list[str | None] = []
    if layout.payment is not None:
        names += [*layout.payment.owner, layout.payment.owner_name, layout.payment.owner_id]
    if layout.call is not None:
        names += [layout.call.own.number, layout.call.own.imsi, layout.call.own.imei]
    names += [name for record in layout.records if record.slot == "owner" for name in _named(record)]
    return frozenset(name for name in names if name)


def _named(record: Record) -> list[str | None]:
    return [record.name, *(ref.column for ref in record.refs)]


def owner_keys(layout: Layout) -> frozenset[str]:
    """The keys above a heading, or between rows, that say whose rows follow."""
    return frozenset(folded(key) for name in owner_fields(layout) for key in _preamble(layout, name))


def _preamble(layout: Layout, name: str) -> tuple[str, ...]:
    fallback = layout.columns[name].fallback
    return fallback.preamble if fallback is not None else ()


def is_note(row: Sequence[str]) -> bool:
    """Whether a line between the rows speaks of the rows that follow instead of being one of them."""
    plain = [cell.strip(" \t\u3000\ufeff") for cell in row]
    cells = [cell for cell in plain if cell]
    if not cells or not (any(plain[:2]) or len(cells) == 1):
        return False
    pair = _PAIR.match(cells[0]) or _numbered(cells[0])
    if pair is None and len(cells) == 1:
        return UNIT in pairs(cells)
    if pair is None:
        # keys and values in cells of their own, and nothing else in the line
        keys = [folded(cell) for cell in cells[::2]]
        return len(cells) > 1 and all(key in known_keys() for key in keys)
    return folded(pair[1]) in known_keys() or UNIT in pairs(row)


def elsewhere(line: str) -> bool:
    """Whether a heading or a line above it says that times are not those of Beijing: ``时间(UTC)``, ``时区：UTC``."""
    plain = unicodedata.normalize("NFKC", line)
    zone = _ZONE_SAID.search(plain)
    return bool(_UTC.search(plain) or (zone and not _BEIJING.search(zone[1])))


def other_owner(old: Mapping[str, str], new: Mapping[str, str], layout: Layout) -> bool:
    """Whether some lines name another owner than was named before, by whatever key."""
    return any(new.get(key) and new[key] != old.get(key) for key in owner_keys(layout))


def renewed(old: Mapping[str, str], new: Mapping[str, str], layout: Layout) -> dict[str, str]:
    """The values for the rows after some lines: of another owner nothing is kept that is not said again."""
    theirs = owner_keys(layout) if other_owner(old, new, layout) else frozenset()
    return {**{key: text for key, text in old.items() if key not in theirs}, **new}
