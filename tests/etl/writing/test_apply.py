"""Writing a plan: what stands in the graph afterwards, exactly once however often it is interrupted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from etl.storage import quiet_duckdb
from etl.storage.archive import Archive
from etl.writing import plan
from etl.writing.apply import LostRow, apply
from etl.writing.plan import Change, build
from graph_schema.errors import EngineError
from graph_schema.store import Store
from tests.etl.canonical import canonical_hash, picture
from tests.etl.facts_by_hand import T0, keep, leg, record

A, B = "Account:wechat:wxid_demo_a", "Account:wechat:wxid_demo_b"
CARD, SHOP = "Account:card:6299990000000001", "Account:shop:财付通"
P1, P2 = "Phone:+8619900000001", "Phone:+8619900000002"
RID = "ResidentId:990101199001010019"


class Stop(Exception):
    """The process dies here."""


def wallet(row: int, side: str, **more: Any) -> dict[str, Any]:
    return leg(
        row, "PAID", A, B, T0, amount=5000, currency="CNY", system="tenpay", serial="42", side=side, **more
    )


FILES: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]] = {
    "wallet-a": (
        [wallet(2, "start", start_card=CARD)],
        [
            record(
                2,
                "owner",
                "测试甲",
                **{RID.replace(":", "__"): "registered", A.replace(":", "__"): "registered"},
            )
        ],
        [],
    ),
    "wallet-b": ([wallet(5, "end")], [], []),
    "bank": (
        [leg(3, "PAID", CARD, SHOP, T0 + 30_000, amount=5000, currency="CNY", system="bank", text="消费")],
        [],
        [{"sheet": "", "row": 3, "ref": SHOP, "props": '{"platform": true, "platform_name": "财付通"}'}],
    ),
    "calls": ([leg(n, "CALLED", P1, P2, T0 + n * 60_000, amount=n) for n in range(2, 40)], [], []),
}


def load(store: Store, archive: Archive, number: int, standing: list[str], names: list[str]) -> list[str]:
    shas = [keep(archive, name, *FILES[name]) for name in names]
    files = [
        {"sha256": sha, "path": name, "load": number, "position": n}
        for n, (sha, name) in enumerate(zip(shas, names, strict=True))
    ]
    apply(store, build(archive, Change(number, standing, add=shas, files=files)), lambda *_: None)
    return shas


def edges(store: Store) -> list[tuple[str, int]]:
    with store.driver.session() as session:
        rows = session.run(
            "MATCH ()-[e:PAID|CALLED]->() RETURN type(e) AS t, size(e.evidence) AS n ORDER BY t, n"
        )
        return [(row["t"], row["n"]) for row in rows]


@pytest.mark.parametrize(
    "loads",
    [
        [["wallet-a", "wallet-b", "bank", "calls"]],
        [["bank"], ["wallet-b"], ["wallet-a", "calls"]],
        [["wallet-b", "calls"], ["wallet-a"], ["bank"]],
    ],
)
def test_same_graph_in_one_load_or_several(store: Store, loads: list[list[str]]) -> None:
    """Trap: a bank leg loaded before its wallet leg stays as an event of its own, with the platform as its end."""
    archive = Archive(store.home)
    standing: list[str] = []
    for number, names in enumerate(loads, start=1):
        standing += load(store, archive, number, standing, names)
    assert edges(store) == [("CALLED", 1)] * 38 + [("PAID", 3)]
    with store.driver.session() as session:
        paid = session.run("MATCH (a)-[e:PAID]->(b) RETURN a.number AS a, b.number AS b, e.fen AS fen").data()
    assert paid == [{"a": "wxid_demo_a", "b": "wxid_demo_b", "fen": 5000}]


def test_order_of_loading_gives_one_canonical_graph(store: Store) -> None:
    """Trap: ids, ends, times or evidence that follow the order in which files arrive."""
    archive = Archive(store.home)
    standing: list[str] = []
    for number, name in enumerate(["bank", "calls", "wallet-b", "wallet-a"], start=1):
        standing += load(store, archive, number, standing, [name])
    one_by_one = picture(store)
    with store.driver.session() as session:
        session.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n").consume()
    load(store, Archive(store.home), 1, [], ["wallet-a", "wallet-b", "bank", "calls"])
    assert picture(store) == one_by_one


@pytest.mark.parametrize("die_after", [0, 1, 2, 3, 5, 6, 7])
def test_interrupted_writing_is_carried_on_exactly_once(store: Store, die_after: int) -> None:
    """Trap: after a kill, batches are written twice or left out."""
    archive = Archive(store.home)
    shas = [keep(archive, name, *FILES[name]) for name in FILES]
    files = [
        {"sha256": sha, "path": name, "load": 1, "position": n}
        for n, (sha, name) in enumerate(zip(shas, FILES, strict=True))
    ]
    folder = build(archive, Change(1, [], add=shas, files=files))
    ticks = 0

    def tick(_done: int, _total: int) -> None:
        nonlocal ticks
        ticks += 1
        if ticks > die_after:
            raise Stop

    with pytest.raises(Stop):
        apply(store, folder, tick)
    apply(store, folder, lambda *_: None)
    interrupted = canonical_hash(store)
    with store.driver.session() as session:
        session.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n").consume()
    apply(store, build(archive, Change(1, [], add=shas, files=files)), lambda *_: None)
    assert canonical_hash(store) == interrupted


@pytest.mark.parametrize("limits", [("1MB", "512MB"), ("1MB", "1MB")])
def test_matching_short_of_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: tuple[str, str]
) -> None:
    """Trap: a load that needs more memory than a plan may hold ends with a traceback of the engine."""
    monkeypatch.setattr(plan, "MEMORY_LIMITS", limits)
    monkeypatch.setattr(quiet_duckdb, "SMALL", 0)
    archive = Archive(tmp_path)
    shas = [keep(archive, name, *FILES[name]) for name in FILES]
    files = [
        {"sha256": sha, "path": name, "load": 1, "position": n}
        for n, (sha, name) in enumerate(zip(shas, FILES, strict=True))
    ]
    if limits[-1] == "1MB":
        with pytest.raises(EngineError, match="in several parts"):
            build(archive, Change(1, [], add=shas, files=files))
        assert not archive.pending_plans()
    else:
        assert (build(archive, Change(1, [], add=shas, files=files)) / "plan.json").exists()


ACCOUNT, OTHER_CARD = "Account:bank:99010000000000018", "Account:card:6299990000000019"


@pytest.mark.parametrize(
    "order", [["payer", "payee", "opening"], ["opening", "payee", "payer"], ["payee", "opening", "payer"]]
)
def test_account_number_and_card_are_one_end(store: Store, order: list[str]) -> None:
    """Trap: the payer's bank names the account number, the payee's own bank his card: one transfer, two edges."""
    base = {"amount": 90_000, "currency": "CNY", "system": "bank"}
    stated = {ref.replace(":", "__"): "registered" for ref in (ACCOUNT, OTHER_CARD)}
    files = {
        "payer": ([leg(2, "PAID", CARD, ACCOUNT, T0, **base)], [], []),
        "payee": ([leg(2, "PAID", CARD, OTHER_CARD, T0 + 20_000, side="end", **base)], [], []),
        "opening": ([], [record(2, "owner", "测试甲", **stated)], []),
    }
    archive = Archive(store.home)
    standing: list[str] = []
    for number, name in enumerate(order, start=1):
        sha = keep(archive, name, *files[name])
        entry = {"sha256": sha, "path": name, "load": number, "position": 0}
        apply(store, build(archive, Change(number, standing, add=[sha], files=[entry])), lambda *_: None)
        standing.append(sha)
    with store.driver.session() as session:
        paid = session.run("MATCH ()-[e:PAID]->(b) RETURN b.account_id AS b, size(e.evidence) AS n").data()
    assert paid == [{"b": OTHER_CARD.removeprefix("Account:"), "n": 2}]


def test_unloading_takes_exactly_its_own_evidence_out(store: Store) -> None:
    """Trap: an unload that also removes what other files prove, or leaves what only it said."""
    archive = Archive(store.home)
    standing = load(store, archive, 1, [], ["wallet-b", "calls"])
    before = picture(store)
    more = load(store, archive, 2, standing, ["wallet-a", "bank"])
    assert picture(store) != before
    apply(store, build(archive, Change(3, standing, remove=more)), lambda *_: None)
    assert picture(store) == before


def test_a_reference_that_leads_nowhere_stops_the_load(store: Store) -> None:
    """Trap: MATCH finds no end, the row vanishes without a word, the case is lost."""
    archive = Archive(store.home)
    sha = keep(archive, "broken", [leg(2, "INVOLVED_IN", "Record:9/none", "Case:A990101", None)])
    folder = build(
        archive, Change(1, [], add=[sha], files=[{"sha256": sha, "path": "broken", "load": 1, "position": 0}])
    )
    with pytest.raises(LostRow):
        apply(store, folder, lambda *_: None)
