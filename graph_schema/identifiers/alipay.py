"""Alipay: the 16-digit user id (2088…) and the logins that lead to it, e-mail address or mobile number."""

from __future__ import annotations

import re

from graph_schema.identifiers.common import accepts, bad_shape, clean, hide, refuse_float

KIND = "alipay"
_USER = re.compile(r"^2088\d{12}$", re.ASCII)
_MOBILE = re.compile(r"^(?:\+?86|0086)?(1[3-9]\d{9})$", re.ASCII)
_EMAIL = re.compile(r"^[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$", re.ASCII)


def normalise(raw: str) -> str:
    """Return the id without spaces, an e-mail address in small letters, a mobile number as 11 digits."""
    text = clean(raw).replace(" ", "").lower()
    mobile = _MOBILE.match(text.replace("-", ""))
    return mobile.group(1) if mobile else text


def validate(raw: str) -> str:
    """Return the normalised user id or login, or raise InvalidIdentifier."""
    refuse_float(KIND, raw)
    text = normalise(raw)
    if not (_USER.match(text) or _MOBILE.match(text) or _EMAIL.match(text)):
        raise bad_shape(KIND, text)
    return text


def is_user_id(raw: str) -> bool:
    """Say whether it is a user id (2088…), which is told by its shape anywhere."""
    return bool(_USER.match(raw.strip()))


is_valid = accepts(validate, "Say whether it is an Alipay user id or login.")


def format(raw: str) -> str:
    """Return the id as it is shown."""
    return normalise(raw)


def mask(raw: str) -> str:
    """Return the id with its middle hidden; an e-mail address keeps its domain."""
    text = normalise(raw)
    user, at, domain = text.partition("@")
    return hide(user, 2, 1) + at + domain if at else hide(text, 3, 4)
