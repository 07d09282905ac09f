"""Search finds what people really type, says why, and counts only what the asker may see."""

from __future__ import annotations

import pytest

from backend import answers
from graph_schema.errors import InputError, NotFound
from graph_schema.store import LOCAL, Store, Viewer

MAJOR = "A9900000000002026030002"


def ids(store: Store, query: str, viewer: Viewer = LOCAL) -> list[str]:
    return [hit["id"] for hit in answers.search(store, viewer, query)["hits"]]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("甲一", "P-boss"),
        ("曾", "P-zeng"),
        ("zengdan", "P-zeng"),
        ("Ceng Dan", "P-zeng"),
        ("zd", "P-zeng"),
        ("qq", None),
        ("139 0000 1234", "Phone:+8613900001234"),
        ("+8613900001234", "Phone:+8613900001234"),
        ("１３９００００１２３４", "Phone:+8613900001234"),
        ("1234", "Phone:+8613900001234"),
        ("0059", "ResidentId:990101197805050059"),
        ("99010119950101007x", "ResidentId:99010119950101007X"),
        ("wxid_tst_b2", "Account:wechat:wxid_tst_b2"),
        ("WXID_TST_B2", "Account:wechat:wxid_tst_b2"),
        ("0033", "Account:card:6200000000000000033"),
        (MAJOR, MAJOR),
        ("3·02专案", MAJOR),
        ("贩卖毒品", "A9900000000002026040017"),
        ("P-boss", "P-boss"),
    ],
)
def test_finds_what_is_typed(district: Store, query: str, first: str | None) -> None:
    """Trap: one character, a second reading of a surname, last four digits, full-width digits, capitals."""
    found = ids(district, query)
    assert (found[0] if found else None) == first


def test_one_character_finds_every_name_with_it(district: Store) -> None:
    """Trap: an index of pairs of characters finds nothing for a single one."""
    assert set(ids(district, "一")) == {"P-boss", "P-alone"}
    assert ids(district, "甲一")[:2] == ["P-boss", "P-alone"], "the whole name stands before a longer one"


def test_three_digits_are_too_few(district: Store) -> None:
    """Trap: a part that fits every tenth number of the country."""
    assert ids(district, "123") == []


def test_hit_says_why_and_who_holds_it(district: Store) -> None:
    """Trap: a list of numbers nobody can tell from chance."""
    hit = answers.search(district, LOCAL, "1234")["hits"][0]
    assert hit["how"] == "ends" and "末尾一致" in hit["why"] and "Phone" in hit["why"]
    assert hit["person"]["name"] == "曾单"
    assert answers.search(district, LOCAL, "zd")["hits"][0]["how"] == "initials"


def test_hidden_case_is_neither_found_nor_counted(district: Store) -> None:
    """Trap: totals that betray what the list hides."""
    narrow = Viewer(user="u1", cases=frozenset({"A9900000000002026040017"}))
    everything = answers.search(district, LOCAL, "A99000000000")
    mine = answers.search(district, narrow, "A99000000000")
    assert everything["total"] == 3 and mine["total"] == 1 == len(mine["hits"])


def test_limit_keeps_the_total(district: Store) -> None:
    """Trap: a list cut to a page that claims to be all."""
    found = answers.search(district, LOCAL, "1390000", limit=2)
    assert len(found["hits"]) == 2 and found["total"] == 4
    rest = answers.search(district, LOCAL, "1390000", limit=2, skip=2)
    assert not {hit["id"] for hit in found["hits"]} & {hit["id"] for hit in rest["hits"]}


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "' OR 1=1 //",
        "`}) DETACH DELETE n //",
        "\\",
        "%",
        "*",
        ".*",
        "\x00",
        "𠮷",
        "a" * 5000,
        "$run",
        "'\"`",
    ],
)
def test_hostile_text_finds_nothing_and_harms_nothing(district: Store, query: str) -> None:
    """Trap: text of a question taken for a part of the query, or for a pattern."""
    assert ids(district, query) == []
    assert answers.persons(district, LOCAL)["total"] == 7


def test_find_person_is_full_for_one_and_short_for_several(district: Store) -> None:
    """Trap: a guess among several persons of one name."""
    one = answers.find_person(district, LOCAL, "13900000003")
    assert one["total"] == 1 and one["persons"][0]["person"]["name"] == "丙三" and one["persons"][0]["holds"]
    several = answers.find_person(district, LOCAL, "一")
    assert several["total"] == 2 and "holds" not in several["persons"][0]
    assert answers.find_person(district, LOCAL, "不存在")["persons"] == []


def test_several_persons_of_one_name_must_be_told_apart(district: Store, builder: object) -> None:
    """Trap: a path from the wrong one of two people of one name."""
    builder.do("MATCH (p:Person {person_id: 'P-alone'}) SET p.name = '甲一', p.names = ['甲一']")  # type: ignore[attr-defined]
    with pytest.raises(InputError, match="P-alone"):
        answers.path(district, LOCAL, "甲一", "丙三")
    with pytest.raises(NotFound):
        answers.path(district, LOCAL, "P-boss", "不存在")
