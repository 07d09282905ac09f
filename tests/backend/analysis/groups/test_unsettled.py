"""A role that the facts do not carry is unknown, in one of several ways, each with what would settle it."""

from __future__ import annotations

from typing import Any

import pytest

from backend.analysis.groups.unsettled import WAYS, way
from backend.analysis.model.gangs import Member
from backend.analysis.model.supplies import PayeeLink, RunnerLink
from backend.analysis.pipeline import run
from tests.backend.analysis.attribution.test_third_name import third_name
from tests.backend.analysis.tiny import Tiny, at, dealer, restock
from viz.text.phrases import reason_text
from viz.text.settling import SETTLES, UNSETTLED, settles

PAYEE = PayeeLink(payee=1, principal=2, buyer=3, score=0.6, count=4, first=None, last=None, evidence=())
RUNNER = RunnerLink(runner=4, seller=5, score=0.6, sent=0.2, count=6, first=None, last=None, evidence=())
NOTHING: dict[str, Any] = {
    "supplies_sellers": False,
    "sold": 0.0,
    "buys": False,
    "tied": True,
    "same_hand": False,
    "payees": [PAYEE],
    "runners": [RUNNER],
    "rings": 0.5,
}


@pytest.mark.parametrize(
    ("person", "more", "expected"),
    [
        (9, {"supplies_sellers": True, "sold": 3.0, "buys": True}, "sellers"),
        (4, {"sold": 0.4}, "carries"),
        (1, {"sold": 0.4, "buys": True}, "onward"),
        (9, {"sold": 0.4, "buys": True}, "payers"),
        (2, {"buys": True}, "behind"),
        (5, {"buys": True}, "payers"),
        (9, {"buys": True}, "own_use"),
        (4, {"rings": 0.9}, "carries"),
        (9, {"same_hand": True, "tied": False}, "one_hand"),
        (9, {"same_hand": True}, "together"),
    ],
)
def test_each_way_is_told_from_the_others(person: int, more: dict[str, Any], expected: str) -> None:
    """Trap: "unknown" with one and the same advice for everybody; a buyer told to prove a sale nobody saw."""
    assert way(person, **{**NOTHING, **more}) == expected


def test_every_way_has_its_sentence_and_no_two_the_same() -> None:
    """Trap: a way without words shows its code; two ways with one sentence send somebody after the wrong return."""
    assert set(WAYS) == set(SETTLES)
    for language in ("zh", "en"):
        assert len({SETTLES[each].of(language) for each in WAYS}) == len(WAYS)
        for each in WAYS:
            reason = {"code": UNSETTLED, "detail": each}
            assert reason_text(reason, language, {}) == (settles([reason]) or {})[language]


def members(world: Tiny) -> dict[str, Member]:
    names = world.everyone()
    return {names[m.person]: m for gang in run(world.facts()).gangs for m in gang.members}


def test_an_account_with_a_bare_number_is_settled_by_who_uses_the_number() -> None:
    """Trap: the sentence stands in the reason as well, and is said twice."""
    world = third_name()
    world.refs["boss"] = ["Phone:boss"]
    reasons = [{"code": code, "detail": detail} for code, detail in members(world)["till"].reasons]
    assert (settles(reasons) or {})["en"].startswith("who uses the number")
    said = [reason_text(each, "en", {}) for each in reasons]
    assert sum("who uses the number" in each for each in said) == 1


def test_a_known_role_leaves_nothing_open() -> None:
    """Trap: a dealer on record is told what would settle his role; an unknown one is told nothing."""
    world = third_name()
    for name in ("S", "T"):
        dealer(world, name)
    restock(world, "S", "W", yuan=2400)
    world.call("W", "S", at(3))
    found = members(world)
    assert found
    for member in found.values():
        open_ = [code for code, _ in member.reasons if code == UNSETTLED]
        assert len(open_) == (1 if member.role == "unknown" else 0), member
