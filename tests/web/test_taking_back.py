"""Taking back by Ctrl Z while the service is slow to answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.web.browsing import Tab, Workbench
from tests.web.judging import best, decide, standing

pytestmark = pytest.mark.browser
SLOWLY = """const ask = window.fetch;
window.fetch = async (what, how) => {
  const answer = await ask(what, how);
  if (how?.method === 'POST') await new Promise(done => setTimeout(done, 1500));
  return answer;
};"""
"""Every answer to a POST arrives late; the service itself has long done it."""


def test_keys_faster_than_the_answers_lose_nothing(workbench: Workbench) -> None:
    """Traps: a second Ctrl Z that takes the first one's judgement back again and leaves its own; a Ctrl Z right after
    a judgement that finds none, or takes back the one before."""
    _, _, gang = best(workbench)
    before = standing(workbench)

    def settles(page: Page, more: int) -> None:
        for _ in range(600):
            if len(standing(workbench) - before) == more:
                break
            page.wait_for_timeout(100)
        assert len(standing(workbench) - before) == more

    def write(page: Page, reason: str) -> None:
        page.keyboard.press("r")
        page.keyboard.type(reason)
        page.keyboard.press("Escape")

    def work(tab: Tab) -> None:
        tab.page.add_init_script(SLOWLY)
        page = tab.open(f"/gangs/{gang}")
        page.wait_for_selector(".decide textarea")
        decide(page, "1", "成员稳定")
        first = standing(workbench)
        write(page, "尚待核实")
        page.keyboard.press("3")
        page.keyboard.press("Control+z")
        page.locator(".decide", has_text="已撤销，原状恢复").wait_for()
        assert standing(workbench) == first, "the one just made goes, not the one before"
        write(page, "尚待核实")
        page.keyboard.press("3")
        settles(page, 2)
        page.keyboard.press("Control+z")
        page.keyboard.press("Control+z")
        settles(page, 0)

    workbench.browse(work)
    assert standing(workbench) == before
