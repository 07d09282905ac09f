"""A corrected list of rejected rows says by itself what its file said once for all of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from etl.sources import open_file
from etl.storage.archive import Archive
from etl.storage.facts import FileOrigin
from etl.storage.rejects import listed, write_corrected, write_rejects
from tests.etl.opened import Facts, facts_of

MINE, SECOND, OTHER = (f"62009949000000000{n}" for n in (14, 22, 30))
BAD = "坏"
STATEMENT = f"""某银行账户交易明细
户名：章试甲,卡号：{MINE},币种：美元,单位：万元
交易时间,交易金额,收付标志,交易对手账卡号,对手户名
2026-03-01 08:00:00,1.5,出,{OTHER},季试
2026-03-02 08:00:00,2.5,出,{OTHER},季试
户名：吴试乙,卡号：{SECOND},币种：人民币,单位：元
2026-03-03 08:00:00,30,出,{OTHER},季试
"""
CALLS = """本机号码：13900001234,2026年03月通话详单
起始时间,通信时长,呼叫类型,对方号码
03-05 08:00:00,60,主叫,13900005678
03-06 08:00:00,70,主叫,13900005678
"""


def kept(tmp_path: Path, text: str) -> tuple[Archive, str]:
    """The text as a file that was read, and its digest."""
    path = tmp_path / "in" / "明细.csv"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    archive = Archive(tmp_path / "home")
    archive.keep(sha256, path.name, open_file(path, FileOrigin(path.name, sha256)), lambda _: None)
    return archive, sha256


def told(sheets: list[Facts], rel: str) -> set[tuple[object, ...]]:
    """Each event, without the place it stands in."""
    names = ("start", "end", "at", "amount", "currency")
    return {tuple(leg[name] for name in names) for facts in sheets for leg in facts.legs_of(rel)}


@pytest.mark.parametrize(
    ("text", "rel", "spoilt"),
    [
        (STATEMENT, "PAID", {"2026-03-01 08:00:00": "2026-03-02", "2026-03-03 08:00:00": "2026-03-04"}),
        (CALLS, "CALLED", {"03-06 08:00:00": "03-07"}),
    ],
)
def test_a_corrected_list_loads_by_itself(
    text: str, rel: str, spoilt: dict[str, str], tmp_path: Path
) -> None:
    """Trap: without the lines above the heading the list has no owner, its 万元 are yuan, its dollars are yuan,
    and its days have no year."""
    whole = tmp_path / "whole.csv"
    whole.write_text(text, encoding="utf-8")
    right = told(facts_of(whole), rel)
    assert len(right) == text.count(":00:00")
    damaged = text
    for moment in spoilt:
        damaged = damaged.replace(moment, f"{BAD}{moment}")
    archive, sha256 = kept(tmp_path, damaged)
    good = {event for event in right if event not in told(facts_of(tmp_path / "in" / "明细.csv"), rel)}
    assert len(good) == len(spoilt), "the spoilt rows are rejected, and no other"

    found: set[tuple[object, ...]] = set()
    for n, path in enumerate(write_rejects(archive, sha256, "明细.csv")):
        mended = tmp_path / f"mended-{n}.csv"
        mended.write_text(path.read_text(encoding="utf-8-sig").replace(BAD, ""), encoding="utf-8-sig")
        sheets = facts_of(mended)
        assert all(facts.states() == {"loaded": len(facts.rows)} for facts in sheets)
        found |= told(sheets, rel)
    assert found == good

    changes = []
    for each in listed(archive, sha256, 10):
        moment = str(each["value"]).removeprefix(BAD)
        changes.append((str(each["sheet"]), int(each["row"]), {str(each["column"]): moment}))
    folder = tmp_path / "by the workbench"
    folder.mkdir()
    written = write_corrected(archive, sha256, "明细.csv", changes, folder)
    assert {event for path in written for event in told(facts_of(path), rel)} == good


def test_values_in_columns_are_not_repeated(tmp_path: Path) -> None:
    """Trap: a list whose first line is no heading, where its file has none but the heading."""
    text = f"交易卡号,交易时间,交易金额,收付标志,交易对手账卡号\n{MINE},{BAD},1,出,{OTHER}\n"
    archive, sha256 = kept(tmp_path, text)
    [path] = write_rejects(archive, sha256, "明细.csv")
    assert path.read_text(encoding="utf-8-sig").startswith("交易卡号,交易时间")
