"""The rest of the cycle collector during a run."""

from __future__ import annotations

import gc
import threading

import pytest

from backend.runs.uncollected import uncollected


def test_collector_rests_inside_and_works_again_after() -> None:
    # Trap: a process whose collector stays off for ever after its first run, the service's.
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_collector_works_again_after_a_failure() -> None:
    # Trap: a run that fails leaves the service without its collector.
    @uncollected()
    def fails() -> None:
        assert not gc.isenabled()
        raise ValueError

    with pytest.raises(ValueError):
        fails()
    assert gc.isenabled()


def test_collector_waits_for_the_last_of_two() -> None:
    # Trap: the run that ends first wakes the collector under the other, or the last one does not.
    inside, leave = threading.Event(), threading.Event()

    def other() -> None:
        with uncollected():
            inside.set()
            leave.wait(10)

    thread = threading.Thread(target=other)
    with uncollected():
        thread.start()
        assert inside.wait(10)
    assert not gc.isenabled()
    leave.set()
    thread.join()
    assert gc.isenabled()


def test_collector_somebody_put_out_stays_out() -> None:
    # Trap: what the caller decided for his process is undone by a run.
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
