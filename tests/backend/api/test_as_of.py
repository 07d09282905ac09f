"""Questions as of an earlier load, through the service: what is refused, and how."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from backend.api import past
from graph_schema.store import Store, embedded
from tests.backend.api.conftest import Service
from tests.backend.conftest import Builder


@pytest.fixture
def loads(district: Store) -> None:
    """Two loads in the books of the small district."""
    build = Builder(district)
    build.do(
        "UNWIND [1, 2] AS n CREATE (:Load {load_id: toString(n), load: n, action: 'load', started_at: n})"
    )


def test_only_loads_there_were(api: Service, loads: None) -> None:
    """Trap: a load that never was gives the answers of now, which then pass for those of another day."""
    assert api.get("/chains?as_of=3").status_code == 409
    assert api.get("/chains?as_of=0").status_code == 422
    assert api.get("/chains?as_of=now").status_code == 422
    assert api.get("/chains?as_of=12345678901").status_code == 422
    for written in ("1.0", "%201", "%2B1"):
        assert api.get(f"/chains?as_of={written}").status_code in (409, 422), written
    assert api.get("/chains?as_of=2").json() == api.get("/chains").json(), "as of the newest load is now"
    unprepared = api.get("/chains?as_of=1")
    assert unprepared.status_code == 409 and "/as-of" in unprepared.text


def test_the_past_is_only_read(api: Service, loads: None) -> None:
    """Trap: a decision taken while looking at the past lands in the graph of now."""
    refused = api.post("/runs?as_of=1", json={"seed": 7})
    assert refused.status_code == 409 and "只能查询" in refused.text
    assert api.post("/as-of", json={"load": 9}).status_code == 404


def test_never_more_than_two_are_open(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a third database is started before one of two is stopped, and the memory of the machine is gone."""
    at_once: list[int] = []
    most = 0

    def opened(_: Store, load: int) -> SimpleNamespace:
        nonlocal most
        at_once.append(load)
        most = max(most, len(at_once))
        return SimpleNamespace(close=lambda: None, home=Path(str(load)))

    monkeypatch.setattr(past, "still_stands", lambda now, load: True)
    monkeypatch.setattr(past, "open_as_of", opened)
    monkeypatch.setattr(embedded, "stop_unused", lambda home: at_once.remove(int(home.name)))
    graphs = past.Past()
    for load in (1, 2, 1, 3, 1, 4):
        assert graphs.store(store, load).home == Path(str(load))
    assert most == 2 and sorted(at_once) == [1, 4], "the one not asked for longest goes"
    graphs.close()
    assert not at_once
