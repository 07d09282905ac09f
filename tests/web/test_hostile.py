"""Text of files is shown as text: whatever a name holds, on every page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Route

from backend import answers
from graph_schema.store import LOCAL
from tests.web.browsing import Tab, Workbench

HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>{{7*7}}\u202e=cmd|'/c calc'!A0"
_TEXT = {
    "name",
    "caption",
    "title",
    "path",
    "shown",
    "reason",
    "zh",
    "en",
    "case_name",
    "unit",
    "basis",
    "value",
    "note",
}


def _spoiled(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _spoiled(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_spoiled(each, key) for each in value]
    return value + HOSTILE if isinstance(value, str) and key in _TEXT else value


def _spoil(route: Route) -> None:
    answer = route.fetch()
    if "application/json" not in answer.headers.get("content-type", ""):
        return route.fulfill(response=answer)
    return route.fulfill(response=answer, body=json.dumps(_spoiled(answer.json())))


@pytest.mark.browser
def test_no_page_takes_text_for_markup(workbench: Workbench) -> None:
    """Trap: a name put together with markup, a title set from it, a link that runs it."""
    case = next(case for case in answers.chains(workbench.store, LOCAL)["cases"] if case["chains"])
    gang = answers.gangs(workbench.store, LOCAL)["gangs"][0]["id"]
    person = case["chains"][0]["persons"][0]["id"]
    pages = (
        "/",
        "/search?q=1990",
        "/board",
        f"/chains/{case['case_no']}/1",
        f"/cases/{case['case_no']}",
        f"/gangs/{gang}",
        f"/persons/{person}",
        f"/persons/{person}?tab=money",
        f"/canvas?gang={gang}",
        f"/canvas?gang={gang}&table=1",
        f"/map?case={case['case_no']}",
        "/objects",
        "/reviews",
        "/leads",
        "/imports?tab=loads",
        "/admin?tab=dictionaries",
        "/reports",
    )

    def work(tab: Tab) -> None:
        tab.open("/")
        page = tab.page
        page.route("**/api/v1/**", _spoil)
        for path in pages:
            page.goto(workbench.address + path)
            page.wait_for_selector(".app")
            page.wait_for_timeout(900)
            assert page.locator("img[src=x]").count() == 0, path
            assert page.title() != "owned", path
            assert page.locator("main script, .work script").count() == 0, path
            if path == "/board":
                assert "onerror" in page.locator(".board").inner_text(), "the text itself is shown"

    workbench.browse(work)
