"""Courier waybills: the shapes couriers use, sub-parcel suffixes, and who may have issued one.

A shape proposes a courier and never decides: many plain 12- to 15-digit numbers fit several.
"""

from __future__ import annotations

import re

from graph_schema.dictionaries import courier_shapes
from graph_schema.identifiers.common import accepts, bad_shape, clean, hide, refuse_float

KIND = "waybill"
_SUB_PARCEL = re.compile(r"(?:-\d{1,3}){1,2}-?$", re.ASCII)
_GENERAL = re.compile(r"^(?:[A-Z]{1,4}\d{8,18}(?:[A-Z]{2})?|\d{8,20}|JD[0-9A-Z]{9,15})$", re.ASCII)


def normalise(raw: str) -> str:
    """Return the number in capitals, without spaces and without a sub-parcel suffix (``JD…-1-2-``)."""
    text = clean(raw).upper().replace(" ", "")
    return _SUB_PARCEL.sub("", text) if len(_SUB_PARCEL.sub("", text)) >= 8 else text


def validate(raw: str) -> str:
    """Return the normalised number or raise InvalidIdentifier."""
    refuse_float(KIND, raw)
    text = normalise(raw)
    if not _GENERAL.match(text) or not text.strip("0"):
        raise bad_shape(KIND, text)
    return text


def couriers(raw: str) -> list[str]:
    """Return the couriers whose shapes the number fits, by name; empty where none does."""
    text = normalise(raw)
    return [name for name, shape in courier_shapes() if shape.fullmatch(text)]


is_valid = accepts(validate, "Say whether it has the shape of a waybill.")


def format(raw: str) -> str:
    """Return the number as it is printed: in one piece."""
    return normalise(raw)


def mask(raw: str) -> str:
    """Return the number with its middle hidden."""
    return hide(normalise(raw), 4, 4)
