"""Joining clues: what joins, what is shared, what a person said."""

from __future__ import annotations

from typing import Any

from backend.district.clues.alike import shared_by
from backend.district.clues.items import GroupContext, item
from backend.district.clues.joining import ClueGroup, joined
from backend.district.clues.keys import Clue, clue_of


def clue(number: str, account: str, text: str = "", mentions: tuple[str, ...] = (), **props: Any) -> Clue:
    """A clue posted by ``account`` (QQ) that names phones (with text) and payees (``payee:…``)."""
    named = [
        {
            "ref": f"Account:bank:{each[6:]}" if each.startswith("payee:") else f"Phone:+86{each}",
            "number": each[6:] if each.startswith("payee:") else f"+86{each}",
            "text": None if each.startswith("payee:") else text or each,
            "evidence": [f"file/-/{number}"],
        }
        for each in mentions
    ]
    posted = [{"ref": f"Account:qq:{account}", "number": account, "evidence": [f"file/-/{number}"]}]
    told = {"clue_id": number, "text": text, "at": 0, **props}
    return clue_of(told, posted, named, [], [f"file/-/{number}"], props.get("origin"))


def groups(
    *clues: Clue, same: tuple[tuple[str, str], ...] = (), different: tuple[tuple[str, str], ...] = ()
) -> list[ClueGroup]:
    of = {each.clue_id: each for each in clues}
    return joined(of, shared_by(of, ["有货联系"]), same, different)


def sets(found: list[ClueGroup]) -> set[tuple[str, ...]]:
    return {group.clues for group in found}


AD = "城西老码头烟粉到货，{}一支，过桥左转自提"


def test_keys_and_texts_join_and_say_why() -> None:
    """Trap: joining by account alone misses the seller's other accounts; a join without its reason."""
    found = groups(
        clue("A1", "10001", AD.format(300)),
        clue("A2", "10002", AD.format(350)),
        clue("A3", "10002", "别的话", ("13900001111",)),
        clue("A4", "10003", "", ("13900001111",)),
        clue("B1", "20001", "完全不同的一条供货信息在这里"),
    )
    assert sets(found) == {("A1", "A2", "A3", "A4"), ("B1",)}
    joins = {(join.a, join.b, join.kind): join for join in found[0].joins}
    assert set(joins) == {("A1", "A2", "text"), ("A2", "A3", "account"), ("A3", "A4", "phone")}
    assert joins["A1", "A2", "text"].score == 1.0
    assert joins["A3", "A4", "phone"].evidence == ("file/-/A3", "file/-/A4")


def test_an_identifier_on_more_than_five_groups_joins_nothing() -> None:
    """Trap: one courier's or platform's number glues every seller together (reference A4: giant component)."""
    six = [clue(f"C{n}", f"3000{n}", "", ("13900009999",)) for n in range(6)]
    found = groups(*six)
    assert len(sets(found)) == 6
    bridge = found[0].bridges[0]
    assert bridge.shared.shown == "13900009999" and len(bridge.groups) == 6
    assert sets(groups(*six[:5])) == {tuple(f"C{n}" for n in range(5))}
    told = groups(*six, same=(("C0", "C1"),))
    assert len(sets(told)) == 1, "five groups after a person said two are one: no longer too many"


def test_two_shared_identifiers_do_not_excuse_each_other() -> None:
    """Trap: courier and platform on the same sellers: without one of them the other still joins all."""
    clues = [
        clue(f"S{seller}-{n}", f"4000{seller}", "", ("13900009999", "payee:88880000111122"))
        for seller in range(7)
        for n in range(7)
    ]
    assert len(sets(groups(*clues))) == 7


def test_a_busy_seller_is_not_shared() -> None:
    """Trap: the account of a seller with forty posts lies on forty bare posts and is taken for a shared one."""
    posts = [clue(f"P{n:02}", "50001", "", ("13900003333",) if n % 2 else ()) for n in range(40)]
    assert len(sets(groups(*posts))) == 1


def test_what_a_person_said_stands_above_all() -> None:
    """Trap: two clues kept apart come together again over a third; a judgement that joins nothing."""
    one, two, three = (clue(f"J{n}", "60001") for n in range(3))
    found = groups(one, two, three, different=(("J0", "J2"),))
    assert all(not {"J0", "J2"} <= set(group.clues) for group in found)
    assert any(join.kind == "account" for group in found for join in group.refused)
    other = clue("J9", "70001")
    assert ("J0", "J9") in sets(groups(one, other, same=(("J0", "J9"),)))


def test_who_does_not_sell_joins_nothing() -> None:
    """Trap: buyer, forwarder, reporter or officer taken for the seller (reference A5)."""
    phone = ("13900001111",)
    seller = clue("S1", "80001", AD.format(300), phone)
    others = [
        clue("F1", "80002", f"转发：{AD.format(300)}", phone),
        clue("F2", "80002", "转发 另一家的供货信息"),
        clue("F3", "80003", AD.format(300), origin="80001"),
        clue("B1", "80004", "求购烟粉，有的联系13900001111", phone),
        clue("B2", "80004", "谁有烟粉"),
        clue("O1", "80005", "警惕烟粉", phone, nickname="某县禁毒办"),
    ]
    assert len(sets(groups(seller, *others))) == 7
    report = [clue(f"R{n}", "80006", f"我要举报，卖家电话1390000{n}111", (f"1390000{n}111",)) for n in (1, 2)]
    assert len(sets(groups(*report))) == 2, "two sellers one person reported"
    assert ("R1", "S1") in sets(groups(seller, *report)), "what he reports is the seller's"


def test_numbers_of_others_in_a_text_are_no_keys() -> None:
    """Trap: the courier's phone or a buyer's in the text of two sellers (reference A4: never a key)."""
    for words in ("快递员电话13900005555", "派送员 139 0000 5555", "收货人13900005555", "买家：13900005555"):
        phone = ("13900005555",)
        found = groups(
            clue("A", "90001", f"城西自提。{words}", phone), clue("B", "90002", f"北门面交，{words}", phone)
        )
        assert len(sets(found)) == 2, words
    both = [clue(x, f"9000{n}", f"走快递，联系13900005555{x}", ("13900005555",)) for n, x in enumerate("AB")]
    assert len(sets(groups(*both))) == 1, "the seller's own number beside the word"


def test_platforms_services_and_groups_are_no_keys() -> None:
    """Trap: 财付通 as payee joins the whole country; 95588; a group chat."""
    for ref, number, more in (
        ("Account:card:财付通@0123456789ab", "财付通", {"verified": False, "raw": "财付通"}),
        ("Account:bank:1000107101", "1000107101", {"platform": True}),
        ("Phone:95588", "95588", {}),
        ("Account:wechat:1234567@chatroom", "1234567@chatroom", {"group": True}),
    ):
        named = [{"ref": ref, "number": number, "text": None, "evidence": [], **more}]
        two = [
            clue_of(
                {"clue_id": x, "text": ""},
                [{"ref": f"Account:qq:1{x}", "number": f"1{x}", "evidence": []}],
                named,
                [],
                [],
                None,
            )
            for x in "12"
        ]
        assert len(sets(groups(*two))) == 2, ref
    named = [{"ref": "Account:bank:778899", "number": "778899", "text": None, "evidence": []}]
    by_name = [
        clue_of(
            {"clue_id": x, "text": "", "payee_name": "支付宝（中国）网络技术有限公司"},
            [],
            named,
            [],
            [],
            None,
        )
        for x in "12"
    ]
    assert len(sets(groups(*by_name))) == 2, "an account in the name of a payment platform"


def test_wallets_digests_and_unverified_numbers_join() -> None:
    """Trap: an address of virtual coin is no known kind of account; a number whose check fails differs by file."""
    address = "TXYZabcdefghijkmnopqrstuvwxyz12345"
    assert (
        len(sets(groups(clue("A", "11111", f"付到 {address}"), clue("B", "22222", f"U收款{address}。")))) == 1
    )
    digest = "0f" * 8 + "1a2b3c4d5e6f7a8b9c0d1e2f"
    assert (
        len(
            sets(
                groups(
                    clue("A", "11111", integrity=f"SHA256:{digest}"),
                    clue("B", "22222", integrity=digest.upper()),
                )
            )
        )
        == 1
    )
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert len(sets(groups(clue("A", "11111", integrity=empty), clue("B", "22222", integrity=empty)))) == 2
    two = [
        clue_of(
            {"clue_id": x, "text": ""},
            [],
            [
                {
                    "ref": f"Account:card:6222000000000009@{x * 12}",
                    "number": "6222000000000009",
                    "verified": False,
                    "text": None,
                    "evidence": [],
                }
            ],
            [],
            [],
            None,
        )
        for x in "ab"
    ]
    assert len(sets(groups(*two))) == 1


def test_a_number_long_after_may_be_anothers() -> None:
    """Trap: a number given up and handed out again makes one seller of two persons, and nobody is told."""
    year = 366 * 86_400_000
    for later, told in ((year, 1), (year // 2, 0)):
        of = {
            each.clue_id: each
            for each in (
                clue("A1", "10001", "", ("13900001111",)),
                clue("A2", "10002", "", ("13900001111",), at=later),
            )
        }
        (group,) = groups(*of.values())
        against = item(group, of, GroupContext())["against"]
        assert [each["value"] for each in against] == [366.0] * told
