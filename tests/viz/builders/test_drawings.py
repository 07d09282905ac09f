"""From the JSON contract to a drawing."""

from __future__ import annotations

from tests.viz import samples
from viz.builders.drawings import chain_drawing, evidence_of, evidence_texts, gang_drawing, person_drawing
from viz.text import phrases


def test_gang_title_banner_and_members() -> None:
    """Trap: called a gang before anybody confirmed it."""
    drawing = samples.gang()
    assert drawing.title == "团伙候选 G-0017（20 人）"
    assert drawing.banner == "候选（待核查）：本页为数据研判结果，仅作侦查线索，不作为认定依据。"
    assert drawing.frame == "G-0017 候选 · 20 人 · 内聚 0.71"
    assert samples.gang("en").title == "Gang candidate G-0017 (20 persons)"
    assert len(drawing.nodes) == 20
    assert [node.label for node in drawing.nodes if node.confirmed] == ["丙二"]


def test_confirmed_gang_names_who_when_and_why() -> None:
    """Trap: a confirmation without an author."""
    gang = {"id": "G-1", "name": "测试团伙", "status": "confirmed", "members": []}
    decision = {"by": "测试队长", "at": "2026-11-22T16:40:00+08:00", "reason": "供述与流水一致"}
    drawing = gang_drawing(gang, [], decision=decision)
    assert drawing.title == "团伙 测试团伙（已确认，0 人）"
    assert drawing.banner.startswith("由 测试队长 于 2026-11-22 16:40 确认，理由：供述与流水一致。已确认：")


def test_unknown_holder_is_named_as_such() -> None:
    """Trap: an unnamed holder left out, or called X."""
    node = next(node for node in samples.gang().nodes if not node.named)
    assert (node.label, node.caption) == ("持有人未知", "wxid_tst_q7")
    assert phrases.person_name(samples.person(None), "en") == "Holder unknown (wxid_tst_q7)"


def test_supplies_carry_signals_for_and_against_with_their_rows() -> None:
    """Trap: only what speaks for it is shown."""
    edge = next(edge for edge in samples.gang().edges if edge.source == "p-乙二" and edge.target == "p-丙二")
    assert edge.remarks == (
        "大额付款后零售收入上升 +1.6（5 条）",
        "付款前后有通话 +0.8（12 条）",
        "钱款往返 −0.5（2 条）",
    )
    assert [proof.row for proof in edge.evidence] == [samples.ROW_1, samples.ROW_2, samples.ROW_3]
    assert edge.evidence[1].file == "交易明细_测试银行.xlsx"
    assert (edge.derived, edge.confirmed, edge.first, edge.last) == (True, False, "2026-09-08", "2026-11-05")


def test_signals_nobody_named_yet_show_their_code() -> None:
    """Trap: a new signal of the analysis breaks every drawing."""
    remarks = phrases.signal_remarks([{"name": "brand_new", "weight": 0.26, "n": 1}], "zh", {})
    assert remarks == ["brand_new +0.3（1 条）"]


def test_chain_marks_the_weakest_hop_and_numbers_from_the_case() -> None:
    """Trap: hops counted from 0 on paper, and the weakest one off by one."""
    drawing = samples.chain()
    hops = [edge for edge in drawing.edges if edge.hop]
    assert [edge.hop for edge in hops] == [1, 2, 3, 4]
    assert [edge.hop for edge in hops if edge.weakest] == [4]
    assert drawing.title == "案件 9901-2026-0417 的候选上溯链 1/3"
    assert drawing.notes[0].startswith("最弱一跳：第 4 跳（供货），证据 2 条，强度 0.46")


def test_supply_runs_down_whichever_way_the_hop_was_walked() -> None:
    """Trap: hops go upward, goods come down; the arrow of a supply is supplier to buyer."""
    edge = next(edge for edge in samples.chain().edges if edge.hop == 2)
    assert (edge.source, edge.target) == ("p-乙二", "p-丙二")


def test_chain_ends_at_its_cases_with_their_tiers() -> None:
    """Trap: a chain that leads nowhere on the picture."""
    nodes = {node.id: node for node in samples.chain().nodes}
    assert nodes["case 9901-2026-0417"].caption == "零包案"
    assert nodes["case 9901-2026-0302"].caption == "大案"
    assert nodes["case 9901-2026-0417"].level == 0


def test_requests_name_holder_account_period_and_hop() -> None:
    """Trap: advice nobody can act on."""
    first = samples.chain().requests[0]
    assert first.holder == "持有人未知（wxid_tst_q7）"
    assert first.identifier == "微信 wxid_tst_q7"
    assert first.period == "2026-08-01 – 2026-11-20"
    assert first.hop == 4


def test_hop_to_somebody_outside_the_chain_is_drawn() -> None:
    """Trap: a hop dropped because its end is not in the list of persons."""
    one = {
        "id": "C", "persons": [samples.person("甲一")], "reaches": [], "weakest": None,
        "hops": [{"kind": "payment", "from": "p-甲一", "to": "p-strange", "score": 0.5, "evidence": []}],
    }  # fmt: skip
    drawing = chain_drawing({"case_no": "9901-2026-0001", "tier": "packet"}, one)
    stranger = next(node for node in drawing.nodes if node.id == "p-strange")
    assert (stranger.label, stranger.caption, stranger.named) == ("持有人未知", "p-strange", False)


def test_empty_chain_is_a_case_alone() -> None:
    """Trap: a case without a chain crashes the drawing."""
    drawing = chain_drawing(
        {"case_no": "9901-2026-0001"}, {"id": "C", "persons": [], "reaches": [], "hops": []}
    )
    assert [node.kind for node in drawing.nodes] == ["case"]


def test_person_keeps_only_what_touches_him() -> None:
    """Trap: the neighbourhood of a person that shows the whole network."""
    drawing = samples.neighbourhood()
    assert "p-甲一" not in {node.id for node in drawing.nodes}
    levels = {node.label: node.level for node in drawing.nodes}
    assert (levels["乙二"], levels["丙二"], levels["己三"]) == (0, 1, 2)
    assert {node.kind for node in drawing.nodes} == {"person", "phone", "account", "case"}


def test_many_identifiers_are_cut_and_it_says_so() -> None:
    """Trap: a cut shown as all."""
    holder = {**samples.person("甲一"), "phones": [f"+86199{n:08d}" for n in range(30)], "accounts": []}
    nodes = person_drawing(holder, []).nodes
    assert [node.label for node in nodes if node.kind != "person"][-1] == "+19"
    assert len([node for node in nodes if node.kind != "person"]) == 12


def test_twins_hold_the_same_graph_in_the_other_language() -> None:
    """Trap: two languages, two truths."""
    for drawing in (samples.gang(), samples.chain(), samples.neighbourhood("en")):
        twin = drawing.twin
        assert twin is not None
        assert {drawing.language, twin.language} == {"zh", "en"}
        assert [node.id for node in drawing.nodes] == [node.id for node in twin.nodes]
        assert [(e.source, e.target, e.score) for e in drawing.edges] == [
            (e.source, e.target, e.score) for e in twin.edges
        ]


def test_money_and_times() -> None:
    """Trap: fen shown as yuan; rounding of half amounts."""
    assert phrases.money(2_260_000) == "¥22,600"
    assert phrases.money(2_260_050) == "¥22,600.50"
    assert phrases.money(-5) == "−¥0.05"
    assert phrases.minute("2026-11-23T08:00:59+08:00") == "2026-11-23 08:00"
    assert phrases.bare("Account:bank:6217") == ("bank", "6217")
    assert phrases.bare("Phone:+8613800000000") == ("phone", "+8613800000000")
    assert phrases.bare("wxid:odd") == ("", "wxid:odd")


def test_reasons_of_a_role_are_said_in_words() -> None:
    """Trap: codes and person ids of the analysis on a screen."""
    seller, user = samples.person("丙一", 4), samples.person("己一", 14)
    gang = {
        "id": "G-2", "members": [
            {"person": seller, "role": "retailer", "rank": 1, "score": 0.8,
             "reasons": [{"code": "buyers", "detail": "5.2"}, {"code": "income_fen", "detail": "880000"}]},
            {"person": user, "role": "user", "rank": 2, "score": 0.6,
             "reasons": [{"code": "buys_from", "detail": "p-丙一"}, {"code": "unheard_of", "detail": "3"}]},
        ],
        "body": {"members": [{"person": "p-丙一", "evidence": [samples.ROW_1]}]},
        "removals": {"p-丙一": {"parts": 1}},
    }  # fmt: skip
    nodes = gang_drawing(gang, []).nodes
    assert nodes[0].remarks[1:4] == (
        "约有 5.2 名买家",
        "收款 ¥8,800",
        "若该人员到案，团伙剩余 1 人，分为 1 部分。",
    )
    assert nodes[1].remarks[1:3] == ("向 丙一 购买", "unheard_of 3")
    assert [proof.row for proof in nodes[0].evidence] == [samples.ROW_1]


def test_confirming_a_gang_confirms_no_supply() -> None:
    """Trap: one signature under the gang turns every weak supply inside into a solid line."""
    drawing = samples.gang(status="confirmed")
    assert all(node.confirmed for node in drawing.nodes)
    supplies = [edge for edge in drawing.edges if edge.kind == "supply"]
    assert {edge.confirmed for edge in supplies if (edge.score or 0) < 0.85} == {False}


def test_a_case_hangs_on_who_is_in_it_else_on_the_chain() -> None:
    """Trap: the major case drawn as that of the top person, when it is somebody else's."""
    a, b = samples.person("己三", 16), samples.person("甲一", 1)
    one = {
        "id": "C", "persons": [a, b], "reaches": ["9901-2026-0302", "9901-2026-0188"], "weakest": 0,
        "hops": [{"kind": "supply", "from": a["id"], "to": b["id"], "score": 0.7, "evidence": []}],
        "fugitives": [b["id"]], "organiser_of": ["G-0017"],
    }  # fmt: skip
    people = {b["id"]: {"role": "organiser", "cases": [{"case_no": "9901-2026-0302"}]}}
    drawing = chain_drawing({"case_no": "9901-2026-0417", "tier": "packet"}, one, people)
    links = {
        edge.target: (edge.source, edge.kind) for edge in drawing.edges if edge.target.startswith("case")
    }
    assert links["case 9901-2026-0302"] == (b["id"], "involvement")
    assert links["case 9901-2026-0188"] == (b["id"], "leads")
    assert [edge.derived for edge in drawing.edges if edge.kind == "leads"] == [True]
    top = next(node for node in drawing.nodes if node.id == b["id"])
    assert "登记在逃人员" in top.caption
    assert drawing.notes[-1] == "链上有团伙候选 G-0017 的组织者。"


def test_rows_of_an_answer_and_their_texts() -> None:
    """Trap: 34 columns of which 20 are empty hide the one that matters."""
    answer = {"hops": [{"evidence": ["r1", "r2"]}], "signals": ({"evidence": ["r2", "r3"]},)}
    assert evidence_of(answer) == ["r1", "r2", "r3"]
    row = {
        "evidence": samples.ROW_1, "file": "流水.xlsx", "headings": ["交易金额", "摘要", ""],
        "cells": ["4,400.00", "", "备注无题"],
    }  # fmt: skip
    assert evidence_texts([row]) == {
        samples.ROW_1: {"file": "流水.xlsx", "text": "交易金额：4,400.00；备注无题"}
    }
    assert evidence_texts([{**row, "cells": ["9" * 900]}])[samples.ROW_1]["text"].endswith("9…")


def test_what_a_reason_names_is_drawn() -> None:
    """Trap: a payee or user among the members with no line that says why he is there."""
    seller, user, payee = samples.person("丙一", 4), samples.person("己一", 14), samples.person("戊一", 12)
    buyer = samples.person("庚一", 9)
    gang = {
        "id": "G-3", "members": [
            {"person": seller, "role": "retailer", "rank": 1, "score": 0.8},
            {"person": payee, "role": "payee", "rank": 2, "score": 0.7, "evidence": [samples.ROW_2],
             "reasons": [{"code": "collects_for", "detail": "p-丙一"}]},
            {"person": user, "role": "user", "rank": 3, "score": 0.4,
             "reasons": [{"code": "buys_from", "detail": "p-丙一"}, {"code": "buys_from", "detail": "p-gone"}]},
            {"person": buyer, "role": "retailer", "rank": 4, "score": 0.3,
             "reasons": [{"code": "pays_in_lots", "detail": "p-丙一"}, {"code": "on_days", "detail": "11"}]},
        ],
    }  # fmt: skip
    edges = gang_drawing(gang, []).edges
    assert [(e.source, e.target, e.kind, e.score) for e in edges] == [
        ("p-戊一", "p-丙一", "payee", 0.7),
        ("p-丙一", "p-己一", "supply", 0.4),
        ("p-庚一", "p-丙一", "tie", 0.3),
    ]
    assert [proof.row for proof in edges[0].evidence] == [samples.ROW_2]
    known = [{"supplier": seller, "buyer": user, "score": 0.61, "signals": []}]
    assert [e.score for e in gang_drawing(gang, known).edges if e.kind == "supply"] == [0.61]


def test_requests_speak_one_language() -> None:
    """Trap: a list that says everything twice."""
    twice = "账户交易明细与开户资料 account transactions and registration"
    assert phrases.spoken(twice, "zh") == "账户交易明细与开户资料"
    assert phrases.spoken(twice, "en") == "account transactions and registration"
    assert phrases.spoken("财付通 wxid_tst_1 流水", "en") == "财付通 wxid_tst_1 流水"
