"""Fixtures of the drawing tests: one Chromium per session, and pages opened from disk under watch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser_setup import ARGUMENTS, NoBrowser, find_chromium

WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) =>
  window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
"""


@dataclass
class Watched:
    """An open page and everything it did that it should not do."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        found: list[str] = self.page.evaluate("window.violations")
        return found

    def ran_script(self) -> Any:
        return self.page.evaluate("window.pwned")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium; fails with the way out where there is none."""
    try:
        path = find_chromium()
    except NoBrowser as error:
        pytest.fail(str(error))
    if path is None:
        pytest.fail("no Chromium found: run `python tests/browser_setup.py`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=list(ARGUMENTS))
        yield browser
        browser.close()


Opener = Callable[..., Watched]


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Open HTML from disk in a fresh context that lets no request out and records all it wanted."""
    contexts = []

    def open_(html: str, **options: Any) -> Watched:
        context = chromium.new_context(viewport={"width": 1366, "height": 768}, **options)
        contexts.append(context)
        file = tmp_path / f"drawing-{len(contexts)}.html"
        file.write_text(html, encoding="utf-8", newline="")
        page = context.new_page()
        watched = Watched(page)
        page.add_init_script(WATCH)
        page.route(
            "**/*", lambda route: route.continue_() if route.request.url == file.as_uri() else route.abort()
        )
        page.on(
            "request",
            lambda request: watched.requests.append(request.url) if request.url != file.as_uri() else None,
        )
        page.on(
            "console",
            lambda message: watched.errors.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        page.goto(file.as_uri())
        page.wait_for_load_state("load")
        return watched

    yield open_
    for context in contexts:
        context.close()
