"""Scores figures and tasks against the truth of their maker: counts, sums, lists, reports that differ, days overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.contract.district.common import Finding
from backend.contract.district.figures import FigureItem
from backend.contract.district.tasks import TaskItem
from backend.demo.nouns.tasks import SIZES, WHOLE
from backend.demo.score_people import Json

COVERED = {
    "预防宣教学校数": "schools",
    "预防宣教学生数": "pupils",
    "志愿队数": "teams",
    "志愿者人数": "volunteers",
}


@dataclass
class SupervisionScore:
    """Shares right, of how many; 1.0 throughout is what the issue demands (figures exact)."""

    tasks: float
    values: float
    sums: float
    told: float
    false: int
    covered: float
    short: float

    @property
    def exact(self) -> bool:
        shares = (self.tasks, self.values, self.sums, self.told, self.covered, self.short)
        return all(share == 1.0 for share in shares) and not self.false


def score(
    truth: Json,  # as its maker saved it: SupervisionTruth as a dict
    tasks: Sequence[TaskItem],
    monthly: Sequence[FigureItem],
    whole: Sequence[FigureItem],
    found: Sequence[Finding],
) -> SupervisionScore:
    """``monthly`` and ``whole`` are the figures by month and of the whole time, ``found`` what the check of tasks found."""
    listed = {each["id"]: each for each in tasks}
    mine = [
        (each["id"] in listed)
        and (listed[each["id"]]["overdue_days"], listed[each["id"]]["state"])
        == (each["overdue"], each["state"])
        for each in truth["tasks"]
    ]
    figures = {(each["figure"], each["unit"], each["from"][:7]): each for each in monthly}
    values, told, false = [], [], 0
    for month in truth["figures"]:
        for unit, value in month["units"].items():
            item = figures.get((month["figure"], unit, month["month"]))
            values.append(item is not None and item["value"] == value)
            differs = item is not None and any(
                r["rule"].startswith("figure_reported") for r in item["reasons"]
            )
            if unit in month["reported"]:
                told.append(differs and item is not None and item["reported"] == month["reported"][unit])
            else:
                false += differs
    of_whole = {each["figure"]: each for each in whole if each["unit"] == WHOLE}
    covered = [of_whole[name]["value"] == SIZES[size] for name, size in COVERED.items() if name in of_whole]
    codes = {each["id"] for each in found if each["code"] == "problem_count"}
    return SupervisionScore(
        _share(mine),
        _share(values),
        _share(_sums(monthly)),
        _share(told),
        false,
        sum(covered) / len(COVERED),
        1.0 if codes == set(truth["short"]) else 0.0,
    )


def _sums(items: Sequence[FigureItem]) -> list[bool]:
    """Of every figure and month: whether the units come to the whole, in the numerator and below the line."""
    parts: dict[tuple[str, str], list[FigureItem]] = {}
    for each in items:
        if each["numerator"] is not None:
            parts.setdefault((each["figure"], each["from"]), []).append(each)
    return [
        sum(each[side] or 0 for each in group if each["unit"] != WHOLE)
        == sum(each[side] or 0 for each in group if each["unit"] == WHOLE)
        for group in parts.values()
        for side in ("numerator", "denominator")
    ]


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 0.0
