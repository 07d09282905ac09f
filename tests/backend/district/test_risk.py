"""The risk net on tables as they are loaded: both sides, nothing from closed records, nobody's region."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

import pytest

from backend import watches
from backend.contract.district.risk import Risks
from backend.district.answering import Listing
from backend.district.risk import answers
from backend.district.risk.answers import NetFilter
from backend.reviews.answers import judge
from etl.writing.load import load
from etl.writing.unload import unload
from graph_schema.errors import NotFound
from graph_schema.store import LOCAL, Store
from tests.etl.opened import text_of

ON = dt.date(2025, 3, 31)
BODY = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FIRMS = 14
WORKSHOP, GROWN, SEALED = 3, 5, 7


def uscc(n: int) -> str:
    """An invented USCC with its check character (GB 32100-2015)."""
    text = f"91990100MA{n:07d}"
    total = sum(BODY.index(char) * pow(3, k, 31) for k, char in enumerate(text))
    return text + BODY[(31 - total % 31) % 31]


def resident(n: int, region: str = "990101") -> str:
    """An invented resident id of a region."""
    text = f"{region}19850101{n:03d}"
    total = sum(
        int(char) * weight
        for char, weight in zip(text, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), strict=False)
    )
    return text + "10X98765432"[total % 11]


def tables(folder: Path, region: str = "990101", home: str = "示例省甲县") -> Path:
    """Fourteen firms: one workshop, one with a new line, one whose person's record is sealed."""
    rng = Random(5)
    firms = [["企业名称", "统一社会信用代码", "园区", "行业", "从业人数", "经度", "纬度"]]
    usage = [["统一社会信用代码", "月份", "用电(度)", "用水(吨)", "排污(吨)", "产值(万元)"]]
    for n in range(FIRMS):
        firms.append(
            [f"示例{n}化工有限公司", uscc(n), "示例园区", "化学原料", "40", f"{121 + n / 1000}", "29.6"]
        )
        for k in range(27):
            use = 2.2 if n in (WORKSHOP, GROWN, SEALED) and k >= 23 else 1.0
            out = use if n == GROWN else 1.0
            cells = [
                base * rng.uniform(0.97, 1.03) for base in (10_000 * use, 500 * use, 300 * use, 90 * out)
            ]
            usage.append([uscc(n), f"{2023 + k // 12}-{k % 12 + 1:02d}", *(f"{cell:.1f}" for cell in cells)])
    concern = [["身份证号", "姓名", "类别", "来源", "起", "止", "状态", "户籍地"]]
    concern += [
        [resident(1, region), "甲一", "制毒前科", "示例通报", "2020-01-01", "", "有效", home],
        [resident(2, region), "乙二", "制毒前科", "示例通报", "2020-01-01", "", "封存", home],
        [resident(3, region), "丙三", "制毒前科", "示例通报", "2020-01-01", "2025-01-31", "有效", home],
        [resident(4, region), "丁四", "化工技能", "示例通报", "2020-01-01", "", "有效", home],
    ]
    ties = [["统一社会信用代码", "身份证号", "姓名", "关系", "起", "止"]]
    ties += [
        [uscc(WORKSHOP), resident(1, region), "甲一", "承租", "2024-11-20", ""],
        [uscc(SEALED), resident(2, region), "乙二", "员工", "2024-11-20", ""],
        [uscc(SEALED), resident(3, region), "丙三", "员工", "2024-11-20", ""],
        [uscc(GROWN), resident(4, region), "丁四", "员工", "2019-11-20", ""],
        [uscc(1), resident(1, region), "甲一", "员工", "2024-11-20", ""],
    ]
    stays = [["姓名", "身份证号", "场所名称", "入住时间", "离开时间", "经度", "纬度"]]
    stays.append(
        [
            "甲一",
            resident(1, region),
            "示例宾馆",
            "2024-12-10 20:00:00",
            "2024-12-12 09:00:00",
            "121.003",
            "29.61",
        ]
    )
    folder.mkdir(exist_ok=True)
    for name, rows in (
        ("企业", firms),
        ("企业用量", usage),
        ("重点人员", concern),
        ("企业关系", ties),
        ("住宿", stays),
    ):
        (folder / f"{name}.csv").write_text(text_of(rows), encoding="utf-8")
    return folder


def ranking(found: Risks) -> list[tuple[str, float, tuple[str, ...]]]:
    return [(each["uscc"], each["score"], tuple(each["groups"])) for each in found["items"]]


def test_list_show_and_check_from_loaded_tables(store: Store, tmp_path: Path) -> None:
    """Trap: one-sided firms are listed; a sealed or expired record still names its person; items without rows."""
    load(store, [tables(tmp_path / "a")])
    found = answers.risk_list(store, LOCAL, Listing(ON))
    top = found["items"][0]
    assert top["uscc"] == uscc(WORKSHOP) and {"lease", "presence", "use"} <= set(top["groups"])
    assert all(each["firm_facts"] and each["person_facts"] for each in found["items"])
    assert found["count"] + found["left_out"] == FIRMS and found["rules"]
    assert all(each["evidence"] for each in top["reasons"])
    assert {each["subject"]["id"] for each in top["person_facts"]} == {resident(1)}
    assert all(rule["example"] for rule in found["rules"])
    assert any("先问" in each["zh"] for each in top["missing"])
    text = str(answers.risk_list(store, LOCAL, Listing(ON), NetFilter(one_sided=True)))
    assert resident(2) not in text and resident(3) not in text and "乙二" not in text
    assert "示例省" not in text, "where somebody comes from is not even shown"
    every = answers.risk_list(store, LOCAL, Listing(ON), NetFilter(one_sided=True))
    assert uscc(GROWN) not in {each["uscc"] for each in every["items"]}, "it made as much more as it used"
    assert answers.risk_list(store, LOCAL, Listing(ON, unit="他园"))["items"] == []
    assert answers.risk_list(store, LOCAL, Listing(ON, last=dt.date(2024, 6, 30)))["items"] == []
    early = answers.risk_list(store, LOCAL, Listing(dt.date(2024, 10, 31)))
    assert uscc(WORKSHOP) not in {each["uscc"] for each in early["items"]}, (
        "what happened later is not known yet"
    )
    assert answers.risk_show(store, LOCAL, uscc(0), on=ON)["items"][0]["firm_facts"] == []
    with pytest.raises(NotFound):
        answers.risk_show(store, LOCAL, uscc(99), on=ON)
    plan = answers.risk_list(store, LOCAL, Listing(ON), NetFilter(plan=True))["items"]
    drawn = [each for each in plan if each["reasons"][0]["rule"].startswith("random_inspection")]
    assert drawn and len(drawn) >= 0.1 * len(plan) and not {each["uscc"] for each in drawn} & {top["uscc"]}
    assert answers.risk_check(store, LOCAL, on=ON)["items"] == []
    _checked(store, top["uscc"])


def _checked(store: Store, firm: str) -> None:
    """A lead about the firm that was refuted stands beside its facts, and the firm comes last."""
    lead = watches.add_lead(store, LOCAL, "核查企业", [f"Company:{firm}"])["lead"]["id"]
    judge(store, LOCAL, "lead", "rejected", [lead], "现场核查，未发现问题")
    found = answers.risk_list(store, LOCAL, Listing(ON))
    item = next(each for each in found["items"] if each["uscc"] == firm)
    assert item["review"] is not None and item["review"]["decision"] == "rejected"
    assert "checked@1" in {each["rule"] for each in item["against"]} and item["rank"] == found["count"]
    assert (found["checked"]["answered"], found["checked"]["nothing_found"], found["checked"]["firms"]) == (
        1,
        1,
        1,
    )
    judge(store, LOCAL, "item", "confirmed", [f"risk:{firm}"], "再次核查属实")
    again = answers.risk_show(store, LOCAL, firm, on=ON)["items"][0]
    assert again["review"] is not None and again["review"]["decision"] == "confirmed" and again["rank"] == 1


def test_the_ranking_does_not_know_where_anybody_comes_from(store: Store, tmp_path: Path) -> None:
    """Source: district.md B4. Trap: 户籍 or the region digits of an id move a firm up or down."""
    report = load(store, [tables(tmp_path / "a")])
    before = ranking(answers.risk_list(store, LOCAL, Listing(ON), NetFilter(one_sided=True)))
    unload(store, str(report.load))
    load(store, [tables(tmp_path / "b", "990203", "另省乙县")])
    after = ranking(answers.risk_list(store, LOCAL, Listing(ON), NetFilter(one_sided=True)))
    assert after == before and before[0][0] == uscc(WORKSHOP)
