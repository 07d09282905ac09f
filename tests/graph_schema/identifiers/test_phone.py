"""Telephone numbers: one number has many spellings, and many numbers are no contacts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.identifiers import InvalidIdentifier, phone


@pytest.mark.parametrize(
    "raw",
    [
        "13900000721",
        "+8613900000721",
        "+86 139-0000-0721",
        "008613900000721",
        "8613900000721",
        "86-13900000721",
        "013900000721",
        "1795113900000721",
        "12593013900000721",
        "17911 13900000721",
        "8617909 13900000721",
        "１３９００００００７２１".replace("００００００", "０００００"),
        "13900000721.0",
        "'13900000721\t",
        "13900000721\n",
    ],
)
def test_spellings_of_one_mobile(raw: str) -> None:
    """Trap: 86, +86, 0086, a dial prefix, a trunk 0 or a pandas .0 makes one subscriber several."""
    assert phone.validate(raw) == "+8613900000721"


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("0571-88880000", "+8657188880000"),
        ("057188880000", "+8657188880000"),
        ("(0571)88880000-801", "+8657188880000"),
        ("0571-88880000转801", "+8657188880000"),
        ("+86 571 8888 0000", "+8657188880000"),
        ("8657188880000", "+8657188880000"),
        ("010-88880000", "+861088880000"),
        ("+85251234567", "+85251234567"),
        ("0085251234567", "+85251234567"),
        ("+1 650 253 0000", "+16502530000"),
        ("1440123456789", "+861440123456789"),
    ],
)
def test_landlines_other_countries_and_machines(raw: str, number: str) -> None:
    """Trap: an extension or a country code that makes another number."""
    assert phone.validate(raw) == number


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("110", "110"),
        ("10086", "10086"),
        ("1008611", "1008611"),
        ("95588", "95588"),
        ("0571-95588", "95588"),
        ("+8695588", "95588"),
        ("4008123123", "4008123123"),
        ("106900001234", "106900001234"),
        ("010-12345", "12345"),
    ],
)
def test_service_numbers_stay_plain(raw: str, number: str) -> None:
    """Trap: the hot line of a bank becomes everybody's best contact."""
    assert phone.validate(raw) == number
    assert phone.is_service(number) and phone.kind(number) == "service"
    assert phone.mask(number) == number


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("661234", "shape"),
        ("88880000", "shape"),
        ("86951234", "shape"),
        ("12345678901", "shape"),
        ("139****0721", "masked"),
        ("1.39E+10", "float"),
        ("张三", "shape"),
    ],
)
def test_what_is_not_told_everywhere_is_not_valid(raw: str, reason: str) -> None:
    """Trap: the short number 661234 of one firm is another person in the next firm."""
    with pytest.raises(InvalidIdentifier) as caught:
        phone.validate(raw)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("13900000721", "mobile"),
        ("057188880000", "landline"),
        ("+85251234567", "foreign"),
        ("661234", "short"),
    ],
)
def test_kinds(number: str, kind: str) -> None:
    """Trap: a landline treated as a handset that moves."""
    assert phone.kind(phone.normalise(number)) == kind


def test_mask_and_format() -> None:
    """Trap: a mask that shows more digits for one spelling than for another."""
    assert phone.mask("13812347207") == phone.mask("+86 138 1234 7207") == "138****7207"
    assert phone.format("+8613812347207") == "138 1234 7207"
    assert phone.format("+8657188880000") == "0571-88880000"
    assert phone.is_virtual("+8617012345678") and not phone.is_virtual("+8613900000721")


@given(
    st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.sampled_from(["", "+86", "86", "0086", "0", "17951", "12593"])
)
def test_any_mobile_under_any_prefix(number: str, prefix: str) -> None:
    """Trap: a mobile whose own digits look like a prefix (17951…, 12593…) loses them."""
    assert phone.validate(prefix + number) == "+86" + number


@given(st.text(alphabet="0123456789+-() 转*.E", max_size=20))
def test_normalising_is_stable(raw: str) -> None:
    """Trap: a second load that normalises a normalised number into something new."""
    once = phone.normalise(raw)
    if phone.is_valid(raw):
        assert phone.validate(once) == once
    assert isinstance(phone.mask(raw) + phone.format(raw), str)
