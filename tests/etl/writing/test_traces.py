"""What is taken out is nowhere any more: no search, no list and no file of the home names who only it named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backend.answers.rejects import rejects
from backend.answers.runs import runs
from backend.cli import app
from backend.runs import analyse
from etl.writing.load import load
from graph_schema.errors import NotFound
from graph_schema.store import LOCAL, Store

HEADING = "案件编号,姓名,身份证号,手机号码,涉案身份\n"
CASE = "A9900000000002026060001"
STAYS = f"{CASE},章一凡,990101199001010019,13900001234,贩卖\n"
GOES = (
    f"{CASE},欧阳不二,990101199103030036,13900005678,贩卖\n"
    f"{CASE},章一帆,990101199001010019,13900001234,贩卖\n"
)
CALLS = "本机号码,对端号码,呼叫类型,开始时间,通话时长(秒)\n13900007777,13900005678,主叫,昨天,4\n"


def asked(*words: str) -> Any:
    found = CliRunner().invoke(app, [*words, "--json"])
    assert found.exit_code in {0, 3}, found.output
    return json.loads(found.stdout) if found.exit_code == 0 else {}


def test_nobody_finds_who_only_the_file_named(store: Store, tmp_path: Path) -> None:
    """Trap: the published run, the list of rejects and old runs keep the names of a file that was taken out."""
    for name, text in (("a.csv", HEADING + STAYS), ("b.csv", HEADING + GOES), ("c.csv", CALLS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    load(store, [tmp_path / "a.csv"])
    second = load(store, [tmp_path / "b.csv", tmp_path / "c.csv"])
    digests = [str(file.sha256)[:12] for file in second.files]
    run = analyse(store).run
    assert asked("search", "欧阳")["hits"] and rejects(store, LOCAL, str(second.load))["total"] == 1
    assert list((store.home / "rejects").glob(f"{digests[1]}-*")) and (store.home / "runs" / run).is_dir()

    report = CliRunner().invoke(app, ["unload", str(second.load), "--json"])
    assert report.exit_code == 0, report.output

    for text in ("欧阳", "欧阳不二", "ouyang", "oybe", "章一帆", "5678", "990101199103030036"):
        assert not asked("search", text).get("hits"), text
    persons = asked("persons")["persons"]
    assert [each["name"] for each in persons if each.get("name")] == ["章一凡"]
    told = json.dumps([persons, runs(store, LOCAL), asked("loads")], ensure_ascii=False)
    for text in ("欧阳", "章一帆", "13900005678", "13900007777", "990101199103030036"):
        assert text not in told
    with pytest.raises(NotFound):
        rejects(store, LOCAL, str(second.load))
    left = [path for path in store.home.rglob("*") if path.name.startswith((*digests, f".{digests[0]}", run))]
    assert left == []
    assert asked("search", "章一凡")["hits"] and asked("search", "1234")["hits"], (
        "what another file proves stays"
    )
    assert store.read(LOCAL, "person.count", prefix=f"{run}/")[0]["total"] > 0
