"""WeChat ids: internal ``wxid_…``, user-set ids, groups, public accounts; and Tenpay's own wallet ids."""

from __future__ import annotations

import re

from graph_schema.identifiers.common import accepts, bad_shape, clean, hide, refuse_float

KIND = "wechat"
_INTERNAL = re.compile(r"^(?:wxid_[0-9A-Za-z_-]+|gh_[0-9A-Za-z]+|\d+@chatroom|\d+@openim)$", re.ASCII)
_USER_SET = re.compile(r"^[A-Za-z_][A-Za-z0-9_-]{5,19}$", re.ASCII)
_MOBILE = re.compile(r"^1[3-9]\d{9}$", re.ASCII)
_WALLET = re.compile(r"^(?=.*[0-9@])[0-9A-Za-z][0-9A-Za-z@._-]{4,63}$", re.ASCII)
_PREFIX = re.compile(r"^(?:wxid|gh)_", re.IGNORECASE)


def normalise(raw: str) -> str:
    """Return the id without spaces; the internal prefixes in small letters, the rest as written."""
    text = clean(raw).replace(" ", "")
    return _PREFIX.sub(lambda found: found.group().lower(), text)


def validate(raw: str) -> str:
    """Return the normalised WeChat id or raise InvalidIdentifier; a mobile number stands for its bound id."""
    refuse_float(KIND, raw)
    text = normalise(raw)
    if _INTERNAL.match(text) or _USER_SET.match(text) or _MOBILE.match(text):
        return text
    raise bad_shape(KIND, text)


def validate_wallet(raw: str) -> str:
    """Return a Tenpay wallet id (``…@wx.tenpay.com``, merchant number …) or raise InvalidIdentifier."""
    refuse_float(KIND, raw)
    text = normalise(raw)
    if not _WALLET.match(text):
        raise bad_shape(KIND, text)
    return text


def is_internal(raw: str) -> bool:
    """Say whether it is an internal id (``wxid_…``), which is told by its shape anywhere."""
    return bool(_INTERNAL.match(raw.strip()))


is_valid = accepts(validate, "Say whether it is a WeChat id.")


def format(raw: str) -> str:
    """Return the id as it is shown."""
    return normalise(raw)


def mask(raw: str) -> str:
    """Return the id with its middle hidden."""
    text = normalise(raw)
    return hide(text, 7 if text.startswith("wxid_") else 2, 2)
