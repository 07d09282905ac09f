"""Bank cards (16 to 19 digits, Luhn) and bank account numbers, told apart by shape."""

from __future__ import annotations

import re

from stdnum import luhn

from graph_schema.dictionaries import card_bin
from graph_schema.identifiers.common import (
    TruncatedNumber,
    accepts,
    bad_check,
    bad_shape,
    clean,
    hide,
    is_cut,
    refuse_float,
)

KIND = "bank_card"
_CARD = re.compile(r"^\d{16,19}$", re.ASCII)
_ACCOUNT = re.compile(r"^(?=(?:.*\d){8})[0-9A-Z]{9,34}$", re.ASCII)
_CURRENCY = re.compile(r"^[A-Z]{3}0?(?=\d{16,19}(?:[-_]\d{1,3})?$)", re.ASCII)
_SUB_ACCOUNT = re.compile(r"^(\d{16,19})[-_]\d{1,3}$", re.ASCII)
_GROUPED = re.compile(r"^\d{1,3}(?:,\d{3}){3,}$", re.ASCII)
"""A number shown with commas, as a spreadsheet shows amounts."""
_ROUNDED = re.compile(r"^[3-6]\d{14}0$", re.ASCII)
"""Sixteen digits as a spreadsheet leaves them of a card; a true one passes its check digit."""
BIN_DIGITS = 6
"""Shorter prefixes of the list are too short to call a number a card."""


def normalise(raw: str) -> str:
    """Return the number without spaces, hyphens and capitals; only values that look like cards lose more.

    A currency prefix (``CNY6222…``) and a sub-account suffix (``6222…-1``) go where what is left has the
    length of a card; a payee code such as ``Z2004944000010N`` stays as it is.
    """
    text = clean(raw).upper().replace(" ", "")
    if "," in text and _GROUPED.match(text):
        text = text.replace(",", "")
    text = _CURRENCY.sub("", text)
    sub = _SUB_ACCOUNT.match(text)
    return sub.group(1) if sub else text.replace("-", "")


def _whole(raw: str) -> str:
    """Return the normalised number, or raise TruncatedNumber where a spreadsheet kept 15 digits of it."""
    refuse_float(KIND, raw)
    text = normalise(raw)
    if is_cut(text) or (_ROUNDED.match(text) and not luhn.is_valid(text)):
        raise TruncatedNumber(KIND, text)
    return text


def validate(raw: str) -> str:
    """Return the card number or raise InvalidIdentifier."""
    text = _whole(raw)
    if not _CARD.match(text) or not text.strip("0"):
        raise bad_shape(KIND, text)
    if not luhn.is_valid(text):
        raise bad_check(KIND, text)
    return text


def validate_account(raw: str) -> str:
    """Return an account number that is no card, or raise InvalidIdentifier.

    Account numbers have no check digit. A number with a known card prefix and that card's length is a card
    with a wrong digit, not an account.
    """
    text = _whole(raw)
    if not _ACCOUNT.match(text) or not text.strip("0"):
        raise bad_shape(KIND, text)
    known = card_bin(text)
    if known is not None and len(known.prefix) >= BIN_DIGITS:
        raise bad_check(KIND, text)
    return text


is_valid = accepts(validate, "Say whether the card number is valid.")


def format(raw: str) -> str:
    """Return the number in groups of four."""
    text = normalise(raw)
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4)) if _CARD.match(text) else text


def mask(raw: str) -> str:
    """Return the number with all but prefix and last four hidden."""
    return hide(normalise(raw), 4, 4)
