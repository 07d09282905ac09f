"""Identifiers inside free text such as 供述上家: phones, accounts and waybills, never names."""

from __future__ import annotations

import re
import unicodedata

from graph_schema.identifiers import resident_id

_WXID = re.compile(r"(?<![0-9A-Za-z_])wxid_[0-9A-Za-z_-]{4,40}")
_NAMED_WECHAT = re.compile(
    r"(?:微信号?|wx(?!id_)|vx|v信|weixin)(?:[号为是叫:;]|\s|昵称){0,3}([A-Za-z_][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_-])",
    re.IGNORECASE,
)
_NAMED_QQ = re.compile(r"(?:qq|扣扣|企鹅)(?:[号为是:;]|\s){0,3}([1-9]\d{4,11})(?!\d)", re.IGNORECASE)
_NAMED_ALIPAY = re.compile(
    r"支付宝(?:账号|账户|号|[为是:;]|\s){0,3}([0-9A-Za-z._-]+@[0-9A-Za-z.-]+|1[3-9]\d{9}|2088\d{12})"
)
_TELEGRAM = re.compile(
    r"(?:telegram|飞机|电报|tg)(?:[号为是:;]|\s){0,3}@?([A-Za-z][A-Za-z0-9_]{4,31})", re.IGNORECASE
)
_WAYBILL = re.compile(r"(?<![0-9A-Za-z])(?:SF|YT|JD|JT|STO|ZTO|YD|DPK)[0-9A-Z]{10,15}(?![0-9A-Za-z])")
_SPACED_MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ](\d{4})[- ]?(\d{4})(?!\d)")
_NUMBER = re.compile(r"(?<![0-9A-Za-z_@.])(?:\+?86[- ]?)?(\d{11,19}[0-9Xx]?)(?![0-9A-Za-z_@])")
_MOBILE = re.compile(r"^1[3-9]\d{9}$")


def identifiers_in(text: str) -> list[tuple[str, str]]:
    """Return (identifier kind, text) for everything in ``text`` that looks like one, without repeats."""
    plain = unicodedata.normalize("NFKC", text)
    found: list[tuple[str, str]] = []
    for pattern, kind in (
        (_NAMED_QQ, "qq"),
        (_NAMED_ALIPAY, "alipay"),
        (_NAMED_WECHAT, "wechat"),
        (_TELEGRAM, "telegram"),
        (_WXID, "wechat"),
        (_WAYBILL, "waybill"),
    ):
        for match in pattern.finditer(plain):
            value = match[1] if pattern.groups else match[0]
            if kind == "wechat" and value.lower().startswith("wxid_") and pattern is _NAMED_WECHAT:
                continue
            found.append((kind, value))
            # The same digits are not read a second time as a phone or card.
            plain = plain.replace(value, " " * len(value))
    plain = _SPACED_MOBILE.sub(r" \1\2\3 ", plain)
    for match in _NUMBER.finditer(plain):
        digits = match[1]
        if _MOBILE.match(digits):
            found.append(("phone", digits))
        elif resident_id.is_valid(digits):
            found.append(("resident_id", digits))
        elif 16 <= len(digits) <= 19 and digits.isdigit():
            found.append(("card", digits))
    return list(dict.fromkeys(found))
