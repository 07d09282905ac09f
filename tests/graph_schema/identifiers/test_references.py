"""References: from a column of cells to nodes, the same for one value and for a whole column."""

from __future__ import annotations

import importlib
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.declaration import load_declaration
from graph_schema.identifiers import KINDS, is_blank, reference, references, split

MODULES = [
    "resident_id",
    "uscc",
    "phone",
    "bank_card",
    "imei",
    "imsi",
    "plate",
    "wechat",
    "alipay",
    "waybill",
    "case_no",
]


@pytest.mark.parametrize("name", MODULES)
def test_modules_have_one_shape(name: str) -> None:
    """Trap: who has read one has read all, until one of them is different."""
    module = importlib.import_module(f"graph_schema.identifiers.{name}")
    for function, returned in (
        ("normalise", "str"),
        ("validate", "str"),
        ("is_valid", "bool"),
        ("format", "str"),
        ("mask", "str"),
    ):
        signature = inspect.signature(getattr(module, function))
        assert list(signature.parameters) == ["raw"] and signature.return_annotation == returned
        assert getattr(module, function).__doc__
    assert module.__doc__


def test_kinds_lead_to_declared_labels() -> None:
    """Trap: a reference to a label without a constraint."""
    labels = load_declaration().labels
    values = {"phone": "139****0721", "plate": "x"}
    for kind in KINDS:
        ref = reference(kind, values.get(kind, "*"), "s").ref
        label, key = split(ref)
        assert label in labels and key.endswith("@s")


@pytest.mark.parametrize(
    "blank",
    [
        None,
        "",
        " ",
        "\t",
        "-",
        "--",
        "-------------------",
        "/",
        "nan",
        "None",
        "NaT",
        "null",
        "<nil>",
        "（空）",
        "空",
        "无",
        "\\N",
        "\ufeff",
        "***",
    ],
)
def test_ways_of_writing_nothing(blank: str | None) -> None:
    """Trap: "--" or "nan" becomes a number everybody without a number shares."""
    assert is_blank(blank)
    assert references("phone", [blank], "s") == [None]


def test_column_agrees_with_single_values() -> None:
    """Trap: the fast path of a column gives another answer than the careful one."""
    column = [
        "13900000721",
        "+8613900000721",
        None,
        "139****0721",
        "13900000721",
        "10086",
        "661234",
        " 13900000721",
    ]
    expected = [None if value is None else reference("phone", value, "s") for value in column]
    assert references("phone", column, "s") == expected
    assert expected[0] is not None and expected[1] is not None and expected[0].ref == expected[1].ref


@pytest.mark.parametrize("kind", ["imsi", "imei"])
def test_zeros_of_a_network_are_nothing(kind: str) -> None:
    """Trap: IMSI 000000000000000 means missing."""
    assert references(kind, ["000000000000000", "0"], "s") == [None, None]


@pytest.mark.parametrize(
    ("kind", "raw", "ref"),
    [
        ("qq", "10000@qq.com", "Account:qq:10000"),
        ("qq", "99001", "Account:qq:99001"),
        ("telegram", "@Invented_Seller", "Account:telegram:invented_seller"),
        ("telegram", "https://t.me/invented_seller", "Account:telegram:invented_seller"),
        ("telegram", "user990000001", "Account:telegram:user990000001"),
        ("shop", "某平台:店铺9900", "Account:shop:某平台:店铺9900"),
    ],
)
def test_other_accounts(kind: str, raw: str, ref: str) -> None:
    """Trap: an @ or a link makes a second account."""
    assert reference(kind, raw, "s")[:2] == (ref, True)


def test_key_keeps_its_colons() -> None:
    """Trap: a key with colons is cut at the wrong one."""
    assert split("Account:shop:a:b") == ("Account", "shop:a:b")


@given(st.sampled_from(KINDS), st.text(min_size=1, max_size=30))
def test_anything_gets_a_reference(kind: str, raw: str) -> None:
    """Trap: a strange cell that stops a load."""
    (found,) = references(kind, [raw], "abc")
    if found is not None:
        assert found.raw == raw and found.verified == (found.problem is None)
        assert found.verified or found.ref.endswith("@abc")


@given(st.sampled_from(MODULES), st.text(max_size=30) | st.just("6.22202E+18"))
def test_showing_never_fails(name: str, raw: str) -> None:
    """Trap: a screen that cannot show a number because it is no valid one."""
    module = importlib.import_module(f"graph_schema.identifiers.{name}")
    assert isinstance(module.normalise(raw) + module.format(raw) + module.mask(raw), str)
