"""The squad's own tables: what each becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.reading import Unreadable
from tests.etl.opened import Facts, read, text_of

CASE = "A9901000000002024030001"
ID, OTHER_ID = "990101199001010019", "990101198505050028"
CARD = "6200990000000000119"


def table(folder: Path, *records: dict[str, str], **more: str) -> Facts:
    head = list(dict.fromkeys(name for record in records for name in record))
    return read(
        folder, text_of([head, *([record.get(name, "") for name in head] for record in records)]), **more
    )


def test_cases(tmp_path: Path) -> None:
    """Trap: a column nobody declared is kept, not dropped; a blank starred cell rejects its row."""
    row = {
        "案件编号*": CASE,
        "案件名称": "章一凡贩卖毒品案",
        "立案日期*": "2024-03-06",
        "发案地点": "示例路",
        "经度": "120.1",
    }
    facts = table(tmp_path, row | {"案件级别": "甲"}, row | {"案件编号*": "A2", "立案日期*": ""})
    assert facts.kind == "cases"
    told = facts.node(f"Case:{CASE}")
    assert told["opened_at"] == 1709654400000 and told["lon"] == 120.1 and told["place_text"] == "示例路"
    assert told["extra"] == '{"案件级别":"甲"}'
    assert facts.reasons() == [(3, "rejected", "blank_required", "立案日期*", None)]


def test_case_persons(tmp_path: Path) -> None:
    """Trap: several phones in one cell; a supplier named only in words stays words."""
    row = {
        "案件编号": CASE,
        "姓名": "章一凡",
        "身份证号": ID,
        "性别": "男",
        "绰号": "阿凡",
        "手机号码": "13900001234；13900001235",
    }
    row |= {
        "微信号": "wxid_sample0001",
        "银行卡号": CARD,
        "涉案身份": "贩卖",
        "到案日期": "2024-03-06",
        "强制措施": "刑事拘留",
    }
    said = "老季给的货，电话13900009999，微信wxid_sample0002"
    facts = table(
        tmp_path, row | {"供述上家": said}, row | {"姓名": "冬三", "身份证号": "", "供述上家": "一个叫老季的"}
    )
    first, second = facts.records
    assert first["refs"] == [
        f"ResidentId:{ID}",
        "Phone:+8613900001234",
        "Phone:+8613900001235",
        "Account:wechat:wxid_sample0001",
        f"Account:card:{CARD}",
    ]
    assert first["hows"] == ["registered", "used", "used", "used", "used"]
    assert first["props"]["sex"] == "male" and first["props"]["nickname"] == "阿凡"
    involved = facts.legs_of("INVOLVED_IN")
    assert [leg["start"] for leg in involved] == ["Record:2/person", "Record:3/person"]
    assert involved[0]["props"] == {
        "role": "贩卖",
        "role_class": "dealing",
        "arrested_at": 1709654400000,
        "measure": "刑事拘留",
    }
    stated = facts.legs_of("SAYS_SUPPLIER")
    assert {(leg["start"], leg["end"]) for leg in stated} == {
        ("Record:2/person", "Phone:+8613900009999"),
        ("Record:2/person", "Account:wechat:wxid_sample0002"),
    }
    assert stated[0]["text"] == said and second["props"]["source_text"] == "一个叫老季的"


def test_seizures(tmp_path: Path) -> None:
    """Trap: two equal packets of one day are two seizures; the same exhibit in two lists is one."""
    row = {
        "案件编号": CASE,
        "缴获日期": "2024-03-06",
        "持有人身份证号": ID,
        "毒品种类": "冰毒",
        "净重(克)": "0.82",
        "包数": "1",
    }
    facts = table(
        tmp_path, row, row, row | {"检材编号": "JC-1"}, row | {"净重(克)": "很少"}, row | {"净重(克)": "-1"}
    )
    refs = [leg["start"] for leg in facts.legs_of("SEIZED_IN")]
    assert len(set(refs)) == 3 and refs[2] == f"Seizure:{CASE}|JC-1"
    assert {leg["end"] for leg in facts.legs_of("SEIZED_FROM")} == {f"ResidentId:{ID}"}
    told = facts.node(refs[0])
    assert (told["substance"], told["substance_raw"], told["net_g"], told["packets"]) == (
        "甲基苯丙胺",
        "冰毒",
        0.82,
        1,
    )
    assert (told["at"], told["at_precision"]) == (1709654400000, "day")
    assert [r[2:5] for r in facts.reasons()] == [
        ("bad_amount", "净重(克)", "很少"),
        ("bad_amount", "净重(克)", "-1"),
    ]


def test_seizures_in_kilograms(tmp_path: Path) -> None:
    """Trap: the unit stands in the heading; a thousandfold error changes the tier."""
    row = {"案件编号": CASE, "缴获日期": "2024-03-06", "毒品种类": "海洛因", "净重(千克)": "0.35"}
    facts = table(tmp_path, row)
    assert facts.node(facts.legs[0]["start"])["net_g"] == 350.0


def test_the_same_seizure_in_two_files(tmp_path: Path) -> None:
    """Trap: 0.820 and 2024/3/6 are the same weight and day, written by another hand."""
    one = {"案件编号": CASE, "缴获日期": "2024-03-06", "毒品种类": "冰毒", "净重(克)": "0.82"}
    two = {"案件编号": CASE, "毒品种类": "冰毒", "缴获日期": "2024/3/6", "净重(克)": "0.820"}
    starts = [table(tmp_path, row).legs[0]["start"] for row in (one, two)]
    assert starts[0] == starts[1]


def test_online_clues(tmp_path: Path) -> None:
    """Trap: the account's kind stands in the column beside it; contacts stand in free text."""
    row = {
        "线索编号": "XS1",
        "来源警种": "网安",
        "平台": "QQ",
        "平台账号": "990010001",
        "昵称": "夜航",
        "发布时间": "2024-03-01 23:10:00",
    }
    row |= {
        "内容": "加微信 wxid_sample0003",
        "联系方式": "13900001111",
        "收款账号": CARD,
        "快递单号": "SF9900000000001",
    }
    facts = table(tmp_path, row, row | {"线索编号": "XS2", "平台": "闲聊吧", "平台账号": "u77"})
    posted = facts.legs_of("POSTED")
    assert [(leg["start"], leg["end"]) for leg in posted] == [
        ("Account:qq:990010001", "Clue:XS1"),
        ("Account:other:闲聊吧/u77", "Clue:XS2"),
    ]
    mentioned = {leg["end"] for leg in facts.legs_of("MENTIONS") if leg["start"] == "Clue:XS1"}
    assert mentioned == {
        "Account:wechat:wxid_sample0003",
        "Phone:+8613900001111",
        f"Account:card:{CARD}",
        "Parcel:SF9900000000001",
    }
    assert facts.node("Account:qq:990010001")["nickname"] == "夜航"


def test_a_wallet_named_as_payee(tmp_path: Path) -> None:
    """Trap: "财付通" in the column of payees is no account; two files would make two holders of it."""
    row = {"线索编号": "XS1", "平台": "QQ", "平台账号": "990010001", "发布时间": "2024-03-01 23:10:00"}
    facts = table(
        tmp_path, row | {"收款账号": "财付通"}, row | {"线索编号": "XS2", "收款账号": "6222****0001"}
    )
    assert [leg["end"].split("@")[0] for leg in facts.legs_of("MENTIONS")] == ["Account:card:6222****0001"]


def test_waybills(tmp_path: Path) -> None:
    """Trap: a parcel without the sender's phone still has a sender."""
    row = {
        "运单号": "SF9900000000001",
        "快递公司": "示例速运",
        "寄件人": "季二水",
        "寄件人电话": "13900005678",
        "寄件地址": "甲路",
    }
    row |= {
        "收件人": "章一凡",
        "收件人电话": "13900001234",
        "收件地址": "乙路",
        "寄件时间": "2024-03-02 10:20:00",
        "签收时间": "2024-03-04 16:05:00",
    }
    row |= {"内件名称": "茶叶", "重量(千克)": "0.5"}
    facts = table(tmp_path, row, row | {"运单号": "SF9900000000002", "寄件人电话": ""})
    sent, received = facts.legs_of("SENT"), facts.legs_of("RECEIVED")
    assert [leg["start"] for leg in sent] == ["Phone:+8613900005678", "Record:3/sender"]
    assert {leg["start"] for leg in received} == {"Phone:+8613900001234"}
    assert received[0]["at"] - sent[0]["at"] == ((2 * 24 + 5) * 60 + 45) * 60_000
    told = facts.node("Parcel:SF9900000000001")
    assert (told["goods"], told["weight_kg"], told["signed_at"]) == ("茶叶", 0.5, received[0]["at"])


def test_phone_holders(tmp_path: Path) -> None:
    """Trap: SIM and handset tie only where both numbers are valid."""
    row = {
        "手机号码": "13900001234",
        "机主姓名": "章一凡",
        "身份证号": ID,
        "入网时间": "2021-06-01",
        "IMSI": "460009900000001",
        "IMEI": "990000000000010",
    }
    facts = table(tmp_path, row)
    assert facts.records[0]["refs"] == [f"ResidentId:{ID}", "Phone:+8613900001234", "Sim:460009900000001"]
    assert set(facts.records[0]["hows"]) == {"registered"}
    [used] = facts.legs_of("USED_WITH")
    assert (used["start"], used["end"], used["at"]) == ("Sim:460009900000001", "Device:99000000000001", None)
    assert facts.node("Phone:+8613900001234")["registered_at"] == 1622476800000


def test_vehicles_and_cameras(tmp_path: Path) -> None:
    """Trap: a vehicle is its plate and its kind; 小型汽车 and 02 are one kind."""
    owner = {
        "号牌号码": "浙Z99A01",
        "号牌种类": "小型汽车",
        "所有人": "章一凡",
        "身份证号": ID,
        "登记日期": "2020-05-01",
    }
    seen = {
        "号牌号码": "浙Z99A01",
        "号牌种类": "02",
        "经过时间": "2024-03-02 23:01:09",
        "卡口编号": "9901",
        "卡口名称": "示例出口",
        "经度": "120.1",
        "纬度": "30.2",
    }
    facts = table(tmp_path, owner)
    assert facts.records[0]["refs"] == [f"ResidentId:{ID}", "Vehicle:浙Z99A01|02"]
    passes = table(tmp_path, seen, seen | {"经过时间": "2024-03-02 23:05:09"})
    assert [(leg["start"], leg["end"]) for leg in passes.legs] == [
        ("Vehicle:浙Z99A01|02", "Place:camera:9901")
    ] * 2
    assert passes.node("Place:camera:9901") == {
        "kind": "camera",
        "name": "示例出口",
        "lon": 120.1,
        "lat": 30.2,
    }
    assert len([n for n in passes.nodes if n["ref"].startswith("Place:")]) == 1


def test_registered_users(tmp_path: Path) -> None:
    """Trap: a vague year of first use must neither reject the row nor vanish."""
    row = {
        "姓名": "季二水",
        "身份证号": OTHER_ID,
        "滥用毒品种类": "冰毒",
        "首吸时间": "2015年",
        "毒品来源": "从“阿凡”处，13900001234",
        "管控现状": "社区戒毒",
    }
    facts = table(tmp_path, row, row | {"首吸时间": "十几岁"})
    first, second = facts.records
    assert first["props"]["registered_user"] is True and first["props"]["first_used_at"] == 1420041600000
    assert second["props"]["extra"] == '{"首吸时间":"十几岁"}'
    assert facts.legs_of("SAYS_SUPPLIER")[0]["end"] == "Phone:+8613900001234"


def test_screening_drivers_stays(tmp_path: Path) -> None:
    """Trap: tables that share name and id are told apart by their other headings."""
    person = {"姓名": "季二水", "身份证号": OTHER_ID}
    tested = table(tmp_path, person | {"检测日期": "2024-02-01", "检测结果": "阳性", "检测方式": "毛发"})
    assert tested.kind == "screening_tests"
    assert tested.node(tested.legs_of("TESTED")[0]["end"])["result"] == "阳性"
    driver = table(tmp_path, person | {"准驾车型": "C1", "驾驶证状态": "注销", "注销日期": "2023-01-01"})
    assert driver.kind == "drivers"
    assert driver.node(driver.legs_of("LICENSED")[0]["end"])["state"] == "注销"
    stay = person | {
        "场所名称": "示例宾馆",
        "入住时间": "2024-03-01 22:40:00",
        "离开时间": "2024-03-02 11:00:00",
        "同住人身份证号": ID,
    }
    facts = table(tmp_path, stay)
    assert {(leg["start"], leg["end"]) for leg in facts.legs} == {
        (f"ResidentId:{OTHER_ID}", "Place:premises:示例宾馆"),
        (f"ResidentId:{ID}", "Place:premises:示例宾馆"),
    }
    assert facts.legs[0]["props"]["companions"] == [ID]


BUYER, SELLER = "91990100MA0000001G", "91990100MA0000002K"


def test_companies_and_trades(tmp_path: Path) -> None:
    """Trap: quantities are exact milligrams; a trade without seller is still known of its buyer."""
    company = {
        "企业名称": "示例化工有限公司",
        "统一社会信用代码": BUYER,
        "行业": "化学原料",
        "法定代表人": "章一凡",
        "法人身份证号": ID,
        "从业人数": "35",
    }
    facts = table(tmp_path, company)
    assert facts.node(f"Company:{BUYER}")["employees"] == 35
    assert [(leg["rel"], leg["start"], leg["end"]) for leg in facts.legs] == [
        ("WORKS_FOR", "Record:2/legal", f"Company:{BUYER}")
    ]
    trade = {
        "购买单位代码": BUYER,
        "销售单位代码": SELLER,
        "化学品名称": "盐酸",
        "数量(千克)": "500.25",
        "日期": "2024-01-15",
    }
    trades = table(tmp_path, trade, trade | {"销售单位代码": ""})
    [sold] = trades.legs_of("TRADED")
    assert (sold["start"], sold["end"], sold["amount"]) == (
        f"Company:{SELLER}",
        f"Company:{BUYER}",
        500_250_000,
    )
    [bought] = trades.legs_of("RELATED_TO")
    assert (bought["start"], bought["props"]["kind"]) == (f"Company:{BUYER}", "BOUGHT")


def test_usage_inspections_wastewater_tasks(tmp_path: Path) -> None:
    """Trap: 2024-02 and 202402 are one month; ten thousand yuan are a million fen."""
    usage = {"统一社会信用代码": BUYER, "月份": "2024-02", "用电(度)": "18200", "产值(万元)": "85.5"}
    facts = table(tmp_path, usage)
    ref = facts.legs[0]["end"]
    assert ref == f"Usage:{BUYER}|2024-02" and facts.node(ref)["output_fen"] == 85_500_000
    assert table(tmp_path, usage | {"月份": "202402"}).legs[0]["end"] == ref
    checked = table(
        tmp_path,
        {
            "统一社会信用代码": BUYER,
            "检查日期": "2024-01-20",
            "检查部门": "示例县禁毒办",
            "检查结果": "需整改",
            "整改期限": "2024-02-20",
        },
    )
    assert checked.node(checked.legs[0]["end"])["deadline"] == 1708358400000
    sample = table(
        tmp_path,
        {"采样点": "示例污水厂", "采样日期": "2024-02-10", "目标物": "甲基苯丙胺", "浓度(纳克/升)": "41.5"},
    )
    assert sample.node(sample.legs[0]["start"])["concentration_ng_l"] == 41.5
    task = table(
        tmp_path, {"任务编号": "RW1", "任务名称": "毛发检测", "板块": "重点人员", "截止日期": "2024-03-31"}
    )
    assert task.node("Task:RW1")["section"] == "重点人员"


def test_a_bad_identifier_never_rejects_its_row(tmp_path: Path) -> None:
    """Trap: a wrong check digit is a finding about the id, not about the row."""
    facts = table(
        tmp_path, {"案件编号": CASE, "姓名": "章一凡", "身份证号": ID[:-1] + "0", "涉案身份": "吸食"}
    )
    assert facts.states() == {"loaded": 1}
    [ref] = facts.records[0]["refs"]
    assert ref.startswith(f"ResidentId:{ID[:-1]}0@") and facts.node(ref)["verified"] is False


def test_a_missing_starred_heading_is_named(tmp_path: Path) -> None:
    """Trap: without 毒品种类 every row would be rejected one by one."""
    with pytest.raises(Unreadable) as error:
        table(tmp_path, {"案件编号": CASE, "缴获日期": "2024-03-06", "净重(克)": "1", "包数": "1"})
    assert error.value.reason == "missing_columns" and "毒品种类" in str(error.value)


def test_an_unknown_table_shows_what_was_read(tmp_path: Path) -> None:
    """Trap: the user must see which headings were found."""
    with pytest.raises(Unreadable) as error:
        table(tmp_path, {"甲": "1", "乙": "2", "丙": "3"})
    assert error.value.reason == "unknown_table" and "甲、乙、丙" in str(error.value)
