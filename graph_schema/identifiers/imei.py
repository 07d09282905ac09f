"""IMEI: 14 digits of type and serial, a Luhn check digit (15) or a software version (16)."""

from __future__ import annotations

from stdnum import imei, luhn
from stdnum.exceptions import InvalidChecksum, ValidationError

from graph_schema.identifiers.common import (
    accepts,
    bad_check,
    bad_shape,
    clean,
    hide,
    refuse_float,
)

KIND = "imei"


def normalise(raw: str) -> str:
    """Return the digits without separators."""
    return imei.compact(clean(raw)).replace("/", "")


def validate(raw: str) -> str:
    """Return the normalised IMEI or raise InvalidIdentifier.

    Networks do not transmit the check digit and write 0 in its place (3GPP TS 23.003), so that a 0 there
    is accepted. A number of one repeated digit is a placeholder.
    """
    refuse_float(KIND, raw)
    text = normalise(raw)
    try:
        imei.validate(text)
    except InvalidChecksum:
        if not text.endswith("0"):
            raise bad_check(KIND, text) from None
    except ValidationError:
        raise bad_shape(KIND, text) from None
    if len(set(text[:14])) == 1:
        raise bad_shape(KIND, text)
    return text


def handset(raw: str) -> str:
    """Return the 14 digits that tell a handset, of a valid IMEI."""
    return validate(raw)[:14]


is_valid = accepts(validate, "Say whether the IMEI is valid.")


def format(raw: str) -> str:
    """Return the IMEI with its parts apart: 35-417803-685978-9."""
    return imei.format(normalise(raw))


def mask(raw: str) -> str:
    """Return the IMEI with the serial hidden."""
    return hide(normalise(raw), 6, 3)


def with_check_digit(fourteen: str) -> str:
    """Return the 15 digits as they are printed on a handset, from its first 14."""
    return fourteen + luhn.calc_check_digit(fourteen)
