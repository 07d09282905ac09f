"""A real Chromium on the workbench, watched: nothing leaves loopback, nothing is written to the console."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Page, sync_playwright

from backend.api import create_app
from backend.security.sessions import local_token
from graph_schema.store import Store
from tests.browser_setup import ARGUMENTS, find_chromium

AXE = Path(__file__).resolve().parents[2] / "viz" / "web" / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")


@contextmanager
def serving(store: Store, artefacts: Path) -> Iterator[Workbench]:
    """A service over the store on a free port."""
    app = create_app(lambda: nullcontext(store), Path(store.home))
    listening = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=3))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    yield Workbench(address, local_token(Path(store.home)), store, artefacts)
    running.should_exit = True
    thread.join(20)


class Tab:
    """An open page of the workbench and what it did."""

    def __init__(self, page: Page, bench: Workbench) -> None:
        self.page, self.bench = page, bench
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        page.context.on("request", self._asked)
        page.on("pageerror", lambda error: self.complaints.append(f"error {error}"))
        page.on("console", lambda message: self._said(message.type, message.text))
        page.set_default_timeout(20_000)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.bench.address, "blob:" + self.bench.address)):
            self.elsewhere.append(request.url)

    def _said(self, kind: str, text: str) -> None:
        # Chromium itself writes a line for every answer that is an error; those are looked at by the test.
        # So does its graphics driver about its own speed.
        known = ("Failed to load resource", "GL Driver Message (OpenGL, Performance")
        if kind in ("error", "warning") and not any(each in text for each in known):
            self.complaints.append(f"{kind} {text}")

    def open(self, path: str = "/") -> Page:
        """Go to an address of the workbench, signed in by the link."""
        self.page.goto(f"{self.bench.address}{path}#token={self.bench.token}")
        self.page.wait_for_selector(".app")
        return self.page

    def picture(self, name: str) -> None:
        """Keep a screenshot among the artefacts."""
        self.page.wait_for_timeout(250)
        self.page.screenshot(path=self.bench.artefacts / f"{name}.png")

    def accessible(self) -> list[str]:
        """Serious findings of axe-core on the page as it is."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{each['id']}: {node['html'][:160]}"
            for each in found["violations"]
            if each["impact"] in SERIOUS
            for node in each["nodes"][:4]
        ]


@dataclass(frozen=True)
class Workbench:
    """A running workbench."""

    address: str
    token: str
    store: Store
    artefacts: Path

    def browse(
        self, work: Callable[[Tab], None], language: str = "zh-CN", patience: float = 180, **options: Any
    ) -> None:
        """Do something in a tab, then look whether it complained or asked anything of others.

        In a thread of its own, since a thread can hold one browser driver only; ``patience`` in seconds.
        """
        failed: list[BaseException] = []

        def run() -> None:
            try:
                options.setdefault("viewport", {"width": 1366, "height": 768})
                path = find_chromium()
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(executable_path=str(path), args=list(ARGUMENTS))
                    tab = Tab(browser.new_context(locale=language, **options).new_page(), self)
                    work(tab)
                    browser.close()
                assert tab.elsewhere == []
                assert tab.complaints == [], tab.complaints
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        thread.join(patience)
        if failed:
            raise failed[0]
        assert not thread.is_alive(), "the browser did not come to an end"
