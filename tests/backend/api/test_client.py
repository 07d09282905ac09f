"""The notebook client against a real service: frames, errors, the example notebook and the py2neo recipe as written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from backend.client import Client
from backend.security.sessions import local_token
from graph_schema.errors import InputError
from graph_schema.store import Store, embedded
from graph_schema.store import server as neo4j

NOTEBOOKS = Path(__file__).resolve().parents[3] / "docs" / "notebooks"


@pytest.fixture
def address(server: int, district: Store) -> tuple[str, str]:
    return f"http://127.0.0.1:{server}", local_token(Path(district.home))


def test_lists_come_as_frames_with_times_and_rows(address: tuple[str, str]) -> None:
    """Trap: nested JSON in every cell, or times as text that sort wrongly."""
    with Client(address[0], token=address[1], purpose="测试") as upline:
        supplies = upline.supplies()
        assert {"supplier_name", "buyer_id", "score", "evidence"} <= set(supplies.columns)
        assert isinstance(supplies["from"].dtype, pd.DatetimeTZDtype)
        chains = upline.chains()
        hops = upline.hops(chains.iloc[0]["case_no"])
        assert len(hops) == chains.iloc[0]["hops"]
        rows = upline.evidence([ref for refs in hops["evidence"] for ref in refs])
        assert set(rows["evidence"]) == {ref for refs in hops["evidence"] for ref in refs}
        assert not upline.persons().empty and not upline.gangs().empty and not upline.cases().empty


def test_a_proxy_leaves_loopback_alone(address: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a proxy of the office is set in the environment, and gets every question and every token."""
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with Client(address[0], token=address[1], purpose="测试") as upline:
        assert not upline.cases().empty


def test_a_refusal_says_what_to_do(address: tuple[str, str]) -> None:
    """Trap: a stack of HTTP errors instead of the sentence the service sent."""
    with pytest.raises(InputError, match="口令"):
        Client(address[0], token="wrong", purpose="测试")
    with (
        Client(address[0], token=address[1], purpose="测试") as upline,
        pytest.raises(InputError, match="E-"),
    ):
        upline.hops("A9900000000000000000000")


def test_the_example_notebook_runs(address: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: an example that was true once."""
    monkeypatch.setenv("UPLINE_ADDRESS", address[0])
    monkeypatch.setenv("UPLINE_TOKEN", address[1])
    notebook = json.loads((NOTEBOOKS / "first_look.ipynb").read_text(encoding="utf-8"))
    space: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), str(cell["id"]), "exec"), space)
    assert isinstance(space["rows"], pd.DataFrame) and bool(space["rows"]["found"].all())
    assert isinstance(space["roles"], pd.DataFrame)


def test_the_py2neo_recipe_runs_as_written(district: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a recipe for an old library that nobody ever ran against the real server."""
    pytest.importorskip("py2neo")
    joined = embedded.join(district.home)
    monkeypatch.setenv("NEO4J_URI", joined.server.uri)
    monkeypatch.setenv("NEO4J_USERNAME", neo4j.USER)
    monkeypatch.setenv("NEO4J_PASSWORD", joined.password)
    page = (NOTEBOOKS / "py2neo.md").read_text(encoding="utf-8")
    recipe = re.search(r"```python\n(.*?)```", page, re.S)
    assert recipe is not None
    space: dict[str, object] = {}
    try:
        exec(compile(recipe[1], "py2neo.md", "exec"), space)
    finally:
        joined.leave()
    supplies = space["supplies"]
    assert isinstance(supplies, pd.DataFrame) and {"supplier", "buyer", "score"} <= set(supplies.columns)
    assert (supplies["score"] >= 0.5).all() and not supplies.empty
