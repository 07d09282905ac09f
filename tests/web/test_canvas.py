"""The canvas: from a gang to its neighbours, every step back and forth, saved on stable ids, a table for the same rows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from graph_schema.store import LOCAL
from tests.web.browsing import Tab, Workbench

expect.set_options(timeout=30_000)

INK = """() => {
  const canvas = document.querySelector("canvas.marks");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, at) => at % 4 === 3 && value > 0).length;
}"""
"""Pixels of the marks layer that are not empty."""


def gang_of(bench: Workbench) -> str:
    rows = bench.store.read(LOCAL, "gang.page", prefix=_prefix(bench), min_size=3, skip=0, limit=1)
    return str(rows[0]["gang"]["gang_id"])


def _prefix(bench: Workbench) -> str:
    return f"{bench.store.read(LOCAL, 'person.run')[0]['run']}/"


@pytest.mark.browser
def test_from_gang_to_expansion_and_back(workbench: Workbench) -> None:
    """Trap: a step that cannot be taken back, or one that leaves something behind when it is."""
    gang = gang_of(workbench)

    def work(tab: Tab) -> None:
        page = tab.open(f"/canvas?gang={gang}&table=1")
        rows = page.locator(".canvas-table table").first.locator("tbody tr")
        expect(rows.first).to_be_visible()
        before = rows.count()
        rows.first.locator("button").click()
        page.keyboard.press("e")
        load = page.get_by_role("dialog").locator("footer .button.primary")
        expect(load).to_be_enabled()
        load.click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(rows).not_to_have_count(before)
        grown = rows.count()
        assert grown > before
        page.keyboard.press("Control+z")
        expect(rows).to_have_count(before)
        page.keyboard.press("Control+y")
        expect(rows).to_have_count(grown)
        page.keyboard.press("h")
        expect(rows).to_have_count(grown - 1)
        page.keyboard.press("Control+z")
        expect(rows).to_have_count(grown)

    workbench.browse(work)


@pytest.mark.browser
def test_a_saved_view_opens_as_it_was(workbench: Workbench) -> None:
    """Trap: a shared address that shows another picture, or one that holds names."""
    gang = gang_of(workbench)

    def work(tab: Tab) -> None:
        page = tab.open(f"/canvas?gang={gang}&table=1")
        rows = page.locator(".canvas-table table").first.locator("tbody tr")
        expect(rows.first).to_be_visible()
        count = rows.count()
        rows.first.locator("button").click()
        page.keyboard.press("h")
        expect(rows).to_have_count(count - 1)
        page.keyboard.press("Control+s")
        page.wait_for_url(re.compile(r"/canvas/[0-9a-f]{16}"))
        page.goto(page.url)
        expect(rows).to_have_count(count - 1)

    workbench.browse(work)


@pytest.mark.browser
@pytest.mark.parametrize(("language", "scheme"), [("zh-CN", "light"), ("en-GB", "dark")])
def test_the_picture_is_drawn_and_can_be_reached(workbench: Workbench, language: str, scheme: str) -> None:
    """Trap: an empty stage, or tools that only a mouse finds."""
    gang = gang_of(workbench)

    def work(tab: Tab) -> None:
        page = tab.open(f"/canvas?gang={gang}&layout=roles")
        page.wait_for_selector(".timebar, .canvas-table, .stage")
        page.wait_for_timeout(1500)
        tab.picture(f"canvas-{language[:2]}-{scheme}")
        assert tab.accessible() == []
        if page.locator(".stage").count():
            drawn = page.evaluate(INK)
            assert drawn > 2_000

    workbench.browse(work, language=language, color_scheme=scheme)
