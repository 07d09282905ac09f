"""What a run derives in the district: clues of one seller, what rules point at, proposed classes of care."""

from __future__ import annotations

import json
from pathlib import Path

from backend.district.answering import ALL
from backend.district.clues.answers import clues_list
from backend.district.derived import derive
from backend.runs import analyse
from etl.writing.load import load
from graph_schema.store import LOCAL, Row, Store, Viewer
from tests.backend.district.test_care import ANN, REGIMES, REGISTER
from tests.backend.district.test_tasks import TASKS
from tests.etl.opened import text_of

CLUES = [
    ["线索编号", "平台", "平台账号", "发布时间", "内容"],
    ["XS1", "QQ", "990010001", "2024-03-01 23:10:00", "出货，需要的联系"],
    ["XS2", "QQ", "990010001", "2024-03-02 23:10:00", "新到一批，量大从优"],
    ["XS3", "QQ", "990010003", "2024-03-03 23:10:00", "上头电子烟，同城可送"],
]


def edges(store: Store, rel: str) -> list[Row]:
    text = f"MATCH (a)-[e:{rel}]->(b) WHERE NOT b:Case RETURN a {{.*}} AS a, e {{.*}} AS e, b {{.*}} AS b"
    with store.driver.session(database=store.database) as session:
        return [dict(row) for row in session.run(text)]


def test_a_run_writes_what_the_nouns_say_and_the_next_one_replaces_it(store: Store, tmp_path: Path) -> None:
    """Traps: joins of an older run stay beside the new; a flag at a person; a class where case roles read it."""
    for name, rows in (("线索", CLUES), ("任务", TASKS), ("涉毒人员", REGISTER), ("戒毒措施", REGIMES)):
        (tmp_path / f"{name}.csv").write_text(text_of(rows), encoding="utf-8")
    load(store, [tmp_path])
    for n in (1, 2):
        run = analyse(store, Viewer("an", "analyst"), derive=derive).run
        (offer,) = edges(store, "SAME_OFFER")
        assert (offer["a"]["clue_id"], offer["b"]["clue_id"], offer["e"]["run"]) == ("XS1", "XS2", run), n
        (item,) = [each for each in clues_list(store, LOCAL, ALL)["items"] if len(each["clues"]) > 1]
        assert offer["e"]["score"] == item["joined_by"][0]["score"] and offer["e"]["evidence"]
        flags = edges(store, "FLAGS")
        assert {each["b"]["task_id"] for each in flags} == {"RW1", "RW2"}
        assert {(each["a"]["run_id"], each["e"]["rule"]) for each in flags} == {
            (run, "task_overdue@1"),
            (run, "time_limits@1"),
        }
        rated = edges(store, "RATES")
        assert len({each["b"]["record_id"] for each in rated}) == len(rated), "one entry of each person"
        proposed = {each["b"]["name"]: each["e"]["proposed"] for each in rated}
        assert {"季二水", "小童"} <= proposed.keys(), proposed
        assert all(json.loads(each["e"]["factors"]) for each in rated) and ANN not in str(rated[0]["e"])
