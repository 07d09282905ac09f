"""Turns: one user's surplus waits behind his own work, and is refused in words where it would wait too long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor

import pytest

from backend.api.problems import failed
from backend.api.turns import TooMany, Turn, TurnLimits, Turns, works
from graph_schema.errors import Busy

LIMITS = TurnLimits(at_once=3, each=2, waiting=6, waiting_each=4, patience=5.0)


Test = Callable[[], Coroutine[object, object, None]]


def in_a_loop(test: Test) -> Callable[[], None]:
    """Run a test in a loop of a thread of its own: the browser of other tests has a loop in this one."""

    def run() -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, test()).result()

    run.__doc__, run.__name__ = test.__doc__, test.__name__
    return run


async def _asked(turns: Turns, user: str, order: list[str]) -> Turn:
    turn = await turns.take(user)
    order.append(user)
    return turn


async def _settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@in_a_loop
async def test_a_flood_leaves_a_turn_for_others() -> None:
    """Trap: one user fills every place, and the next user's first request waits for all of his."""
    turns, order = Turns(LIMITS), list[str]()
    flood = [asyncio.create_task(_asked(turns, "li", order)) for _ in range(6)]
    await _settled()
    assert order == ["li", "li"] and turns.waiting == 4
    wang = await _asked(turns, "wang", order)
    waiting = asyncio.create_task(_asked(turns, "zhao", order))
    await _settled()
    assert turns.running == 3 and not waiting.done()
    (await flood[0]).end()
    await _settled()
    assert order == ["li", "li", "wang", "zhao"], "who has nothing running comes before who has one"
    wang.end()
    wang.end()
    await _settled()
    assert order == ["li", "li", "wang", "zhao", "li"] and turns.running == 3, "a turn ends once"
    for each in (*flood, waiting):
        each.cancel()


@in_a_loop
async def test_surplus_is_refused_with_a_time_to_come_again() -> None:
    """Trap: a queue without end; a refusal that does not say when to come again, or in one language only."""
    turns = Turns(LIMITS)
    for user in ("li", "li", "wang"):
        await turns.take(user)
    waiting = [asyncio.create_task(turns.take("li")) for _ in range(4)]
    await _settled()
    with pytest.raises(TooMany) as own:
        await turns.take("li")
    waiting += [asyncio.create_task(turns.take("wang")) for _ in range(2)]
    await _settled()
    with pytest.raises(Busy) as full:
        await turns.take("zhao")
    for error, status in ((own.value, 429), (full.value, 503)):
        chinese, english = failed(error, "zh"), failed(error, "en")
        assert chinese.status_code == english.status_code == status
        assert int(chinese.headers["Retry-After"]) > 0
        assert "请稍后重试" in bytes(chinese.body).decode() and b"try again shortly" in bytes(english.body)
    for each in waiting:
        each.cancel()


@in_a_loop
async def test_who_leaves_the_queue_keeps_no_place() -> None:
    """Trap: a place held for somebody who has gone, so that fewer and fewer are left."""
    turns = Turns(TurnLimits(at_once=1, each=1, waiting=9, waiting_each=9, patience=0.05))
    first = await turns.take("li")
    gone, called = asyncio.create_task(turns.take("li")), asyncio.create_task(turns.take("wang"))
    await _settled()
    gone.cancel()
    await _settled()
    first.end()  # calls wang …
    called.cancel()  # … who leaves in the same moment
    await asyncio.wait({gone, called})
    assert turns.running == turns.waiting == 0
    await turns.take("zhao")
    with pytest.raises(Busy):
        await turns.take("sun")
    assert turns.waiting == 0


@in_a_loop
async def test_no_user_takes_the_last_worker() -> None:
    """Trap: as many turns for one user as there are workers."""
    assert [works(n).each for n in (1, 2, 3, 8)] == [1, 1, 2, 7]
