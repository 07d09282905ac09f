"""Paths and surroundings: through persons, never through hubs, bounded and said to be."""

from __future__ import annotations

import datetime as dt

import pytest

from backend import answers
from backend.answers import paths, reach
from graph_schema.errors import Conflict, InputError, NotFound
from graph_schema.store import LOCAL, Store, Viewer

PACKET = "A9900000000002026040017"


def named(found: dict) -> list[list[str]]:
    return [[station["id"] for station in path["stations"]] for path in found["paths"]]


def test_shortest_path_goes_from_holder_to_holder(district: Store) -> None:
    """Trap: phones and cards counted as hops, so that two neighbours are three steps apart."""
    found = answers.path(district, LOCAL, "P-seller", "P-boss")
    assert named(found) == [["P-seller", "P-whole", "P-boss"]]
    path = found["paths"][0]
    assert path["length"] == 2 and [person["name"] for person in path["persons"]] == ["丙三", "乙二", "甲一"]
    hop = path["hops"][0]
    assert (hop["from"], hop["to"], hop["kind"]) == ("P-seller", "P-whole", "PAID")
    assert (hop["count"], hop["fen"], hop["direction"]) == (2, 920000, "forward")
    assert hop["first"] == "2026-04-10T22:20:00+08:00" and hop["evidence"]
    assert {link["kind"] for link in hop["links"]} == {"PAID", "CALLED", "SUPPLIES"}
    assert not found["truncated"]


def test_ends_may_be_numbers_names_or_cases(district: Store) -> None:
    """Trap: only internal ids understood."""
    for a, b in (
        ("13900000003", "甲一"),
        ("Phone:+8613900000003", "6200000000000000011"),
        ("丙三", "P-boss"),
    ):
        assert named(answers.path(district, LOCAL, a, b)) == [["P-seller", "P-whole", "P-boss"]]
    case = answers.path(district, LOCAL, PACKET, "乙二")
    assert named(case) == [[f"Case:{PACKET}", "P-seller", "P-whole"]]


def test_platform_joins_nobody(district: Store) -> None:
    """Trap: everybody pays through the same platform, so everybody is two hops from everybody."""
    assert answers.path(district, LOCAL, "P-boss", "Account:bank:99001")["paths"] == []


def test_nobody_walks_through_a_hub_and_the_hub_is_named(
    district: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: a number with a million events expanded, or silently left out."""
    monkeypatch.setattr(reach, "HUB", 2)
    monkeypatch.setattr(paths, "HUB", 2)
    found = answers.path(district, LOCAL, "P-user", "P-boss")
    assert found["paths"] == []
    assert "Account:card:6200000000000000033" in {hub["id"] for hub in found["hubs"]}


def test_bounds_are_kept_and_told(district: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: "no path" where the search was cut."""
    assert answers.path(district, LOCAL, "P-user", "P-boss", max_hops=2)["paths"] == []
    assert len(named(answers.path(district, LOCAL, "P-user", "P-boss"))[0]) == 4
    monkeypatch.setattr(reach, "MOST_ROWS", 1)
    assert answers.path(district, LOCAL, "P-user", "P-boss")["truncated"]


def test_ordered_path_never_goes_back_in_time(district: Store) -> None:
    """Trap: the payment up came before the payment that should have fed it."""
    up = answers.path(district, LOCAL, "P-seller", "P-boss", ordered=True)
    hops = up["paths"][0]["hops"]
    assert [hop["event"] for hop in hops] == ["c1", "p3"]
    assert [hop["first"] for hop in hops] == sorted(hop["first"] for hop in hops)
    assert all(hop["evidence"] and hop["count"] == 1 for hop in hops)
    # 甲一 was paid on the 11th; from him in time order one reaches 丙三 only by the payment of the 12th.
    down = answers.path(district, LOCAL, "P-boss", "P-seller", ordered=True)
    assert [hop["event"] for hop in down["paths"][0]["hops"]] == ["p3", "p2"]
    # From 甲一 (11th) to the buyer one would need an event with 丙三 after the 12th: there is none.
    assert answers.path(district, LOCAL, "P-boss", "P-user", ordered=True)["paths"] == []
    assert answers.path(district, LOCAL, "P-boss", "P-user")["paths"] != []


def test_several_shortest_paths_are_capped(district: Store, builder) -> None:  # type: ignore[no-untyped-def]
    """Trap: all shortest paths enumerated, whose number grows without bound."""
    for n in range(12):
        builder.event(
            "CALLED", "Phone:+8613900000003", f"Phone:+86136000000{n:02d}", "2026-04-01T10:00:00", f"x{n}"
        )
        builder.event(
            "CALLED", f"Phone:+86136000000{n:02d}", "Phone:+8613700005678", "2026-04-01T11:00:00", f"y{n}"
        )
    found = answers.path(district, LOCAL, "P-seller", "P-alone", k=5)
    assert len(found["paths"]) == 5 and {path["length"] for path in found["paths"]} == {2}
    assert named(found) == named(answers.path(district, LOCAL, "P-seller", "P-alone", k=5))


def test_foreign_things_are_stations(district: Store, builder) -> None:  # type: ignore[no-untyped-def]
    """Trap: what a foreign model brings is in the graph but no path goes through it."""
    builder.event("RELATED_TO", "Thing:Location:1", "Thing:Person:7", None, "r1", kind="LIVES_AT")
    builder.event("RELATED_TO", "Thing:Location:1", "Thing:Person:8", None, "r2", kind="LIVES_AT")
    found = answers.path(district, LOCAL, "Thing:Person:7", "Thing:Person:8")
    assert named(found) == [["Thing:Person:7", "Thing:Location:1", "Thing:Person:8"]]
    assert found["paths"][0]["hops"][0]["relation"] == "LIVES_AT"


def test_hidden_case_is_no_station(district: Store) -> None:
    """Trap: a path through a case the asker may not see."""
    narrow = Viewer(user="u1", cases=frozenset())
    with pytest.raises(NotFound):
        answers.path(district, narrow, PACKET, "P-boss")


def test_expand_counts_before_it_loads(district: Store) -> None:
    """Trap: what is shown and what was counted differ."""
    counts = answers.expand_counts(district, LOCAL, "P-seller")
    by_type = {each["type"]: (each["outward"], each["inward"]) for each in counts["counts"]}
    assert by_type["PAID"] == (2, 1) and by_type["CALLED"] == (1, 0)
    assert by_type["SUPPLIES"] == (1, 1) and by_type["INVOLVED_IN"] == (1, 0)
    loaded = answers.expand(district, LOCAL, "P-seller")
    assert loaded["total"] == counts["total"] == loaded["shown"] and not loaded["truncated"]


def test_expand_is_columnar_between_persons_newest_first(district: Store) -> None:
    """Trap: one object per edge, or ends that number nothing."""
    found = answers.expand(district, LOCAL, "P-seller", types=["PAID", "CALLED"])
    nodes, edges = found["nodes"], found["edges"]
    assert nodes["id"][0] == "P-seller" and nodes["person"][0] == "P-seller"
    assert (
        edges["at"] == sorted(edges["at"], reverse=True)
        and len({len(column) for column in edges.values()}) == 1
    )
    first = {name: column[0] for name, column in edges.items()}
    assert (nodes["id"][first["from"]], nodes["id"][first["to"]]) == ("P-seller", "P-whole")
    assert (first["type"], first["amount"], first["id"]) == ("PAID", 480000, "p2")
    assert first["via"] == ["Account:card:6200000000000000033", "Account:wechat:wxid_tst_b2"]


def test_expand_an_identifier_shows_identifiers_with_holders(district: Store) -> None:
    """Trap: a number's own surroundings mixed with the other numbers of its holder."""
    found = answers.expand(district, LOCAL, "Account:card:6200000000000000033")
    assert set(found["nodes"]["id"]) == {
        "Account:card:6200000000000000033",
        "Account:wechat:wxid_tst_b2",
        "Account:wechat:wxid_tst_q7",
    }
    assert set(found["nodes"]["person"]) == {"P-seller", "P-whole", "P-user"}


def test_expand_pages_lose_nothing_in_one_millisecond(district: Store, builder) -> None:  # type: ignore[no-untyped-def]
    """Trap: going on by time alone drops the other events of the same day; undated ones are never reached."""
    for n in range(25):
        builder.event(
            "CALLED", "Phone:+8613700005678", f"Phone:+86136000001{n:02d}", "2026-04-01T00:00:00", f"d{n:02d}"
        )
    builder.event("CALLED", "Phone:+8613700005678", "Phone:+8613600009999", None, "undated")
    seen: list[str] = []
    after = None
    for _ in range(10):
        page = answers.expand(district, LOCAL, "P-alone", limit=10, after=after)
        assert page["total"] == 26
        seen += page["edges"]["id"]
        after = page["next"]
        assert page["truncated"] == (after is not None)
        if after is None:
            break
    assert len(seen) == 26 == len(set(seen)) and seen[-1] == "undated"


def test_expand_refuses_what_is_not(district: Store) -> None:
    """Trap: a type or label from input that reaches the query."""
    with pytest.raises(InputError):
        answers.expand(district, LOCAL, "P-seller", types=["PAID]->() DETACH DELETE n //"])
    with pytest.raises(Conflict):
        answers.expand(district, LOCAL, "P-seller", after="x")
    for node in ("nobody", "Phone:1", "Nolabel:x", "Person:R-0000/P-seller", "", ":", "Phone:"):
        with pytest.raises(NotFound):
            answers.expand(district, LOCAL, node)


def test_rare_acquaintances_come_before_busy_ones(district: Store, builder) -> None:  # type: ignore[no-untyped-def]
    """Trap: of several short paths the one through the shop everybody pays is shown first."""
    for n, (start, end) in enumerate((("3", "7"), ("3", "8"))):
        middle = f"Phone:+861350000000{end}"
        builder.event("CALLED", f"Phone:+861390000000{start}", middle, "2026-04-01T10:00:00", f"u{n}")
        builder.event("CALLED", middle, "Phone:+8613700005678", "2026-04-01T11:00:00", f"v{n}")
    for n in range(5):
        builder.event(
            "CALLED", f"Phone:+861351111111{n}", "Phone:+8613500000007", "2026-04-01T12:00:00", f"w{n}"
        )
    found = answers.path(district, LOCAL, "P-seller", "P-alone", k=1)
    assert named(found)[0][1] == "Phone:+8613500000008"


def test_only_hops_that_pass_the_filter(district: Store) -> None:
    """Trap: a filter that hides hops in the picture while the path still runs through them."""
    paid = answers.path(district, LOCAL, "P-seller", "P-whole", types=["PAID"])["paths"][0]["hops"][0]
    assert {link["kind"] for link in paid["links"]} == {"PAID"}
    later = {"types": ["PAID"], "first": dt.date(2026, 4, 11)}
    assert answers.path(district, LOCAL, "P-seller", "P-whole", **later)["paths"][0]["hops"][0]["count"] == 1
    until = {"types": ["PAID"], "last": dt.date(2026, 4, 10)}
    assert answers.path(district, LOCAL, "P-seller", "P-whole", **until)["paths"][0]["hops"][0]["count"] == 1
    for ordered in (False, True):
        much = {"types": ["PAID"], "least_yuan": 1e6, "ordered": ordered}
        assert answers.path(district, LOCAL, "P-seller", "P-boss", **much)["paths"] == []
        only = answers.path(district, LOCAL, "P-seller", "P-boss", types=["SUPPLIES"], ordered=ordered)
        assert bool(only["paths"]) is not ordered
    with pytest.raises(InputError):
        answers.path(district, LOCAL, "P-seller", "P-boss", types=["HOLDS"])


def test_expand_in_a_period_counts_what_it_loads(district: Store) -> None:
    """Trap: counts of all times over a load of one week, or a load that drops what was counted."""
    period = {"first": dt.date(2026, 4, 10), "last": dt.date(2026, 4, 10)}
    whole = answers.expand_counts(district, LOCAL, "P-seller")["total"]
    counted = answers.expand_counts(district, LOCAL, "P-seller", **period)
    loaded = answers.expand(district, LOCAL, "P-seller", **period)
    assert 0 < counted["total"] < whole
    events = [at for at in loaded["edges"]["at"] if at]
    assert events and all(at.startswith("2026-04-10") for at in events)
    assert loaded["shown"] == loaded["total"] == counted["total"]


def test_a_sample_is_the_same_every_time(district: Store) -> None:
    """Trap: "sampled" that means newest, or another sample at each look."""
    first = answers.expand(district, LOCAL, "P-seller", limit=3, sample=True)
    assert first == answers.expand(district, LOCAL, "P-seller", limit=3, sample=True)
    assert first["order"] == "sample" and first["truncated"] and first["next"] is None
    every = answers.expand(district, LOCAL, "P-seller", limit=500, sample=True)
    assert set(every["edges"]["id"]) == set(answers.expand(district, LOCAL, "P-seller")["edges"]["id"])


def test_what_links_a_selection_is_there_whatever_it_is(district: Store) -> None:
    """Traps: a gang drawn with its supplies only, as if nobody paid or rang; a cut, or somebody unknown, unsaid."""
    found = answers.among(district, LOCAL, ["P-seller", "P-whole", "P-nobody"])
    nodes, edges = found["nodes"]["id"], found["edges"]
    assert nodes[:2] == ["P-seller", "P-whole"] and found["unknown"] == ["P-nobody"]
    ends = {nodes[n] for column in ("from", "to") for n in edges[column]}
    assert ends == {"P-seller", "P-whole"}
    assert {"PAID", "SUPPLIES"} <= set(edges["type"]) and not found["truncated"]
    one = answers.among(district, LOCAL, ["P-seller", "P-whole"], limit=1)
    assert one["truncated"] and one["shown"] == len(one["edges"]["type"]) == 1
    paid = answers.among(district, LOCAL, ["P-seller", "P-whole"], types=["PAID"])
    assert set(paid["edges"]["type"]) == {"PAID"}
