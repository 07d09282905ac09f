"""Users: made in the workbench, each sees the places of his role and no others."""

from __future__ import annotations

from tests.web.browsing import Tab, Workbench


def _sign_in(tab: Tab, token: str) -> list[str]:
    """Sign in as somebody in a fresh context; names of the places in the rail."""
    page = tab.page
    page.context.clear_cookies()
    page.goto("about:blank")
    page.goto(f"{tab.bench.address}/#token={token}")
    page.wait_for_selector(".rail a")
    return [text.strip() for text in page.locator(".rail a").all_inner_texts()]


def _add(tab: Tab, name: str, role: str) -> str:
    page = tab.page
    form = page.get_by_role("form", name="添加用户")
    form.get_by_label("用户名").fill(name)
    form.get_by_label("角色").select_option(label=role)
    form.get_by_role("button", name="添加用户").click()
    band = page.locator(".band", has_text=f"{name} 的登录口令")
    return band.locator("b").inner_text()


def test_each_role_has_its_places(workbench: Workbench) -> None:
    """Trap: a role whose places are shown and answer with an error; an auditor before a page of persons."""

    def work(tab: Tab) -> None:
        page = tab.open("/admin?tab=users")
        page.get_by_text("还没有其他用户").wait_for()
        tokens = {
            name: _add(tab, name, role)
            for name, role in (
                ("周审计", "审计员"),
                ("吴管理", "系统管理员"),
                ("郑侦查", "侦查员"),
                ("王队", "审批领导"),
            )
        }
        assert len(set(tokens.values())) == 4
        assert not tab.accessible()
        tab.picture("users")
        page.reload()
        page.get_by_text("周审计").first.wait_for()
        assert tokens["王队"] not in page.content()

        assert _sign_in(tab, tokens["周审计"]) == ["审计"]
        page.wait_for_url("**/audit")
        page.locator("tbody tr").first.wait_for()
        assert page.locator("#quick-search").count() == 0
        tab.picture("users-auditor")
        page.goto(f"{tab.bench.address}/board")
        page.get_by_text("没有这个页面").wait_for()

        assert _sign_in(tab, tokens["吴管理"]) == ["导入", "管理"]
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

        places = _sign_in(tab, tokens["王队"])
        assert "案件板" in places and "审计" not in places
        page.goto(f"{tab.bench.address}/board")
        page.locator("a[href^='/chains/']").first.click()
        page.wait_for_selector(".lanes")

        page.context.clear_cookies()
        page.goto(f"{tab.bench.address}/#token={tokens['郑侦查']}")
        page.get_by_role("heading", name="登录溯链").wait_for()

    workbench.browse(work)


def test_deciding_is_the_chiefs(workbench: Workbench) -> None:
    """Trap: a button that a role cannot use, there all the same."""

    def work(tab: Tab) -> None:
        page = tab.open("/admin?tab=users")
        page.get_by_role("form", name="添加用户").wait_for()
        token = _add(tab, "冯侦查", "侦查员")
        _sign_in(tab, token)
        page.goto(f"{tab.bench.address}/objects?tab=gangs")
        page.locator("a[href^='/gangs/']").first.click()
        page.get_by_text("先写理由").wait_for()
        names = page.locator(".panel button.big").all_inner_texts()
        assert names and not [each for each in names if each.startswith(("确认", "不成立"))], names

    workbench.browse(work)
