"""Non-interference: what is hidden from a user changes no byte of what he gets, whatever he asks.

In one world only the open files were ever loaded; in the other hidden ones came before and between them, which share
people, phones, cards, calls and payments with them, and somebody who sees all judged, watched and kept views.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from backend.api import own_graphs
from backend.api.typescript import document
from backend.district.derived import derive
from backend.runs import analyse
from backend.runs.derived import Derive
from backend.security.gate import PREFIX
from backend.security.rights import below
from backend.security.sessions import local_token
from etl.storage.compartments import declare
from etl.writing import past
from etl.writing.load import LoadOptions, load
from graph_schema.store import Store, aot
from tests.accounts import token_of
from tests.backend.api.conftest import Service, running
from tests.backend.api.test_jobs import ended
from tests.conftest import _empty

COMPARTMENT = "专案甲"
CASE, OTHER = "A9900000000002026060001", "A9900000000002026060002"
SELLER, UPLINE, BOSS = "13900000001", "13900000002", "13900000003"
PEOPLE = "案件编号,姓名,身份证号,手机号码,银行卡号,涉案身份\n"
CALLS = "本机号码,对端号码,呼叫类型,开始时间,通话时长(秒)\n"
BANK = "交易卡号,交易时间,交易金额,收付标志,交易对手账卡号,对手户名,交易流水号,备注\n"


def _id(number: int) -> str:
    body = f"990101199001010{number:02d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(w * int(digit) for w, digit in zip(weights, body, strict=True)) % 11]


def _card(number: int) -> str:
    return f"62000000000000{number:04d}"


def _person(case: str, number: int, name: str) -> str:
    return f"{case},{name},{_id(number)},1390000{number:04d},{_card(number)},贩卖\n"


def _paid(number: int, other: int, days: Iterable[int], yuan: int, sign: str = "出") -> str:
    return "".join(
        f"{_card(number)},2026-05-{day:02d} 20:1{number}:0{day % 10},{yuan}.00,{sign},{_card(other)},,"
        f"LS{min(number, other)}{max(number, other)}{day:02d}{yuan},\n"
        for day in days
    )


def _called(number: int, other: int, days: Iterable[int]) -> str:
    return "".join(
        f"1390000{number:04d},1390000{other:04d},主叫,2026-05-{day:02d} 20:0{day % 10}:07,4{day % 10}\n"
        for day in days
    )


BUYERS = range(11, 17)
_BOOK = _paid(1, 2, range(1, 28, 3), 3000) + "".join(
    _paid(1, buyer, range(buyer - 9, 27, 4), 300, "进") for buyer in BUYERS
)
FIRST_OPEN = {
    "涉案人员.csv": PEOPLE + _person(CASE, 1, "章一凡") + _person(CASE, 2, "章二凡"),
    "流水1.csv": BANK + _BOOK + "坏行,2026-13-40,x,出,,,,\n",
    "检测.csv": "姓名,身份证号,检测日期,检测方式,检测结果\n" + f"买主甲,{_id(11)},2026-04-01,毛发,阳性\n",
}
LATER_OPEN = {
    "话单1.csv": CALLS
    + _called(1, 2, range(1, 28, 3))
    + "".join(_called(1, n, range(n - 9, 27, 4)) for n in BUYERS),
    "线索.csv": "线索编号,来源警种,平台,平台账号,昵称,发布时间,内容,联系方式,收款账号,快递单号,线索状态\n"
    f"XS1,网安,QQ,990010001,夜航,2026-05-02 23:10:00,全国发货,{UPLINE},,,待核查\n",
}
HIDDEN = (
    {
        "专案人员.csv": PEOPLE + _person(OTHER, 3, "章三凡") + _person(OTHER, 2, "章二凡"),
        "专案流水1.csv": BANK
        + _BOOK.replace("\n", "专案\n"),  # repeats the open book: there it then counts as repeated
        "专案流水2.csv": BANK + _paid(2, 1, range(1, 28, 3), 3000, "进") + _paid(2, 3, range(2, 28, 3), 8000),
    },
    {
        "专案话单.csv": CALLS + _called(2, 3, range(1, 28, 2)) + _called(11, 2, range(3, 9)),
        "专案检测.csv": "姓名,身份证号,检测日期,检测方式,检测结果\n"
        + f"章三凡,{_id(3)},2026-05-01,毛发,阳性\n",
    },
)
QUERY = {
    "/search": "q=1390000",
    "/persons": "limit=200",
    "/evidence": "row=000000000000/-/1",
    "/explain": "id={person}",
    "/news": "since=0",
    "/gangs": "min_size=1",
    "/graph/counts": "node={person}",
    "/graph/expand": "node={person}",
    "/graph/among": "node={person}&node={other}",
    "/graph/paths": "a={person}&b={other}",
    "/graph/ordered": "start={person}",
    "/graph/patterns": "kind=pass_through&everybody=true",
    "/reviews/notes": "about=Person:{person}",
    "/whereabouts": "about={person}",
    "/map/tiles": "west=116&south=39&east=117&north=40&width=300",
    "/leads": "known=true",
    "/risk": "all=true",
    "/water": "all=true",
}
"""What is asked besides the path."""
NOT_COMPARED = ("/audit", "/users", "/compartments", "/session", "/imports/mappings", "/exports", "/map")
"""What is of the whole site, closed to who sees some files, or a file with its date and number of the audit record."""
CHANGING = ("date", "upline-audit", "content-length", "content-disposition")
VOLATILE = re.compile(r'"(started|finished|since|seconds)":("[^"]*"|[\d.]+)|"people":\["local"[^\]]*\]')
"""When and how fast the run was made: another each time. Whom a note may name: nobody, where nobody may write one."""
Told = tuple[int, dict[str, str], str]
Made = dict[str, str]
Ask = Callable[[int, Path, Made | None], dict[str, Told]]

TELLING = (
    "/loads",
    "/runs",
    "/runs/pending",
    "/jobs",
    "/imports/1/checks",
    "/imports/1/rejects",
    "/persons",
    "/persons/{person}",
    "/persons/{person}/coverage",
    "/search?q=1390000",
    "/search?q={hidden}",
    "/graph/expand?node=Phone:%2B86" + UPLINE,
    "/graph/paths?a={person}&b={other}",
    "/explain?id={person}",
    "/gangs?min_size=1",
    "/supplies",
    "/chains",
    "/series",
    "/board",
    "/news?since=0",
    "/reviews",
    "/reviews/proposals",
    "/leads?known=true",
    "/watches",
    "/views",
    "/clues",
    "/district",
)


def written(folder: Path, files: dict[str, str]) -> Path:
    """A folder with some files."""
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def loaded(store: Store, folder: Path, hidden: bool) -> None:
    """Load the open files in two loads; where ``hidden``, the hidden ones before each of them. All at one time."""
    for n, files in enumerate((FIRST_OPEN, LATER_OPEN)):
        if hidden:
            declare(store.home, [COMPARTMENT] if n == 0 else [], "local")
            load(store, [written(folder / f"hidden{n}", HIDDEN[n])], LoadOptions(compartment=COMPARTMENT))
        load(store, [written(folder / f"open{n}", files)], LoadOptions(unit="甲所"))
    with store.driver.session(database=store.database) as session:
        session.run(
            "MATCH (f:SourceFile) SET f.loaded_at = 1790000000000, f.path = split(f.path, '/')[-1]"
        ).consume()
        session.run(
            "MATCH (l:Load) SET l.started_at = 1790000000000, l.finished_at = 1790000005000"
        ).consume()


def ready(api: Service, path: str = "/loads") -> None:
    """Wait until the graph of the caller is made; until then he gets nothing at all."""
    until = time.monotonic() + 900
    while (answer := api.get(path)).status_code == 503:
        assert answer.json()["code"] == "E-BUSY" and "Retry-After" in answer.headers
        assert time.monotonic() < until, answer.text
        time.sleep(0.5)
    assert answer.ok, answer.text


def ids(api: Service) -> dict[str, str]:
    """Ids to ask with, as an analyst finds them."""
    people = api.get("/persons?limit=200").json()["persons"]
    by_name = {person["name"]: person["id"] for person in people}
    found = {"person": by_name["章一凡"], "other": by_name["章二凡"], "case_no": CASE, "n": "1", "load": "1"}
    gangs = api.get("/gangs?min_size=1").json()["gangs"]
    proposals = api.get("/reviews/proposals").json()["proposals"]
    return found | {
        "hidden": BOSS,
        "person_id": found["person"],
        "load_id": "2",
        "gang_id": gangs[0]["id"] if gangs else "G-0001",
        "proposal_id": proposals[0]["id"] if proposals else "0123456789abcdef",
        "item_id": "XS1",
        "name": "code_words",
        "period": "2026-05",
        "zoom": "1",
        "column": "1",
        "row": "1",
        **dict.fromkeys(("review_id", "lead_id", "view_id", "job_id"), "0123456789abcdef"),
    }


def deeds(owner: Service, judged: bool) -> Made:
    """Let who sees all keep, watch and judge; return the ids of that."""
    made = {"view_id": owner.post("/views", json={"name": "专案图", "body": {"nodes": []}}).json()["id"]}
    files = owner.get("/loads").json()["files"]
    assert any(file["duplicate"] for file in files if "compartment" not in file), (
        "an open row repeats a hidden one"
    )
    assert owner.post("/watches", json={"asked": {"kind": "chain"}, "name": "专案关注"}).ok
    if judged:
        people = owner.get("/persons?limit=200").json()["persons"]
        boss = next(person["id"] for person in people if person["name"] == "章三凡")
        lead = owner.post("/leads", json={"title": "专案核查", "subjects": [boss]})
        note = owner.post("/reviews/notes", json={"about": f"Person:{boss}", "text": "专案"})
        assert lead.ok and note.ok, (lead.text, note.text)
        job = owner.post(
            "/entries", json={"kind": "case", "rows": [{"案件编号": OTHER}], "compartment": COMPARTMENT}
        )
        made |= {
            "lead_id": lead.json()["lead"]["id"],
            "review_id": note.json()["note"]["id"],
            "job_id": job.json()["id"],
        }
        ended(owner, made["job_id"])
    return made


def told(api: Service, path: str) -> Told:
    """What a caller gets, without what is another each time (``VOLATILE``).

    Keys in order: the tests' database tells them in the order in which it first met them, whatever test that was.
    """
    answer = api.get(path)
    headers = {name: value for name, value in answer.headers.items() if name.lower() not in CHANGING}
    if not answer.headers.get("content-type", "").startswith(
        ("application/json", "application/problem+json", "text/")
    ):
        return answer.status_code, {}, f"{answer.headers.get('content-type')}"
    text = VOLATILE.sub(r'"\1":""', answer.text)
    if "json" in answer.headers["content-type"]:
        text = json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True)
    return answer.status_code, headers, text


def answers(api: Service, paths: Iterable[str], known: dict[str, str], made: Made | None) -> dict[str, Told]:
    """What a caller gets for each question, by question; with the ids of what others made, where they made any."""
    return {path: told(api, path.format_map(known | (made or {}))) for path in paths}


def every_question() -> list[str]:
    """Every GET operation there is, with what it must be asked."""
    paths = [
        path.removeprefix(PREFIX) for path, operations in document()["paths"].items() if "get" in operations
    ]
    compared = [path for path in paths if not below(path, NOT_COMPARED)]
    return [f"{path}?{QUERY[path]}" if path in QUERY else path for path in compared]


def differences(first: dict[str, Told], second: dict[str, Told]) -> str:
    """Where two worlds differ, in words; blank where they do not."""
    found = []
    for path, (status, headers, text) in first.items():
        other = second[path]
        if (status, headers, text) != other:
            at = next((n for n, (a, b) in enumerate(zip(text, other[2], strict=False)) if a != b), 0)
            around = slice(max(0, at - 90), at + 120)
            found.append(f"{path}: {status} {other[0]}\n  {text[around]}\n  {other[2][around]}")
            if headers != other[1]:
                found.append(f"  {headers}\n  {other[1]}")
    return "\n".join(found)


@pytest.fixture
def home(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home; the servers of the graphs of some files compile lightly, and are gone afterwards."""
    options = [*aot.options(), "-XX:TieredStopAtLevel=1"]
    monkeypatch.setattr(aot, "options", lambda: options)
    yield store.home
    for each in past.homes(store.home):
        past.drop(each)


@pytest.fixture
def owner(home: Path) -> str:
    """The token of who sees all."""
    return local_token(home)


def in_world_a(store: Store, home: Path, folder: Path, asked: Ask, derive: Derive | None) -> dict[str, Told]:
    """What users get of a system that never had other files: all from its one graph."""
    loaded(store, folder, hidden=False)
    analyse(store, derive=derive)
    with running(store) as port:
        return asked(port, home, None)


def in_world_b(store: Store, home: Path, folder: Path, asked: Ask, derive: Derive | None) -> dict[str, Told]:
    """What they get where files hidden from them are loaded too, and others have worked with these."""
    loaded(store, folder, hidden=True)
    if derive:
        analyse(store, derive=derive)
    with running(store) as port:
        made = deeds(Service(port, local_token(home)), bool(derive))
        return asked(port, home, made)


def test_what_is_hidden_changes_no_byte(
    store: Store, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: a merged event, a person, a count, a repeated row, a finding of a check or a number of a load that tells
    of files one may not see.

    The graph of some files is held against what a whole system says that never had others.
    """
    monkeypatch.setattr(
        own_graphs, "derive", None
    )  # the nouns of the district take longest: see the long test

    def asked(port: int, home: Path, made: Made | None) -> dict[str, Told]:
        api = Service(port, token_of(home, "wang", "analyst"))
        ready(api)
        return answers(api, TELLING, ids(api), made)

    first = in_world_a(store, home, tmp_path / "a", asked, None)
    _empty(store, home)
    second = in_world_b(store, home, tmp_path / "b", asked, None)
    assert not differences(first, second), differences(first, second)
    assert "专案" not in str(second)
    assert first["/persons"][0] == 200 and "章一凡" in first["/persons"][2]


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_no_question_tells_of_what_is_hidden(store: Store, home: Path, tmp_path: Path) -> None:
    """Trap: one operation of all that asks the graph of all files, or a cache beside it."""

    def asked(port: int, home: Path, made: Made | None) -> dict[str, Told]:
        found: dict[str, Told] = {}
        for role in ("analyst", "care"):
            api = Service(port, token_of(home, f"u-{role}", role))
            ready(api, "/figures")
            mine = answers(
                api, every_question(), ids(Service(port, token_of(home, f"i-{role}", "analyst"))), made
            )
            found |= {f"{role} {path}": told for path, told in mine.items()}
        return found

    first = in_world_a(store, home, tmp_path / "a", asked, derive)
    _empty(store, home)
    second = in_world_b(store, home, tmp_path / "b", asked, derive)
    assert not differences(first, second), differences(first, second)
    good = {path.partition("?")[0] for path, (status, *_) in first.items() if status == 200}
    assert len(good) > 80, sorted(good)
    assert "专案" not in str(second)
