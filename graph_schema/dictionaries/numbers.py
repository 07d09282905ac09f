"""Which telephone numbers are service numbers, and what a mobile prefix hints at."""

from __future__ import annotations

import re
from functools import cache

from graph_schema.dictionaries.loader import load


@cache
def _exact() -> dict[str, str]:
    return {
        entry.value: entry.meaning for entry in load("service_numbers") if entry.extra["match"] == "exact"
    }


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = [entry for entry in load("service_numbers") if entry.extra["match"] == "pattern"]
    return tuple((re.compile(entry.value, re.ASCII), entry.meaning) for entry in rows)


def service_name(digits: str) -> str | None:
    """Return whose service number plain digits are, or None where they are none."""
    found = _exact().get(digits)
    if found is not None:
        return found
    return next((meaning for shape, meaning in _patterns() if shape.fullmatch(digits)), None)


@cache
def _any_service() -> re.Pattern[str]:
    shapes = [re.escape(number) for number in _exact()] + [shape.pattern for shape, _ in _patterns()]
    return re.compile("|".join(f"(?:{shape})" for shape in shapes), re.ASCII)


def is_service_number(digits: str) -> bool:
    """Say whether plain digits are a service number: carriers, banks, public lines, SMS gateways."""
    return _any_service().fullmatch(digits) is not None


@cache
def _prefixes() -> dict[str, tuple[str, bool]]:
    return {
        entry.value: (entry.meaning, entry.extra["virtual"] == "yes") for entry in load("mobile_prefixes")
    }


def _prefix(digits: str) -> tuple[str, bool] | None:
    known = _prefixes()
    return next((known[digits[:n]] for n in (5, 4, 3) if digits[:n] in known), None)


def carrier(digits: str) -> str | None:
    """Return the carrier an 11-digit mobile number was handed to first; numbers are portable since 2019."""
    found = _prefix(digits)
    return found[0] if found else None


def is_virtual_operator(digits: str) -> bool:
    """Say whether an 11-digit mobile number lies in a virtual operator's range: a hint, no proof."""
    found = _prefix(digits)
    return bool(found and found[1])
