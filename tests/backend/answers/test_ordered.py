"""Traces over the graph: what the arrays hold is what the graph holds, after a load and after an unload."""

from __future__ import annotations

import sys
from typing import Any, cast

import pyarrow as pa
import pytest

from backend import answers
from backend.analysis.temporal import Bounds
from backend.answers.ordered import TraceGround, _followed
from backend.runs.ordered_store import KeptState, ordered_arrays
from graph_schema.errors import InputError, NotFound
from graph_schema.store import LOCAL, Store
from tests.backend.analysis.temporal.test_trace import transfers

CARD3, WX2, CARD1 = (
    "Account:card:6200000000000000033",
    "Account:wechat:wxid_tst_b2",
    "Account:card:6200000000000000011",
)


def do(store: Store, text: str, **params: Any) -> None:
    with store.driver.session(database=store.database) as session:
        session.run(text, params).consume()


@pytest.fixture
def paid(district: Store) -> Store:
    """The district with its events as load 1 brought them."""
    do(district, "MATCH ()-[e:PAID]->() SET e.load = 1")
    do(district, "CREATE (:Load {load_id: 'L1', load: 1, action: 'load', state: 'finished'})")
    return district


def hops(found: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(event["layer"], event["from"], event["to"]) for event in found["events"]]


def test_trace_of_a_person_goes_through_all_he_holds_and_only_forward(paid: Store) -> None:
    """Trap: the payment of 12 April followed to one of 11 April; accounts of one person as two nodes."""
    found = answers.ordered(paid, LOCAL, "P-seller")
    assert hops(found) == [
        (1, "P-seller", "P-whole"),
        (1, "P-seller", "P-whole"),
        (2, "P-whole", "P-boss"),
    ]
    last = found["events"][-1]
    assert last["at"] == "2026-04-11T10:00:00+08:00" and last["fen"] == 1600000 and last["evidence"]
    assert last["parent"] == "p1" and not found["truncated"]
    assert [person["name"] for person in found["persons"]] == ["甲一", "丙三", "乙二"]


def test_trace_up_and_of_one_account(paid: Store) -> None:
    """Trap: sources reached by payments made after the money had left."""
    up = answers.ordered(paid, LOCAL, CARD1, direction="up")
    assert up["by"] == "account"
    assert hops(up) == [(1, WX2, CARD1), (2, CARD3, WX2), (3, "Account:wechat:wxid_tst_q7", CARD3)]
    near = answers.ordered(paid, LOCAL, CARD1, direction="up", window_hours=10)
    assert hops(near) == [(1, WX2, CARD1)]  # 22:20 the evening before is 11 h 40 min away
    assert hops(answers.ordered(paid, LOCAL, CARD1, direction="up", ratio_most=2.0)) == [(1, WX2, CARD1)]


def test_a_platform_passes_nothing_on(paid: Store) -> None:
    """Trap: everybody's money meets in the platform and leaves it again to everybody."""
    do(
        paid,
        "MATCH (s:Account {account_id: 'shop:财付通'}), (c:Account {account_id: 'card:6200000000000000033'}) "
        "CREATE (s)-[:PAID {event_id: 'p9', at: 1775200000000, at_precision: 'second', fen: 1000, currency: 'CNY', "
        "load: 1, evidence: []}]->(c)",
    )
    found = answers.ordered(paid, LOCAL, "P-boss")
    assert [event["to"] for event in found["events"]] == ["P-shop"]


def test_flows_add_up_a_layer_and_tell_cash_and_holders(paid: Store) -> None:
    """Traps: a flow of the listed payments only; cash not told; an account whose holder is known named bare."""
    do(paid, "MATCH ()-[e:PAID {event_id: 'p2'}]->() SET e.cash = true")
    found = answers.ordered(paid, LOCAL, "P-seller", limit=1)
    told = [
        (each["layer"], each["from"], each["to"], each["payments"], each["fen"]) for each in found["flows"]
    ]
    assert told == [(2, "P-whole", "P-boss", 1, 1_600_000), (1, "P-seller", "P-whole", 2, 920_000)]
    assert [each["cash_fen"] for each in found["flows"]] == [0, 480_000]
    assert all(each["evidence"] for each in found["flows"]) and found["truncated"]
    assert found["holders"][CARD3] == "P-seller"
    one = answers.ordered(paid, LOCAL, CARD1, direction="up")
    assert one["origin"] == CARD1 and one["holders"][CARD1] == "P-boss"
    assert "甲一" in [each["name"] for each in one["persons"]]


def test_trace_of_one_payment_follows_that_payment_only(paid: Store) -> None:
    """Trap: the other payments of the same payer followed with it."""
    first = answers.ordered(paid, LOCAL, "p1")
    assert hops(first) == [(1, "P-seller", "P-whole"), (2, "P-whole", "P-boss")] and first["origin"] is None
    assert hops(answers.ordered(paid, LOCAL, "p2")) == [(1, "P-seller", "P-whole")]
    up = answers.ordered(paid, LOCAL, "p3", direction="up")
    assert hops(up)[:2] == [(1, "P-whole", "P-boss"), (2, "P-seller", "P-whole")]
    assert up["flows_total"] == len(up["flows"]) and not up["returns"]


def test_a_payment_known_by_its_day_is_counted_once(paid: Store) -> None:
    """Trap: each way by which a payment of a day may have been reached counted as a payment."""
    day = 1_775_836_800_000  # 11 April 2026, 00:00 in Beijing
    do(
        paid,
        "MATCH ()-[e:PAID]->() WHERE e.event_id IN ['p1', 'p2', 'p3'] "
        "SET e.at = $day + {p1: 9, p2: 15, p3: 0}[e.event_id] * 3600000, "
        "e.at_precision = CASE e.event_id WHEN 'p3' THEN 'day' ELSE 'second' END",
        day=day,
    )
    found = answers.ordered(paid, LOCAL, "P-seller", window_hours=2)
    assert [each["event"] for each in found["events"]] == ["p1", "p2", "p3"]
    assert (found["total"], [each["events"] for each in found["layers"]]) == (3, [2, 1])
    assert not found["truncated"]


def test_shapes_beyond_the_limit_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: the first fifty splits taken for all there are."""
    rows = [(0, 1, 1, 100, 2), (1, 2, 2, 50, 2), (1, 3, 3, 49, 2)]
    held = transfers(rows + [(a, b, hour + 200, yuan, precision) for a, b, hour, yuan, precision in rows])
    ground = TraceGround(cast(KeptState, None), held, pa.array("abcde"), "account", 0)
    for most, cut in ((2, False), (1, True)):
        monkeypatch.setattr(sys.modules[answers.ordered.__module__], "MOST_KNOTS", most)
        followed = _followed(ground, Bounds())
        assert (len(followed.knots["splits"]), followed.truncated) == (most, cut)


def test_arrays_follow_loads_and_unloads(paid: Store) -> None:
    """Trap: an old state served after a load, an unloaded payment still in it, an event counted twice."""
    before = ordered_arrays(paid, LOCAL)
    assert len(before.ids) == 6 and ordered_arrays(paid, LOCAL) is before
    do(
        paid,
        "MATCH (a:Account {account_id: 'card:6200000000000000011'}), (b:Account {account_id: 'card:6200000000000000033'}) "
        "CREATE (a)-[:PAID {event_id: 'p0', at: 1770000000000, at_precision: 'day', fen: 500, load: 2, evidence: []}]->(b) "
        "CREATE (:Load {load_id: 'L2', load: 2, action: 'load', state: 'finished'}) "
        "WITH 1 AS one MATCH ()-[e:PAID {event_id: 'p1'}]->() SET e.load = 2, e.fen = 440001",
    )
    after = ordered_arrays(paid, LOCAL)
    assert sorted(after.ids.to_pylist()) == ["p0", "p1", "p2", "p3", "p4", "p5", "p6"]
    assert after.ids[0].as_py() == "p0"  # by time, whatever the load
    assert int(after.transfers.fen[after.ids.to_pylist().index("p1")]) == 440001
    do(
        paid,
        "MATCH ()-[e:PAID {event_id: 'p2'}]->() DELETE e WITH 1 AS one "
        "CREATE (:Load {load_id: 'L3', load: 3, action: 'unload', state: 'finished'})",
    )
    gone = ordered_arrays(paid, LOCAL)
    assert sorted(gone.ids.to_pylist()) == ["p0", "p1", "p3", "p4", "p5", "p6"]
    assert gone.transfers.source.tolist() == [gone.refs.to_pylist().index(r) for r in _sources(paid, gone)]


def _sources(store: Store, kept: Any) -> list[str]:
    with store.driver.session(database=store.database) as session:
        rows = session.run("MATCH (a)-[e:PAID]->() RETURN e.event_id AS id, a.account_id AS a").data()
    of = {row["id"]: f"Account:{row['a']}" for row in rows}
    return [of[each] for each in kept.ids.to_pylist()]


def test_nobody_and_nonsense_are_refused(paid: Store) -> None:
    """Trap: an unknown account traced as an empty answer."""
    with pytest.raises(NotFound):
        answers.ordered(paid, LOCAL, "nobody at all")
    with pytest.raises(InputError):
        answers.ordered(paid, LOCAL, "P-seller", ratio_least=2.0, ratio_most=1.0)
    assert answers.ordered(paid, LOCAL, "P-zeng")["events"] == []  # known, and never paid


def test_patterns_name_persons_with_their_rows_and_tell_what_is_hidden(paid: Store) -> None:
    """Traps: a landlord and his tenants listed beside dealers; a pattern that does not show its payments."""
    asked: dict[str, Any] = {"least": 1, "ratio_most": 1e6, "ratio_least": 0.0, "window_hours": 24 * 40}
    every = answers.patterns(paid, LOCAL, "pass_through", everybody=True, **asked)
    whole = next(each for each in every["patterns"] if each["centre"] == ["P-whole"])
    ends = [(event["from"], event["to"]) for stage in whole["stages"] for event in stage]
    assert ends == [("P-seller", "P-whole"), ("P-whole", "P-boss")]
    assert all(event["evidence"] for stage in whole["stages"] for event in stage)
    known = answers.patterns(paid, LOCAL, "pass_through", **asked)
    assert (known["total"], known["known"]) == (every["total"], len(known["patterns"]))
    assert all(each["known"] for each in known["patterns"])
    accounts = answers.patterns(paid, LOCAL, "pass_through", by="account", **asked)
    assert all(":" in node for each in accounts["patterns"] for node in each["centre"])
