"""An answer is of one run, however many questions it takes, and the chain of a case is the same by either way."""

from __future__ import annotations

from typing import Any

import pytest

from backend import answers
from graph_schema.errors import Conflict
from graph_schema.store import LOCAL, Store
from tests.backend.conftest import PACKET


def test_the_chain_of_a_case_is_that_of_the_list(district: Store) -> None:
    """Trap: the one read in one trip drifts from the list: another order, a person without his numbers."""
    listed = {case["case_no"]: case for case in answers.chains(district, LOCAL)["cases"]}
    assert listed[PACKET]["chains"]
    for case_no, case in listed.items():
        assert answers.case_chains(district, LOCAL, case_no, k=99)["cases"] == [case]


@pytest.mark.parametrize("times", [1, 99])
def test_a_run_published_meanwhile_is_noticed(
    district: Store, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """Traps: chains of one run with persons of the next; asking for ever while runs are published."""
    read, seen = Store.read, []

    def meanwhile(self: Store, viewer: Any, query: str, /, **asked: Any) -> list[dict[str, Any]]:
        rows = read(self, viewer, query, **asked)
        if query in ("chain.whole", "person.run"):
            seen.append(query)
            late = len(seen) <= times
            if late and query == "chain.whole":
                return [{**rows[0], "after": f"R-{9000 + len(seen)}"}]
            if late:
                return [{**rows[0], "run": f"R-{9000 + len(seen)}"}]
        return rows

    monkeypatch.setattr(Store, "read", meanwhile)
    for ask in (
        lambda: answers.case_chains(district, LOCAL, PACKET),
        lambda: answers.chains(district, LOCAL),
    ):
        seen.clear()
        if times > 3:
            with pytest.raises(Conflict):
                ask()
            assert len(seen) <= 4
        else:
            assert any(case["chains"] for case in ask()["cases"]) and len(seen) > 1
