"""A real Chromium on the workbench, watched: nothing leaves loopback, nothing is written to the console."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, Error, Page, Playwright, expect, sync_playwright

from backend.api import create_app
from backend.security.sessions import local_token
from graph_schema.store import Store
from tests.browser_setup import ARGUMENTS, find_chromium

AXE = Path(__file__).resolve().parents[2] / "viz" / "web" / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")
PATIENCE = 120_000
"""Milliseconds a page is given for anything: much more than it needs, since other tests may run beside it."""
expect.set_options(timeout=PATIENCE)


class Chromium:
    """The one Chromium of a test session, started when first asked for; each test has a context of its own in it.

    It lives in a thread of its own, since a thread can hold one browser driver only.
    """

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._driver: Playwright | None = None
        self._browser: Browser | None = None

    def do(self, work: Callable[[Browser], None], patience: float) -> None:
        """Do something with the browser within ``patience`` seconds; one that hangs is left, the next test has another."""
        doing = self._thread.submit(lambda: work(self._started()))
        if not wait([doing], patience).done:
            self._begin()
            raise AssertionError("the browser did not come to an end")
        doing.result()

    def close(self) -> None:
        if self._driver is not None:
            self.do(self._stop, 60)
        self._thread.shutdown(wait=False)

    def _started(self) -> Browser:
        if self._driver is None:
            self._program = str(find_chromium())
            self._driver = sync_playwright().start()
        if self._browser is None or not self._browser.is_connected():
            # Chromium takes no file with a Chinese name where the machine says no language, as a bare system does.
            spoken = {**os.environ, "LC_ALL": "C.UTF-8"}
            launch = self._driver.chromium.launch
            self._browser = launch(executable_path=self._program, args=list(ARGUMENTS), env=spoken)
        return self._browser

    def _stop(self, browser: Browser) -> None:
        browser.close()
        if self._driver is not None:
            self._driver.stop()


@contextmanager
def _told(page: Page) -> Iterator[None]:
    """What fails says what stood on the page: a wait that ran out tells nothing by itself."""
    try:
        yield
    except (AssertionError, Error) as failure:
        failure.add_note(f"{page.url}\n{page.inner_text('body')[:2_000]}")
        raise


@contextmanager
def serving(store: Store, artefacts: Path) -> Iterator[Workbench]:
    """A service over the store on a free port, and the browser to look at it with."""
    app = create_app(lambda: nullcontext(store), Path(store.home))
    listening = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=3))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    chromium = Chromium()
    yield Workbench(address, local_token(Path(store.home)), store, artefacts, chromium)
    chromium.close()
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
        page.set_default_timeout(PATIENCE)

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
    chromium: Chromium

    def browse(
        self, work: Callable[[Tab], None], language: str = "zh-CN", patience: float = 300, **options: Any
    ) -> None:
        """Do something in a tab, then look whether it complained or asked anything of others; ``patience`` in seconds."""
        options.setdefault("viewport", {"width": 1366, "height": 768})

        def do(browser: Browser) -> None:
            context = browser.new_context(locale=language, **options)
            try:
                tab = Tab(context.new_page(), self)
                with _told(tab.page):
                    work(tab)
            finally:
                context.close()
            assert tab.elsewhere == []
            assert tab.complaints == [], tab.complaints

        self.chromium.do(do, patience)
