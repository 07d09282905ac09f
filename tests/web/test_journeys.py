"""The two journeys people take every day, from end to end, in both languages: decide on a chain, follow a person."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from graph_schema.store import LOCAL
from tests.web.browsing import Tab, Workbench

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize(
    ("language", "scheme"), [("zh-CN", "light"), pytest.param("en-GB", "dark", marks=pytest.mark.long)]
)
"""The English half takes as long again; `make faults` has it."""


def text_of(file: Path) -> str:
    """What a DOCX says, without its markup."""
    with zipfile.ZipFile(file) as package:
        parts = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        return re.sub(r"<[^>]+>", "", " ".join(package.read(name).decode("utf-8") for name in parts))


@BOTH
def test_packet_case_to_report(workbench: Workbench, tmp_path: Path, language: str, scheme: str) -> None:
    """Trap: a chain confirmed on the board that its report still calls a candidate, or a report without rows."""
    chinese = language == "zh-CN"
    confirmed, candidate = ("确认", "候选") if chinese else ("confirmed", "candidate")

    def work(tab: Tab) -> None:
        page = tab.page
        tab.open("/board")
        page.wait_for_selector(".board-row")
        page.get_by_role("link", name=re.compile("在链中打开|Open the chain")).click()
        page.wait_for_selector(".lanes")
        chain = page.url
        page.locator(".hop-card").first.click()
        page.keyboard.press("]")
        page.wait_for_selector(".panel .source dd")
        cell = page.locator(".panel .source dd").first.inner_text()
        assert cell.strip(), "the row of the source file, as it was read"
        assert candidate in page.locator(".head .chip").first.inner_text()
        page.go_back()
        page.goto(workbench.address + "/board")
        page.wait_for_selector(".board-row")
        page.locator(".board-row").first.click()
        page.wait_for_selector(".decide textarea")
        page.fill(".decide textarea", "链条各环均有流水和话单印证")
        page.locator(".decide textarea").press("Escape")
        link = page.get_by_role("link", name=re.compile("在链中打开|Open the chain")).get_attribute("href")
        page.locator(".decide button", has_text=re.compile("确认链条|Confirm chain")).click()
        page.get_by_text(re.compile("已记录，可撤销|Recorded; you can undo it")).wait_for()
        page.goto(f"{workbench.address}{link}")
        page.wait_for_selector(".lanes")
        said = page.locator(".head .chip").first.inner_text()
        assert candidate not in said
        page.get_by_role("button", name=re.compile("报告与图|Report and drawing")).click()
        with page.expect_download() as downloading:
            page.get_by_role("menuitem", name=re.compile("DOCX")).click()
        file = tmp_path / "report.docx"
        downloading.value.save_as(file)
        report = text_of(file)
        assert ("研判报告" if chinese else "eport") in report
        assert re.search(r"[0-9a-f]{12}", report), "the report names file and row"
        tab.picture(f"journey-report-{language[:2]}-{scheme}")
        assert tab.accessible() == []
        page.goto(workbench.address + "/board")
        page.locator(".board-row").first.click()
        page.wait_for_selector(".decide .history button")
        page.locator(".decide .history button").first.click()
        page.wait_for_selector(
            ".decide .history li .t3:has-text('撤销'), .decide .history li .t3:has-text('undone')"
        )
        assert chain and confirmed

    workbench.browse(work, language=language, color_scheme=scheme, accept_downloads=True)


def seller_of(bench: Workbench) -> tuple[str, str, str]:
    """Pinyin, id and gang of somebody in a gang, and that nobody else is called so."""
    prefix = f"{bench.store.read(LOCAL, 'person.run')[0]['run']}/"
    rows: list[dict[str, Any]] = bench.store.read(
        LOCAL, "gang.page", prefix=prefix, min_size=3, skip=0, limit=5
    )
    for row in rows:
        for member in row["members"]:
            person = bench.store.read(LOCAL, "person.one", key=prefix + member["person"]["person_id"])[0][
                "person"
            ]
            if person.get("pinyin"):
                return person["pinyin"].split()[0], person["person_id"], row["gang"]["gang_id"]
    raise AssertionError("no gang has a member with a name")


@BOTH
def test_pinyin_to_saved_view(workbench: Workbench, language: str, scheme: str) -> None:
    """Trap: a search that knows no pinyin, a path that cannot be taken back, a view that forgets what was added."""
    pinyin, person, gang = seller_of(workbench)

    def work(tab: Tab) -> None:
        page = tab.page
        tab.open("/")
        page.fill("#quick-search", pinyin)
        page.wait_for_selector("#quick-hits .hit")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("main .hit")
        page.locator(f"main .hit[href*='{person}'], main .hit a[href*='{person}']").first.click()
        page.wait_for_url(re.compile(f"/persons/{person}"))
        page.wait_for_selector(".person-panel .ref")
        page.goto(f"{workbench.address}/canvas?gang={gang}&table=1")
        rows = page.locator(".canvas-table table").first.locator("tbody tr")
        expect(rows.first).to_be_visible()
        page.wait_for_load_state("networkidle")
        before = rows.count()
        rows.first.locator("button").click()
        page.keyboard.press("e")
        load = page.get_by_role("dialog").locator("footer .button.primary")
        expect(load).to_be_enabled()
        load.click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(rows).not_to_have_count(before)
        page.wait_for_load_state("networkidle")
        grown = rows.count()
        rows.nth(0).locator("button").click()
        rows.nth(1).locator("button").click(modifiers=["Shift"])
        page.keyboard.press("p")
        page.get_by_role("dialog").locator(".button.primary").click()
        page.wait_for_selector(".route")
        page.locator(".route .button").first.click()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.press("Control+z")
        page.keyboard.press("Control+z")
        expect(rows).to_have_count(before)
        page.keyboard.press("Control+y")
        expect(rows).to_have_count(grown)
        page.keyboard.press("Control+s")
        page.wait_for_url(re.compile(r"/canvas/[0-9a-f]{16}"))
        page.goto(page.url)
        expect(rows).to_have_count(grown)
        tab.picture(f"journey-view-{language[:2]}-{scheme}")
        assert tab.accessible() == []

    workbench.browse(work, language=language, color_scheme=scheme)


@BOTH
def test_leads_map_reports_and_administration(workbench: Workbench, language: str, scheme: str) -> None:
    """Trap: a page nobody opened in the other language, or with the keyboard's help only."""
    _, person, _ = seller_of(workbench)
    suffix = f"{language[:2]}-{scheme}"

    def work(tab: Tab) -> None:
        page = tab.page
        tab.open(f"/leads?tab=watches&kind=sequence&target={person}")
        page.wait_for_selector(".watch-fields")
        page.locator(".watch-fields select").nth(1).select_option("call,payment")
        page.locator(".watch-fields button").click()
        page.wait_for_selector(".watches tbody tr")
        tab.picture(f"watches-{suffix}")
        assert tab.accessible() == []
        page.locator(".watches tbody .link").first.click()
        tab.open("/leads?known=1")
        page.wait_for_selector("tbody tr")
        page.locator("tbody tr").first.click()
        page.wait_for_selector(".panel .source dd")
        page.fill(".lead-send input[type=text]", "例溪派出所")
        page.fill(".decide textarea", "请核查")
        page.locator(".decide button", has_text=re.compile("下发|Send")).click()
        page.wait_for_selector(".decide .history li")
        tab.picture(f"leads-{suffix}")
        assert tab.accessible() == []
        tab.open(f"/map?about={person}")
        page.wait_for_selector(".map-tick")
        page.locator(".map-tick").first.click(force=True)
        page.wait_for_selector(".map-chosen .ref")
        tab.picture(f"map-{suffix}")
        assert tab.accessible() == []
        page.keyboard.press("Alt+t")
        page.wait_for_selector("tbody tr .ref")
        assert tab.accessible() == []
        for path, seen in (
            ("/reports", "tbody tr"), ("/reports?tab=data", ".reports-data tr"), ("/admin", "tbody tr"),
            ("/admin?tab=dictionaries", "tbody tr"), ("/admin?tab=retention", "tbody tr"),
            ("/admin?tab=users", "form.admin-fields"), ("/audit", "tbody tr"),
        ):  # fmt: skip
            tab.open(path)
            page.wait_for_selector(seen)
            tab.picture(f"{re.sub(r'[^a-z]+', '-', path).strip('-')}-{suffix}")
            assert tab.accessible() == [], path

    workbench.browse(work, language=language, color_scheme=scheme)
