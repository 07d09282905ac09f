"""The start page in a real Chromium: from the link to the source row, and nothing from data ever runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from backend.security.sessions import local_token
from graph_schema.store import Store
from tests.browser_setup import ARGUMENTS, find_chromium

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=window.pwned=1><script>window.pwned=1</script>"


def browse(work: Callable[[Page, list[str]], None], **options: Any) -> None:
    """Do something with a page; in a thread of its own, since a thread can hold one browser driver only."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            path = find_chromium()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=str(path), args=list(ARGUMENTS))
                page = browser.new_context(viewport={"width": 1366, "height": 768}, **options).new_page()
                seen: list[str] = []
                page.context.on("request", lambda request: seen.append(request.url))
                page.on("pageerror", lambda error: seen.append(f"error {error}"))
                page.on("console", lambda message: seen.append(f"console {message.text}"))
                page.set_default_timeout(20_000)
                work(page, seen)
                browser.close()
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(120)
    if failed:
        raise failed[0]


def test_from_the_link_to_the_source_row(server: int, district: Store) -> None:
    """Trap: a token left in the address, a request to elsewhere, a hop whose rows do not open."""
    home = f"http://127.0.0.1:{server}/"

    def work(page: Page, seen: list[str]) -> None:
        page.goto(f"{home}#token={local_token(Path(district.home))}")
        page.wait_for_selector(".ladder")
        assert "token" not in page.url
        assert page.locator(".cards .card").count() == 1, "only the packet case is listed at first"
        names = page.locator(".ladder .person .name").all_inner_texts()
        assert names == ["甲一", "乙二", "丙三"], "up is upstream"
        assert page.locator(".hop.weakest").count() == 1
        page.locator(".hop button").first.click()
        page.wait_for_selector(".row dd")
        assert "4,400.00" in page.locator(".row dd").all_inner_texts()
        assert "调证/交易明细_测试银行.xlsx" in page.locator(".row h3").first.inner_text()
        assert page.locator(".signals li").count() == 1
        page.get_by_role("button", name="团伙候选").click()
        page.wait_for_selector(".members .person")
        page.fill("#q", "1234")
        page.press("#q", "Enter")
        page.wait_for_selector("#view h2:text('曾单')")
        with page.context.expect_page() as opened:
            page.locator("a.button").click()
        opened.value.wait_for_load_state()
        assert "曾单" in opened.value.title() or "曾单" in opened.value.content()
        assert [each for each in seen if not each.startswith(home)] == []
        page.get_by_role("button", name="退出").click()
        page.wait_for_selector(".sign-in")

    browse(work, locale="zh-CN")


def test_page_speaks_english_and_asks_who_is_there(server: int, district: Store) -> None:
    """Trap: a page that shows anything before sign-in, or one language only."""

    def work(page: Page, seen: list[str]) -> None:
        page.goto(f"http://127.0.0.1:{server}/")
        page.wait_for_selector(".sign-in")
        assert page.locator(".card").count() == 0
        page.locator(".sign-in input").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_selector(".sign-in .wrong:text('not the token')")
        page.locator(".sign-in input").fill(local_token(Path(district.home)))
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_selector(".ladder")
        assert page.locator("#lead").inner_text() == "Analysis result: a lead, not a finding."

    browse(work, locale="en-GB")


def test_text_of_data_never_runs(server: int, district: Store, builder: Any) -> None:
    """Trap: a name or a case title taken for markup."""
    builder.do("MATCH (p:Person) SET p.name = $it, p.names = [$it], p.phones = [$it]", it=HOSTILE)
    builder.do("MATCH (c:Case) SET c.case_name = $it", it=HOSTILE)

    def work(page: Page, seen: list[str]) -> None:
        page.goto(f"http://127.0.0.1:{server}/#token={local_token(Path(district.home))}")
        page.wait_for_selector(".ladder")
        page.get_by_role("button", name="团伙候选").click()
        page.wait_for_selector(".members .person")
        assert HOSTILE in page.locator(".members .name").first.inner_text()
        page.fill("#q", "1234")
        page.press("#q", "Enter")
        page.wait_for_selector("#view h2")
        assert page.evaluate("window.pwned") is None
        assert page.locator("img:not([src='/assets/mark.svg'])").count() == 0

    browse(work, locale="zh-CN")
