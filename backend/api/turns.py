"""Whose turn it is: how much of one class of work is done at once, for everybody and for each user.

A user's surplus waits behind his own work, not before anybody else's: of those who wait, the one with the least
running comes next, and of equals the one who has waited longest.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from graph_schema.errors import Busy, UplineError
from graph_schema.language import Text

CORES = os.cpu_count() or 1


class WorkClass(StrEnum):
    """A class of work, each with its own limits."""

    LOOK = "look"  # a question answered in a thread of the service
    WORK = "work"  # computed or made as a file, in a process of its own
    UPLOAD = "upload"  # files on their way in
    STREAM = "stream"  # a line kept open to tell of changes


@dataclass(frozen=True)
class TurnLimits:
    """How many at once and how many may wait, in all and of one user; for how many seconds one waits at most."""

    at_once: int
    each: int
    waiting: int
    waiting_each: int
    patience: float = 60.0


LOOKS = TurnLimits(at_once=24, each=min(4, max(2, CORES // 2)), waiting=400, waiting_each=64, patience=30.0)
UPLOADS = TurnLimits(at_once=8, each=2, waiting=16, waiting_each=4)
STREAMS = TurnLimits(at_once=400, each=16, waiting=0, waiting_each=0)


def works(workers: int) -> TurnLimits:
    """Of ``workers`` processes no user takes the last one."""
    return TurnLimits(at_once=workers, each=max(1, workers - 1), waiting=64, waiting_each=8)


class TooMany(UplineError):
    """One user asks for more than he may have waiting."""

    code = "E-TOO-MANY"
    status = 429


class Turn:
    """A turn somebody has; ended once, however often it is told to end."""

    def __init__(self, give: Callable[[], None]) -> None:
        self._give: Callable[[], None] | None = give

    def end(self) -> None:
        """Let the next one have it."""
        if self._give is not None:
            give, self._give = self._give, None
            give()


class Turns:
    """The turns of one class of work; for one event loop."""

    def __init__(self, limits: TurnLimits) -> None:
        self.limits = limits
        self._running: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def running(self) -> int:
        return self._running.total()

    @property
    def waiting(self) -> int:
        return sum(map(len, self._waiting.values()))

    async def take(self, user: str) -> Turn:
        """Wait for a turn. Raises ``TooMany`` where he has too many waiting, ``Busy`` where all have, or none came."""
        if user not in self._waiting and self._may(user):
            self._running[user] += 1
        else:
            self._refuse_surplus(user)
            await self._wait(user)
        return Turn(lambda: self._give(user))

    async def _wait(self, user: str) -> None:
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(user, deque()).append(place)
        try:
            async with asyncio.timeout(self.limits.patience):
                await place
        except BaseException as error:
            if place.done() and not place.cancelled():  # called and gone in the same moment
                self._give(user)
            else:
                self._leave(user, place)
            if isinstance(error, TimeoutError):
                raise _busy() from error
            raise

    def _may(self, user: str) -> bool:
        return self.running < self.limits.at_once and self._running[user] < self.limits.each

    def _refuse_surplus(self, user: str) -> None:
        if len(self._waiting.get(user, ())) >= self.limits.waiting_each:
            raise TooMany(
                Text("同时发出的请求过多，请稍后重试。", "Too many requests at once; try again shortly.")
            )
        if self.waiting >= self.limits.waiting:
            raise _busy()

    def _give(self, user: str) -> None:
        self._running[user] -= 1
        if not self._running[user]:
            del self._running[user]
        self._call()

    def _leave(self, user: str, place: asyncio.Future[None]) -> None:
        queue = self._waiting[user]
        queue.remove(place)
        if not queue:
            del self._waiting[user]

    def _call(self) -> None:
        """Give free turns to those who wait."""
        while ready := [user for user in self._waiting if self._may(user)]:
            user = min(ready, key=lambda each: self._running[each])
            place = self._waiting[user].popleft()
            self._waiting.move_to_end(user)
            if not self._waiting[user]:
                del self._waiting[user]
            if not place.done():
                self._running[user] += 1
                place.set_result(None)


def _busy() -> Busy:
    return Busy(Text("服务繁忙，请稍后重试。", "The service is busy; try again shortly."))
