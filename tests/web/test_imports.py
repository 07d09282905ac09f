"""An unknown file: checked, mapped, loaded, its rejected row corrected, and taken out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.browsing import Tab, Workbench

pytestmark = pytest.mark.browser

CARD, OTHER = "6200990000000000119", "6200990000000000127"
BOOKS = f"""记账日,本人账户,对方户头,往来金额(元),收付,附注,对方名称
2024-03-05 21:14:07,{CARD},{OTHER},300.00,付,货款,季二水
2024-03-06 21:14:07,{CARD},{OTHER},301.50,收,货款,季二水
2024-13-07 21:14:07,{CARD},{OTHER},302.00,付,货款,<img src=x onerror=alert(1)>
"""


def journey(tab: Tab, folder: Path, chinese: bool, suffix: str) -> None:
    page = tab.page
    check, map_columns, keep, correct, sure = (
        ("先检查", "列的对应", "保存；", "导入更正", "确认撤销")
        if chinese
        else ("Check first", "Map columns", "Save; tables", "Load 1 corrected", "Take it out")
    )
    book = folder / f"往来{suffix}.csv"
    book.write_text(BOOKS.replace("附注", f"附注{suffix}"), encoding="utf-8")  # a shape of its own
    tab.open("/imports")
    tab.picture(f"import-empty-{suffix}")
    assert tab.accessible() == []
    page.locator("input[type=file]:not([webkitdirectory])").set_input_files(book)
    page.get_by_role("button", name=check).click()
    page.get_by_role("button", name=map_columns).click()
    page.wait_for_selector(".import-preview tbody tr")
    assert page.locator(".import-preview tbody tr").count() == 3
    assert "300.00" in page.locator(".import-preview").inner_text()
    tab.picture(f"import-map-{suffix}")
    assert tab.accessible() == []
    page.get_by_role("button", name=keep).click()
    page.wait_for_selector(".dialog .band")
    page.keyboard.press("Escape")
    page.locator(".import-go button.primary").click()
    page.wait_for_selector(".import-outcome td a")
    tab.picture(f"import-done-{suffix}")
    page.locator(".import-outcome td a").first.click()
    page.locator("td input.field").fill("2024-03-07 21:14:07")
    page.goto(page.url)  # nothing is lost by going away
    assert page.locator("td input.field").input_value() == "2024-03-07 21:14:07"
    tab.picture(f"import-rejects-{suffix}")
    assert tab.accessible() == []
    page.get_by_role("button", name=correct).click()
    page.wait_for_selector(".band.info")
    tab.open("/imports?tab=hand&kind=link")
    page.get_by_label("标识A").fill("13900001234")
    page.get_by_label("标识B").fill("wxid_sample0002")
    page.locator("form button.primary").click()
    page.locator(".band .ref").click()
    assert "wxid_sample0002" in page.locator(".dialog .source").inner_text()
    tab.picture(f"import-hand-{suffix}")
    page.keyboard.press("Escape")
    tab.open("/imports?tab=loads")
    page.wait_for_selector("tbody tr")
    tab.picture(f"import-loads-{suffix}")
    for _ in range(3):  # the entry, the correction, then the file: newest first
        out = page.locator("tbody button.link").first
        name = out.get_attribute("aria-label")
        out.click()
        page.get_by_role("button", name=sure).click()
        page.get_by_role("button", name=name, exact=True).wait_for(state="detached")
    assert book.name not in page.locator("tbody").inner_text()


def test_an_unknown_file_comes_in_and_goes_out(workbench: Workbench, tmp_path: Path) -> None:
    """Traps: a refusal that says no way on; a correction lost by a reload; a load that cannot be taken out."""
    workbench.browse(lambda tab: journey(tab, tmp_path, True, "zh-light"))


@pytest.mark.long
def test_the_same_in_english_and_dark(workbench: Workbench, tmp_path: Path) -> None:
    """Trap: a page that is only Chinese, or unreadable in the dark."""
    workbench.browse(
        lambda tab: journey(tab, tmp_path, False, "en-dark"), language="en-GB", color_scheme="dark"
    )
