"""Online-sale clues from loaded tables: list, show, check, and what a person decides."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PIL import Image

from backend.contract.district.clues import OfferItem
from backend.district.answering import ALL, Listing
from backend.district.clues import answers
from backend.reviews.answers import judge, undo
from etl.writing.load import load
from graph_schema.errors import NotFound
from graph_schema.store import LOCAL, Store
from tests.etl.opened import text_of
from tests.etl.parsing.test_pictures import drawn

ON = dt.date(2024, 4, 10)
HEADING = [
    *(
        "线索编号",
        "来源警种",
        "平台",
        "平台账号",
        "昵称",
        "发布时间",
        "内容",
        "联系方式",
        "收款账号",
        "快递单号",
        "接收时间",
    ),
    *(
        "接收单位",
        "报价(元)",
        "报价数量",
        "证据保全",
        "完整性校验值",
        "检出物质",
        "检出日期",
        "上游线索编号",
        "图片文件",
    ),
]
AD = "城西老码头烟粉到货 {}一支 过桥左转自提"


def row(number: str, platform: str, account: str, posted: str, text: str, **more: str) -> list[str]:
    """One clue; ``more`` by heading."""
    told = {
        "线索编号": number,
        "平台": platform,
        "平台账号": account,
        "发布时间": posted,
        "内容": text,
        **more,
    }
    return [told.get(name, "") for name in HEADING]


CLUES = [
    HEADING,
    row("XS1", "QQ", "990010001", "2024-03-01 22:00:00", AD.format(300), 来源警种="网安", 昵称="夜航", 接收单位="甲所",
        接收时间="2024-03-02", 证据保全="在线提取", **{"报价(元)": "300", "报价数量": "1", "完整性校验值": "ab12" * 16}),
    row("XS2", "微信", "wxid_sample0007", "2023-09-20 10:00:00", AD.format(280), 来源警种="禁毒", 联系方式="13900001111",
        检出物质="依托咪酯", 检出日期="2023-10-20"),
    row("XS3", "论坛", "demo_1", "2024-03-05 08:00:00", "别处的说法", 来源警种="刑侦", 收款账号="13900001111", 接收单位="乙所"),
    row("XS4", "抖音", "demo_1", "2024-03-06 08:00:00", "另一个平台同样的账号", 昵称="夜航"),
    row("XS5", "QQ", "990010009", "2024-03-07 08:00:00", f"转发：{AD.format(300)}", 上游线索编号="XS1;XS99"),
    row("XS6", "QQ", "990010008", "2024-04-20 08:00:00", "以后才有的线索", 图片文件="图片/1.jpg"),
]  # fmt: skip

ANSWERS = [["线索编号", "承办单位", "下发时间"], ["XS2", "甲所", "2024-03-20 09:00:00"]]
"""Sent when the substance had become controlled: that is not the day of the act."""


def ids(items: list[OfferItem]) -> list[list[str]]:
    return [each["clues"] for each in items]


@pytest.fixture
def loaded(store: Store, tmp_path: Path) -> Store:
    (tmp_path / "线索.csv").write_text(text_of(CLUES), encoding="utf-8")
    (tmp_path / "反馈.csv").write_text(text_of(ANSWERS), encoding="utf-8")
    load(store, [tmp_path])
    return store


def test_list_show_and_check_from_loaded_tables(loaded: Store) -> None:
    """Trap: accounts of one name on two platforms, one nickname, a forwarded post joined; a clue of tomorrow listed;
    a clue dated by the day it was handed on.
    """
    found = answers.clues_list(loaded, LOCAL, Listing(ON))
    assert ids(found["items"]) == [["XS1", "XS2", "XS3"], ["XS5"], ["XS4"]]
    seller, forwarded, _ = found["items"]
    assert (seller["rank"], seller["score"], seller["last_on"]) == (1, 3.0, "2024-03-05")
    assert seller["accounts"] == ["990010001", "wxid_sample0007", "demo_1"]
    joins = {(each["a"], each["b"], each["key"]): each for each in seller["joined_by"]}
    assert set(joins) == {("XS1", "XS2", "text"), ("XS2", "XS3", "payee")}
    assert joins["XS2", "XS3", "payee"]["value"] == "13900001111"
    assert len(seller["evidence"]) == 3 and all(each["evidence"] for each in seller["reasons"])
    assert forwarded["against"][0]["en"].endswith("A forwarded post is no offer of who forwards it")
    told = {(each["clue"], each["tested"], each["status"]) for each in seller["substances"]}
    assert told == {("XS1", None, "unknown"), ("XS2", "依托咪酯", "not_controlled")}, (
        "as of the day of the act"
    )
    needs = {each["need"]: each["state"] for each in seller["case_needs"]}
    assert needs["deal"] == "yes" and needs["evidence_preserved"] == "yes"
    assert needs["substance_tested"] == "no", "tested, but not controlled on that day"
    assert {each["id"].split("@")[0] for each in found["rules"]} >= {
        "code_words",
        "controlled_since",
        "same_offer",
    }


def test_period_unit_limit_and_one(loaded: Store) -> None:
    """Trap: the period bounds the seller's last post only; the rank of a cut list; a clue that is not the first of its seller."""
    of = answers.clues_list(loaded, LOCAL, Listing(ON, first=dt.date(2023, 9, 1), last=dt.date(2023, 9, 30)))
    assert ids(of["items"]) == [["XS1", "XS2", "XS3"]]
    unit = answers.clues_list(loaded, LOCAL, Listing(ON, unit="乙所"))
    assert ids(unit["items"]) == [["XS1", "XS2", "XS3"]]
    cut = answers.clues_list(loaded, LOCAL, Listing(ON, limit=1))
    assert (cut["count"], cut["left_out"]) == (1, 2)
    assert answers.clues_show(loaded, LOCAL, "XS4", on=ON)["items"][0]["rank"] == 3
    assert answers.clues_show(loaded, LOCAL, "XS3", on=ON)["items"][0]["id"] == "XS1"
    with pytest.raises(NotFound):
        answers.clues_show(loaded, LOCAL, "XS77", on=ON)
    with pytest.raises(NotFound):
        answers.clues_show(loaded, LOCAL, "XS6", on=ON)
    checked = {(each["code"], each["id"]) for each in answers.clues_check(loaded, LOCAL)["items"]}
    assert {("upstream_missing", "XS5"), ("picture_missing", "XS6"), ("not_preserved", "XS2")} <= checked
    assert ("not_preserved", "XS1") not in checked


def test_a_join_is_undone_like_an_identity(loaded: Store) -> None:
    """Trap: a wrong join cannot be taken apart, or only until the next question."""
    said = judge(loaded, LOCAL, "offer", "rejected", ["XS3", "XS2"], "机主已核实为他人")
    found = answers.clues_list(loaded, LOCAL, Listing(ON))["items"]
    assert sorted(ids(found)) == [["XS1", "XS2"], ["XS3"], ["XS4"], ["XS5"]]
    assert any("judged not to be one seller" in each["en"] for each in found[0]["against"])
    undo(loaded, LOCAL, said["review"]["id"], "核实有误")
    joined = judge(loaded, LOCAL, "offer", "confirmed", ["XS4", "XS5"], "同一嫌疑人供述")
    found = answers.clues_list(loaded, LOCAL, Listing(ON))["items"]
    assert ids(found) == [["XS1", "XS2", "XS3"], ["XS4", "XS5"]]
    assert found[1]["joined_by"][0]["key"] == "judged"
    undo(loaded, LOCAL, joined["review"]["id"], "供述不实")
    assert len(answers.clues_list(loaded, LOCAL, ALL)["items"]) == 4


def test_an_item_keeps_what_was_decided(loaded: Store) -> None:
    """Trap: a decision about a seller is lost in the list."""
    judge(loaded, LOCAL, "item", "confirmed", ["clues:XS1"], "已核实")
    found = answers.clues_list(loaded, LOCAL, Listing(ON))["items"]
    assert [each["review"]["decision"] if each["review"] else None for each in found] == [
        "confirmed",
        None,
        None,
    ]


def test_pictures_are_hashed_with_their_table(store: Store, tmp_path: Path) -> None:
    """Trap: pictures beside a table told as refused; one saved anew and turned joins nothing; a blank does."""
    (tmp_path / "图片").mkdir()
    picture = drawn(1)
    picture.save(tmp_path / "图片/1.png")
    picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).resize((240, 180)).save(
        tmp_path / "图片/2.jpg", quality=50
    )
    drawn(9).save(tmp_path / "图片/3.jpg")
    for n in (4, 5):
        Image.new("RGB", (200 + n, 200), (255, 255, 255)).save(tmp_path / f"图片/{n}.png")
    (tmp_path / "图片/6.png").write_bytes((tmp_path / "图片/3.jpg").read_bytes())
    (tmp_path / "别的.png").write_bytes((tmp_path / "图片/4.png").read_bytes() + b"0")
    rows = [
        row(
            f"TP{n}",
            "QQ",
            f"99003000{n}",
            "2024-03-01 22:00:00",
            "",
            图片文件=f"图片/{n}.{'png' if n in (1, 4, 5, 6) else 'jpg'}",
        )
        for n in range(1, 8)
    ]
    (tmp_path / "线索.csv").write_text(text_of([HEADING, *rows]), encoding="utf-8")
    report = load(store, [tmp_path])
    assert {file.path: file.state for file in report.files if file.path.endswith(("png", "jpg"))} == {
        **{f"图片/{n}.{'jpg' if n in (2, 3) else 'png'}": "beside" for n in range(1, 7)},
        "别的.png": "refused",
    }
    found = answers.clues_list(store, LOCAL, Listing(ON))["items"]
    assert sorted(ids(found)) == [["TP1", "TP2"], ["TP3", "TP6"], ["TP4"], ["TP5"], ["TP7"]]
    by_first = {each["id"]: each["joined_by"] for each in found}
    assert by_first["TP1"][0]["key"] == "picture" and by_first["TP1"][0]["score"] >= 1 - 8 / 64
    assert by_first["TP3"][0]["score"] == 1.0, "the same bytes under another name"
    missing = {
        each["id"] for each in answers.clues_check(store, LOCAL)["items"] if each["code"] == "picture_missing"
    }
    assert missing == {"TP7"}
