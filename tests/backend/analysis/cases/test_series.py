"""Cases that belong together: rare causes join, common ones do not, and no case stands between two series."""

from __future__ import annotations

from itertools import combinations

from backend.analysis.cases import causes
from backend.analysis.cases.causes import SharedMark, WayUp
from backend.analysis.cases.series import CasePair, Cause, Couple, Series, find_series, pairs


def known(**scores: float) -> dict[Couple, CasePair]:
    """Pairs named by two letters: ``ab=0.9``."""
    return {(name[0], name[1]): CasePair(name[0], name[1], score) for name, score in scores.items()}


def cases(found: list[Series]) -> list[tuple[str, ...]]:
    return [each.cases for each in found]


def test_a_series_is_no_closure_of_links() -> None:
    """Trap: two series one case stands between, or all cases of a district, become one."""
    two = known(ab=0.9, ac=0.9, bc=0.9, de=0.9, df=0.9, ef=0.9, cd=0.9)
    assert cases(find_series(two)) == [("a", "b", "c"), ("d", "e", "f")]
    row = {(one, other): CasePair(one, other, 0.7) for one, other in zip("abcdefgh", "bcdefghi", strict=True)}
    assert all(len(each.cases) < 4 for each in find_series(row)), "a row of links is no ring"


def test_a_case_on_one_weak_link_stands_apart_and_is_named() -> None:
    """Trap: it is drawn in, or not told of at all; the weakest link is that of a pair nobody needs."""
    (found,) = find_series(known(ab=0.9, ac=0.8, bc=0.55, cd=0.45))
    assert found.cases == ("a", "b", "c")
    assert [(pair.one, pair.other) for pair in found.perhaps] == [("c", "d")]
    assert (found.weakest.one, found.weakest.other) == ("a", "c"), "b and c hang together by a"
    assert find_series(known(ab=0.45)) == [], "one weak link makes no series"


def test_what_a_person_decided_holds() -> None:
    """Trap: cases somebody parted stand in one series by way of a third; cases somebody joined stay apart."""
    ring = known(ab=0.9, ac=0.9, bc=0.9)
    assert all({"a", "b"} - set(group) for group in cases(find_series(ring, apart=[("b", "a")])))
    (joined,) = find_series(known(ab=0.9, cd=0.05), together=[("d", "b")])
    assert set(joined.cases) >= {"b", "d"}
    both = find_series({}, together=[("a", "b"), ("b", "c")], apart=[("a", "c")])
    assert all({"a", "c"} - set(group) for group in cases(both)), "parted beats joined by way of another"


def test_chains_up_to_the_same_person_join_and_their_starts_do_not() -> None:
    """Trap: the one arrested counts as his own upstream; a weak way counts as much as a sure one."""
    hops = [("x", "s", 0.9), ("s", "boss", 0.5)]
    above = causes.led_up(hops, ["x", "s", "boss"])
    assert above == {"s": 0.9, "boss": 0.45}
    ways = [WayUp("c1", 1, above), WayUp("c2", 1, {"boss": 0.9}), WayUp("c3", 2, {"boss": 0.9})]
    (cause,) = causes.upstream(ways, {})
    assert cause.value == "boss" and cause.cases == {"c1": 0.45, "c2": 0.9, "c3": 0.45}
    score = {couple: round(pair.score, 4) for couple, pair in pairs([cause]).items()}
    assert score == {("c1", "c2"): 0.405, ("c1", "c3"): 0.2025, ("c2", "c3"): 0.405}
    (caught,) = causes.upstream([WayUp("c1", 1, {"boss": 0.9})], {"boss": frozenset({"c9"})})
    assert caught.cases == {"c1": 0.9, "c9": 1.0}, "who stands above is recorded in another case"


def joins(found: list[Cause], total: int = 40) -> bool:
    return bool(find_series(pairs(cause for cause in found if cause.says(total))))


def shared(value: str, people: int, n: int = 2, owned: bool = False) -> SharedMark:
    return SharedMark(value, frozenset(f"c{k}" for k in range(n)), people, owned)


def test_ordinary_life_joins_no_cases() -> None:
    """Trap: a noodle stall all suspects paid, a self-sealing bag, a greeting in every chat, a phone lent around."""
    stall = list(causes.accounts([shared("stall", 60)]))
    bag = list(causes.marks("packaging", [shared("自封袋", 25, n=16)]))
    word = list(causes.marks("code_word", [shared("东西", 30, n=9)]))
    phone = list(causes.marks("handset", [shared("86000000000001", 40)]))
    assert not joins([*stall, *bag, *word, *phone])
    assert [cause.weight for cause in (*stall, *bag, *word, *phone)] == [0, 0, 0, 0], "told as too common"
    rare = list(causes.marks("packaging", [shared("红色心形印记小袋", 3)]))
    assert rare[0].weight > 0 and not joins(rare), "packaging alone supports only"
    paid = list(causes.accounts([shared("dealer", 60, owned=True)]))
    assert not joins(paid) and joins([*rare, *paid]), "two kinds of cause together do"


def test_a_batch_joins_and_one_that_joins_all_does_not() -> None:
    """Trap: one mark of half the district's cases makes one series of them."""
    assert joins(list(causes.marks("batch", [shared("B7", 2)])))
    assert not joins(list(causes.marks("batch", [shared("B7", 4, n=4)])), total=6)


def test_links_of_one_kind_say_the_same_thing_once() -> None:
    """Trap: five accounts of one dealer paid by the same two people add up to certainty."""
    five = list(causes.accounts([shared(f"a{k}", 5, owned=True) for k in range(5)]))
    (pair,) = pairs(five).values()
    assert pair.score == pairs(five[:1])["c0", "c1"].score


def test_many_cases_are_joined_in_reasonable_time() -> None:
    """Trap: looking at all pairs of groups at every step, which takes hours for a province."""
    groups = [[f"{g:03d}-{k}" for k in range(6)] for g in range(400)]
    many = {couple: CasePair(*couple, 0.8) for group in groups for couple in combinations(group, 2)}
    many |= {
        (f"{g:03d}-0", f"{g + 1:03d}-0"): CasePair(f"{g:03d}-0", f"{g + 1:03d}-0", 0.6) for g in range(399)
    }
    assert cases(find_series(many)) == [tuple(group) for group in groups]
