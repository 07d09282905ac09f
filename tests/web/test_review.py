"""The review queue: a question is judged by a key, leaves the queue, and waits again when the judgement is taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from backend.reviews import answers as ledger
from backend.runs import analyse
from graph_schema.declaration import load_declaration
from graph_schema.store import LOCAL
from tests.web.browsing import Tab, Workbench

pytestmark = pytest.mark.browser


def judge(tab: Tab, suffix: str) -> None:
    page = tab.page
    tab.open("/reviews")
    page.wait_for_selector(".review-table tbody tr")
    page.wait_for_selector(".panel .review-changes dd")
    waiting = page.locator(".review-queue a.item[href^='/reviews/']")
    before = waiting.count()
    name = waiting.first.inner_text()
    tab.picture(f"review-{suffix}")
    assert tab.accessible() == []
    page.keyboard.press("2")
    assert waiting.count() == before, "no judgement without a reason"
    page.locator(".panel textarea").fill("联系人不同")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    page.wait_for_function(
        "n => document.querySelectorAll(\".review-queue a.item[href^='/reviews/']\").length < n", arg=before
    )
    page.wait_for_selector(".review-done")
    tab.picture(f"review-judged-{suffix}")
    page.locator(".review-done button").first.click()
    page.wait_for_function(
        "n => document.querySelectorAll(\".review-queue a.item[href^='/reviews/']\").length === n", arg=before
    )
    assert name in {each.inner_text() for each in waiting.all()}


def test_a_judgement_leaves_the_queue_and_comes_back(workbench: Workbench) -> None:
    """Traps: a key that judges without a reason; an item that leaves before it is recorded; an undo that loses it."""
    workbench.browse(lambda tab: judge(tab, "zh-light"))


def test_the_same_in_english_and_dark(workbench: Workbench) -> None:
    """Trap: a page that is only Chinese, or unreadable in the dark."""
    workbench.browse(lambda tab: judge(tab, "en-dark"), language="en-GB", color_scheme="dark")


def holder(bench: Workbench, reference: str) -> str:
    """The person who holds an identifier or a record in the run of now."""
    label, key = reference.split(":", 1)
    found = f"MATCH (p:Person)-[:HOLDS|IS]->(n:{label} {{{load_declaration().labels[label].key}: $key}}) RETURN p.person_id AS id"
    with bench.store.driver.session(database=bench.store.database) as session:
        (row,) = session.run(found, key=key).data()
    return str(row["id"])


@pytest.mark.parametrize(
    ("language", "scheme"), [("zh-CN", "light"), pytest.param("en-GB", "dark", marks=pytest.mark.long)]
)
def test_two_holders_are_joined_and_parted_again(workbench: Workbench, language: str, scheme: str) -> None:
    """Traps: a judgement no run listens to; an undo that leaves two persons in one."""

    def work(tab: Tab) -> None:
        page = tab.page
        tab.open("/reviews")
        page.wait_for_selector(".review-table tbody tr")
        asked = page.locator(".review-queue a.item[href^='/reviews/']").filter(has_text="＝")
        before = asked.count()
        assert before, "no question whether two are the same"
        asked.first.click()
        page.wait_for_selector(".panel .review-changes dd")
        page.locator(".panel textarea").fill(
            "同一人，换号" if language == "zh-CN" else "one person, a new number"
        )
        page.keyboard.press("Escape")
        page.keyboard.press("1")
        page.wait_for_selector(".review-done")
        expect(asked).to_have_count(before - 1)  # the queue is asked again on its own
        judged = ledger.reviews(workbench.store, LOCAL, kind="identity", standing=True)["reviews"][0]
        one, other = judged["subjects"]
        assert judged["verdict"] == "same" and holder(workbench, one) != holder(workbench, other)
        analyse(workbench.store, seed=7)
        assert holder(workbench, one) == holder(workbench, other)
        page.locator(".review-done button").first.click()
        page.wait_for_function(
            "n => document.querySelectorAll(\".review-queue a.item[href^='/reviews/']\").length >= n",
            arg=before,
        )
        analyse(workbench.store, seed=7)
        assert holder(workbench, one) != holder(workbench, other)
        tab.picture(f"review-joined-and-parted-{language[:2]}-{scheme}")

    workbench.browse(work, language=language, color_scheme=scheme)
