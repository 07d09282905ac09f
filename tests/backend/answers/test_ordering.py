"""Time-ordered paths on events alone: never back in time, shortest and earliest, unsure times kept."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.answers.ordering import DAY_MS, Event, ordered_paths


def event(n: int, a: str, b: str, at: int, precision: str = "second") -> Event:
    return Event(a, b, at, precision, n)


def hops(events: list[Event], a: str, b: str, most: int = 8, paths: int = 3) -> list[list[int]]:
    return [[step.event.index for step in path] for path in ordered_paths(events, a, b, most, paths)]


def test_goes_forward_in_time_only() -> None:
    """Trap: a path that exists as a line but not in time."""
    later_first = [event(0, "a", "b", 200), event(1, "b", "c", 100)]
    assert hops(later_first, "a", "c") == []
    assert hops([event(0, "a", "b", 100), event(1, "b", "c", 200)], "a", "c") == [[0, 1]]


def test_takes_the_event_that_still_lets_one_go_on() -> None:
    """Trap: the newest or the first event of a pair taken blindly."""
    events = [event(0, "a", "b", 300), event(1, "a", "b", 100), event(2, "b", "c", 200)]
    assert hops(events, "a", "c") == [[1, 2]]


def test_gives_the_shortest_and_the_earliest() -> None:
    """Trap: a long early way hides the short late one, or the other way round."""
    events = [event(0, "a", "c", 900), event(1, "a", "b", 1), event(2, "b", "c", 2)]
    assert hops(events, "a", "c") == [[0], [1, 2]]


def test_bounds_hops_and_paths() -> None:
    """Trap: a bound that is not one."""
    events = [event(0, "a", "b", 1), event(1, "b", "c", 2), event(2, "c", "d", 3)]
    assert hops(events, "a", "d", most=2) == []
    assert (
        len(hops([event(0, "a", "c", 9), event(1, "a", "b", 1), event(2, "b", "c", 2)], "a", "c", paths=1))
        == 1
    )


def test_a_day_without_time_rules_out_only_what_it_must() -> None:
    """Trap: a day-only time read as midnight makes an afternoon call come too late."""
    noon = DAY_MS // 2
    assert hops([event(0, "a", "b", noon), event(1, "b", "c", 0, "day")], "a", "c") == [[0, 1]]
    assert hops([event(0, "a", "b", DAY_MS + 1), event(1, "b", "c", 0, "day")], "a", "c") == []


def test_same_second_in_any_order() -> None:
    """Trap: two events of one second lost because neither is later."""
    assert hops([event(0, "b", "c", 5), event(1, "a", "b", 5)], "a", "c") == [[1, 0]]


def _earliest(events: list[Event], a: str, b: str, most: int) -> int | None:
    """Brute force: when any walk of at most ``most`` events, none before the one before it, is there first."""
    reached = {(a, -1)}
    for _ in range(most):
        reached |= {
            (other, max(at, event.at))
            for node, at in reached
            for event in events
            for one, other in ((event.a, event.b), (event.b, event.a))
            if one == node and event.until >= at
        }
    return min((at for node, at in reached if node == b), default=None)


@settings(deadline=None)  # trying everything takes its time on a busy machine
@given(
    st.lists(
        st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.integers(0, 9)).filter(
            lambda e: e[0] != e[1]
        ),
        max_size=12,
    ),
    st.integers(1, 5),
)
def test_agrees_with_trying_everything(drawn: list[tuple[str, str, int]], most: int) -> None:
    """Trap: a clever search that misses a path a stupid one finds; a greedy one that keeps one time per node and so
    loses the earliest path within a bound of hops."""
    events = [event(n, a, b, at) for n, (a, b, at) in enumerate(drawn)]
    found = ordered_paths(events, "a", "e", most, most)
    assert min((path[-1].arrival for path in found), default=None) == _earliest(events, "a", "e", most)
    for path in found:
        times = [step.event.at for step in path]
        assert times == sorted(times) and path[0].start == "a" and path[-1].end == "e" and len(path) <= most
