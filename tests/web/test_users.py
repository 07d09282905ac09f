"""Users: made in the workbench, each sees the places of his role and no others."""

from __future__ import annotations

from tests.accounts import PASSWORD
from tests.web.browsing import Tab, Workbench


def _enter(tab: Tab, name: str, code: str) -> None:
    """Fill in the form of the first sign-in, in a fresh context."""
    page = tab.page
    page.context.clear_cookies()
    page.goto("about:blank")
    page.goto(f"{tab.bench.address}/")
    page.get_by_role("button", name="首次登录").click()
    page.fill("#name", name)
    page.fill("#code", code)
    page.fill("#newPassword", PASSWORD)
    page.fill("#again", PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def _sign_in(tab: Tab, name: str, code: str) -> list[str]:
    """Sign in the first time; names of the places in the rail."""
    _enter(tab, name, code)
    tab.page.wait_for_selector(".rail a")
    return [text.strip() for text in tab.page.locator(".rail a").all_inner_texts()]


def _add(tab: Tab, name: str, role: str) -> str:
    page = tab.page
    form = page.get_by_role("form", name="添加用户")
    form.get_by_label("用户名").fill(name)
    form.get_by_label("角色").select_option(label=role)
    form.get_by_role("button", name="添加用户").click()
    band = page.locator(".band", has_text=f"{name} 的一次性代码")
    return band.locator("b").inner_text()


def test_each_role_has_its_places(workbench: Workbench) -> None:
    """Trap: a role whose places are shown and answer with an error; an auditor before a page of persons."""

    def work(tab: Tab) -> None:
        page = tab.open("/admin?tab=users")
        page.get_by_text("还没有其他用户").wait_for()
        codes = {
            name: _add(tab, name, role)
            for name, role in (
                ("周审计", "审计员"),
                ("吴管理", "系统管理员"),
                ("郑侦查", "侦查员"),
                ("王队", "审批领导"),
            )
        }
        assert len(set(codes.values())) == 4
        assert not tab.accessible()
        tab.picture("users")
        page.reload()
        page.get_by_text("周审计").first.wait_for()
        assert codes["王队"] not in page.content()

        assert _sign_in(tab, "周审计", codes["周审计"]) == ["审计"]
        page.wait_for_url("**/audit")
        page.locator("tbody tr").first.wait_for()
        assert page.locator("#quick-search").count() == 0
        tab.picture("users-auditor")
        page.goto(f"{tab.bench.address}/board")
        page.get_by_text("没有这个页面").wait_for()

        assert _sign_in(tab, "吴管理", codes["吴管理"]) == ["导入", "管理"]
        page.wait_for_url("**/imports")
        page.locator("tbody tr").first.wait_for()
        assert page.get_by_role("button", name="撤销").count() == 0
        tab.picture("users-administrator")
        page.goto(f"{tab.bench.address}/admin?tab=users")
        assert page.get_by_label("角色 吴管理").count() == 0
        page.get_by_label("角色 郑侦查").select_option(label="研判员")
        row = page.locator("tr", has_text="郑侦查")
        row.get_by_role("button", name="停用").click()
        page.get_by_role("dialog").get_by_role("button", name="确定").click()
        row.get_by_text("停用").first.wait_for()

        places = _sign_in(tab, "王队", codes["王队"])
        assert "案件板" in places and "审计" not in places
        page.goto(f"{tab.bench.address}/board")
        page.locator("a[href^='/chains/']").first.click()
        page.wait_for_selector(".lanes")

        _enter(tab, "郑侦查", codes["郑侦查"])
        page.get_by_text("不正确").wait_for()
        page.get_by_role("heading", name="登录溯链").wait_for()

    workbench.browse(work)


def test_deciding_is_the_chiefs(workbench: Workbench) -> None:
    """Trap: a button that a role cannot use, there all the same."""

    def work(tab: Tab) -> None:
        page = tab.open("/admin?tab=users")
        page.get_by_role("form", name="添加用户").wait_for()
        _sign_in(tab, "冯侦查", _add(tab, "冯侦查", "侦查员"))
        page.goto(f"{tab.bench.address}/objects?tab=gangs")
        page.locator("a[href^='/gangs/']").first.click()
        page.get_by_text("先写理由").wait_for()
        names = page.locator(".panel button.big").all_inner_texts()
        assert names and not [each for each in names if each.startswith(("确认", "不成立"))], names

    workbench.browse(work)
