"""From the list of objects to a gang, a person and a case."""

from __future__ import annotations

import re

import pytest

from tests.web.browsing import Tab, Workbench

pytestmark = pytest.mark.browser


def walk(tab: Tab, suffix: str) -> None:
    """Gang, a member, his money suite and the first case, with a picture of each."""
    page = tab.page
    tab.open("/objects")
    page.locator("tbody a[href^='/gangs/']").first.click()
    page.wait_for_selector(".gang-page .drawing")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => document.querySelector('.gang-page .drawing').naturalWidth > 0")
    assert page.locator(".gang-page tbody .chip").count() > 0, "candidate or confirmed is said of members"
    tab.picture(f"gang-{suffix}")
    assert tab.accessible() == []
    page.locator(".gang-page tbody a.person").first.click()
    page.wait_for_selector(".person-panel .ref")
    page.wait_for_selector(".coverage .cell")
    tab.picture(f"person-{suffix}")
    bars = page.locator(".month-bars")
    assert bars.count() > 0 and "¥" in (bars.first.get_attribute("aria-label") or ""), "paid by month"
    bars.first.scroll_into_view_if_needed()
    tab.picture(f"person-supplies-{suffix}")
    assert tab.accessible() == []
    assert not re.search(r"(?<![\d.,])1 (rows|cases|events|persons)\b", page.inner_text("body"))
    page.locator("[role=tab]").nth(1).click()
    page.wait_for_selector(".person-page section")
    tab.picture(f"person-money-{suffix}")
    assert tab.accessible() == []
    page.locator(".person-panel .ref").first.click()
    page.wait_for_selector(".dialog .source dd")


def test_gang_and_person_say_what_they_rest_on(workbench: Workbench) -> None:
    """Trap: a gang page whose drawing is broken, a person whose identifiers open no source row."""
    workbench.browse(lambda tab: walk(tab, "zh-light"))


@pytest.mark.long
def test_the_same_in_english_and_dark(workbench: Workbench) -> None:
    """Trap: a page that is only Chinese, or unreadable in the dark."""
    workbench.browse(lambda tab: walk(tab, "en-dark"), language="en-GB", color_scheme="dark")


def test_case_shows_its_parts(workbench: Workbench) -> None:
    """Trap: a link to a case from the chain view that leads to no page."""

    def work(tab: Tab) -> None:
        tab.open("/board")
        tab.page.wait_for_selector(".board-row")
        number = tab.page.locator(".panel h2[title]").first.get_attribute("title")
        tab.open(f"/cases/{number}")
        tab.page.wait_for_selector(".case-page section")
        assert tab.page.locator(".case-facts dd").count() > 1
        tab.picture("case-zh-light")
        assert tab.accessible() == []

    workbench.browse(work)
