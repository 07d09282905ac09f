"""A chief's morning: confirm a chain, a gang and a member, start a run, print, take the canvas away, undo it all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from backend import answers
from backend.reviews import answers as ledger
from graph_schema.store import LOCAL
from tests.accounts import token_of
from tests.web.browsing import PATIENCE, Tab, Workbench
from tests.web.judging import best, decide, standing

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize(
    ("language", "scheme"), [("zh-CN", "light"), pytest.param("en-GB", "dark", marks=pytest.mark.long)]
)
GO = "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }"
"""To another page without loading the workbench anew: what this window judged stays to be taken back."""


def chief(tab: Tab, name: str) -> Page:
    """Signed in as a chief of his own name."""
    token = token_of(Path(tab.bench.store.home), name, "chief")
    tab.page.goto(f"{tab.bench.address}/board#token={token}")
    tab.page.wait_for_selector(".board-row")
    return tab.page


@BOTH
def test_a_chief_decides_runs_prints_takes_away_and_undoes(
    workbench: Workbench, tmp_path: Path, language: str, scheme: str
) -> None:
    """Traps: a chain no button confirms; a state one page knows and another does not; a run only the terminal can
    start; a picture named true.png; a paper that shows the frame and not the rows; an undo that leaves something."""
    zh = language == "zh-CN"
    case, chain, gang = best(workbench)
    before, waiting = standing(workbench), answers.pending(workbench.store, LOCAL)
    run, judged = (
        waiting["run"],
        waiting["judged"] + 1,
    )  # what an earlier journey took back waits for a run too
    earlier = len(
        ledger.reviews(workbench.store, LOCAL, kind="chain", subjects=[f"Chain:{chain}"])["reviews"]
    )
    confirmed = re.compile("^确认$" if zh else "^confirmed$")
    suffix = f"{language[:2]}-{scheme}"

    def work(tab: Tab) -> None:
        page = chief(tab, f"王队{language[:2]}")
        other = page.context.new_page()
        other.goto(f"{workbench.address}/cases/{case}")
        expect(other.locator(".case-page .chip").first).to_be_visible()
        page.evaluate(GO, f"/board?case={case}")
        expect(page.locator(f".panel header a[href='/cases/{case}']")).to_be_visible()
        expect(page.locator(".panel header .chip")).to_have_text("候选" if zh else "candidate")
        decide(page, "1", "流水、话单与供述相互印证")
        expect(page.locator(".panel header .chip")).to_have_text(confirmed)
        tab.picture(f"chief-board-{suffix}")
        assert tab.accessible() == []
        # Another window learns of it without being asked.
        expect(
            other.locator(".case-page p.row", has=other.locator(f"a[href='/chains/{case}/1']")).locator(
                ".chip"
            )
        ).to_have_text(confirmed)
        other.close()
        page.evaluate(GO, f"/chains/{case}/1?decide=chain")
        page.wait_for_selector(".lanes")
        expect(page.locator(".head .chip").first).to_have_text(confirmed)
        # One entry more than before, of at most four shown: tests before this one judged and took back too.
        expect(page.locator(".decide .history li")).to_have_count(min(4, earlier + 1))
        expect(page.locator(".decide .history li").first).to_contain_text(f"王队{language[:2]}")
        tab.picture(f"chief-chain-{suffix}")
        assert tab.accessible() == []

        page.evaluate(GO, f"/gangs/{gang}")
        page.wait_for_selector(".gang-page tbody tr")
        decide(page, "1", "成员稳定，分工明确")
        expect(page.locator(".head .chip").first).to_have_text(confirmed)
        page.locator(".gang-page .table").first.locator("tbody tr td").nth(3).click()
        expect(page.locator(".decide .among .on")).not_to_contain_text(gang)
        decide(page, "1", "供述指认")
        expect(page.locator(".gang-page tbody tr").first.locator("td .chip")).to_have_text(confirmed)
        tab.picture(f"chief-gang-{suffix}")
        assert tab.accessible() == []
        page.evaluate(GO, f"/board?case={case}")
        expect(page.locator(f"a.board-card[href='/gangs/{gang}'] .chip").first).to_have_text(confirmed)

        page.evaluate(GO, "/reviews")
        page.wait_for_selector(".panel .review-changes dd")
        decide(page, "2", "两人同时在不同地点")
        bar = page.locator(".middle > .band")
        expect(bar).to_contain_text(f"{judged} 项身份判断" if zh else f"{judged} judgement")
        tab.picture(f"chief-pending-{suffix}")
        assert tab.accessible() == []
        bar.get_by_role("button", name=re.compile("开始研判|Start the analysis")).click()
        expect(bar).to_contain_text("研判进行中" if zh else "Analysis running")
        expect(bar).to_have_count(0, timeout=2 * PATIENCE)
        assert answers.pending(workbench.store, LOCAL)["run"] != run

        page.evaluate(GO, f"/canvas?chain={case}&n=1")
        page.wait_for_selector(".canvas-work canvas.marks")
        page.wait_for_load_state("networkidle")
        take = page.get_by_role("button", name=re.compile("导出图片|Export image"))
        for form in ("PNG", "SVG", "PDF A4"):
            take.click()
            with page.expect_download() as downloading:
                page.get_by_role("menuitem", name=form, exact=True).click()
            name = downloading.value.suggested_filename
            assert re.fullmatch(rf"upline-canvas-\d+-objects-candidate-\d{{8}}\.{form[:3].lower()}", name), (
                name
            )
            downloading.value.save_as(tmp_path / name)
        drawn = next(tmp_path.glob("*.svg")).read_text(encoding="utf-8")
        now = answers.pending(workbench.store, LOCAL)["run"]
        assert now in drawn and ("候选：虚线" if zh else "Candidate: dashed") in drawn
        assert next(tmp_path.glob("*.pdf")).read_bytes().startswith(b"%PDF")

        page.evaluate(GO, "/objects?tab=persons")
        page.wait_for_selector("tbody tr")
        rows = page.locator("tbody tr").count()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        expect(page.locator("tbody tr:not([aria-hidden])")).not_to_have_count(rows)
        expect(page.locator(".print-head")).to_contain_text("候选" if zh else "candidate")
        page.evaluate(GO, f"/board?case={case}")
        page.set_viewport_size({"width": 1050, "height": 760})  # as wide as the paper
        expect(page.locator(".panel header .chip")).to_be_visible()
        board, panel = (page.locator(each).bounding_box() for each in (".fill.board", ".panel"))
        assert board and panel and panel["y"] >= board["y"] + board["height"], (
            "the panel stands below, not over"
        )
        page.set_viewport_size({"width": 1366, "height": 768})
        assert not page.locator(".rail").is_visible() and not page.locator(".status").is_visible()
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")

        page.evaluate(GO, f"/gangs/{gang}")
        page.wait_for_selector(".decide textarea")
        for left in (3, 2, 1, 0):
            page.keyboard.press("Control+z")
            for _ in range(1200):
                if len(standing(workbench) - before) == left:
                    break
                page.wait_for_timeout(100)
            assert len(standing(workbench) - before) == left
        expect(page.locator(".head .chip").first).to_have_text("候选" if zh else "candidate")
        page.keyboard.press("Control+z")
        page.locator(".decide", has_text=re.compile("没有可撤销的判断|no judgement to undo")).wait_for()
        page.evaluate(GO, f"/board?case={case}")
        expect(page.locator(".panel header .chip")).to_have_text("候选" if zh else "candidate")
        assert chain

    workbench.browse(work, language=language, patience=1200, color_scheme=scheme, accept_downloads=True)
    assert standing(workbench) == before


def test_the_same_keys_for_every_role(workbench: Workbench) -> None:
    """Trap: 1 confirms for the chief and is "unsure" for an investigator, who learns the wrong key."""
    case, _, _ = best(workbench)
    token = token_of(Path(workbench.store.home), "冯侦查员", "investigator")

    def keys(page: Page) -> dict[str, str]:
        page.wait_for_selector(".decide .button.big")
        found = page.locator(".decide .button.big").all_inner_texts()
        return {text.split()[0]: text.split()[-1] for text in found}

    def work(tab: Tab) -> None:
        page = tab.open(f"/board?case={case}")
        every = keys(page)
        assert every == {"确认链条": "1", "不成立": "2", "存疑": "3", "退回补证": "4", "并案研判": "5"}
        page.context.clear_cookies()
        page.goto("about:blank")
        page.goto(f"{workbench.address}/board?case={case}#token={token}")
        mine = keys(page)
        assert mine == {name: key for name, key in every.items() if name not in ("确认链条", "不成立")}

    workbench.browse(work)


def test_deadlines_stand_in_order_and_every_case_has_its_page(workbench: Workbench) -> None:
    """Traps: a case with two days left below one with thirty, because its gang is smaller; a case without a chain
    that leads nowhere; a filter that shows what it should leave out."""
    rows = answers.board(workbench.store, LOCAL)["rows"]
    due = sorted((row["deadline"] or "9", row["case_no"]) for row in rows)
    lonely = next(row["case_no"] for row in rows if not row["chain"])

    def work(tab: Tab) -> None:
        page = tab.open("/board?sort=deadline")
        page.wait_for_selector(".board-row")
        shown = [row.get_attribute("id") for row in page.locator(".board-row").all()]
        assert shown == [f"row-{case}" for _, case in due]
        page.goto(f"{workbench.address}/board?ready=without")
        page.wait_for_selector(".board-row")
        assert page.locator(".board-row").count() == sum(not row["chain"] for row in rows)
        page.locator(f"#row-{lonely}").click()
        page.locator(".panel a.button", has_text="打开案件页").click()
        page.wait_for_url(f"**/cases/{lonely}")
        page.goto(f"{workbench.address}/chains/{lonely}/1")
        page.locator("main a.button", has_text="打开案件页").wait_for()

    workbench.browse(work)


def test_a_comment_is_a_task_until_it_is_done(workbench: Workbench) -> None:
    """Traps: a comment nobody finds on his start page; done, and still there; a card of reasons that axe cannot read;
    a word of the board that no key explains."""
    case, _, _ = best(workbench)

    def work(tab: Tab) -> None:
        page = tab.open(f"/board?case={case}&sort=ready")
        page.wait_for_selector(".board-row .ready .chip")
        assert page.locator(".panel .sides h3").count() == 2
        assert tab.accessible() == []
        page.locator(f".board-link[href='/cases/{case}']").first.click()
        page.locator(".notes textarea").fill("@lo")
        page.get_by_role("button", name="@local").click()
        page.locator(".notes textarea").press_sequentially("请调取话单")
        page.locator(".notes input[type=date]").fill("2030-01-02")
        page.get_by_role("button", name="发表").click()
        expect(page.locator(".notes .note-text")).to_have_text("@local 请调取话单")
        page.evaluate(GO, "/")
        task = page.locator(".start div.item", has_text="请调取话单")
        expect(task).to_contain_text("期限 2030-01-02")
        tab.picture("start-task")
        assert tab.accessible() == []
        task.get_by_role("button", name="标为已办").click()
        expect(task).to_have_count(0)
        page.locator("body").press("?")
        expect(page.get_by_role("dialog")).to_contain_text("对数优势")

    workbench.browse(work)


def test_a_table_is_taken_as_a_workbook(workbench: Workbench, tmp_path: Path) -> None:
    """Trap: a table made in the browser that nobody knows was taken."""

    def work(tab: Tab) -> None:
        page = tab.open("/objects?tab=persons")
        page.wait_for_selector("tbody tr")
        page.get_by_role("button", name="导出").click()
        with page.expect_download() as downloading:
            page.get_by_role("menuitem", name=re.compile("XLSX")).click()
        assert re.fullmatch(
            r"upline-table-persons-\d+-rows-\d{8}\.xlsx", downloading.value.suggested_filename
        )
        downloading.value.save_as(tmp_path / "persons.xlsx")

    workbench.browse(work, accept_downloads=True)
    assert (tmp_path / "persons.xlsx").read_bytes().startswith(b"PK")


def test_the_drop_down_covers_nothing_of_itself_and_goes_away(workbench: Workbench) -> None:
    """Traps: every icon of the hits on the first line; a list that stays open over the page one went to."""

    def work(tab: Tab) -> None:
        page = tab.open("/board")
        page.wait_for_selector(".board-row")
        page.fill("#quick-search", "9901")
        page.wait_for_selector("#quick-hits .hit svg")
        tops = page.locator("#quick-hits .hit svg").evaluate_all(
            "all => all.map(e => Math.round(e.getBoundingClientRect().top))"
        )
        assert len(set(tops)) == len(tops), "each icon stands in its own line"
        page.keyboard.press("Tab")
        expect(page.locator("#quick-hits")).to_have_count(0)
        page.locator("#quick-search").focus()
        page.wait_for_selector("#quick-hits .hit")
        page.evaluate(GO, "/objects")
        expect(page.locator("#quick-hits")).to_have_count(0)

    workbench.browse(work)
