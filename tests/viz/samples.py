"""Invented drawings for the tests: a gang, a chain, a person, large networks, hostile names."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

from graph_schema.language import Text
from viz.builders.drawings import chain_drawing, gang_drawing, person_drawing
from viz.model.drawing import Drawing, Edge, Evidence, Node

RUN = {"id": "R-0231", "rules": "2026.1", "data_to": "2026-11-23T08:00:00+08:00"}

SIGNAL_WORDS = {
    "restock": Text("大额付款后零售收入上升", "Retail income follows a large payment"),
    "call_near_payment": Text("付款前后有通话", "Calls right around payments"),
    "money_back": Text("钱款往返", "Money comes back"),
}

ROW_1 = "9f3ac1d2e07b/-/1208"
ROW_2 = "41be07aa93c5/交易明细/377"
ROW_3 = "7c20d4419e55/话单/9021"
EVIDENCE = {
    ROW_1: {"file": "财付通/TenpayTrades_测试.txt", "text": "出 440000 分 wxid_tst_b2 2026-10-06 23:41:09"},
    ROW_2: {"file": "交易明细_测试银行.xlsx", "text": "出 4,400.00 财付通-转账 2026-10-06 23:41:20"},
    ROW_3: {"file": "话单_测试.xlsx", "text": "主叫 48 秒 2026-10-06 23:15:02"},
}

MEMBERS = (
    ("甲一", "organiser"), ("乙二", "wholesaler"), ("乙三", "wholesaler"),
    ("丙一", "retailer"), ("丙二", "retailer"), ("丙三", "retailer"), ("丙四", "retailer"),
    ("丙五", "retailer"),
    ("丁一", "runner"), ("丁二", "runner"), ("丁三", "runner"), ("戊一", "payee"), ("戊二", "payee"),
    ("己一", "user"), ("己二", "user"), ("己三", "user"), ("己四", "user"), ("己五", "user"),
    ("己六", "user"),
)  # fmt: skip

SUPPLY = (
    ("甲一", "乙二", 0.58), ("甲一", "乙三", 0.74), ("未知", "乙二", 0.71), ("乙二", "丙一", 0.61),
    ("乙二", "丙二", 0.83), ("乙二", "丙三", 0.57), ("乙三", "丙四", 0.77), ("乙三", "丙五", 0.52),
    ("乙三", "丙三", 0.46), ("丙三", "丙四", 0.41), ("丙一", "己六", 0.66), ("丙一", "己二", 0.62),
    ("丙二", "己三", 0.93), ("丙二", "己五", 0.88), ("丙三", "己四", 0.55), ("丙四", "己一", 0.72),
)  # fmt: skip

TIES = (
    ("payment", "乙二", "戊一", 3, 4_800_000), ("payment", "乙三", "戊一", 2, 1_200_000),
    ("payment", "戊一", "戊二", 4, 5_400_000), ("call", "丁一", "乙二", 41, 0),
    ("call", "丁二", "丙四", 12, 0), ("call", "丁三", "丙五", 7, 0), ("parcel", "乙二", "丁二", 2, 0),
)  # fmt: skip


def person(name: str | None, n: int = 1, **more: Any) -> dict[str, Any]:
    """A person of the contract with invented identifiers (region 990101 does not exist)."""
    if name is None:
        return {
            "id": "p-unknown",
            "name": None,
            "resident_id": None,
            "phones": [],
            "accounts": ["wxid_tst_q7"],
        }
    return {
        "id": f"p-{name}",
        "name": name,
        "resident_id": "99010119900307001X" if n == 1 else None,
        "phones": [f"+861990000{n:04d}"],
        "accounts": [f"wxid_tst_{n}", f"62179900000{n:05d}"],
        **more,
    }


def _one(name: str) -> dict[str, Any]:
    names = [member for member, _ in MEMBERS]
    return person(None) if name == "未知" else person(name, names.index(name) + 1)


def gang(language: str = "zh", status: str = "candidate") -> Drawing:
    """A gang candidate of twenty with all roles, one unnamed holder, cross-supply, payees and runners."""
    members: list[dict[str, Any]] = [
        {"person": _one(name), "role": role, "rank": n, "score": round(0.9 - n / 40, 2)}
        for n, (name, role) in enumerate(MEMBERS, start=1)
    ]
    members.append({"person": person(None), "role": "unknown", "rank": 20, "score": 0.4})
    members[4]["status"] = "confirmed"
    supplies = [
        {
            "supplier": _one(a), "buyer": _one(b), "score": score, "from": "2026-09-08T10:00:00+08:00",
            "to": "2026-11-05T22:58:00+08:00", "status": "confirmed" if score > 0.85 else "candidate",
            "signals": [
                {"name": "restock", "weight": 1.6, "n": 5, "evidence": [ROW_1, ROW_2]},
                {"name": "call_near_payment", "weight": 0.8, "n": 12, "evidence": [ROW_3]},
                {"name": "money_back", "weight": -0.5, "n": 2, "evidence": []},
            ],
        }
        for a, b, score in SUPPLY
    ]  # fmt: skip
    ties = [
        {
            "kind": kind, "from": _one(a)["id"], "to": _one(b)["id"], "count": n, "fen": fen,
            "evidence": [ROW_2],
            "first": "2026-09-01T00:00:00+08:00", "last": "2026-11-01T00:00:00+08:00",
        }
        for kind, a, b, n, fen in TIES
    ]  # fmt: skip
    body = {
        "id": "G-0017",
        "status": status,
        "score": 0.7,
        "members": members,
        "cohesion": 0.71,
        "stability": 0.93,
    }
    return gang_drawing(
        body, supplies, ties, evidence=EVIDENCE, signal_words=SIGNAL_WORDS, run=RUN, language=language
    )


def chain(language: str = "zh", status: str = "candidate") -> Drawing:
    """A chain of five persons and four hops; one is known only by his wxid, hop 4 is the weakest."""
    persons = [_one("己三"), _one("丙二"), _one("乙二"), person(None), _one("甲一")]
    ids = [one["id"] for one in persons]
    numbers = ((14, 425_000, 0.93), (5, 2_260_000, 0.83), (3, 4_800_000, 0.71), (0, 0, 0.46))
    hops = [
        {
            "kind": "supply", "from": ids[n], "to": ids[n + 1], "first": "2026-09-08T21:10:00+08:00",
            "last": "2026-11-05T22:58:00+08:00", "count": count, "fen": fen, "score": score,
            "status": "confirmed" if n == 0 else "candidate", "evidence": [ROW_1, ROW_2],
        }
        for n, (count, fen, score) in enumerate(numbers)
    ]  # fmt: skip
    ties = [
        {"kind": "call", "from": ids[0], "to": ids[1], "count": 28, "evidence": [ROW_3],
         "first": "2026-09-01T00:00:00+08:00", "last": "2026-11-04T00:00:00+08:00"},
        {"kind": "payment", "from": ids[1], "to": ids[2], "count": 5, "fen": 2_260_000, "evidence": [ROW_1],
         "first": "2026-09-08T00:00:00+08:00", "last": "2026-11-05T00:00:00+08:00"},
        {"kind": "call", "from": ids[1], "to": ids[2], "count": 15, "evidence": [ROW_3],
         "first": "2026-09-08T00:00:00+08:00", "last": "2026-11-05T00:00:00+08:00"},
        {"kind": "parcel", "from": ids[2], "to": ids[1], "count": 2, "evidence": [ROW_3],
         "first": "2026-09-10T00:00:00+08:00", "last": "2026-10-23T00:00:00+08:00"},
        {"kind": "device", "from": ids[3], "to": ids[4], "count": 2, "evidence": [ROW_3],
         "first": "2026-09-24T00:00:00+08:00", "last": "2026-10-29T00:00:00+08:00"},
    ]  # fmt: skip
    asks = [
        {"holder": ids[3], "identifier": "Account:wechat:wxid_tst_q7", "from": "2026-08-01T00:00:00+08:00",
         "to": "2026-11-20T00:00:00+08:00", "content": "注册信息、绑定手机、登录轨迹", "hop": 3},
        {"holder": ids[2], "identifier": "Account:card:9901000000000092", "from": "2026-08-01T00:00:00+08:00",
         "to": "2026-11-20T00:00:00+08:00", "content": "交易明细、开户资料", "hop": 2},
    ]  # fmt: skip
    one = {
        "id": "C-1", "status": status, "score": 0.58, "strength": 0.46, "persons": persons, "weakest": 3,
        "reaches": ["9901-2026-0302", "9901-2026-0188"], "hops": hops, "ask_for": asks, "rank": 1,
    }  # fmt: skip
    case = {"case_no": "9901-2026-0417", "tier": "packet", "chains": [one, {"id": "C-2"}, {"id": "C-3"}]}
    roles = ("user", "retailer", "wholesaler", "unknown", "organiser")
    people = {id_: {"role": role} for id_, role in zip(ids, roles, strict=True)}
    people[ids[1]]["status"] = "confirmed"
    tiers = {"9901-2026-0302": "major", "9901-2026-0188": "small"}
    return chain_drawing(
        case,
        one,
        people,
        ties,
        tiers=tiers,
        evidence=EVIDENCE,
        signal_words=SIGNAL_WORDS,
        run=RUN,
        language=language,
    )


def neighbourhood(language: str = "zh") -> Drawing:
    """A retailer with two suppliers, four buyers, a payee, identifiers and two cases."""
    me = {**_one("丙二"), "role": "retailer"}
    supplies = [
        {"supplier": _one(a), "buyer": _one(b), "score": score, "signals": []}
        for a, b, score in (
            ("乙二", "丙二", 0.83), ("乙三", "丙二", 0.44), ("丙二", "己一", 0.6), ("丙二", "己二", 0.5),
            ("丙二", "己三", 0.93), ("丙二", "己五", 0.88), ("甲一", "乙二", 0.58),
        )
    ]  # fmt: skip
    ties = [
        {"kind": "payment", "from": me["id"], "to": "p-戊一", "count": 9, "fen": 880_000, "evidence": [ROW_1]}
    ]
    cases = [{"case_no": "9901-2026-0417", "tier": "packet", "role": "贩卖"}, {"case_no": "9901-2026-0388"}]
    people = {f"p-{name}": {**_one(name), "role": role} for name, role in MEMBERS}
    return person_drawing(
        me,
        supplies,
        ties,
        cases,
        people,
        evidence=EVIDENCE,
        signal_words=SIGNAL_WORDS,
        run=RUN,
        language=language,
    )


def network(n: int, layout: str = "roles", seed: int = 3) -> Drawing:
    """A made-up network of ``n`` persons in which every role occurs."""
    rng = random.Random(seed)
    roles = ["organiser", "wholesaler", "retailer", "runner", "payee", "user"]
    weights = [2, 6, 20, 6, 6, 60]
    chosen = ["organiser", *rng.choices(roles, weights, k=n - 1)]
    chosen.sort(key=roles.index)
    nodes = [
        Node(
            f"n{i}",
            f"测试人{i:03d}",
            role=role,
            named=i % 11 != 5,
            caption="" if i % 11 != 5 else f"wxid_tst_{i}",
        )
        for i, role in enumerate(chosen)
    ]
    of = {role: [i for i, r in enumerate(chosen) if r == role] for role in roles}
    edges = []
    for role, above in (("wholesaler", "organiser"), ("retailer", "wholesaler"), ("user", "retailer")):
        for i in of[role]:
            ups = rng.sample(of[above] or [0], k=1 if rng.random() < 0.85 else min(2, len(of[above] or [0])))
            score = round(rng.uniform(0.3, 0.95), 2)
            edges += [Edge(f"n{up}", f"n{i}", "supply", score=score, derived=True) for up in ups]
    for role, kind in (("payee", "payment"), ("runner", "call")):
        sellers = of["retailer"] or [0]
        edges += [Edge(f"n{rng.choice(sellers)}", f"n{i}", kind, fen=880_000, count=9) for i in of[role]]
    return Drawing(
        "测试网络", "候选（待核查）：仅作侦查线索，不作为认定依据。", nodes, edges, layout, "研判批次 R-0231"
    )


HOSTILE = (
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=2</script>",
    '<img src=x onerror="window.pwned=3">',
    '<a href="javascript:window.pwned=4">href</a>',
    '"><svg onload=window.pwned=5>',
    "`${window.pwned=6}`",
    "{{7*7}}{% raw %}",
    "line\u2028sep\u2029end",
    "'; window.pwned=8; //",
    "\\u003cscript\\u003ewindow.pwned=9\\u003c/script\\u003e",
    "]]><!--",
    "nul\x00bell\x07\ud800 lone \U00020bb7",
    "\u202egnp.exe",
    "__proto__",
    "<style>*{background:url(https://example.invalid/x)}</style>",
    "张" * 400,
)


def hostile(layout: str = "roles") -> Drawing:
    """Every text of the drawing is an attack."""
    nodes = [
        Node(text, text, kind="person" if n % 3 else "phone", role="retailer", remarks=(text,), caption=text,
             evidence=(Evidence(f"0123456789ab/{text}/{n}", text, text),))
        for n, text in enumerate(HOSTILE)
    ]  # fmt: skip
    edges = [
        Edge(a, b, a if n % 4 == 0 else "supply", label=a, score=0.4, derived=True, remarks=(b,),
             evidence=(Evidence(a, b, a),), weakest=n == 1)
        for n, (a, b) in enumerate(pairwise(HOSTILE))
    ]  # fmt: skip
    return Drawing(
        HOSTILE[1], HOSTILE[2], nodes, edges, layout, HOSTILE[3], notes=list(HOSTILE), frame=HOSTILE[4]
    )
