"""Supervision of the demo: tasks in four parts, problems to their closing, joint inspections, prevention, monthly reports.

The size is that of a real district's year: 26 tasks, 67 problems, 15 joint inspections, 47 schools with 30,686 pupils,
12 teams with 311 volunteers. Ordinary life is in it: deadlines put off, problems closed on the last day, months with
nothing to report, the same school visited twice.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from backend.demo.files.desk import Desk
from backend.demo.files.tabular import SourceTable, write_text
from backend.demo.truth import TruthJson
from backend.demo.world import DAYS, START

FOLDER = "全区/督办"
UNITS = ("城关派出所", "江东派出所", "山前派出所", "园区派出所", "禁毒大队")
PARTS = ("打击", "管控", "企业", "宣教")
TASKS = "任务编号 任务名称 板块 责任单位 首次期限 截止日期 完成日期 佐证 状态"
PROBLEMS = (
    "问题编号 任务编号 检查编号 责任单位 发现日期 问题 首次期限 整改期限 整改完成日期 复查日期 销号日期"
)
JOINT = "检查编号 检查日期 牵头部门 参加部门 责任单位 问题数"
PREVENTION = "单位名称 类型 应覆盖 已覆盖 日期 学时"
REPORTS = "指标 单位 月份 数值"
SIZES = {
    "tasks": 26,
    "problems": 67,
    "joint": 15,
    "schools": 47,
    "pupils": 30_686,
    "teams": 12,
    "volunteers": 311,
}
WHOLE = "全区"
_FAULTS = ("台账不全", "未双人双锁", "出入库登记缺页", "检测超期", "走访未记录", "标识不清")


@dataclass
class TaskTruth:
    """A task with what is true of it on the day: its state and its days overdue."""

    id: str
    part: str
    unit: str
    first_due: str
    done: str | None
    overdue: int
    state: str


@dataclass
class FigureTruth:
    """A figure in a month by unit, and in all; ``reported`` where a report tells something else."""

    figure: str
    month: str
    units: dict[str, int]
    reported: dict[str, int] = field(default_factory=dict)


@dataclass
class SupervisionTruth:
    """What is true on ``on``: tasks, sizes, figures with the reports that differ, inspections with problems left out."""

    on: str
    tasks: list[TaskTruth] = field(default_factory=list)
    figures: list[FigureTruth] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)
    short: list[str] = field(default_factory=list)  # joint inspections with fewer problems than declared


@dataclass
class _Problem:
    unit: str
    found: date
    closed: date | None


def write_tasks(desk: Desk) -> TruthJson:
    """Write the tables of supervision into the demo and return their truth."""
    rng = Random(f"{desk.world.seed}/{desk.world.behaviour.name}/tasks")
    on = (START + timedelta(days=DAYS - 1)).date()
    tables, truth = make(rng, START.date(), on)
    for name, table in tables.items():
        desk.files.append(write_text(desk.folder, f"{FOLDER}/{name}.csv", table, "utf-8-sig"))
    return asdict(truth)


def make(rng: Random, first: date, on: date) -> tuple[dict[str, SourceTable], SupervisionTruth]:
    """The tables and their truth for the days from ``first`` to ``on``."""
    truth = SupervisionTruth(on.isoformat(), sizes=dict(SIZES))
    tables = {"任务": _tasks(rng, first, on, truth)}
    joint, days = _joint(rng, first, on)
    tables["问题整改"], problems = _problems(rng, joint, days, on, truth)
    tables["联合检查"] = joint
    tables["预防宣教"] = _prevention(rng, first, on, truth)
    months = _months(first, on)
    found = {name: _by_month(problems, name, months) for name in ("发现问题数", "销号问题数")}
    inspected = {month: {"禁毒办": 0} for month in months}
    for day in days:
        inspected[day.isoformat()[:7]]["禁毒办"] += 1
    found["联合检查次数"] = inspected
    tables["统计月报"] = _reports(rng, found, truth)
    return tables, truth


def _tasks(rng: Random, first: date, on: date, truth: SupervisionTruth) -> SourceTable:
    table = SourceTable("tasks", TASKS.split())
    for n in range(SIZES["tasks"]):
        due = first + timedelta(days=rng.randrange(30, (on - first).days + 40))
        unit, part = UNITS[n % len(UNITS)], PARTS[n % len(PARTS)]
        put_off = due + timedelta(days=rng.choice((0, 0, 30)))
        done = due + timedelta(days=rng.randrange(-20, 45)) if rng.random() < 0.7 else None
        if done and done > on:
            done = None
        late = max(0, ((done or on) - due).days)
        state = "done" if done else rng.choice(("in_progress", "not_started"))
        words = {"done": "已完成", "in_progress": "进行中", "not_started": "未开始"}
        name = f"DB{first.year}{n + 1:03d}"
        proof = f"{name}完成情况报告" if done else ""
        table.add(
            name,
            f"{part}任务第{n // 4 + 1}项",
            part,
            unit,
            f"{due}",
            f"{put_off}",
            f"{done or ''}",
            proof,
            words[state],
        )
        truth.tasks.append(TaskTruth(name, part, unit, f"{due}", f"{done}" if done else None, late, state))
    return table


def _joint(rng: Random, first: date, on: date) -> tuple[SourceTable, list[date]]:
    table = SourceTable("joint_inspections", JOINT.split())
    days = sorted(
        first + timedelta(days=rng.randrange((on - first).days - 30)) for _ in range(SIZES["joint"])
    )
    for n, day in enumerate(days):
        others = "；".join(rng.sample(("应急管理局", "生态环境局", "市场监管局", "交通运输局", "教育局"), 2))
        table.add(f"LH{first.year}{n + 1:03d}", f"{day}", "禁毒办", others, rng.choice(UNITS), "0")
    return table, days


def _problems(
    rng: Random, joint: SourceTable, days: list[date], on: date, truth: SupervisionTruth
) -> tuple[SourceTable, list[_Problem]]:
    """Problems of the inspections; every one but the newest few is closed, some on the last day."""
    table = SourceTable("problems", PROBLEMS.split())
    made: list[_Problem] = []
    for n in range(SIZES["problems"]):
        k = n % len(days)
        unit, found = UNITS[rng.randrange(len(UNITS))], days[k]
        first_due = found + timedelta(days=30)
        done = found + timedelta(days=rng.randrange(3, 60))
        checked, closed = done + timedelta(days=3), done + timedelta(days=rng.choice((3, 5, 10)))
        given = [f"{day}" if day <= on else "" for day in (done, checked, closed)]
        task = rng.choice(truth.tasks).id if rng.random() < 0.5 else ""
        table.add(
            f"WT{found.year}{n + 1:03d}",
            *(task, joint.rows[k].cells[0], unit, f"{found}", rng.choice(_FAULTS), f"{first_due}"),
            *(f"{first_due + timedelta(days=rng.choice((0, 0, 15)))}", *given),
        )
        made.append(_Problem(unit, found, closed if closed <= on else None))
        joint.rows[k].cells[5] = str(int(joint.rows[k].cells[5]) + 1)
    for k in rng.sample(range(len(days)), 2):  # found, and never entered
        joint.rows[k].cells[5] = str(int(joint.rows[k].cells[5]) + 1)
        truth.short.append(joint.rows[k].cells[0])
    return table, made


def _prevention(rng: Random, first: date, on: date, truth: SupervisionTruth) -> SourceTable:
    table = SourceTable("prevention", PREVENTION.split())
    span = (on - first).days
    sizes = _parts(rng, SIZES["pupils"], SIZES["schools"])
    for n, size in enumerate(sizes):
        day = first + timedelta(days=rng.randrange(span))
        table.add(f"例溪第{n + 1}学校", "学校", str(size), str(size), f"{day}", "2")
        if n % 6 == 0:  # a second lesson: the school and its pupils still count once
            again = min(day + timedelta(days=rng.randrange(10, 60)), on)
            table.add(f"例溪第{n + 1}学校", "学校", str(size), str(size), f"{again}", "2")
    for n, size in enumerate(_parts(rng, SIZES["volunteers"], SIZES["teams"])):
        day = first + timedelta(days=rng.randrange(span))
        table.add(f"例溪第{n + 1}志愿队", "志愿队", str(size), str(size), f"{day}", "")
    return table


def _parts(rng: Random, total: int, n: int) -> list[int]:
    """So many numbers that sum to a total, none smaller than half the mean."""
    least = total // (2 * n)
    cuts = sorted(rng.randrange(total - least * n + 1) for _ in range(n - 1))
    ends = [0, *cuts, total - least * n]
    return [least + b - a for a, b in pairwise(ends)]


def _months(first: date, on: date) -> list[str]:
    found, day = [], first.replace(day=1)
    while day <= on:
        found.append(day.isoformat()[:7])
        day = (day + timedelta(days=32)).replace(day=1)
    return found


def _by_month(problems: list[_Problem], figure: str, months: list[str]) -> dict[str, dict[str, int]]:
    found = {month: dict.fromkeys(UNITS, 0) for month in months}
    for each in problems:
        day = each.found if figure == "发现问题数" else each.closed
        if day is not None:
            found[day.isoformat()[:7]][each.unit] += 1
    return found


def _reports(
    rng: Random, found: dict[str, dict[str, dict[str, int]]], truth: SupervisionTruth
) -> SourceTable:
    """Monthly reports of the figures: right but for some, whose units claim one more or leave one out."""
    table = SourceTable("reported_figures", REPORTS.split())
    for figure, months in found.items():
        wrong = set(rng.sample(sorted(months), 2))
        for month, units in months.items():
            told = FigureTruth(figure, month, {**units, WHOLE: sum(units.values())})
            for unit, value in told.units.items():
                said = value
                if month in wrong and unit == next(iter(units)):
                    said = value + 1
                    told.reported[unit] = said
                if unit != WHOLE:  # other nouns' problems and inspections count in the whole too
                    table.add(figure, unit, month, str(said))
            truth.figures.append(told)
    return table
