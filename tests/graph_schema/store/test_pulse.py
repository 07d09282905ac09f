"""Who waits for a database that stands still is told so, in bounded time, and served once it goes on."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j.exceptions import ServiceUnavailable

from graph_schema.store import LOCAL, Store, embedded, pulse, settings
from graph_schema.store.pulse import Pulse, Silent
from graph_schema.store.request_mark import ASKED_FOR, CallerLeft, RequestMark


class Database:
    """Counts how often it was greeted, and answers when told to."""

    def __init__(self) -> None:
        self.greeted, self.answers = 0, False

    def greet(self) -> None:
        self.greeted += 1
        time.sleep(0.05)
        if not self.answers:
            raise ServiceUnavailable("no answer")


def test_one_asks_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: each of forty requests waits out its own time; or nobody ever asks whether the database is back."""
    database = Database()
    beating = Pulse(database.greet)
    beating.need()
    assert database.greeted == 0, "a database nobody lost is not greeted"
    silent: list[Silent] = []

    def wait() -> None:
        try:
            beating.lost()
        except Silent as error:
            silent.append(error)

    threads = [threading.Thread(target=wait) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(silent) == 40 and database.greeted == 1
    assert silent[0].status == 503 and "没有应答" in silent[0].text
    monkeypatch.setattr(pulse, "_PAUSE", 0.0)
    database.answers = True
    beating.need()
    beating.need()
    assert database.greeted == 2


def test_no_query_is_begun_for_who_has_left(store: Store) -> None:
    """Trap: one query of a request is ended, and the next one begins for nobody."""
    mark = RequestMark()
    token = ASKED_FOR.set(mark)
    try:
        assert store.read(LOCAL, "asked.alive") == [{"alive": 1}]
        mark.left.set()
        with pytest.raises(CallerLeft):
            store.read(LOCAL, "asked.alive")
        with pytest.raises(CallerLeft):
            next(store.stream(LOCAL, "asked.alive"))
    finally:
        ASKED_FOR.reset(token)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store on a server of this test alone, that shows every second that it lives."""
    monkeypatch.setattr(settings, "SIGN_OF_LIFE", 1)
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path))
    with Store.connect() as store:
        yield store
    embedded.stop(tmp_path)


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
def test_a_frozen_database_is_told_and_recovered_from(own: Store) -> None:
    """Trap: every request waits without end, a thread and a connection each, and none works afterwards."""
    assert own._joined is not None
    pid = own._joined.server.pid
    token = ASKED_FOR.set(RequestMark())
    try:
        assert own.read(LOCAL, "asked.alive")
        os.kill(pid, signal.SIGSTOP)
        begun = time.monotonic()
        with pytest.raises(Silent):
            own.read(LOCAL, "asked.alive")
        first = time.monotonic() - begun
        for _ in range(5):
            with pytest.raises(Silent):
                own.read(LOCAL, "asked.alive")
        assert first < 60, "the driver alone would try for minutes"
        os.kill(pid, signal.SIGCONT)
        time.sleep(pulse._PAUSE + 0.1)
        assert own.read(LOCAL, "asked.alive") == [{"alive": 1}]
        embedded.stop(Path(own.home))
        assert list(own.stream(LOCAL, "asked.alive")) == [{"alive": 1}], (
            "a stale pool is found out and replaced"
        )
        embedded.stop(Path(own.home))
        assert own.read(LOCAL, "asked.alive") == [{"alive": 1}]
    finally:
        os.kill(pid, signal.SIGCONT) if own._joined.server.pid == pid else None
        ASKED_FOR.reset(token)
