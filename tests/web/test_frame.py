"""The frame of the workbench: sign-in, languages, search, weight, types, and nothing from data ever runs."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

import pytest
import requests

import bootstrap
from backend import answers
from graph_schema.store import LOCAL
from tests.web.browsing import Tab, Workbench

pytestmark = pytest.mark.browser

WEB = bootstrap.WEB
ADDRESSES = ("/", "/board")


def test_token_leaves_the_address_and_signing_out_shows_nothing(workbench: Workbench) -> None:
    """Trap: a token left in the address bar or the history; a page that shows anything before sign-in."""

    def work(tab: Tab) -> None:
        page = tab.page
        page.goto(f"{workbench.address}/")
        page.wait_for_selector(".sign-in.alone")
        assert page.locator(".app").count() == 0
        page.get_by_role("button", name="用本机口令登录").click()
        page.fill("#token", "wrong")
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_selector(".sign-in .wrong")
        tab.open("/")
        assert "token" not in page.url
        page.get_by_role("button", name="用户").click()
        page.get_by_role("menuitem", name="退出").click()
        page.wait_for_selector(".sign-in.alone")

    workbench.browse(work)


def test_lost_session_keeps_the_place(workbench: Workbench) -> None:
    """Trap: a session that ended throws away the page one was on."""

    def work(tab: Tab) -> None:
        page = tab.open("/search?q=1234")
        page.context.clear_cookies()
        page.fill("#quick-search", "9901")
        page.wait_for_selector(".sign-in:not(.alone)")
        page.fill("#token", workbench.token)
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_selector(".sign-in", state="detached")
        assert page.url.endswith("/search?q=1234")
        assert page.locator("#quick-search").input_value() == "9901"

    workbench.browse(work)


def test_key_after_a_closed_dialog_reaches_the_page(workbench: Workbench) -> None:
    """Trap: a dialog that is gone still takes the keys pressed before the next frame (Escape, then Ctrl+Z at once)."""

    def work(tab: Tab) -> None:
        page = tab.open("/board")
        page.wait_for_selector("main")
        page.keyboard.press("?")
        page.wait_for_selector("[role=dialog]")
        reached = page.evaluate(
            """async () => {
                const press = (key, ctrlKey = false) => dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey }));
                press("Escape");
                for (let turn = 0; turn < 1000 && document.querySelector("[role=dialog]"); turn++) await null;
                if (document.querySelector("[role=dialog]")) return "dialog still open";
                press("k", true);
                return document.activeElement.id;
            }"""
        )
        assert reached == "quick-search"

    workbench.browse(work)


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_every_word_of_the_frame_is_in_the_language_of_the_browser(
    workbench: Workbench, language: str
) -> None:
    """Trap: a word forgotten in one language."""

    def work(tab: Tab) -> None:
        page = tab.open("/")
        assert page.locator("html").get_attribute("lang") == ("zh-CN" if language == "zh-CN" else "en")
        frame = page.locator(".rail a, .status, .top .menu > button").all_inner_texts()
        for text in frame:
            if language == "en-GB":
                assert not re.search(r"[\u3400-\u9fff]", text), text
        assert any(("首页" if language == "zh-CN" else "Start") in text for text in frame)

    workbench.browse(work, language=language)


def test_deep_links_reach_the_page_and_unknown_api_paths_do_not(workbench: Workbench) -> None:
    """Trap: a link sent to a colleague gives 404; a wrong API path answers with a page and status 200."""
    page = requests.get(f"{workbench.address}/board", timeout=20)
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    wrong = requests.get(f"{workbench.address}/api/v1/nothing", timeout=20)
    assert wrong.status_code == 404
    assert wrong.headers["content-type"].startswith("application/problem+json")
    assert requests.get(f"{workbench.address}/assets/nothing.js", timeout=20).status_code == 404


def test_whole_workbench_weighs_less_than_a_megabyte(built: None) -> None:
    """Trap: one dependency that doubles what a slow line has to carry."""
    files = [path for path in (WEB / "dist").rglob("*") if path.is_file()]
    weight = sum(len(gzip.compress(path.read_bytes(), 6)) for path in files)
    assert 20_000 < weight < 1_000_000


def test_types_hold_and_nobody_writes_any(built: None) -> None:
    """Trap: `any` switches the checks off just where an answer of the API is read."""
    done = subprocess.run(
        [str(bootstrap.BIN / "node"), "node_modules/typescript/bin/tsc", "--noEmit"],
        cwd=WEB,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    loose = re.compile(
        r"[:<|(]\s*any\b|\bas any\b|@ts-ignore|@ts-nocheck|dangerouslySetInnerHTML|\.innerHTML\b"
    )
    found = [
        f"{path.relative_to(WEB)}: {hit.group()}"
        for path in sorted((WEB / "src").rglob("*.ts*"))
        for hit in loose.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    """Trap: a font, an icon or a script by an address of the internet."""
    found = [
        f"{path.relative_to(WEB)}: {hit}"
        for path in [*(WEB / "src").rglob("*"), WEB / "index.html"]
        if path.is_file() and path.name != "LICENSE-tabler"
        for hit in re.findall(
            r"https?://(?!www\.w3\.org/|127\.0\.0\.1)[\w.-]+", path.read_text(encoding="utf-8")
        )
    ]
    assert found == []


def test_small_modules(built: None) -> None:
    """Trap: a page that grows into one file nobody reads any more."""
    long = [
        f"{path.relative_to(WEB)}: {lines}"
        for path in sorted((WEB / "src").rglob("*.ts*"))
        if "generated" not in path.parts and (lines := path.read_text(encoding="utf-8").count("\n")) > 400
    ]
    assert long == []


def test_start_lists_what_was_opened_last(workbench: Workbench) -> None:
    """Traps: a place found again only by searching; names kept on the machine; the list of one user shown to the next."""
    case = answers.board(workbench.store, LOCAL)["rows"][0]
    no, name = case["case_no"], case["taken_from"]["name"]

    def work(tab: Tab) -> None:
        page = tab.page
        tab.open(f"/cases/{no}")
        page.wait_for_selector(".case-page h2")
        tab.open(f"/chains/{no}/1")
        page.wait_for_selector(".lanes")
        page.get_by_role("link", name="首页").click()
        listed = page.locator(f".start a[href^='/chains/{no}/1'], .start a[href='/cases/{no}']")
        page.wait_for_selector(f".start .column:last-child a[href='/cases/{no}']")
        assert [each.inner_text() for each in listed.all()][-2:] == [
            f"案 {no[-4:]} 的第 1 条链",
            f"案 {no[-4:]}",
        ]
        kept = page.evaluate("JSON.stringify({...localStorage})")
        assert no in kept and name not in kept
        page.get_by_role("button", name="用户").click()
        page.get_by_role("menuitem", name="退出").click()
        page.wait_for_selector(".sign-in.alone")
        assert no not in page.evaluate("JSON.stringify({...localStorage})")

    workbench.browse(work)


def test_no_secret_place_keeps_rows(workbench: Workbench) -> None:
    """Trap: names or numbers kept in the browser after signing out."""

    def work(tab: Tab) -> None:
        page = tab.open("/")
        page.fill("#quick-search", "9901")
        page.wait_for_selector("#quick-hits")
        kept = page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})")
        assert "9901" not in kept

    workbench.browse(work)
    assert Path(WEB / "dist" / "index.html").is_file()
