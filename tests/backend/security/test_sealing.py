"""Nothing of care is readable by a case role: names, rows, rejects, judgements, leads; what is there is told as sealed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backend import answers
from backend.answers.rejects import rejects
from backend.answers.runs import published
from backend.district.care import decisions
from backend.exports.elements import Elements
from backend.runs import analyse
from backend.security.rights import ROLES, Right
from backend.security.sealing import CLOSED, records_of_care
from backend.watches.hits import WatchGround, hits
from backend.watches.kinds import AppearsWatch
from etl.writing.load import load
from graph_schema.store import LOCAL, Store, Viewer
from tests.backend.district.test_care import (
    ANN,
    CARE,
    CUI,
    DAI,
    EMMA,
    LISTS,
    REGIMES,
    REGISTER,
    TESTS,
    VISITS,
)
from tests.etl.opened import text_of

CASE_ROLES = [role for role, held in ROLES.items() if Right.CASES in held]
MINOR, DRIVER, TREATED = "小童", "鄂玛", "戴四"
STATUS = "社会面"
PEOPLE = [
    ["案件编号", "姓名", "身份证号", "手机号码", "涉案身份"],
    ["A9901000000002024010001", "季二水", ANN, "13900000001", "贩卖"],
]
BAD = [*VISITS, [ANN, "不是日期", "2024-02-16", "冬三", "本人哭诉"]]


@pytest.fixture
def loaded(store: Store, tmp_path: Path) -> Store:
    tables = {
        "涉毒人员": REGISTER,
        "戒毒措施": REGIMES,
        "检测": TESTS,
        "走访": BAD,
        "排查名单": LISTS,
        "涉案人员": PEOPLE,
    }
    for name, rows in tables.items():
        (tmp_path / f"{name}.csv").write_text(text_of(rows), encoding="utf-8")
    load(store, [tmp_path])
    analyse(store, LOCAL, 7)
    decisions.confirm(store, CARE, ANN, "A", "家访时本人要求", "")
    return store


def everything(store: Store, viewer: Viewer) -> Iterator[Any]:  # JSON of any answer
    """What a case role can ask for, about everybody."""
    found = answers.persons(store, viewer)
    yield found
    for each in found["persons"]:
        yield answers.person_page(store, viewer, each["id"])
        yield answers.expand(store, viewer, each["id"])
    for who in (ANN, CUI, DAI, EMMA):
        yield answers.expand(store, viewer, f"ResidentId:{who}")
        yield answers.search(store, viewer, who)
    for word in (MINOR, DRIVER, TREATED, STATUS):
        yield answers.search(store, viewer, word)["hits"]
    files = answers.loads(store, viewer)["files"]
    yield answers.evidence(
        store, viewer, [f"{file['sha256'][:12]}/-/{row}" for file in files for row in range(1, 9)]
    )
    yield [rejects(store, viewer, str(file["load"]))["rejects"] for file in files]
    out = Elements(store, viewer, published(store, viewer).run_id)
    yield [[node.id, node.props] for node in out.nodes()]
    yield [[edge.id, edge.start, edge.end, edge.props] for edge in out.edges()]


def test_nothing_of_care_is_readable_by_a_case_role(loaded: Store) -> None:
    """Trap: the noun is closed, and the name of a minor, a driver who was only tested, a status or a reason stands in
    the person list, a record, a raw row, a rejected row, an export (over all case roles)."""
    for role in CASE_ROLES:
        viewer = Viewer("li", role)
        text = json.dumps(list(everything(loaded, viewer)), ensure_ascii=False, default=str)
        for word in (
            MINOR,
            DRIVER,
            TREATED,
            STATUS,
            "戒断三年",
            "家访时",
            "本人哭诉",
            "拒绝检测",
            "社区戒毒",
        ):
            assert word not in text, (role, word)
        assert "季二水" in text and CLOSED in text, "what a case knows stays; what is sealed is told"
        assert "章一凡" in text, "the register of users stays a table of cases"
    whole = json.dumps(list(everything(loaded, LOCAL)), ensure_ascii=False, default=str)
    for word in (MINOR, DRIVER, TREATED, STATUS, "家访时", "本人哭诉", "拒绝检测"):
        assert word in whole, word


def test_a_record_of_care_exists_and_is_sealed(loaded: Store) -> None:
    """Trap: a case role does not even learn that there is something to ask for; or learns whose it is and since when."""
    viewer = Viewer("li", "analyst")
    care = sorted(records_of_care(loaded, viewer))
    assert len(care) == len(REGIMES) + len(TESTS) + len(BAD) + len(LISTS) - 5 + 1, (
        "and the entry of the minor"
    )
    for record in care:
        assert answers.expand(loaded, LOCAL, f"Record:{record}")["node"]["caption"]
        assert answers.expand(loaded, viewer, f"Record:{record}")["node"]["caption"] != MINOR


def test_a_watch_tells_nothing_of_care(loaded: Store) -> None:
    """Trap: a lead of a case role says that a number appears in 走访.csv, because watches are asked by the owner."""
    ground = WatchGround(loaded, LOCAL, published(loaded, LOCAL))
    found = [hit.zh for hit in hits(ground, AppearsWatch(kind="appears", target=f"ResidentId:{ANN}"))]
    assert any("涉案人员" in each for each in found)
    assert not any(word in each for each in found for word in ("走访", "检测", "戒毒措施", "排查"))
