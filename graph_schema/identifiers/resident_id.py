"""公民身份号码 (GB 11643): 18 characters with birth date and check digit; 15-digit forms are raised.

The region code is not judged: abolished and unknown codes are real. That is why ``stdnum.cn.ric.validate``,
which looks the region up, does not serve; its check digit does.
"""

from __future__ import annotations

import datetime as dt
import re

from stdnum.cn import ric

from graph_schema.identifiers.common import (
    InvalidIdentifier,
    TruncatedNumber,
    accepts,
    bad_check,
    bad_shape,
    clean,
    hide,
    is_cut,
    refuse_float,
)

KIND = "resident_id"
_EIGHTEEN = re.compile(r"^\d{17}[\dX]$", re.ASCII)
_FIFTEEN = re.compile(r"^\d{15}$", re.ASCII)


def _date(text: str) -> dt.date | None:
    try:
        return dt.date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def normalise(raw: str) -> str:
    """Return the number with half-width digits and a capital X, 15 digits raised to 18."""
    text = clean(raw).upper().replace("×", "X").replace(" ", "").replace("-", "")
    if _FIFTEEN.match(text) and _date("19" + text[6:12]):
        text = text[:6] + "19" + text[6:]
        text += ric.calc_check_digit(text + "0")
    return text


def validate(raw: str) -> str:
    """Return the normalised number or raise InvalidIdentifier: shape, birth date, check digit."""
    refuse_float(KIND, raw)
    text = normalise(raw)
    if not _EIGHTEEN.match(text):
        raise bad_shape(KIND, text)
    born = _date(text[6:14])
    if born is None or born.year < 1800 or born > dt.date.today():
        raise InvalidIdentifier(
            KIND,
            text,
            "date",
            "出生日期不成立，按未核实保存",
            "has no possible birth date; kept as unverified",
        )
    if text[-1] != ric.calc_check_digit(text):
        raise TruncatedNumber(KIND, text) if is_cut(text) else bad_check(KIND, text)
    return text


is_valid = accepts(validate, "Say whether the number is valid.")


def format(raw: str) -> str:
    """Return the number in its three parts: region, birth date, sequence with check digit."""
    text = normalise(raw)
    return f"{text[:6]} {text[6:14]} {text[14:]}" if len(text) == 18 else text


def mask(raw: str) -> str:
    """Return the number with birth date and most of the region hidden."""
    return hide(normalise(raw), 3, 4)


def birth(number: str) -> str:
    """Return the birth date of a valid number as YYYY-MM-DD."""
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def sex(number: str) -> str:
    """Return male or female of a valid number (odd sequence: male)."""
    return "male" if int(number[16]) % 2 else "female"
