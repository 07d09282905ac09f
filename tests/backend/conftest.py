"""A small invented district in the graph, as the loader and a run would leave it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from backend.demo.district import generate
from backend.runs import analyse
from etl.storage.facts import ROWS
from etl.writing.load import load
from graph_schema.declaration import load_declaration
from graph_schema.dictionaries import name_search
from graph_schema.store import Store
from tests.conftest import Worlds

PACKET, MAJOR, LONELY = "A9900000000002026040017", "A9900000000002026030002", "A9900000000002026050009"
SHA = "9f3ac1d2e07b" + "0" * 52
CALLS, BANK = "9f3ac1d2e07b", "41be07aa93c5"
CALLS_SHA, BANK_SHA = CALLS + "0" * 52, BANK + "1" * 52
IDS = {
    "P-seller": "990101199003070018",
    "P-whole": "990101198811120035",
    "P-boss": "990101197805050059",
    "P-zeng": "99010119950101007X",
}


def ms(text: str) -> int:
    """Beijing time as epoch milliseconds."""
    return int(datetime.fromisoformat(f"{text}+08:00").timestamp() * 1000)


@dataclass(frozen=True)
class Known:
    """A person of the district as the run described him."""

    person_id: str
    name: str | None
    phone: str | None
    account: tuple[str, str] | None
    extra: dict[str, Any]


PEOPLE = (
    Known("P-seller", "丙三", "13900000003", ("card", "6200000000000000033"), {"case_roles": ["dealing"]}),
    Known("P-whole", "乙二", "13900000002", ("wechat", "wxid_tst_b2"), {}),
    Known("P-boss", "甲一", "13900000001", ("card", "6200000000000000011"), {"fugitive": True}),
    Known("P-user", None, None, ("wechat", "wxid_tst_q7"), {}),
    Known("P-zeng", "曾单", "13900001234", None, {"registered_user": True}),
    Known("P-alone", "甲一一", "13700005678", None, {}),
    Known("P-shop", None, None, ("shop", "财付通"), {"platform": True}),
)


class Builder:
    """Writes nodes and relationships the way loader and publisher do."""

    def __init__(self, store: Store, run: str = "R-0001") -> None:
        self.store, self.run = store, run

    def do(self, text: str, **params: Any) -> None:
        with self.store.driver.session(database=self.store.database) as session:
            session.run(text, params).consume()

    def publish(self) -> None:
        self.do(
            "MERGE (v:View {name: 'all'}) WITH v OPTIONAL MATCH (v)-[c:CURRENT]->() DELETE c WITH DISTINCT v "
            "MERGE (r:Run {run_id: $run}) SET r.view = 'all', r.load = 1, r.rules = '2026.11', r.seed = 7, "
            "r.started_at = $at, r.finished_at = $at + 5000, r.summary = '{\"persons\": 7}' CREATE (v)-[:CURRENT]->(r)",
            run=self.run,
            at=ms("2026-11-21T16:00:00"),
        )

    def person(self, known: Known) -> None:
        search = [name_search(known.name)] if known.name else []
        held: list[tuple[str, dict[str, Any]]] = []
        if known.phone:
            held.append(("Phone", {"number": f"+86{known.phone}", "verified": True}))
        if known.account:
            kind, number = known.account
            platform = {"platform": True} if kind == "shop" else {}
            held.append(
                ("Account", {"account_id": f"{kind}:{number}", "kind": kind, "number": number, **platform})
            )
        if known.person_id in IDS:
            held.append(("ResidentId", {"number": IDS[known.person_id], "verified": True}))
        props = {
            "key": f"{self.run}/{known.person_id}",
            "run": self.run,
            "person_id": known.person_id,
            "name": known.name,
            "names": [known.name] if known.name else [],
            "resident_id": IDS.get(known.person_id),
            "phones": [f"+86{known.phone}"] if known.phone else [],
            "accounts": [known.account[1]] if known.account else [],
            "search": " ".join(known.name) if known.name else None,
            "pinyin": " ".join(each for found in search for each in found.pinyin) or None,
            "initials": " ".join(each for found in search for each in found.initials) or None,
            **known.extra,
        }
        self.do("CREATE (p:Person) SET p = $props", props=props)
        for label, node in held:
            key = {"Phone": "number", "Account": "account_id", "ResidentId": "number"}[label]
            self.do(
                f"MATCH (p:Person {{key: $person}}) MERGE (n:{label} {{{key}: $key}}) SET n += $node "
                "CREATE (p)-[:HOLDS {run: $run, reason: 'registered', score: 1.0, evidence: $evidence}]->(n)",
                person=props["key"],
                key=node[key],
                node=node,
                run=self.run,
                evidence=[f"{BANK}/人员信息/2"],
            )

    def event(self, rel: str, start: str, end: str, at: str | None, event_id: str, **props: Any) -> None:
        ends = {}
        for name, ref in (("a", start), ("b", end)):
            label, key = ref.split(":", 1)
            ends[name] = (label, key)
        keys = {label: described.key for label, described in load_declaration().labels.items()}
        self.do(
            f"MERGE (a:{ends['a'][0]} {{{keys[ends['a'][0]]}: $a}}) MERGE (b:{ends['b'][0]} {{{keys[ends['b'][0]]}: $b}}) "
            f"CREATE (a)-[e:{rel}]->(b) SET e = $props",
            a=ends["a"][1],
            b=ends["b"][1],
            props={
                "event_id": event_id,
                "at": ms(at) if at else None,
                "at_precision": "second" if at else None,
                "evidence": [f"{CALLS}/-/{len(event_id) + 1}"],
                "aliases": [],
                **props,
            },
        )


def _cases(build: Builder) -> None:
    for case_no, name, tier in (
        (PACKET, "丙三贩卖毒品案", "packet"),
        (MAJOR, "3·02专案", "major"),
        (LONELY, "无链案", "unknown"),
    ):
        build.do(
            "CREATE (c:Case {case_no: $no, case_name: $name, opened_at: $at}) WITH c MATCH (r:Run {run_id: $run}) "
            'CREATE (r)-[:RATES {tier: $tier, basis: \'{"text": "0.62 克"}\'}]->(c)',
            no=case_no,
            name=name,
            at=ms("2026-04-17T00:00:00"),
            run=build.run,
            tier=tier,
        )
    build.do(
        "CREATE (r:Record {record_id: 'rec1', name: '丙三', file: $file, sheet: '', row: 2, slot: 'owner'}) "
        "WITH r MATCH (p:Person {key: $key}) CREATE (p)-[:IS {run: $run}]->(r)",
        file=CALLS,
        key=f"{build.run}/P-seller",
        run=build.run,
    )
    build.event("INVOLVED_IN", "Record:rec1", f"Case:{PACKET}", None, "inv1", role="贩卖", role_class="dealing",
                arrested_at=ms("2026-04-17T00:00:00"), measure="刑事拘留", evidence=[f"{CALLS}/-/2"])  # fmt: skip
    build.event("SEIZED_IN", "Seizure:s1", f"Case:{PACKET}", "2026-04-17T00:00:00", "sz1")
    build.do(
        "MATCH (s:Seizure {seizure_id: 's1'}) SET s.substance = '甲基苯丙胺', s.net_g = 0.62, s.packets = 2"
    )


def _events(build: Builder) -> None:
    card3, card1 = "Account:card:6200000000000000033", "Account:card:6200000000000000011"
    wx2, wx7, shop = "Account:wechat:wxid_tst_b2", "Account:wechat:wxid_tst_q7", "Account:shop:财付通"
    build.event(
        "CALLED", "Phone:+8613900000003", "Phone:+8613900000002", "2026-04-10T22:01:00", "c1", seconds=40
    )
    build.event("PAID", card3, wx2, "2026-04-10T22:20:00", "p1", fen=440000, currency="CNY")
    build.event("PAID", card3, wx2, "2026-04-12T23:10:00", "p2", fen=480000, currency="CNY")
    build.event("PAID", wx2, card1, "2026-04-11T10:00:00", "p3", fen=1600000, currency="CNY")
    build.event("PAID", wx7, card3, "2026-04-09T21:00:00", "p4", fen=30000, currency="CNY")
    # An ordinary man pays through the platform, as does everybody: that is no tie.
    build.event("PAID", card1, shop, "2026-04-01T10:00:00", "p5", fen=1000, currency="CNY")
    build.event(
        "CALLED", "Phone:+8613900001234", "Phone:+8613900000001", "2026-04-01T09:00:00", "c2", seconds=9
    )
    build.event("PAID", "Account:bank:99001", shop, "2026-04-02T10:00:00", "p6", fen=1000, currency="CNY")


def _derived(build: Builder) -> None:
    run = build.run
    signals = json.dumps([{"name": "pays_up", "weight": 1.2, "n": 2, "evidence": [f"{BANK}/交易明细/4"]}])
    months = json.dumps([{"month": "2026-04", "count": 2, "fen": 1200000}])
    for supplier, buyer, score in (
        ("P-whole", "P-seller", 0.83),
        ("P-boss", "P-whole", 0.71),
        ("P-seller", "P-user", 0.3),
    ):
        build.do(
            "MATCH (a:Person {key: $a}) MATCH (b:Person {key: $b}) "
            "CREATE (a)-[:SUPPLIES {run: $run, score: $score, from_at: $from, to_at: $to, "
            "signals: $signals, months: $months}]->(b)",
            a=f"{run}/{supplier}",
            b=f"{run}/{buyer}",
            run=run,
            score=score,
            **{"from": ms("2026-04-01T00:00:00"), "to": ms("2026-04-12T23:10:00")},
            signals=signals,
            months=months,
        )
    build.do(
        "CREATE (g:Gang {key: $key, run: $run, gang_id: 'G-1', status: 'candidate', score: 0.8, cohesion: 0.6, "
        "stability: 0.9, size: 3, body: '{\"members\": []}'})",
        key=f"{run}/G-1",
        run=run,
    )
    for rank, (member, role) in enumerate(
        (("P-boss", "organiser"), ("P-whole", "wholesaler"), ("P-seller", "retailer")), start=1
    ):
        build.do(
            "MATCH (p:Person {key: $p}) MATCH (g:Gang {key: $g}) CREATE (p)-[:MEMBER_OF {run: $run, role: $role, "
            'rank: $rank, score: 0.9, reasons: \'[{"code": "few_contacts", "detail": ""}]\'}]->(g)',
            p=f"{run}/{member}",
            g=f"{run}/G-1",
            run=run,
            role=role,
            rank=rank,
        )
    _chain(build)


def _chain(build: Builder) -> None:
    run = build.run
    hop = {
        "kind": "supply",
        "first": ms("2026-04-10T22:01:00"),
        "last": ms("2026-04-12T23:10:00"),
        "count": 3,
        "fen": 920000,
        "score": 0.83,
        "evidence": [f"{BANK}/交易明细/4", f"{BANK}/交易明细/5"],
    }
    ask = {
        "holder": "P-whole",
        "identifier": "wxid_tst_b2",
        "from": ms("2026-02-01T00:00:00"),
        "to": ms("2026-04-17T00:00:00"),
        "content": "transactions",
        "hop": 1,
    }
    body = {
        "persons": ["P-seller", "P-whole", "P-boss"],
        "reaches": [MAJOR],
        "hops": [{**hop, "from": "P-seller", "to": "P-whole"}, {**hop, "from": "P-whole", "to": "P-boss"}],
        "weakest": 1,
        "ask_for": [ask],
    }
    build.do(
        "MATCH (c:Case {case_no: $case}) MATCH (m:Case {case_no: $major}) CREATE (h:Chain {key: $key, run: $run, "
        "chain_id: 'K-1', case_no: $case, rank: 1, status: 'candidate', score: 0.46, strength: 0.71, weakest: 1, "
        "body: $body})-[:STARTS_AT {run: $run}]->(c) CREATE (h)-[:LEADS_TO {run: $run}]->(m) "
        "WITH h UNWIND $people AS p MATCH (n:Person {key: p[0]}) CREATE (h)-[:PASSES {run: $run, n: p[1]}]->(n)",
        case=PACKET,
        major=MAJOR,
        key=f"{run}/K-1",
        run=run,
        body=json.dumps(body),
        people=[[f"{run}/{name}", n] for n, name in enumerate(body["persons"])],
    )


def write_rows(
    home: Path, sha256: str, path: str, sheets: list[dict[str, Any]], rows: list[dict[str, Any]]
) -> None:
    """Keep a file's raw rows as the archive does."""
    folder = home / "facts" / sha256
    folder.mkdir(parents=True)
    (home / "rows").mkdir(exist_ok=True)
    table = pa.Table.from_pylist(
        [{"reason": None, "column": None, "value": None, **row} for row in rows], schema=ROWS
    )
    pq.write_table(table, home / "rows" / f"{sha256}.parquet")
    (folder / "file.json").write_text(json.dumps({"path": path, "kind": sheets[0]["kind"], "sheets": sheets}))


def _files(build: Builder, home: Path) -> None:
    for sha256, path, kind in (
        (CALLS_SHA, "调证/13900000003.csv", "calls"),
        (BANK_SHA, "调证/交易明细_测试银行.xlsx", "bank_transactions"),
    ):
        build.do(
            "CREATE (:SourceFile {sha256: $sha, path: $path, kind: $kind, load: 1, position: 0, loaded_at: $at, "
            "read: 4, loaded: 3, duplicate: 0, rejected: 1, excluded: 0, basis: '测公调证字〔2026〕1号'})",
            sha=sha256,
            path=path,
            kind=kind,
            at=ms("2026-04-20T09:00:00"),
        )
    write_rows(
        home,
        CALLS_SHA,
        "调证/13900000003.csv",
        [{"sheet": "", "kind": "calls", "headings": ["主叫", "被叫", "时间"], "header_row": 1}],
        [
            {"sheet": "", "row": 2, "cells": ["13900000003", "13900000002", "2026-04-10 22:01:00"], "state": "loaded"},
            {"sheet": "", "row": 3, "cells": ["13900000003", "=HYPERLINK(1)", "昨天"], "state": "rejected",
             "reason": "bad_time", "column": "时间", "value": "昨天"},
        ],
    )  # fmt: skip
    write_rows(
        home,
        BANK_SHA,
        "调证/交易明细_测试银行.xlsx",
        [
            {
                "sheet": "交易明细",
                "kind": "bank_transactions",
                "headings": ["收付标志", "交易金额"],
                "header_row": 1,
            }
        ],
        [
            {"sheet": "交易明细", "row": 4, "cells": ["出", "4,400.00"], "state": "loaded"},
            {"sheet": "交易明细", "row": 5, "cells": ["出", "4,800.00"], "state": "loaded"},
        ],
    )


@pytest.fixture
def builder(store: Store) -> Builder:
    """An empty database and the means to fill it."""
    return Builder(store)


def _fill(store: Store) -> None:
    build = Builder(store)
    build.publish()
    for known in PEOPLE:
        build.person(known)
    _cases(build)
    _events(build)
    _derived(build)
    _files(build, Path(store.home))


@pytest.fixture
def district(store: Store, worlds: Worlds) -> Store:
    """The store with the small district and its published run."""
    worlds.stand("small district", lambda: _fill(store))
    return store


def _demo(store: Store, folder: Path, seed: int, preset: str) -> None:
    generate(folder, seed=seed, preset=preset, size=0.2)
    load(store, [folder])
    analyse(store)


@pytest.fixture
def demo(store: Store, worlds: Worlds, tmp_path: Path) -> Store:
    """The store with a small invented district, loaded and analysed as anybody would."""
    worlds.stand("demo", lambda: _demo(store, tmp_path / "demo", 5, "base"))
    return store


@pytest.fixture
def adversarial(store: Store, worlds: Worlds, tmp_path: Path) -> Store:
    """The store with a small district whose people hide from an analysis, loaded and analysed."""
    worlds.stand("adversarial", lambda: _demo(store, tmp_path / "demo", 7, "adversarial"))
    return store
