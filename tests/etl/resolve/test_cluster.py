"""Who is who by rules: what ties, what decides between claims, and what never merges."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from etl.resolve import Mention, Person, resolve

RID_A, RID_B = "ResidentId:990101199001010019", "ResidentId:990101199202020027"
PHONE, PHONE2, CARD = "Phone:+8619900000001", "Phone:+8619900000002", "Account:card:6299990000000001"
WX = "Account:wechat:wxid_demo_a"


def mention(name: str, who: str | None, *states: tuple[str, str], load: int = 1) -> Mention:
    return Mention(name, load, who, states)


def people(mentions: list[Mention], *refs: str, **more: object) -> list[Person]:
    stated = {ref for m in mentions for ref, _ in m.states}
    return resolve([(ref, 1) for ref in sorted({*refs, *stated})], mentions, **more).people  # type: ignore[arg-type]


def holder(found: list[Person], ref: str) -> Person:
    holders = [person for person in found if any(held.ref == ref for held in person.holds)]
    assert len(holders) == 1, "every identifier has exactly one holder"
    return holders[0]


def test_wallet_registration_ties_phone_card_and_wallet_to_the_resident_id() -> None:
    """Trap: a wallet's registration is the one place that says whose wxid it is."""
    found = people(
        [
            mention(
                "r1",
                "测试甲",
                (RID_A, "registered"),
                (WX, "registered"),
                (PHONE, "registered"),
                (CARD, "registered"),
            )
        ]
    )
    assert {held.ref for held in holder(found, WX).holds} == {RID_A, WX, PHONE, CARD}
    assert holder(found, WX).name == "测试甲"


def test_a_name_alone_merges_nobody() -> None:
    """Trap: two persons of one name, each known by an account only, are two persons."""
    found = people([mention("r1", "测试甲", (WX, "named")), mention("r2", "测试甲", (CARD, "named"))])
    assert holder(found, WX).person_id != holder(found, CARD).person_id


def test_a_nickname_is_no_name() -> None:
    """Trap: a display name shown by the other side becomes the person's name."""
    assert holder(people([mention("r1", "老板", (WX, "nickname"))]), WX).name is None


def test_the_real_user_of_a_phone_outweighs_its_registration() -> None:
    """Trap: a phone registered to the mother is the suspect's when the squad took it from him."""
    found = people(
        [
            mention("r1", "母", (RID_A, "registered"), (PHONE, "registered")),
            mention("r2", "子", (RID_B, "used"), (PHONE, "used")),
        ]
    )
    assert holder(found, PHONE).name == "子"


def test_the_registration_of_an_account_outweighs_its_use() -> None:
    """Trap: money on a third person's card belongs to that payee, whoever uses the card."""
    found = people(
        [
            mention("r1", "收款", (RID_A, "registered"), (CARD, "registered")),
            mention("r2", "上家", (RID_B, "used"), (CARD, "used")),
        ]
    )
    assert holder(found, CARD).name == "收款"


def test_a_shared_platform_account_ties_nothing() -> None:
    """Trap: two people who both paid through 财付通 become one."""
    shop = "Account:shop:财付通"
    found = people(
        [
            mention("r1", "甲", (WX, "used"), (shop, "used")),
            mention("r2", "乙", (CARD, "used"), (shop, "used")),
        ],
        alone=frozenset({shop}),
    )
    assert holder(found, WX).person_id != holder(found, CARD).person_id


def test_an_unverified_resident_id_merges_nothing() -> None:
    """Trap: a mistyped id that happens to stand in two files."""
    bad = "ResidentId:990101199001010011@abcdefabcdef"
    found = people(
        [
            mention("r1", "甲", (bad, "registered"), (WX, "registered")),
            mention("r2", "甲", (RID_A, "registered"), (CARD, "registered")),
        ]
    )
    assert holder(found, WX).person_id != holder(found, CARD).person_id


def test_an_entry_that_mixes_two_persons_decides_nothing() -> None:
    """Trap: one line of notes with the phones of two people pulls them together."""
    found = people(
        [
            mention("r1", "甲", (RID_A, "registered"), (PHONE, "registered")),
            mention("r2", "乙", (RID_B, "registered"), (PHONE2, "registered")),
            mention("r3", None, (PHONE, "used"), (PHONE2, "used"), (WX, "used")),
        ]
    )
    assert holder(found, PHONE).person_id != holder(found, PHONE2).person_id


def test_handset_follows_its_most_used_number_and_joins_no_two() -> None:
    """Trap: a handset lent once merges the borrower into its owner."""
    device = "Device:86990000000001"
    found = people([], PHONE, PHONE2, device, used_with=[(PHONE, device, 30), (PHONE2, device, 1)])
    assert (
        holder(found, device).person_id == holder(found, PHONE).person_id != holder(found, PHONE2).person_id
    )


def test_unknown_holder_gets_his_name_when_it_comes() -> None:
    """Trap: the person id of an unnamed holder changes on the day his name is learnt."""
    before = holder(resolve([(WX, 1)], []).people, WX)
    after = holder(
        resolve(
            [(WX, 1), (RID_A, 2)], [mention("zz", "甲", (RID_A, "registered"), (WX, "registered"), load=2)]
        ).people,
        WX,
    )
    assert before.name is None and after.name == "甲"
    assert before.person_id == after.person_id


REFS = [RID_A, RID_B, PHONE, PHONE2, CARD, WX]


@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from(REFS), st.sampled_from(["registered", "used", "named", "nickname"])),
            max_size=4,
        ),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_any_order_gives_the_same_people(drawn: list[list[tuple[str, str]]], chance: random.Random) -> None:
    """Trap: union order or dictionary order decides who is who."""
    mentions = [mention(f"r{n}", f"甲{n % 3}", *states) for n, states in enumerate(drawn)]
    shuffled = mentions[:]
    chance.shuffle(shuffled)
    found = people(mentions, *REFS)
    assert found == people(shuffled, *REFS)
    held = [h.ref for person in found for h in person.holds]
    assert sorted(held) == sorted(REFS)
    assert holder(found, RID_A).person_id != holder(found, RID_B).person_id
