"""What two firms report of one delivery counts once."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from backend.district.deliveries import TradeRow, deliveries
from graph_schema.beijing import BEIJING

KG = 1_000_000


def at(day: str) -> int:
    return int(datetime.combine(date.fromisoformat(day), datetime.min.time(), BEIJING).timestamp() * 1000)


def row(
    evidence: str, direction: str, day: str, kilos: float, use: str = "", seller: str | None = "S"
) -> TradeRow:
    return TradeRow(evidence, "B", seller, "丙酮", at(day), round(kilos * KG), direction, use)


@pytest.mark.parametrize(
    ("day", "kilos", "once"),
    [
        ("2024-08-05", 500, True),  # 08-03 against 08-05: the worked example of C3
        ("2024-08-10", 490, True),  # seven days and two per cent are still one
        ("2024-08-11", 500, False),
        ("2024-08-05", 489, False),
    ],
)
def test_both_sides_count_once_within_seven_days_and_two_per_cent(day: str, kilos: float, once: bool) -> None:
    """Trap: 500 kg that both report become 1,000 kg; or two real deliveries become one."""
    found = deliveries([row("a", "购", "2024-08-03", 500), row("b", "销", day, kilos)])
    assert [each.one_sided for each in found] == ([False] if once else [True, True])
    assert sum(each.milligrams for each in found) == (500 * KG if once else round((500 + kilos) * KG))


def test_pairing_is_one_to_one_and_leaves_nobody_out_needlessly() -> None:
    """Trap: the nearest pair is taken first and two rows stay alone that had a partner each."""
    rows = [row("a", "购", "2024-08-01", 100), row("b", "购", "2024-08-08", 100)]
    rows += [row("c", "销", "2024-08-07", 100), row("d", "销", "2024-08-14", 100)]
    assert [each.evidence for each in deliveries(rows)] == [("a", "c"), ("b", "d")]
    twice = deliveries([row("a", "购", "2024-08-01", 100), row("b", "购", "2024-08-01", 100)])
    assert len(twice) == 2


def test_returns_are_no_sales_and_unsided_rows_stay_alone() -> None:
    """Trap: goods sent back pair with the sale and cancel it; rows of older tables without 方向 vanish."""
    rows = [row("a", "购", "2024-08-01", 100), row("b", "销", "2024-08-02", 100, "退货")]
    rows += [row("c", "", "2024-08-02", 100), row("d", "购", "2024-08-02", 100, seller=None)]
    found = deliveries(rows)
    assert sorted(each.evidence for each in found) == [("a",), ("b",), ("c",), ("d",)]
    assert [each.evidence for each in found if each.returned] == [("b",)]
