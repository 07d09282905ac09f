"""Stock balance: the worked example of district reference C4, and what of ordinary life must not trip it."""

from __future__ import annotations

import pytest

from backend.district.chemicals.balance import muf
from backend.district.chemicals.law import KG
from tests.backend.district.chemical_books import Books, books

MONTHS = [f"2024-{month:02d}" for month in range(1, 13)]


def example(months: int, lost: float = 0.0) -> Books:
    """C4: PB 1,000, bought 5,000, sold 3,200, used 2,300, PE 430, for so many equal months of the same firm."""
    made = books("A", "S", "K")
    made.count("A", 1000, "2023-12-31")
    for n, month in enumerate(MONTHS[:months]):
        # The example's opening and closing stock differ; a month like it again opens with 1,000.
        opening = 1000 if n == 0 else 430
        made.trade("A", "S", 5000 + (1000 - opening), f"{month}-05", permit="X")
        made.trade("K", "A", 3200, f"{month}-15", permit="X").use("A", 2300 - lost, f"{month}-20")
        if lost:
            made.use("A", lost, f"{month}-21", "lost")
        made.count("A", 430, f"{month}-28")
    return made


def test_the_worked_example_gives_its_numbers() -> None:
    """Trap: MUF of 70 kg with σ 32.29 (C4) comes out otherwise: another sign, σ per row, u as per cent."""
    told = {"received": 5000 * KG, "sold": 3200 * KG, "used": 2300 * KG, "lost": 0}
    missing, sigma = muf(1000 * KG, told, 430 * KG, 0.005)
    assert missing == 70 * KG
    assert sigma / KG == pytest.approx(32.29, abs=0.005)
    assert 3 * sigma / KG == pytest.approx(96.9, abs=0.05)
    assert 3 * sigma * 12**0.5 / KG == pytest.approx(335.6, abs=0.05)


def test_one_month_passes_and_twelve_fail_together() -> None:
    """Trap: twelve small gaps pass singly and nobody adds them up (C4: 840 kg > 335.6 kg)."""
    assert example(1).kinds() == []
    (fault,) = example(12).judged()
    assert (fault.kind, fault.company, fault.mg) == ("balance", "A", 840 * KG)
    assert (str(fault.first), str(fault.last)) == ("2023-12-31", "2024-12-28")
    assert fault.mg > fault.limit_mg == pytest.approx(3 * fault.sigma_mg, rel=1e-6)
    assert fault.limit_mg / KG == pytest.approx(340, abs=15), (
        "its months buy a little more than the example's"
    )


def test_the_worst_period_is_told_with_its_own_limit() -> None:
    """Trap: one stolen lot is told as a gap of the whole year, with a limit of the year."""
    made = books("A", "S").count("A", 1000, "2023-12-31")
    for n, month in enumerate(MONTHS):
        made.trade("A", "S", 1000, f"{month}-05", permit="X").use("A", 1000, f"{month}-15")
        made.count("A", 1000 - (200 if n >= 5 else 0), f"{month}-28")
    (fault,) = made.judged()
    assert (fault.mg, str(fault.first), str(fault.last)) == (200 * KG, "2024-05-28", "2024-06-28")


@pytest.mark.parametrize("way", ["declared", "back", "returned", "returned as it went"])
def test_what_is_declared_is_not_missing(way: str) -> None:
    """Trap: a declared loss is told as missing; goods back to stock or back to the seller count the wrong way."""
    made = books("A", "S").count("A", 1000, "2023-12-31").trade("A", "S", 1000, "2024-01-05", permit="X")
    made.use("A", 800, "2024-01-10")
    if way == "declared":
        made.use("A", 300, "2024-01-12", "lost").count("A", 900, "2024-01-31")
    elif way == "back":
        made.use("A", 300, "2024-01-12", "back").count("A", 1500, "2024-01-31")
    else:
        parties = ("A", "S") if way == "returned" else ("S", "A")
        made.trade(*parties, 300, "2024-01-12", use="退货").count("A", 900, "2024-01-31")
    assert made.kinds() == []


def test_an_estimate_put_right_by_the_next_count_is_no_loss() -> None:
    """Trap: a year-end count by estimate makes a thief for one month and a smuggler for the next."""
    made = books("A", "S").count("A", 1000, "2023-11-30").count("A", 700, "2023-12-31")
    made.count("A", 1000, "2024-01-31").count("A", 1000, "2024-02-29")
    assert made.kinds() == []
    guess = books("A", "S").count("A", 1012.3, "2023-10-31").count("A", 1013.1, "2023-11-30")
    assert guess.count("A", 900, "2023-12-31").kinds() == [], (
        "a round guess at the end of the year and of the data"
    )
    marked = books("A", "S").count("A", 1000, "2023-11-30").count("A", 700, "2023-12-31", estimated=True)
    assert marked.kinds() == [], "an estimate closes no balance"
    assert books("A").count("A", 1000, "2023-11-30").count("A", 700, "2023-12-31").kinds() == [
        ("balance", "A")
    ]


def test_both_rows_of_a_delivery_count_once_and_a_lone_row_for_both() -> None:
    """Trap: what both report doubles the stock; what one reports is missing with the other."""
    made = books("A", "S").count("A", 0, "2024-01-01").count("S", 2000, "2024-01-01")
    made.trade("A", "S", 1000, "2024-01-10", direction="购", permit="X")
    made.trade("A", "S", 1001, "2024-01-09", direction="销", permit="X")
    made.trade("A", "S", 500, "2024-01-20", direction="销", permit="X")
    made.count("A", 1500, "2024-01-31").count("S", 499, "2024-01-31")
    assert made.kinds() == []


def test_goods_moved_on_the_day_of_a_count_may_stand_on_either_side() -> None:
    """Trap: a count taken in the morning and a lorry of the afternoon make a gap twice."""
    made = books("A", "S").count("A", 0, "2024-01-01").trade("A", "S", 1000, "2024-01-31", permit="X")
    made.count("A", 0, "2024-01-31").count("A", 1000, "2024-02-28")
    assert made.kinds() == []


def test_withdrawals_in_litres_are_no_surplus() -> None:
    """Trap: a ledger in litres of a light solvent makes goods appear; the density is the table's, never guessed."""
    made, known = books("A", "S"), books("A", "S")
    for each, chemical in ((made, "乙醚"), (known, "苯乙酸")):
        each.count("A", 0, "2024-01-01", chemical)
        for month in MONTHS[:6]:
            each.trade("A", "S", 710, f"{month}-05", chemical, permit="X")
            each.use("A", 1000, f"{month}-15", chemical=chemical).count("A", 0, f"{month}-28", chemical)
    assert made.kinds() == []
    assert known.kinds() == [("balance", "A")], "no density in the table"
