"""Splitting over one controller and resale chains: district reference C3, and ordinary trade beside them."""

from __future__ import annotations

import time

import pytest

from backend.district.chemicals.law import KG
from tests.backend.district.chemical_books import Books, books


def three(**tie: object) -> Books:
    """Three small firms with something in common, each buying 45 kg of 丙酮 within a month."""
    made = books("S")
    for n in (1, 2, 3):
        own: dict[str, object] = {"legal_ids": (f"id{n}",)}
        made.firm(f"F{n}", **(own | tie))
        made.trade(f"F{n}", "S", 45, f"2024-03-{n * 8:02d}", permit="X")
    return made


@pytest.mark.parametrize(
    "tie", [{"legal_ids": ("x",)}, {"phones": ("139",)}, {"address": "示例路 1 号"}, {"agents": ("a",)}]
)
def test_firms_in_one_hand_pass_the_limit_together(tie: dict[str, object]) -> None:
    """Trap: each purchase is below 60 % of the limit and nobody adds them up."""
    found = three(**tie).judged()
    assert [(each.kind, each.company) for each in found] == [
        ("split", "F1"),
        ("split", "F2"),
        ("split", "F3"),
    ]
    assert {(each.mg, each.limit_mg) for each in found} == {(135 * KG, 100 * KG)}
    assert found[0].path == ("F1", "F2", "F3")


def test_origin_of_a_legal_person_changes_nothing() -> None:
    """Trap: the region digits of a resident id, or the person it was, move a firm in the list."""
    found = [
        [(each.kind, each.company, each.mg) for each in three(legal_ids=(ident,)).judged()]
        for ident in ("990101197001010017", "990301197001010015")
    ]
    assert found[0] == found[1] != []


def test_what_ordinary_life_splits_is_no_splitting() -> None:
    """Trap: strangers, an accountant of many, goods passed on within a group, large open purchases are told as split."""
    assert three().kinds() == []
    agency = three(agents=("a",))
    for n in range(25):
        agency.firm(f"N{n}", agents=("a",))
    assert agency.kinds() == []
    group = books("S").firm("G1", legal_ids=("x",)).firm("G2", legal_ids=("x",))
    group.trade("G1", "S", 55, "2024-03-01", permit="X").trade("G2", "G1", 55, "2024-03-05", permit="X")
    assert group.kinds() == []
    plants = books("S").firm("G1", legal_ids=("x",)).firm("G2", legal_ids=("x",))
    for n in range(1, 13):
        plants.trade("G1", "S", 2000, f"2024-{n:02d}-03", permit="X").trade(
            "G2", "S", 900, f"2024-{n:02d}-09", permit="X"
        )
    assert plants.kinds() == []


def test_a_shared_lorry_ties_buyers_but_a_hauliers_does_not() -> None:
    """Trap: the supplier's own lorry, or one that serves the whole park, makes its customers one firm."""

    def carried(firms: int, sellers: int) -> Books:
        made = books("S0", "S1")
        for n in range(firms):
            made.firm(f"F{n}", legal_ids=(f"id{n}",))
            made.trade(f"F{n}", f"S{n % sellers}", 45, f"2024-03-{n + 1:02d}", permit="X", plate="浙Z99A01")
        return made

    assert {kind for kind, _ in carried(3, 2).kinds()} == {"split"}
    assert carried(3, 1).kinds() == []
    assert carried(8, 2).kinds() == []


def chain(*days: str, kilos: float = 500) -> Books:
    """A → B → C → D on these days."""
    made = books("A", "B", "C", "D")
    for (seller, buyer), on in zip((("A", "B"), ("B", "C"), ("C", "D")), days, strict=False):
        made.trade(buyer, seller, kilos, on, permit="X")
    return made


def test_two_resales_within_thirty_days_to_nobody_who_uses_it() -> None:
    """Trap: the chain is told backwards in time, over months, or with one resale."""
    found = chain("2024-03-01", "2024-03-10", "2024-03-31").judged()
    assert [(each.kind, each.company, each.path) for each in found] == [
        ("path", "B", ("A", "B", "C", "D")),
        ("path", "C", ("A", "B", "C", "D")),
    ]
    assert found[0].mg == 500 * KG
    assert chain("2024-03-01", "2024-03-10", "2024-04-01").kinds() == [], "31 days"
    assert chain("2024-03-20", "2024-03-10", "2024-03-01").kinds() == [], "no order in time"
    assert chain("2024-03-01", "2024-03-10").kinds() == [], "one resale is ordinary trade"


@pytest.mark.parametrize("end", ["used", "in stock", "sold on", "another district"])
def test_goods_that_arrive_somewhere_are_ordinary_trade(end: str) -> None:
    """Trap: wholesaler, dealer, user: every distribution of a chemical becomes diversion."""
    made = chain("2024-03-01", "2024-03-10", "2024-03-20")
    if end == "used":
        made.use("D", 100, "2024-04-02")
    elif end == "in stock":
        made.count("D", 480, "2024-06-30")
    elif end == "sold on":
        for n in range(5):
            made.trade("U", "D", 100, f"2024-0{n + 4}-01", permit="X")
    else:
        made.firms = [firm for firm in made.firms if firm.uscc != "D"]
    assert made.kinds() == []


def test_a_chain_within_a_group_is_no_resale() -> None:
    """Trap: goods passed from the mother to two daughters are told as two resales."""
    made = Books()
    for uscc in ("A", "B", "C", "D"):
        made.firm(uscc, legal_ids=("x",) if uscc in "BCD" else ("y",))
    for seller, buyer, on in (("A", "B", "01"), ("B", "C", "05"), ("C", "D", "09")):
        made.trade(buyer, seller, 500, f"2024-03-{on}", permit="X")
    assert made.kinds() == []


def test_goods_brought_to_a_third_place_where_places_mean_something() -> None:
    """Trap: a column of places written in another manner than the addresses makes every delivery a diversion."""
    made = Books()
    for uscc in ("A", "S"):
        made.firm(uscc, legal_ids=(uscc,), address=f"示例县园区路{uscc}号")
    for month in range(1, 11):
        made.trade("A", "S", 100, f"2024-{month:02d}-01", permit="X", place="示例县")
    made.trade("A", "S", 100, "2024-11-01", permit="X", place="他州市仓库")
    (fault,) = made.judged()
    assert (fault.kind, fault.company, fault.path, fault.mg) == ("path", "A", ("S", "A"), 100 * KG)
    other = Books(made.firms, [row._replace(place="城北") for row in made.rows])
    assert other.kinds() == []


def test_the_dealer_a_lot_was_bought_from_is_not_blamed_for_what_became_of_it() -> None:
    """Trap: an honest dealer who sold a part of his stock is named as the first reseller of the chain behind it."""
    made = (
        chain("2024-03-05", "2024-03-10", "2024-03-20")
        .firm("P")
        .trade("A", "P", 900, "2024-03-01", permit="X")
    )
    assert made.kinds() == [("path", "B"), ("path", "C")]
    assert made.trade("A", "P", 505, "2024-03-02", permit="X").kinds() == [
        ("path", "A"),
        ("path", "B"),
        ("path", "C"),
    ]


def test_goods_within_a_group_are_told_by_use_and_owner() -> None:
    """Trap: 集团内调拨 between firms of one shareholder, each with its own legal person, is bought without filing."""
    made = (
        Books()
        .firm("M", legal_ids=("m",))
        .firm("N", legal_ids=("n",))
        .permit("B", "Q", 1, "2024-01-01", "2024-12-31")
    )
    made.trade("N", "M", 500, "2024-03-01", use="集团内调拨")
    assert made.kinds() == []
    owned = (
        Books()
        .firm("M", owners=("o",))
        .firm("N", owners=("o",))
        .permit("B", "Q", 1, "2024-01-01", "2024-12-31")
    )
    assert owned.trade("N", "M", 500, "2024-03-01").kinds() == []


def test_the_next_tier_is_a_limit_too_but_not_for_plants_that_buy_much() -> None:
    """Trap: shells that keep below 60 % of 严重 pass; two plants of one owner with a year of small lots are told."""
    made = books("S")
    for n in (1, 2, 3):
        made.firm(f"F{n}", legal_ids=("x",)).trade(f"F{n}", "S", 250, f"2024-03-{n * 8:02d}", permit="X")
    assert {(each.kind, each.mg, each.limit_mg) for each in made.judged()} == {("split", 750 * KG, 500 * KG)}
    plants = books("S").firm("F1", legal_ids=("x",)).firm("F2", legal_ids=("x",))
    for month in range(1, 13):
        for firm in ("F1", "F2"):
            plants.trade(firm, "S", 290, f"2024-{month:02d}-08", permit="X")
    assert plants.kinds() == []


def test_nobody_is_said_to_use_nothing_where_withdrawals_are_not_loaded() -> None:
    """Trap: a district that loads no 领用 makes every buyer behind two dealers the end of a diversion."""
    made = chain("2024-03-01", "2024-03-10", "2024-03-20")
    for n in range(6):
        made.firm(f"U{n}").trade(f"U{n}", "A", 2000, "2024-06-01", permit="X")
    assert made.kinds() == []
    for n in range(6):
        made.use(f"U{n}", 100, "2024-07-01")
    assert {kind for kind, _ in made.kinds()} == {"path"}


def test_dealers_who_all_trade_with_one_another_end() -> None:
    """Trap: as many chains as there are orders of dealers: the list never comes."""
    made = books(*(f"D{n}" for n in range(12)))
    for n in range(12):
        for m in range(12):
            if n != m:
                for day in (1, 4, 7, 10, 13, 16):
                    made.trade(f"D{m}", f"D{n}", 500, f"2024-03-{day + (n + m) % 3:02d}", permit="X")
    begun = time.process_time()
    made.judged()
    assert time.process_time() - begun < 10
