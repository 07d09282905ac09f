"""The review queue: a question is judged by a key, leaves the queue, and waits again when the judgement is taken back."""

from __future__ import annotations

import pytest

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
