"""A reason as every item states it: why, why not, or what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from backend.contract.district.common import Reason, Subject

ReasonAbout = Literal["firm", "person", "event"]
"""What a reason is about."""


def reason(
    rule: str,
    zh: str,
    en: str,
    evidence: Iterable[str] = (),
    value: float | None = None,
    threshold: float | None = None,
    unit: str = "",
    kind: ReasonAbout = "event",
    subject: Subject | None = None,
) -> Reason:
    """One reason with its rule, value, threshold and rows, each row once; with a subject it is one of a person."""
    made: Reason = {
        "rule": rule,
        "zh": zh,
        "en": en,
        "value": value,
        "threshold": threshold,
        "unit": unit,
        "kind": "person" if subject else kind,
        "evidence": list(dict.fromkeys(evidence)),
    }
    if subject:
        made["subject"] = subject
    return made
