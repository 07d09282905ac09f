"""Cards, bank accounts, WeChat, Alipay: kept apart by shape, kept raw where the shape says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from graph_schema.identifiers import InvalidIdentifier, TruncatedNumber, alipay, bank_card, reference, wechat

CARD = "622202990000000012" + luhn.calc_check_digit("622202990000000012")
BAD_CARD = CARD[:-1] + str((int(CARD[-1]) + 1) % 10)


@pytest.mark.parametrize(
    "raw",
    [
        CARD,
        f"{CARD[:4]} {CARD[4:8]} {CARD[8:]}",
        f"{CARD}\t",
        f"CNY{CARD}",
        f"CNY0{CARD}",
        f"{CARD}-1",
        f"{CARD}_2",
    ],
)
def test_spellings_of_one_card(raw: str) -> None:
    """Trap: a currency prefix or a sub-account suffix makes one card several."""
    assert reference("card", raw, "f").ref == f"Account:card:{CARD}"


@pytest.mark.parametrize(
    ("raw", "ref"),
    [
        ("1202029900000000123", "Account:bank:1202029900000000123"),
        ("33050161990000000099", "Account:bank:33050161990000000099"),
        ("Z2004944000010N", "Account:bank:Z2004944000010N"),
        ("2088990000000001", "Account:alipay:2088990000000001"),
        ("wxid_invented01", "Account:wechat:wxid_invented01"),
        ("085e9858e0@wx.tenpay.com", "Account:tenpay:085e9858e0@wx.tenpay.com"),
    ],
)
def test_what_banks_write_into_the_account_column(raw: str, ref: str) -> None:
    """Trap: letters stripped from payee codes; a wallet id that becomes a bank account of its own."""
    assert reference("card", raw, "f") == (ref, True, raw, None)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [(BAD_CARD, "check"), ("6222****0012", "masked"), ("6.22202E+18", "float"), ("1234", "shape")],
)
def test_bad_cards_stay_in_their_file(raw: str, problem: str) -> None:
    """Trap: two files with the same masked card become one account."""
    here, there = reference("card", raw, "file1"), reference("card", raw, "file2")
    assert here == (f"Account:card:{raw}@file1", False, raw, problem)
    assert here.ref != there.ref


def test_float_of_a_long_number_with_point_zero() -> None:
    """Trap: 6222029900000000120.0 looks whole, but a spreadsheet keeps fifteen digits only."""
    with pytest.raises(TruncatedNumber):
        bank_card.validate("6222029900000000120.0")


def test_card_format_and_mask() -> None:
    """Trap: a mask that keeps enough digits to find the card."""
    assert bank_card.format(CARD).replace(" ", "") == CARD
    assert bank_card.mask(CARD) == CARD[:4] + "*" * 11 + CARD[-4:]
    assert bank_card.is_valid(CARD) and not bank_card.is_valid(BAD_CARD)


@given(st.integers(10**14, 10**18 - 1))
def test_luhn_of_any_card(body: int) -> None:
    """Trap: a wrong last digit that passes."""
    number = str(body) + luhn.calc_check_digit(str(body))
    assert bank_card.is_valid(number) == (len(number) >= 16)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert not bank_card.is_valid(wrong)


@pytest.mark.parametrize(
    ("raw", "ref", "verified"),
    [
        ("wxid_Inv3nted", "Account:wechat:wxid_Inv3nted", True),
        ("WXID_inv", "Account:wechat:wxid_inv", True),
        ("laowang_88", "Account:wechat:laowang_88", True),
        ("gh_0000aaaa", "Account:wechat:gh_0000aaaa", True),
        ("12345678@chatroom", "Account:wechat:12345678@chatroom", True),
        ("13900000721", "Account:wechat:13900000721", True),
        ("085e98@wx.tenpay.com", "Account:tenpay:085e98@wx.tenpay.com", True),
        ("1000039501", "Account:tenpay:1000039501", True),
        ("老王", "Account:wechat:老王@f", False),
        ("la***88", "Account:wechat:la***88@f", False),
    ],
)
def test_wechat_and_tenpay(raw: str, ref: str, verified: bool) -> None:
    """Trap: a nickname taken for an id; a wallet id taken for a WeChat id."""
    assert reference("wechat", raw, "f")[:2] == (ref, verified)


def test_wechat_mask() -> None:
    """Trap: the mask of wxid_… that shows only the part all of them share, or everything."""
    assert wechat.mask("wxid_invented01") == "wxid_in******01"
    assert wechat.format(" laowang_88 ") == "laowang_88"


@pytest.mark.parametrize(
    ("raw", "ref"),
    [
        ("2088990000000001", "Account:alipay:2088990000000001"),
        ("Nobody@Example.com", "Account:alipay:nobody@example.com"),
        ("+86 139-0000-0721", "Account:alipay:13900000721"),
    ],
)
def test_alipay_ids_and_logins(raw: str, ref: str) -> None:
    """Trap: an e-mail login in capitals makes a second account."""
    assert reference("alipay", raw).ref == ref


def test_alipay_mask_and_masked_login() -> None:
    """Trap: a login that the source itself has masked merges everybody with that pattern."""
    assert alipay.mask("nobody@example.com") == "no***y@example.com"
    with pytest.raises(InvalidIdentifier) as caught:
        alipay.validate("nob***@example.com")
    assert caught.value.reason == "masked"
