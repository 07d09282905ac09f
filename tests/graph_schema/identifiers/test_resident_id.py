"""Resident ids: invented ones have the impossible region 99."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from graph_schema.identifiers import InvalidIdentifier, TruncatedNumber, resident_id


def make(region: str, birth: str, sequence: int) -> str:
    head = f"{region}{birth}{sequence:03d}"
    return head + ric.calc_check_digit(head + "0")


VALID = make("990101", "19880214", 123)
WITH_X = next(n for n in (make("990101", "19900101", i) for i in range(1000)) if n.endswith("X"))

births = st.dates(min_value=dt.date(1930, 1, 1), max_value=dt.date(2015, 1, 1))


def test_weights_of_the_standard() -> None:
    """Trap: a check digit by another rule. Weights and remainders of GB 11643, written out."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    remainder = sum(int(d) * w for d, w in zip(VALID[:17], weights, strict=True)) % 11
    assert VALID[17] == "10X98765432"[remainder]


@pytest.mark.parametrize(
    "raw",
    [
        VALID,
        f" {VALID}\t",
        f"'{VALID}",
        f'="{VALID}"',
        f"\ufeff{VALID}",
        "".join(chr(ord(c) + 0xFEE0) for c in VALID),
        f"{VALID[:6]} {VALID[6:14]} {VALID[14:]}",
    ],
)
def test_what_exports_add_is_removed(raw: str) -> None:
    """Trap: trailing tabs, a leading apostrophe, Excel's ="…" and full-width digits make one id several."""
    assert resident_id.validate(raw) == VALID


@pytest.mark.parametrize("last", ["x", "X", "Ｘ", "×"])
def test_check_character_x(last: str) -> None:
    """Trap: a small or full-width x fails the check."""
    assert resident_id.validate(WITH_X[:-1] + last) == WITH_X


def test_fifteen_digits_are_raised() -> None:
    """Trap: the same person under an old and a new number stays two."""
    old = VALID[:6] + VALID[8:17]
    assert len(old) == 15
    assert resident_id.validate(old) == VALID


def test_unknown_region_is_no_reason_to_refuse() -> None:
    """Trap: stdnum's own validation refuses abolished regions, and with them real people."""
    assert not ric.is_valid(VALID)
    assert resident_id.is_valid(VALID)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (VALID[:17] + ("0" if VALID[17] != "0" else "1"), "check"),
        ("990101198813141238", "date"),
        ("990101209902141231", "date"),
        ("990101********1234", "masked"),
        ("99010119880214", "shape"),
        ("护照E12345678", "shape"),
    ],
)
def test_reasons(raw: str, reason: str) -> None:
    """Trap: one reason for everything, so that nobody knows whether to ask again or to correct a typo."""
    with pytest.raises(InvalidIdentifier) as caught:
        resident_id.validate(raw)
    assert caught.value.reason == reason
    assert caught.value.status == 422


def test_spreadsheet_float_is_an_error_of_its_own() -> None:
    """Trap: 9.90101E+17 is no typo: the last digits are gone and the source must be asked again."""
    with pytest.raises(TruncatedNumber) as caught:
        resident_id.validate("9.90101E+17")
    assert caught.value.code == "err.float" and "文本格式" in str(caught.value)


def test_parts_mask_and_format() -> None:
    """Trap: a masked number that still gives the birth date away."""
    assert resident_id.birth(VALID) == "1988-02-14"
    assert resident_id.sex(VALID) == "male"
    assert resident_id.mask(VALID) == "990***********" + VALID[-4:]
    assert resident_id.format(VALID) == f"990101 19880214 {VALID[14:]}"


@given(births, st.integers(0, 999))
def test_any_invented_id_is_valid_once_and_for_all(birth: object, sequence: int) -> None:
    """Trap: normalising twice gives something else than normalising once."""
    number = make("990000", str(birth).replace("-", ""), sequence)
    assert resident_id.validate(number) == number == resident_id.normalise(resident_id.normalise(number))


@given(births, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_found(birth: object, sequence: int, place: int, shift: int) -> None:
    """Trap: a typo that merges two people."""
    number = make("990000", str(birth).replace("-", ""), sequence)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert not resident_id.is_valid(wrong)
