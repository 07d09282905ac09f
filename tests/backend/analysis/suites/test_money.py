"""The analyses of money, each on a few payments written down by hand."""

from __future__ import annotations

from typing import Any

import pytest

from backend.analysis.suites.common import WORDS, SuiteTable, code, load_presets
from backend.analysis.suites.common.presets import DEFAULT
from backend.analysis.suites.money import ANALYSES, MoneyBook, Opening, Payment, Sharing, money_suite
from backend.analysis.suites.money.book import Alike, Reached, Round, TracePayment
from graph_schema.errors import InputError

MIDNIGHT = 1_775_404_800_000
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
PRESETS = load_presets()
_ROW = iter(range(10_000))


def at(day: float, hour: float = 0.0, minute: float = 0.0) -> int:
    return int(MIDNIGHT + day * DAY + hour * HOUR + minute * MINUTE)


def pay(other: str, when: int, yuan: float, out: bool = True, **more: Any) -> Payment:
    base: dict[str, Any] = {
        "target": "T",
        "other": other,
        "own": "Account:card:1",
        "account": f"Account:card:{other}",
        "out": out,
        "at": when,
        "exact": True,
        "fen": round(yuan * 100),
        "currency": "CNY",
        "memo": "",
        "kind": "",
        "cash": False,
        "platform": False,
        "own_transfer": False,
        "balance": None,
        "name": "",
        "ip": None,
        "mac": None,
        "systems": (),
        "common": (),
        "evidence": (f"aaaaaaaaaaaa/-/{next(_ROW)}",),
    }
    return Payment(**(base | more))


def book(*payments: Payment, **more: Any) -> MoneyBook:
    return MoneyBook(("T",), sorted(payments, key=lambda p: (p.at, p.evidence)), **more)


def table(key: str, held: MoneyBook, preset: str = "packet") -> SuiteTable:
    found = next(each for each in money_suite(held, PRESETS[preset]) if each.key == key)
    codes = [column.key for column in found.columns if column.kind == "code"]
    for row in found.rows:
        assert all(code(row[each]) in WORDS for each in codes if each in row), "a code nobody can read"
    return found


def test_catalogue_is_whole_without_the_score_from_origin() -> None:
    """Trap: an analysis forgotten; number 15 or a region brought in by the back door."""
    tables = money_suite(
        book(*(pay(f"o{n % 4}", at(n), 100 + n, out=n % 2 == 0) for n in range(30))), PRESETS["packet"]
    )
    assert [each.number for each in tables] == [n for n in range(1, 19) if n != 15] and len(ANALYSES) == 17
    for each in tables:
        assert not {"region", "province", "native_place", "ethnicity"} & {
            column.key for column in each.columns
        }
        for row in each.rows:
            assert row["evidence"] and row["n"] >= 1, each.key
    assert all(not each.rows for each in money_suite(book(), PRESETS["laundering"]))


def test_overview_keeps_currencies_and_own_transfers_apart() -> None:
    """Trap: dollars added to yuan; a transfer between own cards counted as income."""
    held = book(
        pay("a", at(0), 1000, out=False),
        pay("b", at(1), 995),
        pay("T", at(1), 9999, own_transfer=True),
        pay("a", at(2), 50, currency="USD"),
    )
    rows = table("overview", held).rows
    assert [(r["currency"], r["in_fen"], r["out_fen"], r["flag"]) for r in rows] == [
        ("CNY", 100000, 99500, "high"),
        ("USD", 0, 5000, "none"),
    ]


def test_top_counterparties_and_their_share() -> None:
    """Trap: in and out mixed."""
    held = book(pay("a", at(0), 600), pay("b", at(1), 400), pay("c", at(1), 70, out=False))
    found = table("top", held)
    assert [(r["other"], r["direction"], r["share"]) for r in found.rows] == [
        ("a", "out", 0.6), ("b", "out", 0.4), ("c", "in", 1.0),
    ]  # fmt: skip
    assert {figure.flag for figure in found.figures} == {"high"}


def test_two_way_same_name_and_own() -> None:
    """Trap: a platform everybody pays and is paid by shown as a partner."""
    held = book(
        pay("a", at(0), 1), pay("a", at(1), 2, out=False),
        pay("shop", at(0), 1, platform=True), pay("shop", at(1), 2, out=False, platform=True),
        pay("x", at(0), 1, name="丁五", account="Account:card:8"),
        pay("y", at(0), 1, name="丁五", account="Account:card:9"),
        pay("T", at(3), 5, own_transfer=True, account="Account:card:2"),
    )  # fmt: skip
    rows = [(r["what"], r["other"]) for r in table("two_way", held).rows]
    assert rows == [("own", "Account:card:2"), ("same_name", "丁五"), ("two_way", "a")]


def test_in_and_quickly_out_uses_each_credit_once() -> None:
    """Trap: one credit explaining three payments; money that leaves before it came."""
    held = book(
        pay("up", at(0, 9), 900),
        pay("buyer", at(0, 10), 1000, out=False),
        pay("up", at(0, 10, 20), 950),
        pay("up", at(0, 10, 25), 960),
        pay("up", at(0, 12), 980),
    )
    pairs = [r for r in table("quick", held).rows if r["what"] == "pair"]
    assert [(r["from"], r["to"], r["out_fen"]) for r in pairs] == [("buyer", "up", 95000)]
    assert table("quick", held, "laundering").rows == []


def test_round_sums_follow_the_preset() -> None:
    """Trap: multiples of ten thousand asked of packet dealers."""
    held = book(*(pay(f"b{n}", at(n), 300, out=False) for n in range(4)), pay("s", at(9), 37.5, out=False))
    packet = table("round", held)
    assert packet.figures[0].value == 0.8 and packet.figures[0].flag == "high"
    assert (packet.rows[0]["fen"], packet.rows[0]["n"], packet.rows[0]["payers"]) == (30000, 4, 4)
    assert table("round", held, "laundering").rows == []


def test_cash_turnover_and_balance() -> None:
    """Trap: a missing row not noticed because only sums are compared."""
    held = book(
        pay("bank", at(0), 500, cash=True, balance=100000),
        pay("a", at(1), 100, balance=90000),
        pay("b", at(2), 100, out=False, balance=120000),
    )
    assert table("cash", held).rows[0]["share"] == round(500 / 600, 4)
    assert table("turnover", held).rows[0]["rate"] == round(70000 / (310000 / 3), 1)
    breaks = table("balances", held).rows
    assert [(r["expected"], r["found"], r["missing"]) for r in breaks] == [(100000, 120000, 20000)]


def test_gathered_and_fans() -> None:
    """Trap: many payers over a year taken for many in a week."""
    payers = [pay(f"b{n}", at(n / 2), 300, out=False) for n in range(6)]
    held = book(*payers, pay("up", at(3), 1700))
    row = table("gathered", held).rows[0]
    assert (row["what"], len(row["payers"]), row["payees"]) == ("gathered", 6, ["up"])
    slow = book(*(pay(f"b{n}", at(n * 30), 300, out=False) for n in range(6)), pay("up", at(3), 1700))
    assert table("gathered", slow).rows == [] and table("patterns", slow).rows == []
    assert {r["what"] for r in table("patterns", held).rows} <= {"fan_in"}


def test_dormant_and_several_opened() -> None:
    """Trap: an account that merely rested a month."""
    held = book(
        pay("a", at(0), 1), pay("a", at(30), 1), pay("a", at(300), 1),
        accounts=[Opening("card:1", "T", "", "", at(0), None), Opening("card:2", "T", "", "", at(9), None)],
    )  # fmt: skip
    rows = [(r["what"], r["days"]) for r in table("dormant", held).rows]
    assert rows == [("woken", 270), ("opened", 9)]


def test_shared_address_unless_public() -> None:
    """Trap: the exit of a carrier joins a hundred strangers."""
    private = [Sharing(f"card:{n}", "ip 10.0.0.1", 1, 1, 2, ("bbbbbbbbbbbb/-/1",)) for n in range(3)]
    public = [Sharing(f"card:{n}", "ip 10.0.0.2", 1, 1, 2, ("bbbbbbbbbbbb/-/2",)) for n in range(30)]
    found = table("shared_channels", book(sharing=[*private, *public]))
    assert [r["accounts"] for r in found.rows] == [["card:0", "card:1", "card:2"]] and "1" in found.note_zh


def test_opened_alike() -> None:
    """Trap: the same branch years apart."""
    held = book(
        pay("a", at(0), 1),
        accounts=[Opening("card:1", "T", "", "测试支行", at(0), None)],
        opened_alike=[
            Opening("card:8", "P8", "", "测试支行", at(2), None),
            Opening("card:9", "P9", "", "测试支行", at(400), None),
        ],
        stated_alike=[Alike("agent", "990101", "P7", ("bbbbbbbbbbbb/-/3",))],
    )
    assert [(r["what"], r["other"]) for r in table("openings", held).rows] == [
        ("agent", "P7"),
        ("branch_and_day", "P8"),
    ]


def step(a: str, b: str, when: int, yuan: int) -> TracePayment:
    return TracePayment(a, b, when, yuan * 100, "CNY", (f"cccccccccccc/-/{next(_ROW)}",))


def test_layers_structures_and_returns() -> None:
    """Trap: a payment that belongs to several paths added up several times."""
    one = step("T", "m0", at(0), 100)
    paths = [(one, step("m0", "end", at(1), 90))]
    paths += [(step("T", f"m{n}", at(0), 100), step(f"m{n}", "end", at(1), 90)) for n in (1, 2)]
    paths += [(one, step("m0", "end", at(2), 5))]
    held = book(
        reached=[Reached("T", "down", 2, path) for path in paths],
        rounds=[Round("T", 0.8, (one, step("m0", "T", at(3), 80)))],
    )
    found = next(r for r in table("patterns", held).rows if r["what"] == "scatter_gather")
    assert (found["middle"], found["payees"], found["fen"]) == (["m0", "m1", "m2"], ["end"], 30000)
    layers = table("layers", held).rows
    assert [(r["end"], r["fen"], r["end_fen"]) for r in layers][:3] == [("end", 10000, 9000)] * 3
    assert [(r["returned"], r["via"]) for r in table("round_trips", held).rows] == [(0.8, ["m0"])]


def test_clues_and_platforms() -> None:
    """Trap: a plate in a memo overlooked; a wallet leg of another amount taken for the bank's."""
    held = book(
        pay("p", at(0), 10, memo="停车费 测A·T0001"),
        *(pay(f"g{n}", at(1, 20), 5, kind="微信红包") for n in range(3)),
        pay("财付通", at(2, 9), 88, platform=True, own="Account:card:1"),
        pay("shopper", at(2, 9, 1), 88, own="Account:wechat:w"),
        pay("财付通", at(3, 9), 77, platform=True, own="Account:card:1"),
        pay("shopper", at(3, 9, 1), 76, own="Account:wechat:w"),
    )
    clues = [(r["what"], r["plate"]) for r in table("clues", held).rows]
    assert clues == [("group_packet", ""), ("parking", "测A·T0001")]
    legs = [(r["what"], r["other"]) for r in table("platforms", held).rows]
    assert legs == [("proposed", "shopper"), ("unmatched", "财付通")]


def test_presets_have_a_source_for_every_threshold(tmp_path: Any) -> None:
    """Trap: a threshold nobody can say the origin of; a typo that silently uses another value."""
    for preset in PRESETS.values():
        assert preset.values.keys() == preset.sources.keys() and all(preset.sources.values())
    wrong = tmp_path / "presets.yaml"
    wrong.write_text(
        DEFAULT.read_text(encoding="utf-8").replace("{all: 0.05,", "{all: many,"), encoding="utf-8"
    )
    with pytest.raises(InputError, match="balance_abnormal"):
        load_presets(wrong)
