"""Substances, platforms, service numbers, banks and the word lists of tables."""

from __future__ import annotations

import pytest

from graph_schema.declaration import load_declaration
from graph_schema.dictionaries import (
    bank_name,
    card_bin,
    carrier,
    case_class,
    code_words,
    courier_name,
    direction,
    find_code_words,
    is_platform,
    is_service_number,
    load,
    plate_kind_code,
    platform_name,
    precursor,
    role_class,
    service_name,
    substance,
)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("冰毒", "甲基苯丙胺"),
        ("甲基苯丙胺（冰毒）", "甲基苯丙胺"),
        ("疑似冰毒", "甲基苯丙胺"),
        ("甲基苯丙胺片剂（麻古）", "甲基苯丙胺"),
        ("Ｋ粉", "氯胺酮"),
        ("MDMA", "3,4-亚甲二氧基甲基苯丙胺"),
        ("3，4-亚甲二氧基甲基苯丙胺", "3,4-亚甲二氧基甲基苯丙胺"),
        ("摇头丸(MDMA)", "3,4-亚甲二氧基甲基苯丙胺"),
        ("4-氟苯丙胺", "4-氟苯丙胺"),
        ("鸦片", "阿片"),
        ("ghb", "γ-羟丁酸"),
        ("大麻", "大麻叶及大麻烟"),
        ("依托咪酯烟油", "依托咪酯"),
        ("冰毒、海洛因", None),
        ("甲基苯丙胺（冰毒）0.5克及海洛因0.2克", None),
        ("奶茶", None),
        ("水", None),
        ("不明粉末", None),
    ],
)
def test_substances(text: str, entry: str | None) -> None:
    """Trap: 氯胺酮 found in 氟胺酮, two substances counted as one, an everyday code word taken for a drug."""
    assert substance(text) == entry


def test_aliases_and_code_words_lead_to_entries() -> None:
    """Trap: a word translated into a name that no list and no tier knows."""
    entries = {entry.value for entry in load("substances")}
    assert {entry.meaning for entry in load("substance_aliases")} <= entries
    assert {word.meaning for word in code_words()} - entries <= {"任意", "混合型", "色胺类"}
    assert {word.ambiguity for word in code_words()} == {1, 2, 3}


def test_code_words_in_a_message() -> None:
    """Trap: 飞叶子 read as the everyday words 飞 and 叶子; one word of two meanings."""
    found = [(word.word, word.ambiguity) for word in find_code_words("有没有冰糖，飞叶子，上头电子烟")]
    assert found == [("冰糖", 3), ("飞叶子", 2), ("上头电子烟", 2), ("上头电子烟", 2)]
    assert find_code_words("明天开会") == []


@pytest.mark.parametrize(
    ("name", "platform"),
    [
        ("财付通支付科技有限公司", "财付通"),
        ("财付通-微信转账", "财付通"),
        ("支付宝（中国）网络技术有限公司", "支付宝"),
        ("支付宝(中国)网络技术有限公司客户备付金", "支付宝"),
        ("中国银联股份有限公司", "银联"),
        ("网银在线（北京）科技有限公司", "京东支付"),
        ("北京三快在线科技有限公司", "美团支付"),
        ("美团", "美团支付"),
        ("快手科技有限公司", "快手支付"),
        ("易宝支付有限公司", "易宝支付"),
        ("王美团", None),
        ("李连连", None),
        ("张三", None),
        ("", None),
    ],
)
def test_platforms(name: str, platform: str | None) -> None:
    """Trap: a wallet as the hub of every gang; a person whose name holds such a word as a platform."""
    assert platform_name(name) == platform
    assert is_platform(name) is (platform is not None)
    assert not is_platform(None)


@pytest.mark.parametrize(
    ("digits", "service"),
    [
        ("95588", True),
        ("10086", True),
        ("1069000012345", True),
        ("4001234567", True),
        ("13900000721", False),
        ("057188880000", False),
        ("11", False),
        ("955881234567", False),
    ],
)
def test_service_numbers(digits: str, service: bool) -> None:
    """Trap: a mobile or landline that begins like a hot line."""
    assert is_service_number(digits) is service
    assert (service_name(digits) is not None) is service


@pytest.mark.parametrize(
    ("text", "bank"),
    [
        ("中国工商银行股份有限公司宁波奉化支行", ("中国工商银行", "宁波奉化支行")),
        ("工行奉化支行", ("中国工商银行", "奉化支行")),
        ("ICBC", ("中国工商银行", "")),
        ("招商银行", ("招商银行", "")),
        ("农行宁波分行", ("中国农业银行", "宁波分行")),
        ("浙江省农村信用社联合社", ("浙江省农村信用社联合社", "")),
        ("火星银行", None),
    ],
)
def test_banks(text: str, bank: tuple[str, str] | None) -> None:
    """Trap: the bank of a branch not recognised because its legal form stands between."""
    assert bank_name(text) == bank


def test_card_prefix_needs_the_length_of_the_card() -> None:
    """Trap: one prefix is issued in two lengths, by two kinds of card."""
    known = card_bin("6222021234567890128")
    assert known is not None and known.bank == "中国工商银行" and known.card_type == "DC"
    assert card_bin("62220212345678") is None


@pytest.mark.parametrize(
    ("text", "klass"),
    [
        ("贩卖", "dealing"),
        ("贩卖、运输", "dealing"),
        ("涉嫌贩卖毒品", "dealing"),
        ("运输", "carrying"),
        ("制造", "making"),
        ("持有", "holding"),
        ("非法持有毒品", "holding"),
        ("容留", "hosting"),
        ("吸食", "using"),
        ("购毒者", "using"),
        ("介绍", "brokering"),
        ("洗钱", "laundering"),
        ("证人", "witness"),
        ("同案", "other"),
        ("", "other"),
        (None, "other"),
    ],
)
def test_role_words(text: str | None, klass: str) -> None:
    """Trap: the witness in a dealing case counted as a dealer."""
    assert role_class(text) == klass


def test_role_classes_are_declared() -> None:
    """Trap: a class the graph's closed list does not hold."""
    declared = load_declaration().relationships["INVOLVED_IN"].properties["role_class"].values
    assert {entry.meaning for entry in load("role_words")} <= set(declared)


@pytest.mark.parametrize(
    ("word", "way"),
    [
        ("进", "in"),
        ("入", "in"),
        ("贷 Cr", "in"),
        ("C", "in"),
        ("出", "out"),
        ("借", "out"),
        ("D", "out"),
        ("O", "out"),
        ("支出", "out"),
        ("不计收支", "neutral"),
        ("/", "neutral"),
        ("0", None),
        ("", None),
        ("转", None),
        (None, None),
    ],
)
def test_directions(word: str | None, way: str | None) -> None:
    """Trap: 借 read as borrowing, i.e. money in; a dirty word guessed instead of rejected."""
    assert direction(word) == way


def test_small_tables() -> None:
    """Trap: a plate kind as a number without its zero, an unknown one guessed."""
    assert [plate_kind_code(x) for x in ("小型汽车", "2", "02", "小型新能源汽车", "？")] == [
        "02",
        "02",
        "02",
        "52",
        "",
    ]
    assert case_class("060702") == case_class("06070102") == "贩卖毒品案" and case_class("999999") is None
    assert courier_name("顺丰速运") == courier_name("SF") == "顺丰" and courier_name("自提") is None
    assert carrier("13900000721") == "移动" and carrier("19200000001") == "广电"
    chemical = precursor("醋酸酐")
    assert chemical is not None and chemical.meaning == "第二类"
