"""Certificates, filing, licences, equipment reports: district reference C1, C3 and C4."""

from __future__ import annotations

import datetime as dt

import pytest

from backend.district.chemicals.equipment import working_days_on
from backend.district.chemicals.law import KG
from backend.district.holidays import Holidays
from tests.backend.district.chemical_books import Books, books

YEAR = ("2024-01-01", "2024-12-31")


def licensed(*usccs: str) -> Books:
    """Firms whose dealings are licensed, so that only certificates speak."""
    made = books(*usccs)
    for uscc in usccs:
        made.permit(f"JY{uscc}", uscc, 0, *YEAR, kind="经营")
    return made


def test_a_certificate_bears_its_quantity_and_no_more() -> None:
    """Trap: weighing noise of a few kilograms is an offence; or 200 kg more are not."""
    made = licensed("A", "S").permit("B1", "A", 1000, *YEAR)
    made.trade("A", "S", 500, "2024-02-01", permit="B1").trade("A", "S", 503, "2024-03-01", permit="b1 ")
    assert made.kinds() == []
    (fault,) = made.trade("A", "S", 200, "2024-04-01", permit="B1").judged()
    assert (fault.kind, fault.company, fault.mg, fault.limit_mg) == ("permit", "A", 1203 * KG, 1000 * KG)
    assert fault.at_stake == 203 * KG


def test_returned_goods_and_two_rows_of_one_delivery_use_nothing_up() -> None:
    """Trap: a lot sent back and delivered anew, or told by both sides, breaks the certificate."""
    made = licensed("A", "S").permit("B1", "A", 1000, *YEAR)
    made.trade("A", "S", 1000, "2024-02-01", permit="B1", direction="购")
    made.trade("A", "S", 1000, "2024-02-03", permit="B1", direction="销")
    made.trade("A", "S", 400, "2024-03-01", permit="B1", use="退货")
    made.trade("A", "S", 400, "2024-04-01", permit="B1", direction="购")
    assert made.kinds() == []


@pytest.mark.parametrize(
    ("buyer", "on", "chemical", "kinds"),
    [
        ("A", "2024-06-30", "丙酮", []),
        ("A", "2024-07-01", "丙酮", [("permit", "A")]),
        ("A", "2024-03-31", "丙酮", [("permit", "A")]),
        ("B", "2024-05-01", "丙酮", [("permit", "B")]),
        ("A", "2024-05-01", "甲苯", [("permit", "A")]),
    ],
)
def test_expired_borrowed_and_wrong_certificates(
    buyer: str, on: str, chemical: str, kinds: list[tuple[str, str]]
) -> None:
    """Trap: the last day counts as expired; the owner of a borrowed certificate is blamed for the borrower."""
    made = licensed("A", "B", "S").permit("JYS2", "S", 0, *YEAR, "甲苯", "经营")
    made.permit("B1", "A", 1000, "2024-04-01", "2024-06-30")
    assert made.trade(buyer, "S", 100, on, chemical, permit="B1").kinds() == kinds


def test_a_trip_thirteen_months_after_issue_is_out_of_validity() -> None:
    """Trap: a transport permit of class 2 is good for as long as its paper says (C4: at most twelve months)."""
    made = books("A", "S").permit("YS1", "A", 5000, "2023-01-01", "2025-12-31", "醋酸酐", "运输")
    made.trade("A", "S", 100, "2023-12-01", "醋酸酐", permit="X", transport="YS1")
    assert made.kinds() == []
    assert made.trade("A", "S", 100, "2024-02-01", "醋酸酐", permit="X", transport="YS1").kinds() == [
        ("permit", "A")
    ]


def test_none_at_all_is_unfiled_and_only_where_a_certificate_was_needed() -> None:
    """Trap: unscheduled goods, a number left out, goods within a group, a return are told as bought without filing."""
    made = licensed("A", "S").firm("G1", legal_ids=("x",)).firm("G2", legal_ids=("x",))
    made.permit("B1", "A", 1000, "2024-01-01", "2024-06-30")
    made.trade("A", "S", 100, "2024-05-01")  # the certificate is there, its number was not written
    made.trade("A", "S", 100, "2024-08-31", "4-AP").trade("A", "S", 50, "2024-05-02", "乙醇")
    made.trade("G1", "G2", 500, "2024-05-01").trade("A", "S", 80, "2024-09-01", use="退货")
    assert made.kinds() == []
    made.trade("A", "S", 100, "2024-09-01", "4-AP").permit("JYA", "S", 0, *YEAR, "4-AP", "经营")
    (fault,) = made.judged()
    assert (fault.kind, fault.company, fault.mg, fault.chemical) == (
        "unfiled",
        "A",
        100 * KG,
        "4-(N-苯基氨基)哌啶",
    )


def test_small_own_use_of_permanganate_is_free() -> None:
    """Trap: a school laboratory buying five kilograms is told; or ten such lots of a reseller are not (条例 17)."""
    made = licensed("A", "S").permit("JYK", "S", 0, *YEAR, "高锰酸钾", "经营")
    for month in range(1, 11):
        made.trade("A", "S", 5, f"2024-{month:02d}-05", "高锰酸钾")
    assert made.kinds() == []
    assert made.trade("A", "S", 5, "2024-11-05", "高锰酸钾").kinds() == [("unfiled", "A")]


def test_dealing_without_licence_needs_a_register_that_can_tell() -> None:
    """Trap: no licences are loaded and every seller of the district is blamed."""
    made = books("A", "S").trade("A", "S", 100, "2024-05-01", permit="X")
    assert made.kinds() == []
    assert made.permit("JY1", "A", 0, *YEAR, kind="经营").kinds() == [("unlicensed", "S")]
    for n in range(6):
        made.firm(f"T{n}").trade("A", f"T{n}", 100, "2024-05-01", permit="X")
    assert made.kinds() == [], "seven of seven sellers without a licence: the register is not whole"


@pytest.mark.parametrize(
    ("reported", "told"), [("2024-02-12", True), ("2024-02-09", False), ("2024-02-08", False), (None, True)]
)
def test_equipment_let_is_reported_within_five_working_days(reported: str | None, told: bool) -> None:
    """Trap: weekends count, the fifth day counts as late, equipment in use is told."""
    assert working_days_on(dt.date(2024, 2, 2), 5, Holidays()) == dt.date(2024, 2, 9)
    assert bool(books("A").machine("A", "出租", "2024-02-02", reported).kinds()) == told
    assert books("A").machine("A", "在用", "2024-02-02", None).kinds() == []
    assert books("A").machine("A", "出租", "2024-02-02", None).kinds("2024-02-09") == [], "not yet due"


def test_a_seller_may_quote_the_licence_it_sells_on() -> None:
    """Trap: the lone row of a seller names its own licence, and the buyer is told of a wrong certificate."""
    made = licensed("A", "S").trade("A", "S", 100, "2024-05-01", direction="销", permit="JYS")
    assert made.kinds() == []
    assert made.trade("A", "S", 100, "2024-06-01", direction="购", permit="JYS").kinds() == [("permit", "A")]
