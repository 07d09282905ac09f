"""Comments: whom they name, what waits for whom, and what changed of what somebody decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from backend import visits
from graph_schema.store import Store
from tests.accounts import token_of
from tests.backend.api.conftest import Service
from tests.backend.conftest import PACKET

WHERE = [f"Case:{PACKET}", "Chain:C-1", "Gang:G-1", "Person:P-whole"]


def colleague(api: Service, district: Store, name: str, role: str = "investigator") -> Service:
    return Service(api.port, token_of(Path(district.home), name, role))


def first_chain(api: Service) -> dict[str, Any]:
    answer = api.get("/board")
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["rows"][0]["chain"])


def test_a_comment_names_a_colleague_who_does_it(api: Service, district: Store) -> None:
    """Traps: a comment that changes a status; a task nobody finds; done by somebody it was not given to; a name of
    nobody taken without a word; a person's comment lost because runs name him anew."""
    feng, wang = colleague(api, district, "冯侦查员"), colleague(api, district, "王队", "chief")
    chain = first_chain(api)
    where = [f"Chain:{chain['id']}" if each.startswith("Chain:") else each for each in WHERE]
    for n, about in enumerate(where):
        body = {"about": about, "text": "@冯侦查员 请调取话单", "due": f"2026-12-0{4 - n}"}
        made = wang.post("/reviews/notes", json=body)
        assert made.status_code == 201, made.text
        shown = api.get("/reviews/notes", params={"about": about}).json()
        assert [each["text"] for each in shown["notes"]] == ["@冯侦查员 请调取话单"]
        assert set(shown["people"]) == {"local", "冯侦查员", "王队"}
    after = first_chain(api)
    assert (after["status"], after["comments"]) == (chain["status"], 1)
    tasks = feng.get("/reviews/notes/mine").json()["tasks"]
    assert [each["due"] for each in tasks] == [f"2026-12-0{n}" for n in (1, 2, 3, 4)]
    person = tasks[0]
    assert "P-whole" not in person["label"]["zh"] and "P-whole" not in person["href"]
    assert tasks[2]["href"] == f"/chains/{PACKET}/1" and PACKET[-4:] in tasks[2]["label"]["zh"]
    assert wang.get("/reviews/notes/mine").json()["tasks"] == []
    other = colleague(api, district, "赵侦查员")
    assert other.post(f"/reviews/notes/{person['id']}/done").status_code == 403
    assert feng.post(f"/reviews/notes/{person['id']}/done").json()["note"]["done"]["by"] == "冯侦查员"
    assert feng.post(f"/reviews/notes/{person['id']}/done").status_code == 409
    assert [bool(each["done"]) for each in feng.get("/reviews/notes/mine").json()["tasks"]] == [0, 0, 0, 1]
    wrong = wang.post("/reviews/notes", json={"about": where[0], "text": "@无此人 请看"})
    assert wrong.status_code == 422 and "无此人" in wrong.text
    auditor = colleague(api, district, "审计", "auditor")
    assert auditor.get("/reviews/notes/mine").status_code == 403
    assert wang.post("/reviews/notes", json={"about": where[0], "text": "@审计 请看"}).status_code == 422


def test_what_i_decided_and_changed_is_told(api: Service, district: Store) -> None:
    """Traps: a notice to everybody; a confirmed chain that became weaker and nobody says so; one's own change told."""
    wang, li = (colleague(api, district, name, "chief") for name in ("王队", "李队"))
    chain = first_chain(api)["id"]
    body = {"kind": "chain", "verdict": "confirmed", "subjects": [chain], "reason": "印证"}
    assert wang.post("/reviews", json=body).status_code == 201
    assert wang.get("/reviews/notes/mine").json()["changed"] == []
    with district.driver.session(database=district.database) as session:
        session.run("MATCH (c:Chain {chain_id: $id}) SET c.strength = c.strength - 0.2", id=chain).consume()
    try:
        told = wang.get("/reviews/notes/mine").json()["changed"]
        assert [(each["what"], each["href"]) for each in told] == [("weaker", f"/chains/{PACKET}/1")]
        assert li.get("/reviews/notes/mine").json()["changed"] == []
    finally:
        with district.driver.session(database=district.database) as session:
            session.run(
                "MATCH (c:Chain {chain_id: $id}) SET c.strength = c.strength + 0.2", id=chain
            ).consume()
    assert li.post("/reviews", json={**body, "verdict": "rejected"}).status_code == 201
    told = wang.get("/reviews/notes/mine").json()["changed"]
    assert [(each["what"], each["by"]) for each in told] == [("overruled", "李队")]


def test_a_visit_says_when_the_one_before_ended(api: Service) -> None:
    """Traps: every request taken for a new visit, so that nothing is ever new; one user's visits told to another."""
    hour = 3_600_000
    assert visits.here("甲", 10 * hour) is None
    assert visits.here("甲", 10 * hour + 60_000) is None
    assert visits.here("甲", 12 * hour) == 10 * hour + 60_000
    assert visits.here("甲", 12 * hour + 60_000) == 10 * hour + 60_000
    assert visits.here("乙", 13 * hour) is None
    assert api.post("/session/here").json() == {"before": None}
