"""The bulletin: figures of one period by unit, what changed, what was reported otherwise; tasks that are overdue."""

from __future__ import annotations

import datetime as dt

from backend.contract.district.figures import FigureItem
from backend.district.answering import Listing
from backend.district.figures import answers as figures
from backend.district.figures.counting import WHOLE
from backend.district.figures.items import DIFFERS
from backend.district.figures.periods import Period, month_of
from backend.district.tasks import answers as tasks
from backend.district.words import unit
from backend.reports.material import Material, sources
from backend.reports.telling import Telling
from graph_schema.errors import InputError, NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer
from viz.report.model import Block, Furniture, Heading, Paragraph, Report, Sentence, Table

MOST_TASKS = 30
MOST_ROWS = 3
"""Rows cited for a figure: its list is in the workbench, whole."""


LATEST = "latest"


def period_of(asked: str, newest: dt.date) -> Period:
    """``latest`` (the last complete month), a month (2025-03), or two days (2025-01-01..2025-03-31). Raises ``InputError``."""
    if asked == LATEST:
        return month_of(newest)
    first, dots, last = asked.partition("..")
    try:
        if dots:
            return Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        return month_of(dt.date.fromisoformat(f"{first}-01"))
    except ValueError as error:
        raise InputError(
            Text(
                f"期间应写成 {LATEST}、2025-03 或 2025-01-01..2025-03-31：{asked}",
                f"write a period as {LATEST}, 2025-03 or 2025-01-01..2025-03-31, not {asked}",
            )
        ) from error


def bulletin(store: Store, viewer: Viewer, asked: str, language: str, furniture: Furniture) -> Report:
    """The bulletin of a period, as of the newest day. Raises ``NotFound`` where nothing counts, ``InputError``."""
    newest = figures.figures_list(store, viewer, Listing(limit=1))
    day = dt.date.fromisoformat(newest["on"][:10])
    first = newest["items"][0]["from"] if newest["items"] else day.isoformat()
    period = period_of(asked, dt.date.fromisoformat(first))
    found = figures.figures_list(store, viewer, Listing(day, period.first, period.last))
    items = [each for each in found["items"] if each["value"] is not None or each["denominator"]]
    if not any(
        each["numerator"] or each["denominator"] or each["reported"] or each["before"] for each in items
    ):
        raise NotFound(Text("这一期间没有可通报的数。", "There is nothing to tell of this period."))
    told = _Told(language == "zh")
    late = tasks.tasks_list(store, viewer, Listing(day, limit=MOST_TASKS))
    overdue = [
        each
        for each in late["items"]
        if each["overdue_days"] and each["state"] in ("in_progress", "not_started")
    ]
    blocks: list[Block] = [
        Heading(told.of("一、主要指标", "1. Figures")),
        Paragraph(told.opening(items)),
        told.whole(items),
        Heading(told.of("二、各单位", "2. Units")),
        told.units(items),
        Heading(told.of("三、与统计月报核对", "3. Against the monthly reports")),
        Paragraph(told.differing(items)),
    ]
    if overdue:
        rows = tuple(
            (
                each["id"],
                str(each["subjects"][0]["name"] or ""),
                each["unit"] or "-",
                each["first_due"] or "-",
                str(each["overdue_days"]),
            )
            for each in overdue
        )
        heads = told.heads(
            ("编号", "Id"),
            ("任务", "Task"),
            ("责任单位", "Unit"),
            ("首次期限", "First deadline"),
            ("逾期天数", "Days overdue"),
        )
        blocks += [
            Heading(told.of("四、逾期任务", "4. Overdue tasks")),
            Table(
                told.of("表 3　逾期未完成的任务", "Table 3. Tasks overdue and not done"),
                heads,
                rows,
                tuple(tuple(each["evidence"][:1]) for each in overdue),
                (0.8, 1.8, 1.0, 0.9, 0.6),
            ),
        ]
    return Report(
        title=told.of("禁毒工作情况通报", "Bulletin of drug control work"),
        subject=f"{period.first} – {period.last}",
        status="candidate",
        status_text=told.of(f"统计截至 {day}", f"as of {day}"),
        lead=told.of(
            "每个数都是其清单的长度；期后补录会改变已统计的数，首次统计与现数并列。",
            "Each figure is the length of its list. Rows that come late change the past; both values are shown.",
        ),
        blocks=tuple(blocks),
        sources=sources(store, viewer, blocks, Material({}, Telling(language, {}, {}, frozenset()))),
        run=told.of(f"第 {found['as_of']} 批导入", f"load {found['as_of']}"),
        furniture=furniture,
        language=language,
    )


class _Told:
    """The bulletin's sentences and tables in one language."""

    def __init__(self, chinese: bool) -> None:
        self.chinese = chinese

    def of(self, zh: str, en: str) -> str:
        return zh if self.chinese else en

    def measured(self, item: FigureItem) -> str:
        """A value with its measure word; a percentage has its own sign."""
        word = unit(item["measure"])
        return f"{self.value(item)} {'' if item['measure'] == '%' else self.of(word.zh, word.en)}".strip()

    def heads(self, *pairs: tuple[str, str]) -> tuple[str, ...]:
        return tuple(self.of(*pair) for pair in pairs)

    def value(self, item: FigureItem) -> str:
        if item["value"] is None:
            return f"{item['numerator']} ÷ {item['denominator']}"
        return _number(item["value"], item["measure"])

    def change(self, item: FigureItem) -> str:
        return "-" if item["change"] is None else f"{item['change']:+.1%}"

    def opening(self, items: list[FigureItem]) -> tuple[Sentence, ...]:
        """How many rose, fell and stand at zero (两升两降三零), counted over the whole; zero is 无记录."""
        whole = [each for each in items if each["unit"] == WHOLE and each["value"] is not None]
        up = sum(each["before"] is not None and (each["value"] or 0) > each["before"] for each in whole)
        down = sum(each["before"] is not None and (each["value"] or 0) < each["before"] for each in whole)
        none = sum(each["value"] == 0 for each in whole)
        return (
            Sentence(
                self.of(
                    f"全区 {len(whole)} 项指标：比上期上升 {up} 项，下降 {down} 项，{none} 项为零（无记录）。",
                    f"Of {len(whole)} figures of the whole, {up} rose against the period before, {down} fell, "
                    f"{none} stand at zero (no record).",
                )
            ),
        )

    def whole(self, items: list[FigureItem]) -> Table:
        mine = [each for each in items if each["unit"] == WHOLE]
        return Table(
            self.of("表 1　全区指标", "Table 1. The whole"),
            self.heads(
                ("指标", "Figure"),
                ("数值", "Value"),
                ("上期", "Before"),
                ("增减", "Change"),
                ("首次统计", "First reported"),
                ("完成率", "Completion"),
            ),
            tuple(
                (
                    each["figure"],
                    self.measured(each),
                    _number(each["before"], each["measure"]),
                    self.change(each),
                    _number(each["first_reported"], each["measure"]),
                    "-" if each["completion"] is None else f"{each['completion']:.0%}",
                )
                for each in mine
            ),
            tuple(tuple(each["evidence"][:MOST_ROWS]) for each in mine),
            (1.8, 0.9, 0.7, 0.7, 0.8, 0.7),
        )

    def units(self, items: list[FigureItem]) -> Table:
        mine = [
            each for each in items if each["unit"] != WHOLE and (each["numerator"] or each["denominator"])
        ]
        return Table(
            self.of("表 2　各单位指标", "Table 2. Units"),
            self.heads(
                ("指标", "Figure"), ("单位", "Unit"), ("数值", "Value"), ("排名", "Rank"), ("增减", "Change")
            ),
            tuple(
                (each["figure"], each["unit"], self.value(each), str(each["rank"] or "-"), self.change(each))
                for each in mine
            ),
            tuple(tuple(each["evidence"][:1]) for each in mine),
            (1.8, 1.4, 0.9, 0.5, 0.7),
        )

    def differing(self, items: list[FigureItem]) -> tuple[Sentence, ...]:
        found = [
            Sentence(
                f"{each['figure']}（{each['unit']}）：{reason['zh']}。"
                if self.chinese
                else f"{each['figure']} ({each['unit']}): {reason['en']}.",
                tuple(reason["evidence"][:MOST_ROWS]),
            )
            for each in items
            for reason in each["reasons"]
            if reason["rule"] == DIFFERS
        ]
        none = Sentence(
            self.of(
                "已报的数与清单一致，或本期没有月报。",
                "What was reported agrees with the lists, or nothing was reported.",
            )
        )
        return tuple(found) or (none,)


def _number(value: float | None, measure: str) -> str:
    if value is None:
        return "-"
    return f"{value:.2f}%" if measure == "%" else f"{value:.12g}"
