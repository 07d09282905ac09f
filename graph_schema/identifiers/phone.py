"""Telephone numbers: mainland mobiles and landlines, numbers of other countries, service numbers.

``phonenumbers`` judges landlines and other countries; mainland mobiles go by shape alone, because new ranges
are handed out faster than tables follow, and because columns of millions of them must be read fast.
"""

from __future__ import annotations

import re

import phonenumbers

from graph_schema.dictionaries import is_service_number, is_virtual_operator
from graph_schema.identifiers.common import accepts, bad_shape, clean, hide, refuse_float

KIND = "phone"
MOBILE = re.compile(r"1[3-9]\d{9}\Z", re.ASCII)
_THINGS = re.compile(r"^14(?:10|4[01]|6\d|8\d)\d{9}$", re.ASCII)
"""13-digit numbers of machines (IoT)."""
_SEPARATORS = re.compile(r"[\s\-().·_—–‐‑‒−]|^tel:", re.IGNORECASE)
_EXTENSION = re.compile(r"(?<=\d)\s*(?:转|分机|#|,|;|ext\.?)\s*\d{0,6}$", re.IGNORECASE)
_DASH_EXTENSION = re.compile(r"^(\(?0\d{2,3}\)?[\s-]?\d{7,8})-\d{1,6}$", re.ASCII)
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=\d)", re.ASCII)
_DIAL_PREFIX = re.compile(
    r"^(?:179(?:0[019]|1[01]|31|5[01]|6[089]|9[01])|12593|12520|12583[1-3]|10193)"
    r"(?=0?1[3-9]\d{9}$|0\d{9,11}$)",
    re.ASCII,
)
_TRUNK_MOBILE = re.compile(r"^0(1[3-9]\d{9})$", re.ASCII)
_AREA = re.compile(r"^0(?:10|2\d|[3-9]\d{2})(?=\d)", re.ASCII)
_LANDLINE = re.compile(r"^0(?:10|2\d|[3-9]\d{2})\d{7,8}$", re.ASCII)
_HK_MACAO_TAIWAN = re.compile(r"^(?:852|853|886)\d{8,9}$", re.ASCII)
_MAINLAND = "+86"
SHORTEST_AFTER_86 = 10
"""A bare 86 before fewer digits is the beginning of a local number, not the country code."""


def _bare(raw: str) -> str:
    """Return the digits, with + or 00 of a country code left on."""
    text = clean(raw).rstrip("/\\;,、。.")
    main = _DASH_EXTENSION.match(text)
    text = main.group(1) if main else _EXTENSION.sub("", text)
    return _SEPARATORS.sub("", text)


def _undialled(text: str) -> str:
    """Return a mainland number without dial prefix and without the trunk 0 of a mobile."""
    text = _DIAL_PREFIX.sub("", text)
    trunk = _TRUNK_MOBILE.match(text)
    return trunk.group(1) if trunk else text


def _mainland(text: str) -> str | None:
    """Return the normalised form of a number dialled in the mainland, or None where it is none."""
    text = _undialled(text)
    if MOBILE.match(text) or _THINGS.match(text):
        return _MAINLAND + text
    if _LANDLINE.match(text):
        return _MAINLAND + text[1:]
    local = _AREA.sub("", text)
    return local if is_service_number(local) else None


def _recognised(bare: str) -> str | None:
    """Return the normalised form of bare digits that mean the same number everywhere, or None."""
    rest = _COUNTRY.sub("", bare)
    if rest == bare or (bare.startswith("86") and len(rest) < SHORTEST_AFTER_86):
        return _mainland(bare) or _foreign(bare)
    # After a country code a landline stands without its trunk 0.
    abroad = _mainland(rest) or _mainland("0" + rest)
    return abroad or (_mainland(bare) or _foreign(bare) if bare.startswith("86") else None)


def _foreign(text: str) -> str | None:
    """Return the E.164 form of a number of another country, where phonenumbers finds it valid."""
    if text.startswith("00"):
        text = "+" + text[2:]
    elif _HK_MACAO_TAIWAN.match(text):
        text = "+" + text
    if not text.startswith("+"):
        return None
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normalise(raw: str) -> str:
    """Return E.164 (+86…), the plain digits of a service number, or the bare digits of anything else."""
    if MOBILE.match(raw):
        return _MAINLAND + raw
    bare = _bare(raw)
    return _recognised(bare) or bare


def validate(raw: str) -> str:
    """Return the normalised number or raise InvalidIdentifier.

    Short numbers of a company or family net and landlines without area code mean something only inside
    their own net, so that they are not valid on their own.
    """
    if MOBILE.match(raw):
        return _MAINLAND + raw
    refuse_float(KIND, raw)
    bare = _bare(raw)
    found = _recognised(bare)
    if found is None:
        raise bad_shape(KIND, bare)
    return found


is_valid = accepts(validate, "Say whether the number is complete enough to be told everywhere.")


def is_service(number: str) -> bool:
    """Say whether a normalised number is a service number: never a contact."""
    return is_service_number(number)


def is_virtual(number: str) -> bool:
    """Say whether a normalised number lies in a range of a virtual operator."""
    return number.startswith(_MAINLAND) and is_virtual_operator(number.removeprefix(_MAINLAND))


def kind(number: str) -> str:
    """Return the kind of a normalised number: mobile, landline, service, foreign, short or other."""
    if is_service_number(number):
        return "service"
    if not number.startswith("+"):
        return "short" if number.isdigit() and len(number) <= 8 else "other"
    if not number.startswith(_MAINLAND):
        return "foreign"
    rest = number.removeprefix(_MAINLAND)
    if MOBILE.match(rest):
        return "mobile"
    return "other" if _THINGS.match(rest) else "landline"


def format(raw: str) -> str:
    """Return the number as it is written: 138 1234 5678, 0571-88881234, +852 5123 4567."""
    number = normalise(raw)
    if kind(number) == "mobile":
        return f"{number[3:6]} {number[6:10]} {number[10:]}"
    if not number.startswith("+") or not is_valid(raw):
        return number
    style = phonenumbers.PhoneNumberFormat
    parsed = phonenumbers.parse(number, None)
    if number.startswith(_MAINLAND):
        return phonenumbers.format_number(parsed, style.NATIONAL).replace(" ", "-", 1).replace(" ", "")
    return phonenumbers.format_number(parsed, style.INTERNATIONAL)


def mask(raw: str) -> str:
    """Return the number with its middle hidden (138****7207); service numbers stay."""
    number = normalise(raw)
    if is_service_number(number):
        return number
    if number.startswith(_MAINLAND):
        rest = number.removeprefix(_MAINLAND)
        return hide(rest if kind(number) != "landline" else "0" + rest, 3, 4)
    return hide(number, 4, 3)
