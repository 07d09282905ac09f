"""Money and durations: exact integers or nothing."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parsing.numbers import duration, expand_exponent, parse_money, parse_scaled
from etl.parsing.text import clean


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("300", 30000),
        ("300.5", 30050),
        ("1,234.50", 123450),
        ("1,234,567.89", 123456789),
        ("¥28.16", 2816),
        ("￥28.16元", 2816),
        ("+100", 10000),
        ("-5.00", -500),
        ("(12.00)", -1200),
        ("１２３．４５", 12345),
        ("1.500", 150),
        ("1E3", 100000),
        ("0.1", 10),
        ("1.005", None),
        ("12,5", None),
        ("1,23,4", None),
        ("1 2", 1200),
        ("--5", None),
        ("1.2.3", None),
        ("一百", None),
        ("12345678901234567890", None),
    ],
)
def test_yuan(text: str, fen: int | None) -> None:
    """Trap: 0.1 + 0.2 in binary; a comma that is no thousands separator; a third decimal that is not zero."""
    money = parse_money(clean(pa.array([text])), 100)
    assert (int(money.value[0]) if money.known[0] else None) == fen
    assert bool(money.bad[0]) == (fen is None)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_every_cent_survives(amount: Decimal) -> None:
    """Property: any amount with two decimals, with or without separators, is exact."""
    for text in (f"{amount:f}", f"{amount:,.2f}"):
        money = parse_money(pa.array([text]), 100)
        assert money.known[0] and int(money.value[0]) == int(amount * 100)


def test_units() -> None:
    """Trap: Tenpay writes fen, companies write ten thousand yuan."""
    assert parse_money(pa.array(["30000"]), 1).value[0] == 30000
    assert parse_money(pa.array(["85.5"]), 1_000_000).value[0] == 85_500_000
    assert parse_money(pa.array(["300.5"]), 1).bad[0]
    assert parse_scaled(pa.array(["0.82"]), 1000).value[0] == 820


def test_a_mass_may_say_its_unit() -> None:
    """Trap: 0.9吨 under 数量(千克) is refused, or read as 0.9 kg; a volume or a count passes for a mass."""
    told = parse_scaled(
        pa.array(["0.9吨", "900 KG", "９００千克", "1,500克", "20升", "3桶", "吨"]), 1_000_000
    )
    assert told.value[:4].tolist() == [900_000_000] * 3 + [1_500_000]
    assert told.known.tolist() == [True] * 4 + [False] * 3


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("191", 191),
        ("00:03:11", 191),
        ("3:11", 191),
        ("3分11秒", 191),
        ("1时2分3秒", 3723),
        ("2小时", 7200),
        ("5秒", 5),
        ("0", 0),
        ("191.0", 191),
        ("3分", 180),
        ("abc", None),
        ("", None),
        ("-5", None),
    ],
)
def test_durations(text: str, seconds: int | None) -> None:
    """Trap: carriers write seconds, clocks and words."""
    assert duration(text) == seconds


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("1.3900001234E+10", "13900001234"),
        ("1.39E+10", "1.39E+10"),
        ("6.22202E+18", "6.22202E+18"),
        ("13900001234", "13900001234"),
    ],
)
def test_exponents(text: str, whole: str) -> None:
    """Trap: padding 1.39E+10 with zeros would invent the number 13900000000."""
    assert expand_exponent(text) == whole
