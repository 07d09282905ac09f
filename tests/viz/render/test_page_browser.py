"""The page in a real Chromium: no request, no foreign script, evidence on click, usable by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from pyvis.network import Network

from tests.viz import samples
from tests.viz.conftest import Opener, Watched
from viz.render.page import render_page

pytestmark = pytest.mark.browser


def point_of(watched: Watched, kind: str, index: int) -> tuple[float, float]:
    """Where node ``index`` or the card of edge ``index`` stands in the window after the first fit."""
    x, y = watched.page.evaluate(
        """([kind, index]) => {
          const payload = JSON.parse(document.getElementById('payload').textContent);
          const drawn = payload.drawings[payload.language];
          const stage = document.getElementById('graph');
          const [left, top, right, bottom] = drawn.extent;
          const chain = payload.layout === 'chain';
          const wide = stage.clientWidth / (right - left + 48);
          const high = stage.clientHeight / (bottom - top + 48);
          const scale = Math.min(chain ? wide : Math.min(wide, high), chain ? 1 : 1.15);
          const card = drawn.cards.find((c) => c.edge === index);
          const at = kind === 'node' ? drawn.nodes[index] : { x: card.x + 20, y: card.y + 20 };
          const box = stage.getBoundingClientRect();
          return [box.x + box.width / 2 + (at.x - (left + right) / 2) * scale,
                  box.y + box.height / 2 + (at.y - (top + bottom) / 2) * scale];
        }""",
        [kind, index],
    )
    return x, y


@pytest.mark.parametrize("sample", [samples.gang, samples.chain, samples.neighbourhood])
def test_page_makes_no_request_and_no_error(open_page: Opener, sample: object) -> None:
    """Trap: pyvis' own template loads Bootstrap and vis-network from two CDNs, in every mode."""
    watched = open_page(render_page(sample()))  # type: ignore[operator]
    expect(watched.page.locator("#graph canvas")).to_be_visible()
    watched.page.wait_for_timeout(200)
    assert watched.requests == []
    assert watched.errors == []
    assert watched.violations() == []


def test_the_watch_sees_what_stock_pyvis_does(open_page: Opener) -> None:
    """Trap: a test that records nothing passes for ever; the stock page must be caught by the same watch."""
    network = Network(cdn_resources="in_line")
    network.add_node(1, label="x", title='<img src=x onerror="window.pwned=1"> href')
    watched = open_page(network.generate_html())
    watched.page.wait_for_timeout(200)
    assert any("jsdelivr" in url or "cloudflare" in url for url in watched.requests)


@pytest.mark.parametrize("layout", ["roles", "force", "chain"])
def test_hostile_texts_run_nothing(open_page: Opener, layout: str) -> None:
    """Trap: names, ids, titles, facts and files of a return are written by the other side."""
    drawing = samples.hostile(layout)
    watched = open_page(render_page(drawing))
    page = watched.page
    for n in range(len(drawing.nodes)):
        page.click(f"button[data-show=n{n}]")
    for n in range(len(drawing.edges)):
        page.click(f"button[data-show=e{n}]")
    page.click("#language")
    page.wait_for_timeout(100)
    assert watched.ran_script() is None
    assert watched.requests == []
    assert watched.errors == []
    assert watched.violations() == []
    assert page.locator("script").count() == 3
    assert page.locator("img, iframe, object, embed, link, base, form, svg script").count() == 0
    names = "() => [...document.querySelectorAll('*')].flatMap((element) => element.getAttributeNames())"
    assert [name for name in page.evaluate(names) if name.lower().startswith("on")] == []
    assert page.eval_on_selector_all("a", "all => all.map((a) => a.getAttribute('href'))") == [
        "#tables",
        "#tables",
    ]


def test_click_on_a_person_shows_his_facts(open_page: Opener) -> None:
    """Trap: a picture nobody can ask."""
    drawing = samples.gang()
    watched = open_page(render_page(drawing))
    index = next(n for n, node in enumerate(drawing.nodes) if node.label == "丙二")
    watched.page.mouse.click(*point_of(watched, "node", index))
    panel = watched.page.locator("#detail")
    expect(panel.locator("h2")).to_have_text("丙二")
    expect(panel).to_contain_text("角色：零售")
    expect(panel).to_contain_text("← 乙二 供货 候选 0.83")


def test_click_on_a_hop_card_shows_the_rows(open_page: Opener) -> None:
    """Trap: a score without the file, sheet and row it rests on."""
    drawing = samples.chain()
    watched = open_page(render_page(drawing))
    index = next(n for n, edge in enumerate(drawing.edges) if edge.weakest)
    watched.page.mouse.click(*point_of(watched, "card", index))
    panel = watched.page.locator("#detail")
    expect(panel.locator("h2")).to_contain_text("第 4 跳")
    expect(panel).to_contain_text("最弱")
    expect(panel.locator("ol.evidence li")).to_have_count(2)
    expect(panel).to_contain_text("财付通/TenpayTrades_测试.txt / 第 1208 行")
    expect(panel).to_contain_text("交易明细_测试银行.xlsx / 交易明细 / 第 377 行")
    expect(panel).to_contain_text(samples.ROW_2)
    expect(panel).to_contain_text("出 4,400.00 财付通-转账")
    panel.get_by_role("button", name="返回概要").click()
    expect(watched.page.locator("#summary")).to_contain_text("补证清单")


def test_everything_by_keyboard(open_page: Opener) -> None:
    """Trap: a canvas is a wall for those who use no mouse."""
    page = open_page(render_page(samples.gang())).page
    page.focus("#graph")
    page.keyboard.press("ArrowDown")
    first = page.locator("#announce").inner_text()
    assert first == "甲一，组织，候选，2 个直接联系"
    page.keyboard.press("ArrowDown")
    assert page.locator("#announce").inner_text() != first
    page.keyboard.press("Enter")
    expect(page.locator("#detail h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#graph")).to_be_focused()
    expect(page.locator("#summary")).to_be_visible()
    page.focus("button[data-show=e4]")
    page.keyboard.press("Enter")
    expect(page.locator("#detail h2")).to_contain_text("乙二 → 丙二")
    expect(page.locator("#row-e4")).to_have_class("chosen")


def test_switch_of_language(open_page: Opener) -> None:
    """Trap: half a page in the other language."""
    page = open_page(render_page(samples.chain())).page
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.click("button[data-show=e0]")
    page.click("#language")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == "Candidate chain 1 of 3 from case 9901-2026-0417"
    expect(page.locator("h1")).to_contain_text("Candidate chain 1 of 3")
    expect(page.locator("h1 .zh")).to_be_hidden()
    expect(page.locator(".banner")).to_contain_text("a lead, not a finding")
    expect(page.locator("#detail h2")).to_contain_text("Hop 1")
    expect(page.locator("#language")).to_have_text("中文")
    shown = page.locator("header, #tables thead, #panel, footer, .legend").all_inner_texts()
    han = [char for text in shown for char in text if "一" <= char <= "鿿"]
    allowed = set(
        "甲一乙二丙己三中文注册信息、绑定手机登录轨迹交易明细开户资料财付通测试银行出分话单主叫秒转账"
    )
    assert set(han) <= allowed, "only names, contents of rows and the switch itself stay Chinese"


def test_basics_of_accessibility(open_page: Opener) -> None:
    """Trap: controls without a name, tables without heads, one id twice, a page without a language."""
    page = open_page(render_page(samples.gang())).page
    problems = page.evaluate(
        """() => {
          const found = [];
          const all = (what) => [...document.querySelectorAll(what)];
          const name = (e) => (e.getAttribute('aria-label') || e.innerText || '').trim();
          for (const e of all('button, a, [role=application]')) if (!name(e)) found.push(e.outerHTML);
          for (const head of all('thead th')) if (head.scope !== 'col' || !name(head)) found.push('th');
          for (const row of all('tbody th')) if (row.scope !== 'row') found.push('row');
          const ids = all('[id]').map((e) => e.id);
          if (new Set(ids).size !== ids.length) found.push('double id');
          if (!document.documentElement.lang || !document.title) found.push('lang or title');
          if (all('h1').length !== 1 || all('main').length !== 1) found.push('h1 or main');
          for (const e of all('button')) {
            const box = e.getBoundingClientRect();
            if (box.width && (box.width < 24 || box.height < 24)) found.push('small ' + name(e));
          }
          return found;
        }"""
    )
    assert problems == []


def test_dark_theme_follows_the_system(open_page: Opener) -> None:
    """Trap: white lines on white when the theme changes while the page is open."""
    page = open_page(render_page(samples.gang()), color_scheme="dark").page
    surface = "getComputedStyle(document.querySelector('header')).backgroundColor"
    assert page.evaluate(surface) == "rgb(23, 30, 38)"
    dark = page.locator("#graph canvas").screenshot()
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(100)
    assert page.evaluate(surface) == "rgb(255, 255, 255)"
    assert page.locator("#graph canvas").screenshot() != dark


def test_print_shows_the_picture_and_all_rows(open_page: Opener) -> None:
    """Trap: a canvas prints as a cut-out of the screen, and the evidence stays behind."""
    page = open_page(render_page(samples.chain())).page
    page.emulate_media(media="print")
    expect(page.locator("#graph")).to_be_hidden()
    expect(page.locator(".still.zh svg")).to_be_visible()
    expect(page.locator(".still.en")).to_be_hidden()
    expect(page.locator(".banner")).to_be_visible()
    expect(page.locator("#tables table").nth(2)).to_be_visible()
    expect(page.locator("#language")).to_be_hidden()


def test_readable_without_script(open_page: Opener) -> None:
    """Trap: an empty page where scripts are switched off, as on many police desktops."""
    page = open_page(render_page(samples.gang()), java_script_enabled=False).page
    expect(page.locator(".still.zh svg")).to_be_visible()
    expect(page.locator("#graph")).to_be_hidden()
    expect(page.locator("#row-n0")).to_contain_text("甲一")


def test_five_hundred_nodes_stay_usable(open_page: Opener) -> None:
    """Trap: a page that hangs on the first large gang."""
    watched = open_page(render_page(samples.network(500)))
    expect(watched.page.locator("#names")).to_contain_text("/ 500 个名称")
    watched.page.click("button[data-show=n499]")
    expect(watched.page.locator("#detail h2")).to_have_text("测试人499")
    assert watched.errors == []
