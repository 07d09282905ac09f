"""Drug facts read from the graph: tests, clues, parcels something was seized from, words between two."""

from __future__ import annotations

from pathlib import Path

from backend.runs.people import read_people
from etl.writing.load import load
from graph_schema.store import LOCAL, Store

FILES = {
    "线索.csv": "线索编号,来源警种,平台,平台账号,昵称,发布时间,内容,联系方式,收款账号,快递单号,线索状态\n"
    "XS1,网安,QQ,990010001,夜航,2024-03-01 23:10:00,全国发货,13900000001,,,待核查\n",
    "检测.csv": "姓名,身份证号,检测日期,检测方式,检测结果\n"
    "甲阳,990101198505050028,2024-02-01,毛发,阳性\n"
    "乙阴,990101199001010019,2024-02-01,毛发,阴性\n",
    "吸毒人员.csv": "姓名,身份证号,滥用毒品种类,管控现状\n丙册,990101199203040013,冰毒,社区戒毒\n",
    "话单 13900000002.csv": "本机号码,对方号码,呼叫类型,呼叫开始时间,呼叫时长,短信内容\n"
    "13900000002,13900000003,短信主叫,2024-03-01 10:00:00,,还有冰毒吗\n"
    "13900000002,13900000003,短信主叫,2024-03-02 10:00:00,,冰毒带两个\n"
    "13900000002,13900000004,短信主叫,2024-03-03 10:00:00,,新闻说抓了卖冰毒的\n"
    + "".join(
        f"13900000002,139000001{n:02d},短信主叫,2024-03-04 1{n % 9}:0{n % 6}:00,,珍爱生命 远离冰毒\n"
        + f"13900000002,139000001{n:02d},短信主叫,2024-03-05 1{n % 9}:0{n % 6}:00,,珍爱生命 远离冰毒\n"
        for n in range(6)
    ),
}


def test_tests_clues_and_words_are_facts_and_the_news_is_none(store: Store, tmp_path: Path) -> None:
    """Trap: an appeal against drugs sent to many, or one talk about the news, puts its readers on record."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    report = load(store, [tmp_path])
    assert [file.reason for file in report.files if file.state != "loaded"] == []
    observed, facts, _ = read_people(store, LOCAL)
    found = {
        (held.ref.split(":")[-1][-11:], fact.kind)
        for fact in facts.drug_facts
        for held in observed.people[fact.person].holds
        if held.ref.startswith(("Phone:", "ResidentId:"))
    }
    assert all(fact.evidence for fact in facts.drug_facts), "each with its rows"
    assert found == {
        ("13900000001", "clue"),
        ("98505050028", "user"),
        ("99203040013", "user"),
        ("13900000002", "words"),
        ("13900000003", "words"),
    }
