"""What is not yet in the answers: said after a load, an unload and a judgement, and no longer once it is undone."""

from __future__ import annotations

from pathlib import Path

from backend import answers
from backend.reviews.answers import judge, undo
from backend.runs import analyse
from etl.writing.load import load
from etl.writing.unload import unload
from graph_schema.store import LOCAL, Store

CASE = "案件编号,案件名称,立案日期,案件类别\n{},测试零包案,2026-06-01,贩卖毒品\n"
PEOPLE = "姓名,身份证号,手机号,案件编号\n季二水,990101199003070018,13900000003,{}\n"


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def now(store: Store) -> tuple[int, int, int, bool]:
    found = answers.pending(store, LOCAL)
    return found["loaded"], found["unloaded"], found["judged"], found["pending"]


def test_loads_and_unloads_wait_for_the_next_run(store: Store, tmp_path: Path) -> None:
    """Traps: an analysis that looks up to date while files came or went; one asked for again after an undo."""
    one = file(tmp_path, "案件一.csv", CASE.format("A9900000000002026060001"))
    two = file(tmp_path, "案件二.csv", CASE.format("A9900000000002026060002"))
    load(store, [one])
    assert now(store) == (1, 0, 0, True) and answers.pending(store, LOCAL)["run"] is None
    analyse(store)
    assert now(store) == (0, 0, 0, False)
    second = load(store, [two]).load
    assert now(store) == (1, 0, 0, True)
    unload(store, str(second))
    assert now(store) == (0, 0, 0, False), "what came and went is as it was"
    unload(store, "1")
    assert now(store) == (0, 1, 0, True)
    load(store, [one])
    assert now(store) == (0, 0, 0, False), "the same bytes are the same file"


def test_judgements_of_identity_wait_and_others_do_not(district: Store) -> None:
    """Traps: a judgement that is counted as pending though it counts at once; one taken back that still waits."""
    with district.driver.session(database=district.database) as session:
        session.run("MATCH (r:Run) SET r.started_at = timestamp() - 1000").consume()
    before = now(district)
    judge(district, LOCAL, "chain", "confirmed", ["K-1"], "流水与供述相符")
    judge(district, LOCAL, "identity", "comment", ["P-seller", "P-user"], "待问")
    assert now(district) == before
    made = judge(district, LOCAL, "identity", "same", ["P-seller", "P-user"], "同一快递地址")
    assert now(district)[2] == 1 and now(district)[3]
    undo(district, LOCAL, made["review"]["id"], "看错")
    assert now(district) == before
