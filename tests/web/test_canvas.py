"""The canvas: from a gang to its neighbours, every step back and forth, saved on stable ids, a table for the same rows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from backend import answers
from graph_schema.store import LOCAL
from tests.web.browsing import Tab, Workbench

INK = """() => {
  const canvas = document.querySelector("canvas.marks");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, at) => at % 4 === 3 && value > 0).length;
}"""
"""Pixels of the marks layer that are not empty."""
PICTURE = "document.querySelector('canvas.marks').toDataURL()"


GONE = """async (id) => {
  const view = await (await fetch(`/api/v1/views/${id}`)).json();
  const path = structuredClone(view.body.paths[0]);
  view.body.paths.push({...path, ask: {...path.ask, a: "P-gone", b: "P-gone"}});
  view.body.asks.push({node: "Person:P-gone", types: [], limit: 30});
  const put = {kind: view.kind, name: view.name, body: view.body};
  const headers = {"Content-Type": "application/json"};
  const said = await fetch(`/api/v1/views/${id}`, {method: "PUT", body: JSON.stringify(put), headers});
  if (!said.ok) throw new Error(await said.text());
}"""
"""Adds to a saved view a path and an expansion of somebody who is not there."""


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


def one_hidden(tab: Tab, gang: str) -> tuple[Page, Locator, int]:
    """The canvas of a gang as a table with its first object hidden: page, rows, how many there were before."""
    page = tab.open(f"/canvas?gang={gang}&table=1")
    rows = page.locator(".canvas-table table").first.locator("tbody tr")
    expect(rows.first).to_be_visible()
    count = rows.count()
    rows.first.locator("button").click()
    page.keyboard.press("h")
    expect(rows).to_have_count(count - 1)
    return page, rows, count


@pytest.mark.browser
def test_a_saved_view_opens_as_it_was(workbench: Workbench) -> None:
    """Trap: a shared address that shows another picture, or one that holds names."""
    gang = gang_of(workbench)

    def work(tab: Tab) -> None:
        page, rows, count = one_hidden(tab, gang)
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


@pytest.mark.browser
def test_the_picture_follows_the_model(workbench: Workbench) -> None:
    """Trap: rows and counts change with a filter or a step, and the drawn picture stays what it was."""
    gang = gang_of(workbench)

    def work(tab: Tab) -> None:
        page = tab.open(f"/canvas?gang={gang}")
        page.wait_for_selector(".stage canvas.marks")
        page.wait_for_timeout(800)
        whole = page.evaluate(PICTURE)
        page.get_by_role("button", name="供货").click()
        page.wait_for_timeout(400)
        assert page.evaluate(PICTURE) != whole, "lines of supplies are gone"
        page.keyboard.press("Control+z")
        page.wait_for_timeout(400)
        assert page.evaluate(PICTURE) == whole

    workbench.browse(work)


@pytest.mark.browser
def test_a_path_is_found_under_a_filter_and_kept_in_the_view(workbench: Workbench) -> None:
    """Trap: a view that comes back without the path that was the point of it."""
    cases = answers.chains(workbench.store, LOCAL)["cases"]
    chains = [chain for case in cases for chain in case["chains"]]
    far = max(chains, key=lambda chain: len(chain["hops"]))
    ends = [far["persons"][0]["id"], far["persons"][-1]["id"]]

    def work(tab: Tab) -> None:
        page = tab.open(f"/canvas?ids={ends[0]}&table=1")
        rows = page.locator(".canvas-table table").first.locator("tbody tr")
        expect(rows.first).to_be_visible()
        before = rows.count(), page.locator(".canvas-table table").last.locator("tbody tr").count()
        rows.first.locator("button").click()
        page.keyboard.press("p")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("到", exact=True).fill(ends[1])
        for kind in ("付款", "供货"):
            dialog.get_by_label(kind).check()
        dialog.locator(".button.primary").click()
        dialog.get_by_role("button", name="加入画布").first.click()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        lines = page.locator(".canvas-table table").last.locator("tbody tr")
        grown, drawn = rows.count(), lines.count()
        assert (grown, drawn) > before
        page.keyboard.press("Control+s")
        page.wait_for_url(re.compile(r"/canvas/[0-9a-f]{16}"))
        page.goto(page.url)
        expect(rows).to_have_count(grown)
        expect(lines).to_have_count(drawn)
        # What it was made of may be unloaded meanwhile.
        page.evaluate(GONE, re.findall(r"/canvas/(\w{16})", page.url)[0])
        page.goto(page.url)
        expect(rows).to_have_count(grown)
        expect(page.locator(".failed")).to_have_count(0)

    workbench.browse(work)


@pytest.mark.browser
def test_nothing_is_lost_by_looking_elsewhere(workbench: Workbench) -> None:
    """Trap: an hour of work on the canvas, or a reason half written, gone after a look at the board."""
    gang = gang_of(workbench)

    def work(tab: Tab) -> None:
        page, rows, count = one_hidden(tab, gang)
        page.locator(".rail a[href='/board']").click()
        page.wait_for_selector(".board-row")
        page.fill(".decide textarea", "尚在核对流水")
        page.go_back()
        expect(rows).to_have_count(count - 1)
        page.get_by_role("button", name=re.compile("撤销")).first.click()
        expect(rows).to_have_count(count)
        page.locator(".rail a[href='/board']").click()
        expect(page.locator(".decide textarea")).to_have_value("尚在核对流水")
        page.fill(".decide textarea", "")

    workbench.browse(work)


NO_WEBGL = """HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, {
  apply: (get, canvas, [kind, ...rest]) => /webgl/.test(kind) ? null : Reflect.apply(get, canvas, [kind, ...rest])
});"""
FIRST_DISC = """() => {
  const stage = document.querySelector('.stage'), box = stage.getBoundingClientRect();
  for (let y = 60; y < box.height - 120; y += 6) for (let x = 110; x < box.width - 60; x += 6) {
    const at = {clientX: box.left + x, clientY: box.top + y, bubbles: true};
    stage.dispatchEvent(new PointerEvent('pointermove', at));
    if (stage.classList.contains('on-object')) return [at.clientX, at.clientY];
  }
}"""
"""Where the pointer is first on a disc, from the top."""


@pytest.mark.browser
def test_without_webgl_the_same_picture_and_every_tool(workbench: Workbench) -> None:
    """Trap: a thin client shows a table, or a picture one can look at and do nothing with."""
    gang = gang_of(workbench)

    def work(tab: Tab) -> None:
        tab.page.add_init_script(NO_WEBGL)
        page = tab.open(f"/canvas?gang={gang}&layout=roles")
        page.wait_for_selector(".stage canvas.marks")
        legend = page.locator(".canvas-legend button.entry")
        expect(legend.first).to_be_visible()
        page.wait_for_timeout(1_500)
        assert page.evaluate(INK) > 2_000
        where = page.evaluate(FIRST_DISC)
        page.mouse.move(*where)
        expect(page.locator(".hover-card")).to_be_visible()
        before = page.evaluate(PICTURE)
        page.mouse.click(*where)
        expect(page.get_by_role("button", name="隐藏 H").first).to_be_enabled()
        page.mouse.click(*where, button="right")
        menu = page.get_by_role("menu", name="右键菜单")
        menu.get_by_role("menuitem", name=re.compile("^隐藏 H")).click()
        expect(page.get_by_role("button", name="显示已隐藏的 1 个")).to_be_visible()
        page.get_by_role("button", name="显示已隐藏的 1 个").click()
        expect(page.get_by_role("button", name=re.compile("显示已隐藏"))).to_have_count(0)
        page.get_by_role("button", name="放大", exact=False).first.click()
        page.wait_for_timeout(300)
        assert page.evaluate(PICTURE) != before, "zoomed"
        assert tab.accessible() == []

    workbench.browse(work)
