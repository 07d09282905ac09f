"""The command line contract: JSON shapes and exit codes, on a small invented district and on rubbish."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backend.cli import app
from backend.demo.district import generate
from graph_schema.store import Store
from tests.districts import thin_out
from viz.text.words import role_name

STATES = {"loaded", "known", "refused", "beside"}
PERSON = {"id", "name", "resident_id", "phones", "accounts"}


def upline(*arguments: str, code: int | None = 0) -> Any:
    """Run a command with ``--json`` and return what it printed, its exit code checked."""
    result = CliRunner().invoke(app, [*arguments, "--json"], catch_exceptions=False)
    assert code is None or result.exit_code == code, result.output
    return json.loads(result.stdout) if result.stdout.strip() else None


@pytest.mark.changes
def test_a_load_accounts_for_every_file(store: Store, tmp_path: Path) -> None:
    """Trap: a shape that drifts from the contract breaks every script that reads it."""
    generate(tmp_path, seed=5, size=0.05)
    thin_out(tmp_path, 4)
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 not a table")
    loaded = upline("load", str(tmp_path), code=1)
    assert {"loaded", "refused"} <= {file["state"] for file in loaded["files"]} <= STATES
    for file in loaded["files"]:
        assert file["read"] == file["loaded"] + file["duplicate"] + file["rejected"] + file["excluded"], file
        assert (file["reason"] is not None) == (file["state"] != "loaded"), file
    assert loaded["events"]["calls"] > 0 and loaded["events"]["payments"] > 0
    again = upline("load", str(tmp_path), code=1)
    assert again["events"] == loaded["events"]
    assert {"known", "refused"} <= {file["state"] for file in again["files"]} <= STATES - {"loaded"}


def test_what_is_asked_keeps_its_shape(demo: Store, tmp_path: Path) -> None:
    """Trap: a shape that drifts from the contract breaks every script that reads it."""
    persons = upline("persons")["persons"]
    assert persons and all(set(person) == PERSON for person in persons)
    numbers = [number for person in persons for number in person["phones"] + person["accounts"]]
    held = [number for number in numbers if "*" not in number]  # a masked number may hide several
    assert len(held) == len(set(held)), "every identifier has one holder"
    edges = upline("supplies")["edges"]
    assert all({"supplier", "buyer", "score", "from", "to", "signals"} <= set(edge) for edge in edges)
    assert all(edge["score"] >= 0.05 for edge in edges)
    # per period: the months add up within the time the supply claims
    monthly = [edge for edge in edges if edge["months"]]
    assert len(monthly) > len(edges) / 2
    for edge in monthly:
        months = [part["month"] for part in edge["months"]]
        assert months == sorted(set(months)) and all(part["count"] > 0 for part in edge["months"])
        assert (months[0], months[-1]) == (edge["from"][:7], edge["to"][:7])
    gangs = upline("gangs")["gangs"]
    assert all({"id", "status", "score", "members"} <= set(gang) for gang in gangs)
    first = gangs[0]["members"][0]["role"]
    for language, role in ((each, role_name(first, each)) for each in ("zh", "en")):
        for command in (["gang", gangs[0]["id"]], ["gangs"], ["supplies"], ["chains"]):
            shown = CliRunner().invoke(app, command, env={"UPLINE_LANG": language}).output
            assert "{'" not in shown and "call_share" not in shown, "codes and shapes are for --json"
            assert "gang" not in command[0] or role in shown
    cases = upline("chains")["cases"]
    assert all(case["tier"] in {"packet", "small", "major", "unknown"} for case in cases)
    known = {person["id"] for person in persons}
    chains = [(case, chain) for case in cases for chain in case["chains"]]
    assert chains, "a district this size has chains"
    for case, chain in chains:
        assert all(set(person) == PERSON for person in chain["persons"])
        assert len(chain["hops"]) == len(chain["persons"]) - 1
        assert 0 <= chain["weakest"] < len(chain["hops"])
        assert chain["strength"] == pytest.approx(min(hop["score"] for hop in chain["hops"]), abs=1e-5)
        assert case["case_no"] not in chain["reaches"]
        for hop in chain["hops"]:
            assert {hop["from"], hop["to"]} <= known
            assert hop["evidence"] and all(len(row.split("/")[0]) == 12 for row in hop["evidence"])
            assert hop["first"] is None or hop["first"].endswith("+08:00")
    case, chain = chains[0]
    assert upline("chain", case["case_no"])["cases"][0]["chains"][0]["id"] == chain["id"]
    reads_as_words(case["case_no"], chain)
    page = tmp_path / "chain.html"
    upline("draw", "chain", case["case_no"], "-o", str(page))
    assert "Content-Security-Policy" in page.read_text(encoding="utf-8")


CODES = re.compile(
    r"\b(case_no|resident_id|opened_at|call_share|packet(?! case)|sold_to|PAID|CALLED|None)\b|[{}]"
)


def reads_as_words(case_no: str, chain: dict[str, Any]) -> None:
    """Trap: what a person reads on the terminal is fields, codes and ids of the JSON."""
    lower, upper = chain["persons"][0], chain["persons"][-1]
    name = upper["name"] or upper["phones"][0]
    said = {
        ("case", case_no): ("案件名称", "Case name"),
        ("person", lower["id"]): ("身份证号", "resident id"),
        ("path", lower["id"], upper["id"]): (name, name),
        ("trace", lower["id"]): ("主要流向", "main flows"),
        ("patterns", "pass_through"): ("过账", "pass-through"),
        ("tier", case_no): ("折合海洛因", "heroin equivalent"),
        ("checks",): ("有疑点", "with findings"),
        ("series",): ("最弱联系", "weakest"),
    }
    for n, language in enumerate(("zh", "en")):
        for command, words in said.items():
            done = CliRunner().invoke(app, list(command), env={"UPLINE_LANG": language, "COLUMNS": "300"})
            assert done.exit_code == 0 and words[n] in done.output, (command, done.output)
            assert not (code := CODES.search(done.output)), (command, code)


@pytest.mark.changes
def test_wrong_use_and_nothing_to_do(store: Store, tmp_path: Path) -> None:
    """Trap: scripts that cannot tell a mistake from an empty answer."""
    upline("load", str(tmp_path / "absent"), code=2)
    upline("unload", "77", code=3)
    upline("chain", "A0000", code=3)
    rubbish = tmp_path / "x.pdf"
    rubbish.write_bytes(b"%PDF-1.7 not a table")
    refused = upline("load", str(rubbish), code=1)["files"]
    assert [(file["state"], bool(file["reason"])) for file in refused] == [("refused", True)]
