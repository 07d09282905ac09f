"""The district's nouns in the workbench: list, one item beside it, decision and undo, in both languages."""

from __future__ import annotations

import re

import pytest

from tests.web.browsing import Tab, Workbench
from tests.web.judging import decide, standing

pytestmark = pytest.mark.browser


def test_a_task_is_decided_and_the_decision_undone(workbench: Workbench) -> None:
    """Traps: the list keeps the old state; a rejected task vanishes; an undo that leaves it last."""
    before = standing(workbench)

    def work(tab: Tab) -> None:
        page = tab.open("/district")
        page.locator(".nouns a[href='/district/tasks']").click()
        first = page.locator("tbody tr").first
        first.wait_for()
        name = first.inner_text().split("\t")[1]
        first.click()
        page.locator(".noun-detail .source").first.wait_for()
        decide(page, "2", "重复下达")
        page.locator("tbody tr", has_text="不成立").wait_for()
        assert name not in page.locator("tbody tr").first.inner_text(), "rejected tasks come last"
        assert page.locator("tbody tr", has_text="不成立").count() == 1
        assert not tab.accessible()
        tab.picture("district-tasks")
        page.keyboard.press("Control+z")
        page.locator(".decide", has_text="已撤销，原状恢复").wait_for()
        page.locator("tbody tr", has_text="不成立").wait_for(state="detached")

    workbench.browse(work, color_scheme="light")
    assert standing(workbench) == before


def test_a_figure_opens_its_list(workbench: Workbench) -> None:
    """Traps: a value beside a list of another length; a month of zero vanishes; Chinese on an English page."""

    def work(tab: Tab) -> None:
        page = tab.open("/district/figures?figure=发现问题数")
        bars = page.locator(".figure-series rect")
        page.locator(".figure-series rect[opacity='1']").first.wait_for()
        assert [bar for bar in bars.all() if not bar.is_visible()] == [], "a month of zero is a thin line"
        some = page.locator("td b", has_text=re.compile(r"^[1-9]\d*$"))
        shown = page.locator("tbody tr", has=some).first
        value = int(shown.locator("td b").first.inner_text())
        shown.click()
        page.locator(".noun-detail .source").first.wait_for()
        listed = page.locator("section[aria-label^='List']")
        assert listed.locator("h3").inner_text() == f"List ({value})"
        assert listed.locator("tbody tr").count() == value
        assert "example" in page.locator(".noun-about").inner_text(), "a shipped rule says what it is"
        words = page.locator(".noun-filters label, .noun-about, .tabs button, thead th, .noun-detail h3")
        for text in words.all_inner_texts():
            assert not re.search(r"[\u3400-\u9fff]", text), text
        assert not tab.accessible()
        tab.picture("district-figures")

    workbench.browse(work, language="en-GB", color_scheme="dark")
