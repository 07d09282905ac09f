"""What all identifier modules share: cleaning of a cell, the error they raise, masking."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from graph_schema.errors import InputError
from graph_schema.language import Text

INVISIBLE = "".join(
    chr(code)
    for code in (*range(0xAD, 0x10000), *range(0xE0000, 0xE0080))
    if unicodedata.category(chr(code)) == "Cf"
)
"""Characters that show nothing (zero width, direction marks …) and come along when a number is copied."""

_JUNK = dict.fromkeys(map(ord, INVISIBLE + "\t\r\n\v\f"))
_EXCEL_TEXT = re.compile(r'^=?"(.*)"$')
_FLOAT = re.compile(r"^[+-]?\d(?:\.\d+)?[Ee]\+?\d+$")
_POINT_ZERO = re.compile(r"^(\d+)\.0+$")
NOTHING = (
    *(
        "/",
        "\\",
        "\\N",
        "nan",
        "none",
        "nat",
        "null",
        "(null)",
        "<nil>",
        "<null>",
        "nil",
        "undefined",
        "n/a",
        "n.a.",
    ),
    *(
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NULL!",
        "#NUM!",
        "空",
        "(空)",
        "（空）",
        "空白",
        "无",
        "(无)",
    ),
    *(
        "（无）",
        "不详",
        "暂无",
        "未知",
        "未识别",
        "无法识别",
        "未登记",
        "未填写",
        "未填",
        "未录入",
        "待查",
        "缺失",
        "无数据",
    ),
)
"""Ways of writing nothing that programs and clerks use, spreadsheet errors among them."""

_EMPTY = frozenset(word.casefold() for word in ("", "na", *NOTHING))
_NO_PLATE = frozenset(
    {"车牌", "号牌", "无牌", "无车牌", "无号牌", "无牌车", "未悬挂", "未悬挂号牌", "遮挡", "号牌遮挡"}
)
_NO_ACCOUNT = frozenset(
    {"无账号", "无卡号", "无帐号", "账号", "卡号", "现金", "匿名", "未知账号", "未知号码"}
)
_NO_NUMBER = frozenset(
    {
        *("unknown", "private", "restricted", "withheld", "blocked", "unavailable", "anonymous", "payphone"),
        *(
            "私人号码",
            "私密号码",
            "隐藏号码",
            "匿名来电",
            "未知来电",
            "无主叫",
            "无主叫号码",
            "无号码",
            "空号",
        ),
        *("未显示", "号码未显示", "不显示号码", "来电未显示", "未提供"),
    }
)
"""What phones and carriers write for a caller who shows no number."""
_RUNS = ("1234567890" * 4, "0123456789" * 4)
_SHORTEST_RUN = 6
_FEW = 4
"""So few digits behind zeros are no number, only the place of one."""
_WORDLESS = frozenset({"card", "resident_id", "imsi", "imei"})
_MEANS_SOMETHING = re.compile(r"[@*]|^wxid_|^本账单账户$", re.IGNORECASE)
"""Ids of wallets without a digit, masked numbers, and the account of a bill that does not name it."""
_NO_PHONE = re.compile(r"^(?:\d{1,2}|1\d\d0{8})$", re.ASCII)
"""Codes such as -1, 1380000…"""
_LEAST = {"phone": 7, "card": 5, "imsi": 5, "imei": 5, "resident_id": 5, "uscc": 5, "waybill": 5, "plate": 5}
"""From so many digits on, one digit repeated is no number of these kinds; accounts of chat programs may be so."""
EXACT_DIGITS = 15
"""A spreadsheet holds at most this many digits of a number; longer ones were changed by it."""


class InvalidIdentifier(InputError):
    """A value is no valid identifier of its kind; ``reason`` is a stable word, ``value`` what was given."""

    code = "E-IDENTIFIER"

    def __init__(self, kind: str, value: str, reason: str, zh: str, en: str) -> None:
        super().__init__(Text(f"“{value}”{zh}", f"{kind} “{value}” {en}"))
        self.kind = kind
        self.value = value
        self.reason = reason


class TruncatedNumber(InvalidIdentifier):
    """A spreadsheet turned the number into floating point and lost its last digits for good."""

    code = "err.float"

    def __init__(self, kind: str, value: str) -> None:
        super().__init__(
            kind,
            value,
            "float",
            "已被表格软件截断，需向来源重新调取文本格式",
            "was truncated by a spreadsheet; ask its source for a text export",
        )


def bad_shape(kind: str, value: str) -> InvalidIdentifier:
    """Return the error for a value whose length or characters do not fit; it says so when it is masked."""
    if "*" in value:
        return InvalidIdentifier(
            kind, value, "masked", "已打码，按未核实保存", "is masked; kept as unverified"
        )
    return InvalidIdentifier(
        kind, value, "shape", "格式不符，按未核实保存", "has an unknown shape; kept as unverified"
    )


def bad_check(kind: str, value: str) -> InvalidIdentifier:
    """Return the error for a wrong check digit."""
    return InvalidIdentifier(
        kind, value, "check", "校验位不符，按未核实保存", "fails its check digit; kept as unverified"
    )


def clean(raw: str) -> str:
    """Return a cell without what exports add: full-width forms, invisible characters, quotes, apostrophes.

    ``13800000000.0`` loses its ``.0`` where the number is short enough to be exact.
    """
    text = unicodedata.normalize("NFKC", raw).translate(_JUNK).strip().lstrip("|'’‘`").strip()
    quoted = _EXCEL_TEXT.match(text)
    if quoted:
        text = quoted.group(1).strip()
    whole = _POINT_ZERO.match(text)
    if whole and len(whole.group(1)) <= EXACT_DIGITS:
        text = whole.group(1)
    return text


def is_blank(raw: str | None) -> bool:
    """Say whether a cell holds nothing, in any of the ways exports write nothing."""
    if raw is None:
        return True
    text = clean(raw)
    return text.casefold() in _EMPTY or not text.strip("-_—–*·. #?？")


def is_filler(kind: str, raw: str) -> bool:
    """Say whether a cell only fills its place: 0, 000000, 9999999999, 123456, 未识别. It names nobody."""
    text = clean(raw).replace(" ", "").replace("-", "")
    if not text.strip("0"):
        return True
    if text in _NO_ACCOUNT or (kind == "plate" and text in _NO_PLATE):
        return True
    if kind in _WORDLESS and not any(map(str.isdigit, text)) and not _MEANS_SOMETHING.search(text):
        return True
    if kind == "phone" and (text.casefold() in _NO_NUMBER or _NO_PHONE.match(text)):
        return True
    least = _LEAST.get(kind)
    return least is not None and len(text) >= least and _only_fills(kind, text)


def _only_fills(kind: str, text: str) -> bool:
    """Whether digits are one digit repeated, digits counted up, or next to nothing behind zeros."""
    if kind == "resident_id" and text[-1:] in "Xx":
        text = text[:-1]
    elif kind == "imsi" and text.startswith("460"):
        text = text[5:]  # behind country and network
    if not text.isdigit():
        return False
    counted = len(text) >= _SHORTEST_RUN and any(run.startswith(text) for run in _RUNS)
    padded = kind != "imsi" and len(text) > 2 * _FEW and len(text.lstrip("0")) <= _FEW
    return len(set(text)) == 1 or counted or padded


def is_cut(text: str) -> bool:
    """Say whether a number of 18 digits or more ends in zeros where a spreadsheet has rounded it. Of true numbers with 17
    digits one in a hundred ends in two zeros, so two say nothing.
    """
    return len(text) > EXACT_DIGITS + 2 and text.isdigit() and not text[EXACT_DIGITS:].strip("0")


def is_float(text: str) -> bool:
    """Say whether a cleaned cell is a number a spreadsheet has cut: 6.22202E+18 or 622202…000.0."""
    return bool(_FLOAT.match(text) or _POINT_ZERO.match(text))


def refuse_float(kind: str, raw: str) -> None:
    """Raise TruncatedNumber where the cell is a number a spreadsheet has cut."""
    text = clean(raw)
    if is_float(text):
        raise TruncatedNumber(kind, text)


def hide(text: str, head: int, tail: int) -> str:
    """Return the text with its middle as stars; short texts keep only their last character."""
    if len(text) <= head + tail:
        return "*" * (len(text) - 1) + text[-1:]
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def accepts(validate: Callable[[str], str], doc: str) -> Callable[[str], bool]:
    """Return the function that says whether ``validate`` takes a text, documented by ``doc``."""

    def is_valid(raw: str) -> bool:
        try:
            validate(raw)
        except InvalidIdentifier:
            return False
        return True

    is_valid.__doc__ = doc
    return is_valid
