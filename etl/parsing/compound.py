"""Parts of compound cells: ``2088…(姓名)``, ``姓名(银行)(卡号)``, ``(银行)卡号``, ``账号/户名``, ``张三 6222…``."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import pyarrow as pa

from etl.parsing.censored import limit_in
from etl.parsing.text import clean

_NUMBER = r"[0-9A-Za-z*@._+-]*[0-9*][0-9A-Za-z*@._+-]*"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"^(?P<name>[^()]+)\((?P<bank>[^()]+)\)\s*\((?P<number>{_NUMBER})\)$",
        rf"^\((?P<bank>[^()]+)\)\s*(?P<number>{_NUMBER})$",
        rf"^(?P<number>{_NUMBER})\s*\((?P<name>.+)\)$",
        r"^(?P<number>[0-9*-]{4,})\s*/\s*(?P<name>.+)$",
        r"^(?P<name>.+?)\s*/\s*(?P<number>[0-9*-]{4,})$",
        r"^(?P<name>[^0-9*]+?)\s*(?P<number>[0-9*]{4,})$",
        r"^(?P<number>[0-9*]{4,}|[0-9A-Za-z*._+-]+@[0-9A-Za-z.-]+)$",
        r"^(?P<name>.+)$",
    )
)
_DIGITS = re.compile(r"(?:[A-Z]{3}0?)?\d(?:[ -]?[\d*]){7,40}(?:[-_]\d{1,3})?(?![\d*])")
_LATIN_FIRST = re.compile(r"^(?P<name>[A-Za-z][A-Za-z .']+) (?P<number>\d{12,19})$", re.ASCII)
_LATIN_LAST = re.compile(r"^(?P<number>\d{12,19}) (?P<name>[A-Za-z][A-Za-z .']+)$", re.ASCII)
_NUMBERISH = re.compile(r"\d{5}|^\d+$")
"""What is no part of a name such as 三六零360科技."""
_CODE = re.compile(r"^[A-Z]{3}$")
"""A currency before an account."""
_MOBILES = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)", re.ASCII)
_LABEL = re.compile(r"(?:对方|本方)?(?:账号|帐号|卡号|账户|账卡号|户名|姓名|名称|开户名)\s*[:：]?")
_AROUND = " \t/|,，;；:：()（）[]【】-_—"
_BANK = re.compile(r"银行|信用社|支行|分行|农商行")
_NUMBERS = re.compile(r"(?<![0-9*])[0-9*]{8,34}(?![0-9*])")


@lru_cache(maxsize=65_536)
def party(text: str) -> tuple[str | None, str | None, str | None]:
    """Return name, number and bank of a party written in one cell, each None where it is not there."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for shape in _SHAPES:
        found = shape.match(plain)
        if found:
            parts = found.groupdict()
            name, number, bank = (parts.get(key) for key in ("name", "number", "bank"))
            return (name.strip(" /") or None if name else None), number, bank
    return None, None, None


@lru_cache(maxsize=65_536)
def beside_number(text: str) -> tuple[str, str] | None:
    """Account number and holder's name where a cell of numbers holds both; None where it is anything else."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not any(sign > "\u3000" for sign in plain):
        return _beside_latin(plain)
    found = _DIGITS.findall(plain)
    if len(found) != 1:
        return None
    name = _LABEL.sub("", plain.replace(found[0], " ", 1)).strip(_AROUND)
    return (found[0], name) if name and "*" not in name and not _NUMBERISH.search(name) else None


def _beside_latin(plain: str) -> tuple[str, str] | None:
    """The same of a name in letters, with a blank between the two: what is glued may be a payee's code."""
    found = _LATIN_FIRST.match(plain) or _LATIN_LAST.match(plain)
    return None if found is None or _CODE.match(found["name"]) else (found["number"], found["name"].strip())


def phone_in(text: str) -> str:
    """The one mobile number of a cell that holds its holder's name too; other cells as they are."""
    if text.isascii():
        return text
    found = _MOBILES.findall(unicodedata.normalize("NFKC", text))
    return found[0] if len(found) == 1 else text


def account_in(text: str) -> str:
    """The account number of a cell that holds its holder's name too; other cells as they are."""
    pair = beside_number(text)
    return text if pair is None else pair[0]


def names_beside(cells: pa.StringArray) -> pa.StringArray:
    """The holder's name where a cell of numbers holds it, or nothing but words, else null."""
    encoded = cells.dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    found = [None if text is None else beside_number(text) for text in texts]
    names = [None if pair is None or _BANK.search(pair[1]) else pair[1] for pair in found]
    names = [_worded(text) if name is None else name for text, name in zip(texts, names, strict=True)]
    return clean(pa.array(names, pa.string())).take(encoded.indices)


def _worded(text: str | None) -> str | None:
    """A cell in which words stand where a number should."""
    words = text is not None and any(sign > "\u3000" for sign in text)
    return text if words and not any(sign.isdigit() or sign == "*" for sign in text or "") else None


def _part(text: str, take: str) -> str | None:
    if take == "numbers":
        return ";".join(_NUMBERS.findall(unicodedata.normalize("NFKC", text))) or None
    if take == "first":
        return re.split(r"[/／|;；]", text, maxsplit=1)[0].strip() or None
    if take in ("below", "limit"):
        found = limit_in(text)
        return found if take == "limit" or found is None else "是"
    return party(text)[("name", "number", "bank").index(take)]


def part_of(cells: pa.StringArray, take: str) -> pa.StringArray:
    """One part of every cell; null where the cell does not have it."""
    encoded = cells.dictionary_encode()
    parts = [None if text is None else _part(text, take) for text in encoded.dictionary.to_pylist()]
    # A part may itself be a way of writing nothing (``2088…(null)``).
    return clean(pa.array(parts, pa.string())).take(encoded.indices)
