"""Company codes, handsets, SIMs, plates, waybills and case numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import uscc as std_uscc

from graph_schema.identifiers import case_no, imei, imsi, plate, reference, uscc, waybill

BODY = "91990000MA0000000"
FIRM = BODY + std_uscc.calc_check_digit(BODY)
HANDSET = "35999900000001"
IMEI = HANDSET + luhn.calc_check_digit(HANDSET)


def test_uscc_check_character() -> None:
    """Trap: check character by another rule. Weights of GB 32100, written out."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(alphabet.index(c) * w for c, w in zip(BODY, weights, strict=True))
    assert FIRM[17] == alphabet[(31 - total % 31) % 31]
    assert uscc.validate(FIRM.lower() + " ") == FIRM
    assert uscc.mask(FIRM) == FIRM[:4] + "*" * 10 + FIRM[-4:] and uscc.format(FIRM) == FIRM


def test_uscc_of_a_registrar_that_is_a_letter() -> None:
    """Trap: stdnum refuses N1… (village collectives) though their check character is right."""
    body = "N2990000MF0000001"
    code = body + std_uscc.calc_check_digit(body)
    assert uscc.is_valid(code) and not std_uscc.is_valid(code)


@pytest.mark.parametrize(
    "wrong", [FIRM[:-1] + ("0" if FIRM[-1] != "0" else "1"), FIRM[:17], FIRM[:8] + "I" + FIRM[9:]]
)
def test_bad_uscc(wrong: str) -> None:
    """Trap: a letter that the code cannot hold (I, O, S, V, Z) is silently read as a digit."""
    assert not uscc.is_valid(wrong)


@pytest.mark.parametrize(
    "raw", [IMEI, HANDSET, HANDSET + "0", HANDSET + "17", f"{IMEI[:2]}-{IMEI[2:8]}-{IMEI[8:14]}-{IMEI[14]}"]
)
def test_one_handset(raw: str) -> None:
    """Trap: 14, 15 and 16 digits, and the 0 a network writes for the check digit, make one handset four."""
    assert reference("imei", raw, "f") == (f"Device:{HANDSET}", True, raw, None)


WRONG_IMEI = HANDSET + next(d for d in "123456789" if d != IMEI[-1])


@pytest.mark.parametrize("raw", ["00000000000000", "111111111111111", HANDSET[:13], WRONG_IMEI])
def test_placeholders_and_wrong_imei(raw: str) -> None:
    """Trap: the placeholder 000… joins everybody whose handset is unknown."""
    assert not imei.is_valid(raw)


def test_imei_texts() -> None:
    """Trap: a printed IMEI that has no check digit."""
    assert imei.with_check_digit(HANDSET) == IMEI
    assert imei.format(IMEI) == f"{IMEI[:2]}-{IMEI[2:8]}-{IMEI[8:14]}-{IMEI[14]}"
    assert imei.mask(IMEI) == IMEI[:6] + "******" + IMEI[-3:]


@pytest.mark.parametrize(
    ("raw", "valid"),
    [
        ("460009900000001", True),
        ("460119900000001", True),
        ("898600990000000000", False),
        ("8986009900000000000", True),
        ("000000000000000", False),
        ("460000000000000", False),
    ],
)
def test_imsi_and_iccid(raw: str, valid: bool) -> None:
    """Trap: zeros for "missing" become one SIM that everybody used."""
    assert imsi.is_valid(raw) is valid


def test_imsi_texts() -> None:
    """Trap: a mask that keeps the subscriber."""
    assert imsi.format("460009900000001") == "460 00 9900000001"
    assert imsi.mask("460009900000001") == "46000******0001"


@pytest.mark.parametrize(
    ("raw", "ref"),
    [
        ("浙B·12345|02", "Vehicle:浙B12345|02"),
        ("浙b 12345|小型汽车", "Vehicle:浙B12345|02"),
        ("浙B12345|07", "Vehicle:浙B12345|07"),
        ("浙BD12345", "Vehicle:浙BD12345|52"),
        ("浙B12345D", "Vehicle:浙B12345D|51"),
        ("浙B1234挂|15", "Vehicle:浙B1234挂|15"),
        ("浙B1234警|23", "Vehicle:浙B1234警|23"),
        ("浙B12345", "Vehicle:浙B12345|"),
    ],
)
def test_plates(raw: str, ref: str) -> None:
    """Trap: car and motorcycle with the same plate are two vehicles; the dot and capitals are not."""
    assert reference("plate", raw, "f").ref == ref


@pytest.mark.parametrize("raw", ["B12345", "浙B1234", "浙B1234O", "无牌", "浙B***45"])
def test_bad_plates(raw: str) -> None:
    """Trap: a letter O that plates do not have, a plate without its province."""
    assert not plate.is_valid(raw)
    assert not reference("plate", raw, "f").verified


def test_plate_texts() -> None:
    """Trap: format of something that is no plate."""
    assert plate.format("浙B12345") == "浙B·12345" and plate.format("无牌") == "无牌"
    assert plate.mask("浙B12345") == "浙B***45"


@pytest.mark.parametrize(
    ("raw", "waybill_no", "couriers"),
    [
        ("SF9900000000001", "SF9900000000001", ["顺丰"]),
        ("sf9900000000001-1-2-", "SF9900000000001", ["顺丰"]),
        ("JD0099000000001-1-1-", "JD0099000000001", ["京东"]),
        ("YT9900000000001", "YT9900000000001", ["圆通"]),
        ("EA990000000CN", "EA990000000CN", ["邮政EMS"]),
        ("JT9900000000001", "JT9900000000001", ["极兔"]),
        ("990000000001", "990000000001", ["顺丰", "中通", "申通"]),
    ],
)
def test_waybills(raw: str, waybill_no: str, couriers: list[str]) -> None:
    """Trap: a sub-parcel suffix makes another parcel; a shape that fits three couriers decides for one."""
    assert waybill.validate(raw) == waybill_no
    assert waybill.couriers(raw) == couriers


@pytest.mark.parametrize("raw", ["1234", "000000000000", "SF99****0001", "已签收"])
def test_bad_waybills(raw: str) -> None:
    """Trap: a status text in the number column becomes a parcel all share."""
    assert not waybill.is_valid(raw)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (" A9902120230413000001\t", "A9902120230413000001"),
        ("Ａ９９０２1202304", "A99021202304"),
        ("（2023）浙99刑初12号", "（2023）浙99刑初12号"),
        ("奉公(禁)立字〔2023〕12号", "奉公(禁)立字〔2023〕12号"),
        ("2023E12", "2023E12"),
    ],
)
def test_case_numbers_are_opaque(raw: str, number: str) -> None:
    """Trap: brackets changed in a number that an investigator then cannot find."""
    assert case_no.validate(raw) == number
    assert reference("case", raw).ref == f"Case:{number}"


def test_case_number_floats_and_standard() -> None:
    """Trap: a 23-digit number a spreadsheet has cut."""
    assert not case_no.is_valid("9.90212E+22") and not case_no.is_valid("  ")
    assert case_no.is_standard("A9902120230413000001") and not case_no.is_standard("专案15")


@given(st.sampled_from([uscc, imei, imsi, plate, waybill, case_no]), st.text(max_size=24))
def test_one_shape_and_stable(module: object, raw: str) -> None:
    """Trap: a module that raises something else than its error, or normalises differently the second time."""
    valid = module.is_valid(raw)  # type: ignore[attr-defined]
    if valid:
        once = module.validate(raw)  # type: ignore[attr-defined]
        assert module.validate(once) == once  # type: ignore[attr-defined]
        assert isinstance(module.format(once) + module.mask(once), str)  # type: ignore[attr-defined]
