"""Judgements before rules: what is joined or kept apart, and that taking back gives what was before."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.resolve import Mention, PairJudgement, Resolution, resolve

RID_A, RID_B = "ResidentId:990101199001010019", "ResidentId:990101198505050028"
PHONE, PHONE2, CARD, WX = (
    "Phone:+8619900000001",
    "Phone:+8619900000002",
    "Account:card:6299990000000001",
    "Account:wechat:wxid_demo_a",
)
REFS = [RID_A, RID_B, PHONE, PHONE2, CARD, WX]
REGISTERED = Mention("r1", 1, "甲", ((RID_A, "registered"), (PHONE, "registered"), (CARD, "registered")))


def who(found: Resolution, ref: str) -> str:
    (holder,) = [p.person_id for p in found.people if any(held.ref == ref for held in p.holds)]
    return holder


def solve(*decisions: tuple[str, str, str], mentions: tuple[Mention, ...] = (REGISTERED,)) -> Resolution:
    made = [PairJudgement(f"V-{n}", *decision) for n, decision in enumerate(decisions)]
    return resolve([(ref, 1) for ref in REFS], list(mentions), decisions=made)


def test_same_joins_what_rules_keep_apart() -> None:
    """Trap: a judgement that joins the two numbers, but not what hangs on them."""
    found = solve(("same", WX, RID_A))
    assert who(found, WX) == who(found, CARD)
    (person,) = [p for p in found.people if p.judged]
    assert person.judged == ("V-0",) and person.name == "甲"


def test_different_takes_a_registered_phone_from_its_owner() -> None:
    """Trap: a phone lent for good that no judgement can take from whom it is registered to."""
    found = solve(("different", PHONE, RID_A))
    assert who(found, PHONE) != who(found, RID_A) == who(found, CARD)


def test_what_was_judged_different_is_given_to_the_next_claimant() -> None:
    """Trap: a phone taken from one claimant is nobody's, though another one claims it too."""
    other = Mention("r2", 1, "乙", ((RID_B, "registered"), (PHONE, "registered")))
    again = Mention("r3", 1, "乙", ((RID_B, "registered"), (PHONE, "registered")))
    free = solve(mentions=(REGISTERED, other, again))
    assert who(free, PHONE) == who(free, RID_B)
    found = solve(("different", PHONE, RID_B), mentions=(REGISTERED, other, again))
    assert who(found, PHONE) == who(found, RID_A)


def test_two_resident_ids_are_never_joined_unsaid() -> None:
    """Trap: A is B, B is C, and two people with two resident ids have become one."""
    found = solve(("same", WX, RID_A), ("same", WX, RID_B))
    assert who(found, RID_A) != who(found, RID_B)
    assert [(each.kind, each.source) for each in found.conflicts] == [("judgement", "V-1")]
    assert who(solve(("same_two_ids", RID_A, RID_B)), RID_A) == who(
        solve(("same_two_ids", RID_A, RID_B)), RID_B
    )


def test_contradicting_judgements_keep_apart_and_ask() -> None:
    """Trap: three judgements that cannot all hold, and the last one silently wins."""
    found = solve(("same", WX, PHONE2), ("same", PHONE2, CARD), ("different", WX, CARD))
    assert who(found, WX) != who(found, CARD)
    assert [each.kind for each in found.conflicts] == ["judgement"]


def test_a_judgement_about_what_is_not_loaded_waits() -> None:
    """Trap: an unloaded file leaves a judgement that breaks every later run."""
    gone = "Phone:+8619900000099"
    assert solve(("same", gone, RID_A)).people == solve().people
    later = resolve(
        [*((ref, 1) for ref in REFS), (gone, 2)],
        [REGISTERED],
        decisions=[PairJudgement("V-0", "same", gone, RID_A)],
    )
    assert who(later, gone) == who(later, RID_A)


DECISIONS = st.lists(
    st.tuples(
        st.sampled_from(["same", "different", "same_two_ids"]), st.sampled_from(REFS), st.sampled_from(REFS)
    ).filter(lambda decision: decision[1] != decision[2]),
    max_size=6,
)
MENTIONS = st.lists(
    st.lists(
        st.tuples(st.sampled_from(REFS), st.sampled_from(["registered", "used", "named", "nickname"])),
        max_size=3,
    ),
    max_size=6,
)


@settings(deadline=None)
@given(DECISIONS, MENTIONS, MENTIONS, st.integers(0, 5))
def test_judgements_hold_and_nothing_is_lost(
    decisions: list[tuple[str, str, str]],
    drawn: list[list[tuple[str, str]]],
    arrived: list[list[tuple[str, str]]],
    which: int,
) -> None:
    """Trap: an order of judgements and loads in which one is ignored, or a record or number has no holder or two."""
    before = tuple(Mention(f"r{n}", 1, "甲", tuple(states)) for n, states in enumerate(drawn))
    after = before + tuple(Mention(f"s{n}", 2, "乙", tuple(states)) for n, states in enumerate(arrived))
    rest = [decision for n, decision in enumerate(decisions) if n != which]
    with_it, without = solve(*decisions, mentions=after), solve(*rest, mentions=after)
    for found in (with_it, without):
        held = sorted(held.ref for person in found.people for held in person.holds)
        told = sorted(record for person in found.people for record in person.records)
        assert held == sorted(REFS) and told == sorted(mention.record_id for mention in after)
        for verdict, one, other in decisions if found is with_it else rest:
            if verdict == "different":
                assert who(found, one) != who(found, other)
        if not any(verdict == "same_two_ids" for verdict, _, _ in decisions):
            assert who(found, RID_A) != who(found, RID_B)
