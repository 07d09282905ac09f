"""Care is a circle of its own: whoever works on cases sees that something exists and is sealed."""

from __future__ import annotations

import json

import pytest

from backend import answers
from backend.answers.reach import walked
from backend.exports.elements import Elements
from backend.security.circles import sealed, sealed_rows
from backend.security.rights import ROLES, Right
from graph_schema.declaration import load_declaration
from graph_schema.errors import NotFound
from graph_schema.store import LOCAL, Store, Viewer
from tests.backend.conftest import Builder

CASE_ROLES = ("investigator", "analyst", "chief")
CARE = ("Regime", "Test", "Visit", "UNDER", "TESTED", "VISITED")


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_only_care_staff_read_care(role: str) -> None:
    """Trap: a new label of care without its circle; a role that reads both cases and care."""
    viewer = Viewer("wang", role)
    closed = [name for name in CARE if sealed(viewer, name)]
    assert closed == ([] if role == "care" else list(CARE))
    held = ROLES.get(role, frozenset())
    assert not {Right.CARE, Right.CASES} <= held
    assert not sealed(viewer, "Company") and not sealed(LOCAL, "Regime")


def test_a_class_is_sealed_and_a_tier_is_not() -> None:
    """Trap: RATES says tiers of cases too: sealing all of it empties the board; none of it shows care classes."""
    case_role = Viewer("li", "analyst")
    assert not sealed(case_role, "RATES", "Case") and sealed(case_role, "RATES", "Record")
    assert not sealed(Viewer("an", "care"), "RATES", "Record")


def test_raw_rows_of_care_tables_are_sealed() -> None:
    """Trap: the graph is sealed and the row behind it lies open, typed by hand or read by a saved mapping."""
    viewer = Viewer("li", "investigator")
    kinds = ("regimes", "visits", "screening_tests", "campaign_lists", "hand_entry/regimes", "visits/mine@2")
    assert all(sealed_rows(viewer, kind) for kind in kinds)
    assert not sealed_rows(viewer, "companies") and not sealed_rows(Viewer("an", "care"), "regimes")


def test_no_path_goes_through_care() -> None:
    """Trap: two persons joined by one test say that both were tested."""
    declared = load_declaration().relationships
    assert not [name for name in walked() if name in declared and declared[name].circle]


def test_a_case_role_sees_that_something_exists(district: Store) -> None:
    """Trap: expanding a person shows his regime, its day or its kind; or hides that there is one."""
    build = Builder(district)
    key = "990101199001010019|社区戒毒|2023-03-10"
    build.event("UNDER", "Record:rec1", f"Regime:{key}", "2023-03-10T00:00:00", "u1")
    build.do(
        "MATCH (n:Regime {regime_id: $key}) SET n.kind = '社区戒毒', n.decided_at = 1678377600000", key=key
    )
    seen = answers.expand(district, Viewer("li", "analyst"), "Record:rec1", types=["UNDER"])
    assert seen["shown"] == 1 and seen["nodes"]["label"][1] == "Regime"
    text = json.dumps(seen, ensure_ascii=False)
    assert "sealed-" in text and "2023" not in text and "社区戒毒" not in text and "9901011990" not in text
    with pytest.raises(NotFound):
        answers.expand(district, Viewer("li", "analyst"), f"Regime:{key}")
    whole = answers.expand(district, LOCAL, "Record:rec1", types=["UNDER"])
    assert f"Regime:{key}" in whole["nodes"]["id"] and whole["edges"]["at"][0].startswith("2023-03-10")
    out = Elements(district, Viewer("li", "analyst"), None)
    assert not set(CARE) & {*out.labels(), *out.types()}
