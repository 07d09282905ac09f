"""From the packet case on the board to the chain, its rows, a judgement and the draft of a request."""

from __future__ import annotations

import re
import sys

import pytest

from backend import answers
from backend.reviews import answers as ledger
from graph_schema.store import LOCAL
from tests.web.browsing import Tab, Workbench

pytestmark = pytest.mark.browser


def open_board(tab: Tab) -> None:
    tab.open("/board")
    tab.page.wait_for_selector(".board-row")


def open_chain(tab: Tab) -> None:
    """The chain of the first row that reaches a gang or a case."""
    open_board(tab)
    tab.page.get_by_role("link", name=re.compile("在链中打开|Open the chain")).click()
    tab.page.wait_for_selector(".lanes")


def test_board_says_where_each_case_leads(workbench: Workbench) -> None:
    """Trap: a gang drawn once per case, so that nobody sees that four cases lead to one."""

    def work(tab: Tab) -> None:
        page = tab.page
        open_board(tab)
        rows = page.locator(".board-row").count()
        gangs = page.locator(".board-card .icon").count()
        assert rows >= 3 and 0 < page.locator(".board-group").count() < rows and gangs
        page.keyboard.press("ArrowDown")
        assert "case=" in page.url
        assert page.locator(".board-row[aria-pressed=true]").count() == 1
        page.keyboard.press("Enter")
        page.wait_for_selector(".lanes")
        page.go_back()
        page.wait_for_selector(".board-row[aria-pressed=true]")
        tab.picture("board-zh-light")
        assert tab.accessible() == []

    workbench.browse(work)


def test_a_busy_hop_shows_weeks_and_opens_by_zoom(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Traps: the newest events drawn as if they were all; sums of the newest only; a zoom that shows no more."""

    def work(tab: Tab) -> None:
        page = tab.page
        open_chain(tab)
        said = page.locator(".hop-card").first.inner_text()
        events = page.locator(".lanes .event:not(.week)").count()
        # Fewer than the hop has, more than any of its weeks: a week opened shows its events.
        monkeypatch.setattr(sys.modules[answers.lanes.__module__], "MOST_EVENTS", 8)
        page.reload()
        page.wait_for_selector(".lanes .week")
        assert page.locator(".hop-card").first.inner_text() == said, "counts are of all weeks"
        tab.picture("chain-weeks-zh-light")
        assert tab.accessible() == []
        page.locator(".lanes .week .ground").last.click()
        page.wait_for_selector(".lanes .event:not(.week)")
        assert "from=" in page.url and 0 < page.locator(".lanes .event:not(.week)").count() < events
        page.keyboard.press("0")
        page.wait_for_selector(".lanes .week")

    workbench.browse(work)


def test_from_hop_to_row_to_judgement_and_back(workbench: Workbench) -> None:
    """Trap: a hop whose rows do not open, a verdict without a reason, one that cannot be taken back."""

    def work(tab: Tab) -> None:
        page = tab.page
        open_chain(tab)
        page.locator(".hop-card").first.click()
        assert "hop=" in page.url
        page.keyboard.press("]")
        assert "event=" in page.url
        page.wait_for_selector(".panel .source dd")
        page.wait_for_load_state("networkidle")
        before = page.locator(".decide .history li").count()
        page.keyboard.press("1")
        page.wait_for_timeout(500)
        assert page.locator(".decide .history li").count() == before, "no verdict without a reason"
        page.fill(".decide textarea", "供述与流水吻合")
        page.keyboard.press("1")
        assert page.locator(".decide textarea").input_value().endswith("1"), "digits in a field are text"
        page.locator(".decide button", has_text="存疑").click()
        page.wait_for_selector(".decide .history li:has-text('存疑')")
        page.locator(".decide .history button", has_text="撤销").first.click()
        page.wait_for_selector(".decide .history li:has-text('已撤销')")
        tab.picture("chain-zh-light")
        assert tab.accessible() == []

    workbench.browse(work)


def test_a_hop_says_what_it_infers_by_its_kind(workbench: Workbench) -> None:
    """Trap: who is paid for somebody else passes for a supplier, and who pays him for one who acts for him."""
    told = {"payment": "疑为收款人", "payee": "同属一方", "supply": "供货"}
    found = {
        hop["kind"]: f"/chains/{case['case_no']}/{rank}?hop={n}"
        for case in answers.chains(workbench.store, LOCAL)["cases"]
        for rank, chain in enumerate(case["chains"], start=1)
        for n, hop in enumerate(chain["hops"], start=1)
    }
    assert told.keys() <= found.keys(), "the district has hops of all three"

    def work(tab: Tab) -> None:
        for kind, words in told.items():
            tab.open(found[kind])
            tab.page.wait_for_selector(f".panel p:has-text('推断'):has-text('{words}')")

    workbench.browse(work)


def test_requests_become_a_draft_that_says_it_is_one(workbench: Workbench) -> None:
    """Trap: a draft that looks like an approved paper, or leaves out what was ticked."""

    def work(tab: Tab) -> None:
        page = tab.page
        open_chain(tab)
        page.wait_for_selector(".requests tbody tr")
        wanted = page.locator(".requests tbody .mono").first.inner_text()
        assert page.locator(".requests input:checked").count() == 0, "nothing is ticked that nobody chose"
        assert page.get_by_role("button", name=re.compile("^Draft requests")).is_disabled()
        page.locator(".requests input[type=checkbox]").first.check()
        page.get_by_role("button", name=re.compile("^Draft requests")).click()
        text = page.locator(".dialog textarea").input_value()
        assert "without legal effect" in text and wanted in text
        page.keyboard.press("Escape")
        assert page.locator(".dialog").count() == 0
        tab.picture("chain-en-dark")
        assert tab.accessible() == []

    workbench.browse(work, language="en-GB", color_scheme="dark")


def test_search_finds_by_a_part_of_a_number(workbench: Workbench) -> None:
    """Trap: a hit that leads nowhere, a kind or a reason in the other language."""

    def work(tab: Tab) -> None:
        page = tab.open("/")
        page.fill("#quick-search", "9901")
        page.wait_for_selector("#quick-hits .hit")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("main .hit")
        assert page.url.endswith("/search?q=9901")
        why = page.locator("main .hit .t3.small").first.inner_text()
        assert not re.search(r"[\u3400-\u9fff]", why), why
        tab.picture("search-en-light")
        assert tab.accessible() == []

    workbench.browse(work, language="en-GB")


@pytest.mark.browser
def test_marked_cases_are_joined_for_review(workbench: Workbench) -> None:
    """Trap: a join that judges one of the marked, or that leaves no word of the others on record."""

    def work(tab: Tab) -> None:
        page = tab.open("/board")
        marks = page.locator(".board-mark")
        marks.first.wait_for()
        marks.nth(0).check()
        marks.nth(1).check()
        panel = page.locator(".panel")
        panel.get_by_text("选中 2 起").wait_for()
        button = panel.get_by_role("button", name="并案研判")
        assert button.is_disabled(), "not without a reason"
        panel.locator("textarea").fill("同一上家，作案手法一致")
        tab.picture("board-join")
        assert tab.accessible() == []
        button.click()
        page.locator(".board-mark:checked").first.wait_for(state="detached")

    before = {each["id"] for each in ledger.reviews(workbench.store, LOCAL, kind="chain")["reviews"]}
    workbench.browse(work)
    made = [
        each
        for each in ledger.reviews(workbench.store, LOCAL, kind="chain")["reviews"]
        if each["id"] not in before
    ]
    try:
        assert [each["verdict"] for each in made] == ["under_review"] * 2
        assert len({each["subjects"][0] for each in made}) == 2
        assert all("同一上家" in each["reason"] and "并案：" in each["reason"] for each in made)
    finally:
        for each in made:
            ledger.undo(workbench.store, LOCAL, each["id"], "测试结束")
