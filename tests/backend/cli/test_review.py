"""``upline review``: what it writes, and how it ends where it cannot."""

from __future__ import annotations

import json
from typing import Any

from typer.testing import CliRunner

from backend.cli import app
from graph_schema.store import Store


def asked(*arguments: str) -> tuple[int, dict[str, Any]]:
    result = CliRunner().invoke(app, ["review", *arguments, "--json"], catch_exceptions=False)
    return result.exit_code, json.loads(result.stdout) if result.stdout else {}


def test_same_and_undo(district: Store) -> None:
    """Trap: an undo of which the list shows nothing."""
    code, made = asked("same", "P-seller", "P-user", "--reason", "同一快递地址")
    assert code == 0 and made["review"]["id"] == "V-000001"
    assert asked("undo", "V-000001", "--reason", "看错")[0] == 0
    _, listed = asked("list", "--kind", "identity")
    assert [entry["standing"] for entry in listed["reviews"]] == [True, False]
    assert asked("list", "--standing")[1]["total"] == 1
    assert len(asked("show", "V-000001")[1]["history"]) == 2


def test_wrong_use(district: Store) -> None:
    """Trap: a mistyped kind, person or verdict that ends as done."""
    assert asked("confirm", "ring", "x", "--reason", "串案")[0] == 2
    assert asked("confirm", "identity", "P-seller", "P-user", "--reason", "串案")[0] == 2
    assert asked("same", "P-seller", "P-nobody", "--reason", "同机")[0] == 3
    assert asked("undo", "V-000009", "--reason", "看错")[0] == 3
    assert asked("list")[1]["total"] == 0


def test_it_says_from_when_a_judgement_counts(district: Store) -> None:
    """Trap: a chief who runs an analysis for nothing, or believes an identity is joined that is not."""

    def said(*arguments: str) -> str:
        found = CliRunner().invoke(app, ["review", *arguments], catch_exceptions=False)
        assert found.exit_code == 0, found.output
        return found.output

    at_once = said("confirm", "chain", "K-1", "--reason", "流水与供述相符")
    assert "即时生效" in at_once or "counts at once" in at_once
    later = said("same", "P-seller", "P-user", "--reason", "同一快递地址")
    assert "upline analyse" in later
    remark = said("comment", "chain", "K-1", "--text", "缺流水")
    assert "不作结论" in remark or "decides nothing" in remark
