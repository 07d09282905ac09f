"""What the report of a money trace says of its bounds, of other currencies and of what it does not list."""

from __future__ import annotations

from typing import Any, cast

import pytest

from backend.contract.suites import Ordered
from backend.reports.telling import Telling, money
from backend.reports.trace import Called, _parts
from viz.report.model import Paragraph, Table

ENGLISH = Telling("en", {}, {}, frozenset())
PAID = {
    "from": "Account:card:1",
    "to": "Account:card:2",
    "at": "2026-04-11T10:00:00+08:00",
    "fen": 125_000,
    "currency": "CNY",
    "evidence": [],
}
FLOW = PAID | {"layer": 1, "payments": 1, "cash_fen": 0, "first": PAID["at"], "last": PAID["at"]}
LIMITS = {
    "layers": 6,
    "window_hours": None,
    "ratio_least": None,
    "ratio_most": None,
    "first": None,
    "last": None,
    "fan": 200,
    "exchange": False,
}


def told(limits: dict[str, Any] | None = None, **more: Any) -> tuple[str, list[Table]]:
    """All sentences, and the tables."""
    found = {
        "direction": "down",
        "limits": LIMITS | (limits or {}),
        "layers": [{"layer": 1, "events": 1}],
        "total": 1,
        "flows": [FLOW],
        "flows_total": 1,
        "cut": [],
        "truncated": False,
        "persons": [],
        "holders": {},
    }
    found |= {"splits": [], "merges": [], "returns": []} | more
    report = cast(Ordered, found)
    blocks = [block for _, part in _parts(ENGLISH, report, Called(ENGLISH, report)) for block in part]
    sentences = [each.text for block in blocks if isinstance(block, Paragraph) for each in block.sentences]
    return "".join(sentences), [block for block in blocks if isinstance(block, Table)]


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"ratio_least": 0.8, "ratio_most": 1e9}, "is at least 0.8."),
        ({"ratio_least": 0.8, "ratio_most": 1.0}, "lies within 0.8–1."),
        ({"first": 1_775_836_800_000}, "from 2026-04-11 00:00 on"),
        ({"last": 1_775_836_800_000}, "until 2026-04-11 00:00"),
        ({"exchange": True}, "into other currencies too"),
    ],
)
def test_every_bound_is_told(limits: dict[str, Any], said: str) -> None:
    """Trap: a trace over one month, or into other currencies, read as one over everything; a ratio up to 1e+09."""
    assert said in told(limits)[0] and said not in told()[0]


def test_what_is_cut_or_counted_in_several_layers_is_told() -> None:
    """Trap: the first sixty flows read as all of them; layers that add up to more than there are payments."""
    assert "cut at its bounds" in told(truncated=True)[0]
    assert "Only the first 60 of 61 are listed." in told(flows_total=61)[0]
    assert "in several layers" in told(layers=[{"layer": 1, "events": 1}, {"layer": 2, "events": 1}])[0]
    split = {"share": 1.0, "whole": PAID, "parts": [PAID, PAID]}
    words, tables = told(splits=[split] * 41)
    assert "Only the first 40 of 41 are listed." in words and len(tables[-1].rows) == 40
    assert all(word not in told()[0] for word in ("cut at", "Only", "several layers"))


def test_payments_of_a_return_are_all_counted() -> None:
    """Trap: money that came back by three payments told as two."""
    split = {"share": 1.0, "whole": PAID, "parts": [PAID, PAID]}
    back = {"returned": 1.0, "events": [PAID, PAID, PAID]}
    assert [row[-1] for row in told(splits=[split], returns=[back])[1][-1].rows] == ["2", "3"]


def test_other_currencies_are_named() -> None:
    """Trap: dollars, or money of which nobody knows what it is, printed as yuan."""
    assert money(125_000, "USD", "en") == "1,250.00 USD" and money(125_000, "CNY", "zh") == "1,250.00 元"
    assert money(125_000, None, "zh") == "1,250.00（币种不明）"
    assert "1,250.00 (currency unknown)" in told(flows=[FLOW | {"currency": None}])[1][0].rows[0]
