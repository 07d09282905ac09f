"""Care, worked examples of the district reference E1, E3, E4, E5: ends, due days, exit days, bounds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from backend.district.care.campaigns import campaigns, upper_bound
from backend.district.care.classes import ClassGrounds, proposed
from backend.district.care.conventions import Conventions
from backend.district.care.dates import anniversary, day_of_month, joined, moved
from backend.district.care.due import DoneDuty, answered, scheduled
from backend.district.care.person import InCare, in_care
from backend.district.care.regimes import spell
from backend.district.care.results import positives, verdict
from backend.district.care.told import COMMUNITY, ISOLATION, CareRecord, DrugTest, RegimeRow, RegisterEntry

D = dt.date.fromisoformat
ON = D("2026-03-01")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path))
    (tmp_path / "rules").mkdir()
    return tmp_path


@pytest.fixture
def rules(home: Path) -> Conventions:
    return Conventions.read()


def regime(
    kind: str = COMMUNITY, decided: str = "2023-03-01", reported: str | None = "2023-03-10", **more: str
) -> RegimeRow:
    suspended = {
        name: tuple(map(D, more[name].split())) for name in ("suspended_from", "suspended_to") if name in more
    }
    ended = D(more["ended"]) if "ended" in more else None
    return RegimeRow(
        f"{kind}|{decided}", kind, D(decided), D(reported) if reported else None, ended=ended, evidence=(decided,),
        **suspended,
    )  # fmt: skip


def test(day: str | None, result: str = "阴性", due: str | None = None, **more: str) -> DrugTest:
    at = D(day) if day else None
    text = {name: str(value) for name, value in more.items() if name != "value"}
    value = float(more["value"]) if "value" in more else None
    key = f"{day}|{due}|{result}|{sorted(more.items())}"
    return DrugTest(key, at, D(due) if due else None, result=result, value=value, evidence=(key,), **text)


test.__test__ = False  # type: ignore[attr-defined]  # a maker of rows, not a test


def care(rules: Conventions, on: dt.date = ON, **told: object) -> InCare:
    return in_care(CareRecord("990101199001010019", ("季二水",), D("1990-01-01"), **told), rules, on)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "ends", "days"),
    [
        (regime(ISOLATION, "2024-02-29", None), "2026-02-28", 0),  # E5
        (regime(ISOLATION, "2024-03-01", None), "2026-02-28", 0),
        (regime(), "2026-03-09", 0),
        (
            regime(suspended_from="2023-05-01", suspended_to="2023-05-14"),
            "2026-03-23",
            14,
        ),  # E5: detained 14 d
        (
            regime(suspended_from="2023-05-01 2023-05-10", suspended_to="2023-05-14 2023-05-20"),
            "2026-03-29",
            20,
        ),
        (regime(suspended_from="2023-03-01", suspended_to="2023-03-12"), "2026-03-12", 3),
        (regime(suspended_from="2026-03-15", suspended_to="2026-03-20"), "2026-03-09", 0),
        (regime(ended="2024-06-30"), "2024-06-30", 0),
        (regime(ended="2025-06-30", reported="2022-03-10", decided="2022-03-01"), "2025-03-09", 0),
        (regime(ISOLATION, "2023-03-01", "2023-06-01"), "2025-02-28", 0),
        (regime("自愿戒毒", "2023-03-01", None), None, 0),
        (regime(reported=None), None, 0),
    ],
)
def test_a_regime_ends_the_day_before_the_anniversary(
    rules: Conventions, row: RegimeRow, ends: str | None, days: int
) -> None:
    """Trap: a day too many, 29 February, suspension counted without its ends or twice where two overlap, suspension
    after the end, isolation counted from arrival, control going on after the end (E1, E5)."""
    found = spell(row, rules, D("2026-04-01"))
    assert (found.ends, found.days_suspended) == (D(ends) if ends else None, days)


def test_an_open_suspension_moves_the_end_day_by_day(rules: Conventions) -> None:
    """Trap: a detention without its end is forgotten, and the regime ends while he sits."""
    row = regime(suspended_from="2024-01-01")
    for on, ends in (
        ("2023-12-31", "2026-03-09"),
        ("2024-01-10", "2026-03-19"),
        ("2024-01-11", "2026-03-20"),
    ):
        assert spell(row, rules, D(on)).ends == D(ends)


def test_the_schedule_is_28_days(rules: Conventions) -> None:
    """Trap: a phase with both its ends, the first day left out, a day after the end (E1: 12 + 6 + 6 + 4)."""
    row = spell(regime(), rules, ON)
    days = [day.isoformat() for day in scheduled(row, rules.schedule)]
    assert len(days) == 28
    assert days[:4] == ["2023-03-10", "2023-03-25", "2023-04-10", "2023-04-25"]
    assert days[11:14] == ["2023-08-25", "2023-09-10", "2023-10-10"]
    assert days[17:20] == ["2024-02-10", "2024-03-10", "2024-05-10"]
    assert days[24:] == ["2025-03-10", "2025-06-10", "2025-09-10", "2025-12-10"]


def test_later_days_move_by_the_days_suspended(rules: Conventions) -> None:
    """Trap: a test is due in detention; days before it move too; the 31st of a short month is lost."""
    row = spell(regime(suspended_from="2023-04-20", suspended_to="2023-05-03"), rules, ON)
    days = [day.isoformat() for day in scheduled(row, rules.schedule)]
    assert (
        days[:5] == ["2023-03-10", "2023-03-25", "2023-04-10", "2023-05-09", "2023-05-24"] and len(days) == 28
    )
    last = spell(regime(reported="2023-08-31", decided="2023-08-20"), rules, ON)
    days = [day.isoformat() for day in scheduled(last, rules.schedule)]
    assert days[:4] == ["2023-08-31", "2023-09-15", "2023-09-30", "2023-10-15"] and "2024-02-29" in days
    ended = spell(regime(ended="2023-05-01"), rules, ON)
    assert scheduled(ended, rules.schedule)[-1] == D("2023-04-25")


def test_months_and_spans() -> None:
    """Trap: the end of February, spans that touch counted twice, a span before the start."""
    assert (anniversary(D("2024-02-29"), 12), anniversary(D("2024-02-29"), 48)) == (
        D("2025-03-01"),
        D("2028-02-29"),
    )
    assert day_of_month(D("2024-01-31"), 1) == D("2024-02-29")
    spans = joined([(D("2024-01-05"), D("2024-01-08")), (D("2024-01-01"), D("2024-01-05"))], D("2024-01-03"))
    assert spans == [(D("2024-01-03"), D("2024-01-08"))]
    assert moved(D("2024-01-02"), spans) == D("2024-01-02") and moved(D("2024-01-03"), spans) == D(
        "2024-01-09"
    )


@pytest.mark.parametrize(
    ("done", "answers"),
    [
        ([DoneDuty(D("2024-05-13"))], {"2024-05-10": "2024-05-13"}),
        ([DoneDuty(D("2024-05-14"))], {}),
        ([DoneDuty(D("2024-05-07"))], {"2024-05-10": "2024-05-07"}),
        ([DoneDuty(D("2024-06-30"), D("2024-05-10"))], {"2024-05-10": "2024-06-30"}),
        (
            [DoneDuty(D("2024-05-24"), D("2024-05-10"))],
            {"2024-05-10": "2024-05-24"},
        ),  # named, though nearer to 05-25
        ([DoneDuty(D("2024-05-09")), DoneDuty(D("2024-05-10"))], {"2024-05-10": "2024-05-10"}),
        ([DoneDuty(D("2024-05-17"), D("2024-05-17"))], {"2024-05-17": "2024-05-17"}),
    ],
)
def test_a_test_answers_the_day_it_names_else_a_near_one(
    done: list[DoneDuty], answers: dict[str, str]
) -> None:
    """Trap: a late test that names its day answers the next one; one test answers two days; four days off count."""
    dues = answered("test", [D("2024-05-10"), D("2024-05-25")], [], done, 3)
    assert {due.on.isoformat(): due.done.isoformat() for due in dues if due.done} == answers


def test_a_planned_day_near_the_schedule_is_the_same_day() -> None:
    """Trap: the site plans the Monday after a Sunday, and the Sunday is missed for ever; two planned days become one."""
    planned = [(D("2024-05-12"), ("p",)), (D("2024-05-17"), ("q",)), (D("2024-05-18"), ("r",))]
    dues = answered("test", [D("2024-05-10")], planned, [DoneDuty(D("2024-05-12"), D("2024-05-12"))], 3)
    assert [(due.on.isoformat(), due.done) for due in dues] == [
        ("2024-05-10", D("2024-05-12")),
        ("2024-05-17", None),
        ("2024-05-18", None),
    ]


def entry(found: str, status: str = "") -> tuple[RegisterEntry, ...]:
    return (RegisterEntry(D(found), status, evidence=("entry",)),)


def test_the_exit_day_itself_no_longer_counts(rules: Conventions) -> None:
    """Trap: clean since 2022-11-30 leaves on 2025-12-01, or counts on the exit day (E5)."""
    for on, counted in (("2025-11-29", True), ("2025-11-30", False)):
        person = care(rules, D(on), entries=entry("2022-11-30"))
        assert (person.exit_on, person.counted) == (D("2025-11-30"), counted)
    later = care(rules, ON, entries=entry("2022-11-30"), tests=(test("2024-02-29", "阳性"),))
    assert later.exit_on == D("2027-03-01") and later.counted


@pytest.mark.parametrize("word", ["死亡", "出境"])
def test_the_dead_and_those_abroad_do_not_count(rules: Conventions, word: str) -> None:
    """Trap: a dead man is listed for his missed tests (E3)."""
    person = care(rules, D("2024-01-01"), entries=entry("2023-06-01", word))
    assert not person.counted and person.proposed is None


def test_custody_is_not_clean_unless_the_site_says_so(home: Path, rules: Conventions) -> None:
    """Trap: two years in isolation count as two clean years; the site's own rule is not heard."""
    rows = (regime(ISOLATION, "2022-12-01", None),)
    told = {"entries": entry("2022-11-30"), "regimes": rows}
    assert care(rules, ON, **told).exit_on == D("2025-11-30") + dt.timedelta(days=731)
    held = (regime(suspended_from="2023-05-01", suspended_to="2023-05-14"),)
    assert care(rules, ON, entries=entry("2023-02-28"), regimes=held).exit_on == D("2026-03-14")
    text = (Path("backend/district/rule_files/care_rules.csv")).read_text("utf-8")
    site = text.replace("限制自由计入戒断,全部,否", "限制自由计入戒断,全部,是")
    (home / "rules" / "关爱约定.csv").write_text(site, "utf-8")
    assert care(Conventions.read(), ON, **told).exit_on == D("2025-11-30")


def test_a_decision_says_of_use_what_no_row_does(rules: Conventions) -> None:
    """Trap: a finding of 2019 is the last although he was sent to treatment in 2023; a breach taken for new use."""
    assert care(rules, regimes=(regime(),), entries=entry("2019-05-01")).uses[-1].day == D("2023-03-01")
    assert care(rules, regimes=(regime(),), entries=entry("2023-02-20")).uses[-1].day == D("2023-02-20")
    breach = (regime(), regime(ISOLATION, "2024-06-01", None))
    assert care(rules, regimes=breach, entries=entry("2023-02-20")).uses[-1].day == D("2023-02-20")


def test_the_laboratory_overrules_the_kit(rules: Conventions) -> None:
    """Trap: poppy seed: positive on site, negative in the laboratory, and three years start anew (E6)."""
    site = test("2024-05-01", "阳性", kind="现场", target="吗啡")
    cleared = test("2024-05-06", "阴性", kind="实验室", target="吗啡")
    other = test("2024-05-06", "阴性", kind="实验室", target="氯胺酮")
    later = test("2024-07-06", "阴性", kind="实验室", target="吗啡")
    assert positives([site, cleared], rules.cut_offs) == []
    assert positives([site, other, later], rules.cut_offs) == [site]
    lab = test("2024-05-06", "阳性", kind="实验室", target="吗啡")
    assert positives([lab, test("2024-05-07", "阴性", kind="现场")], rules.cut_offs) == [lab]


@pytest.mark.parametrize(
    ("way", "target", "value", "unit", "day", "said"),
    [
        ("毛发", "甲基苯丙胺", "0.2", "ng/mg", "2024-01-01", "positive"),
        ("毛发", "甲基苯丙胺", "0.19", "ng/mg", "2024-01-01", "negative"),
        ("毛发", "可卡因", "0.4", "ng/mg", "2024-01-01", "negative"),
        ("毛发", "甲基苯丙胺", "0.1", "ng/mg", "2018-10-30", "positive"),  # before the standard: as reported
        ("毛发", "依托咪酯", "0.01", "ng/mg", "2024-01-01", "positive"),  # no cut-off is known: as reported
        ("血液", "氯胺酮", "19", "ng/mL", "2025-09-01", "negative"),
        ("血液", "氯胺酮", "19", "ng/mL", "2025-08-31", "positive"),
        ("毛发", "甲基苯丙胺", "150", "pg/mg", "2024-01-01", "negative"),
        (
            "毛发",
            "甲基苯丙胺",
            "0.1",
            "毫克",
            "2024-01-01",
            "positive",
        ),  # a unit nobody knows decides nothing
    ],
)
def test_values_are_judged_by_the_cut_off_of_their_day(
    rules: Conventions, way: str, target: str, value: str, unit: str, day: str, said: str
) -> None:
    """Trap: a cut-off before its day, of another matrix or unit, or one made up for etomidate (E1, D1)."""
    assert verdict(test(day, "阳性", way=way, target=target, value=value, unit=unit), rules.cut_offs) == said


@pytest.mark.parametrize(("refused", "word"), [(1, None), (2, "警告"), (3, "严重违反协议")])
def test_two_refusals_warn_and_three_are_serious(rules: Conventions, refused: int, word: str | None) -> None:
    """Trap: a refusal counts as a test; refusals of a former regime count against this one (E5)."""
    from backend.district.care.items import item

    tests = tuple(test(f"2025-0{n}-10", "拒绝检测") for n in range(1, refused + 1))
    former = regime(decided="2019-01-01", reported="2019-01-02")
    person = care(
        rules, D("2025-06-01"), regimes=(former, regime()), tests=(*tests, test("2019-05-02", "拒检"))
    )
    said = [each["zh"] for each in item(person, rules, D("2025-06-01"), lambda day: True, None)["reasons"]]
    assert any("拒绝" in text and (word or "-") in text for text in said) == (word is not None)
    assert not any(due.done for due in person.dues)
    assert (person.proposed == "A") == (refused == 3 or person.points >= 40)


def test_the_class_is_proposed_by_points_and_says_what_lowers_it(rules: Conventions) -> None:
    """Trap: a class without its factors; one that nothing lowers; one who has left control is still classed."""
    facts = ClassGrounds(False, 0, 2, 0, D("2026-05-01"), 1)
    level, factors, points = proposed(facts, rules, ON)
    assert (level, points) == ("B", 35.0)
    assert {each["factor"]: each["points"] for each in factors} == {"戒毒次数": 10, "戒断时限": 20, "漏检": 5}
    assert all(each["lower_zh"] and each["lower_en"] for each in factors)
    assert next(each["falls_on"] for each in factors if each["factor"] == "戒断时限") == "2026-05-01"
    assert proposed(ClassGrounds(True, 0, 1, 2, None, 0), rules, ON)[0] == "A"
    assert care(rules, entries=entry("2022-01-01")).proposed is None


@pytest.mark.parametrize(
    ("positive", "tested", "bound"),
    [(0, 1165, 0.00257), (0, 1, 0.95), (0, 0, None), (1, 100, 0.04656), (3, 3, 1.0)],
)
def test_the_bound_that_so_many_tests_allow(positive: int, tested: int, bound: float | None) -> None:
    """Trap: none positive of 1,165 is told as zero (E4: 0.257 %); nobody tested is told as clean."""
    found = upper_bound(positive, tested)
    assert found == (None if bound is None else pytest.approx(bound, abs=5e-6))


def test_campaigns_count_persons_listed_tested_positive(rules: Conventions) -> None:
    """Trap: a person listed twice, a test of another year, a refusal and an invalid sample counted as tested."""

    def listed(who: str, *tests: DrugTest, due: str | None = "2024-05-10") -> CareRecord:
        line = DrugTest(f"l{who}", due=D(due) if due else None, campaign="客车专项", post="客车驾驶员")
        again = DrugTest(f"m{who}", due=D(due) if due else None, campaign="客车专项", post="客车驾驶员")
        return CareRecord(who, tests=(line, again, *tests))

    people = [
        listed("1", test("2024-05-12")),
        listed("2", test("2024-05-11", "阳性")),
        listed("3", test("2023-05-10")),
        listed("4", test("2024-05-10", "拒绝检测")),
        listed("5", test("2024-05-10", "无效")),
        listed("6", test("2024-06-30", due="2024-05-10")),
        listed("7", test("2024-05-11", "阳性", kind="现场"), test("2024-05-20", "阴性", kind="实验室")),
        CareRecord("8", tests=(test("2024-05-10", "阳性"),)),
    ]
    [figures] = campaigns(people, rules.cut_offs, ON, 3)
    assert (figures["listed"], figures["tested"], figures["positive"], figures["missing"]) == (7, 4, 1, 3)
    [early] = campaigns(people, rules.cut_offs, D("2024-05-11"), 3)
    assert (early["tested"], early["positive"]) == (2, 2), "what came later had not come"
    [undated] = campaigns([listed("9", test("2024-05-10", post="教师"), due=None)], rules.cut_offs, ON, 3)
    assert undated["missing"] == 1
