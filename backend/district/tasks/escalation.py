"""Escalation: what an overdue task calls for by the days it is late, as the rule file 时限 says (step 督办)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backend.contract.district.common import Reason
from backend.district.rules import RuleRow

STEP = "督办"
WORDS: Mapping[str, str] = {
    "提醒": "a reminder",
    "通报": "a notice to all units",
    "约谈": "a talk with who is responsible",
}


def escalated(days: int, rows: Sequence[RuleRow], rule: str, evidence: list[str]) -> list[Reason]:
    """The highest level a task has reached; nothing for one in time, or done late but done."""
    levels = sorted(
        ((row.number("hours") or 0.0) / 24, row.text("level")) for row in rows if row.text("step") == STEP
    )
    reached = [(limit, level) for limit, level in levels if days >= limit > 0]
    if not reached:
        return []
    limit, level = reached[-1]
    return [
        {
            "rule": rule,
            "zh": f"逾期 {days} 天，达到“{level}”",
            "en": f"{days} days overdue: calls for {WORDS.get(level, level)}",
            "value": float(days),
            "threshold": limit,
            "unit": "d",
            "kind": "event",
            "evidence": evidence,
        }
    ]


def inspection_finding(declared: int | None, problems: int) -> tuple[str, str] | None:
    """What is wrong where a joint inspection declares other problems than the table of problems has."""
    if declared is None or declared == problems:
        return None
    return (
        f"联合检查写明 {declared} 个问题，问题整改表有 {problems} 个",
        f"The joint inspection found {declared} problems; the table of problems has {problems}",
    )
