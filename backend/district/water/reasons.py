"""A reason as every item of waste water states it: about what happened, never about a person."""

from __future__ import annotations

from collections.abc import Sequence

from backend.contract.district.common import Reason


def reason(
    rule: str,
    zh: str,
    en: str,
    value: float | None = None,
    threshold: float | None = None,
    unit: str = "",
    rows: Sequence[str] = (),
) -> Reason:
    """One reason with its rule, value, threshold and rows."""
    return {
        "rule": rule,
        "zh": zh,
        "en": en,
        "value": value,
        "threshold": threshold,
        "unit": unit,
        "kind": "event",
        "evidence": list(dict.fromkeys(rows)),
    }
