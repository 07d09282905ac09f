"""Money followed through the workbench: from a person to the rows of a payment, and the page of an account."""

from __future__ import annotations

import re

import pytest

from tests.web.browsing import Tab, Workbench

pytestmark = pytest.mark.browser

INTERNAL = re.compile(
    r"\b(P[0-9a-f]{12}|(Account|Phone|Person|Record|Vehicle|Place):\S+|CALLED|MESSAGED|PAID)\b"
)


def in_words(tab: Tab) -> None:
    """Nothing on the page is an id or code of ours."""
    found = INTERNAL.search(tab.page.inner_text("main"))
    assert not found, found


def walk(tab: Tab, suffix: str) -> None:
    """A supplier's money as a picture, one flow with its rows, the table; then his account and its list."""
    page = tab.page
    tab.open("/objects?tab=patterns")
    page.locator("tbody a[href^='/trace?start=']").first.click(timeout=60_000)
    page.wait_for_selector(".sankey .ribbon", timeout=60_000)
    page.wait_for_load_state("networkidle")
    tab.picture(f"trace-{suffix}")
    in_words(tab)
    page.locator(".sankey .ribbon").first.dispatch_event("click")
    page.wait_for_selector(".trace-flow .ref")
    tab.picture(f"trace-flow-{suffix}")
    assert tab.accessible() == []
    page.locator("[role=tab]").nth(1).click()
    page.wait_for_selector(".table tbody tr")
    in_words(tab)
    tab.picture(f"trace-table-{suffix}")
    page.locator(".trace-flow a[href^='/objects/Account']").first.click()
    page.wait_for_selector(".object-panel a.person", timeout=60_000)
    page.wait_for_selector("tbody .ref")
    tab.picture(f"account-{suffix}")
    in_words(tab)
    assert tab.accessible() == []
    tab.open("/objects?tab=phones")
    page.wait_for_selector("tbody a[href^='/objects/Phone']", timeout=60_000)
    page.locator(".objects-search input").fill("139")
    page.wait_for_url(lambda url: "q=139" in url)
    page.wait_for_load_state("networkidle")
    tab.picture(f"phones-{suffix}")
    in_words(tab)
    assert tab.accessible() == []


def test_money_from_a_person_to_its_rows(workbench: Workbench) -> None:
    """Trap: a flow nobody can open, an account that leads nowhere, ids of ours on the page."""
    workbench.browse(lambda tab: walk(tab, "zh-light"))


@pytest.mark.long
def test_the_same_in_english_and_dark(workbench: Workbench) -> None:
    """Trap: a page that is only Chinese, or unreadable in the dark."""
    workbench.browse(lambda tab: walk(tab, "en-dark"), language="en-GB", color_scheme="dark")
