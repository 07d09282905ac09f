"""A chart for a meeting: drawn over the canvas by hand, taken back and done again, saved, copied, on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.browsing import Tab, Workbench
from tests.web.test_canvas import FIRST_DISC, gang_of

expect.set_options(timeout=30_000)

ZH = {
    "kinds": ("文字", "框", "箭头", "便签"),
    "blue": "颜色 蓝",
    "on": "贴在",
    "undo": "撤销",
    "redo": "重做",
    "charts": "会商图列表",
    "copy": "复制",
    "export": "导出图片",
    "copied": "例溪会商（副本）",
    "hand": "手工标注",
}
EN = {
    "kinds": ("Text", "Frame", "Arrow", "Note"),
    "blue": "Colour blue",
    "on": "on ",
    "undo": "Undo",
    "redo": "Redo",
    "charts": "Charts",
    "copy": "Copy",
    "export": "Export image",
    "copied": "例溪会商 (copy)",
    "hand": "drawn by hand",
}
TEXTS = ("先查微信收款", "零售一组", "传唤", "已离开本地")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-CN", ZH), pytest.param("en-GB", EN, marks=pytest.mark.long)],
)
def test_from_a_gang_to_a_chart_on_paper(
    workbench: Workbench, language: str, words: dict[str, str], tmp_path: Path
) -> None:
    """Trap: an act that cannot be taken back, a chart that comes back without its words, or paper without them."""
    gang = gang_of(workbench)

    def work(tab: Tab) -> None:
        page = tab.open(f"/canvas?gang={gang}&layout=roles")
        page.wait_for_selector(".stage canvas.marks", timeout=60_000)
        page.wait_for_timeout(1_000)
        page.keyboard.press("d")
        expect(page.locator(".chart-bar")).to_be_visible()
        page.wait_for_timeout(500)
        marks = page.locator(".marks-list li")
        draw(page)
        expect(marks).to_have_count(len(TEXTS))
        for kind, text, line in zip(words["kinds"], TEXTS, marks.all(), strict=True):
            expect(line).to_contain_text(kind)
            expect(line).to_contain_text(text)
        expect(marks.last).to_contain_text(words["on"])
        take_back(page, marks, words)
        tab.picture(f"chart-{language[:2]}")
        assert tab.accessible() == []
        save_and_copy(page, words)
        page.get_by_role("button", name=words["copied"]).wait_for()
        expect(marks).to_have_count(len(TEXTS))
        for form in ("SVG", "PDF A4"):
            taken = take(page, words["export"], form, tmp_path)
            if form == "SVG":
                assert all(text in taken.decode() for text in (*TEXTS, words["hand"], words["copied"]))
            assert form == "SVG" or taken.startswith(b"%PDF")

    workbench.browse(work, language=language, accept_downloads=True)


def draw(page: Page) -> None:
    """A text by the keyboard alone, a frame and an arrow by dragging, a note on the first object."""
    box = page.locator(".stage").bounding_box()
    assert box
    x, y, wide, tall = box["x"], box["y"], box["width"], box["height"]
    pick_tool(page, "t")
    page.keyboard.press("Enter")
    write(page, TEXTS[0])
    pick_tool(page, "r")
    drag(page, (x + 0.7 * wide, y + 0.5 * tall), (x + 0.9 * wide, y + 0.7 * tall))
    page.keyboard.press("Enter")
    write(page, TEXTS[1])
    on = page.evaluate(FIRST_DISC)
    pick_tool(page, "a")
    drag(page, (x + 0.8 * wide, y + 0.2 * tall), (on[0] + 4, on[1] + 4))
    page.keyboard.press("Enter")
    write(page, TEXTS[2])
    pick_tool(page, "s")
    page.mouse.click(on[0] + 4, on[1] + 4)
    write(page, TEXTS[3])


def pick_tool(page: Page, key: str) -> None:
    page.keyboard.press(key)
    expect(page.locator(".tool-hint")).not_to_be_empty()


def write(page: Page, text: str) -> None:
    expect(page.locator(".mark-text")).to_be_focused()
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".mark-text")).to_have_count(0)


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()


def take_back(page: Page, marks: Locator, words: dict[str, str]) -> None:
    """Colour, move and delete what is picked by the keyboard; all of it back, and the last again."""
    undo = page.get_by_role("button", name=re.compile(f"^{words['undo']} "))
    before = undo.inner_text()
    page.get_by_role("button", name=words["blue"]).click()
    marks.first.get_by_role("button").click()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Delete")
    expect(marks).to_have_count(len(TEXTS) - 1)
    for _ in range(4):
        undo.click()
    expect(undo).to_have_text(before)
    expect(marks).to_have_count(len(TEXTS))
    page.get_by_role("button", name=re.compile(f"^{words['redo']} ")).click()
    expect(marks).to_have_count(len(TEXTS))


def save_and_copy(page: Page, words: dict[str, str]) -> None:
    """Save under a name, copy it in the list, and open the copy."""
    page.keyboard.press("Control+s")
    page.get_by_role("dialog").locator("input").first.fill("例溪会商")
    page.get_by_role("dialog").locator("footer .primary").click()
    page.wait_for_url(re.compile(r"/canvas/[0-9a-f]{16}"))
    page.get_by_role("button", name="例溪会商").click()
    page.get_by_role("menuitem", name=words["charts"]).click()
    lines = page.locator(".chart-list li")
    expect(lines.first).to_be_visible()
    before = lines.count()
    lines.first.get_by_role("button", name=words["copy"], exact=True).click()
    expect(lines).to_have_count(before + 1)
    expect(lines.first).to_contain_text(words["copied"])
    lines.first.locator(".link").click()


def take(page: Page, menu: str, form: str, folder: Path) -> bytes:
    page.locator(".canvas-tools").get_by_role("button", name=menu).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=form, exact=True).click()
    to = folder / "taken"
    download.value.save_as(to)
    return to.read_bytes()
