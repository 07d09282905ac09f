"""The application: routes, errors, middleware, the store and the jobs it lives with."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, AbstractContextManager, ExitStack, asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import FileResponse, PlainTextResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from backend.api import problems
from backend.api.caller import Caller
from backend.api.jobs import Jobs
from backend.api.middleware import Shell
from backend.api.own_graphs import OwnGraphs
from backend.api.past import Past
from backend.api.problems import Problem, language
from backend.api.routes import ROUTERS
from backend.api.workers import Workers
from backend.district.counts import DistrictCounts
from backend.security.gate import PREFIX
from backend.security.sessions import Sessions, local_token
from backend.security.strangers import Strangers
from backend.security.users import Users
from etl.storage.compartments import reconcile
from graph_schema.home import upline_home
from graph_schema.language import Text
from graph_schema.store import Store

WEB = Path(__file__).resolve().parents[2] / "viz" / "web" / "dist"
"""The built workbench; `bootstrap.py setup` builds it."""
UPLOAD_MB = 4096
"""Largest upload in megabytes; UPLINE_UPLOAD_MB sets another."""

_NOT_BUILT = Text(
    "工作台尚未构建：运行 python bootstrap.py setup。\n",
    "The workbench is not built: run python bootstrap.py setup.\n",
)
_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
}

StoreFactory = Callable[[], AbstractContextManager[Store]]


class _Assets(StaticFiles):
    """Files of the page, under a policy that lets nothing in but themselves."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(_PAGE_HEADERS)
        return response


def create_app(
    store_factory: StoreFactory,
    home: Path | None = None,
    web_dir: Path | None = None,
    hosts: Iterable[str] = (),
    workers: Workers | None = None,
) -> FastAPI:
    """Make the service.

    ``store_factory`` gives the store as a context manager, entered when the service starts and left when it
    stops. ``home`` is the UPLINE_HOME it works for; ``web_dir`` holds ``index.html`` and ``assets`` of another
    workbench; ``hosts`` are names it may be called by besides loopback (UPLINE_HOSTS adds more). ``workers`` answer
    heavy requests; without them the threads of the service do, and nothing can end those.
    """
    home = home or upline_home()
    sessions = Sessions(local_token(home), Users(home))
    app = routed(home, _lifespan(store_factory), OwnGraphs())
    app.state.sessions, app.state.workers = sessions, workers
    _pages(app, web_dir or WEB)
    named = [name.strip() for name in os.environ.get("UPLINE_HOSTS", "").split(",") if name.strip()]
    megabytes = int(os.environ.get("UPLINE_UPLOAD_MB", UPLOAD_MB))
    app.add_middleware(Caller, state=app.state)
    app.add_middleware(Shell, hosts=[*hosts, *named], sessions=sessions, upload_bytes=megabytes << 20)
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]
    return app


def routed(
    home: Path,
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None = None,
    own_graphs: OwnGraphs | None = None,
) -> FastAPI:
    """The routes and their errors, without anything around them: sessions and store are for the caller to set."""
    app = FastAPI(
        title="Upline 溯链",
        version=version("upline"),
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.home, app.state.store, app.state.jobs, app.state.past = home, None, Jobs(), Past()
    app.state.own_graphs, app.state.no_jobs = own_graphs or OwnGraphs(makes=False), Jobs()
    app.state.strangers, app.state.counts = Strangers(), DistrictCounts()
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    problems.install(app)
    return app


def _lifespan(store_factory: StoreFactory) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with ExitStack() as stack:
            app.state.store = await run_in_threadpool(stack.enter_context, store_factory())
            await run_in_threadpool(reconcile, app.state.home, app.state.store)
            app.state.jobs.start()
            try:
                yield
            finally:
                if app.state.workers is not None:
                    await run_in_threadpool(app.state.workers.stop)
                await run_in_threadpool(app.state.jobs.stop)
                await run_in_threadpool(app.state.past.close)
                await run_in_threadpool(app.state.own_graphs.close)
                await run_in_threadpool(app.state.strangers.tell_rest)
                app.state.store = None

    return lifespan


def _pages(app: FastAPI, folder: Path) -> None:
    """Serve the workbench: its files, and its one page at every address that is none of the API."""
    app.mount("/assets", _Assets(directory=folder / "assets", check_dir=False), name="assets")

    def page(request: Request, place: str = "") -> Response:
        if place.split("/")[0] in ("api", "assets"):
            raise HTTPException(404)
        index = folder / "index.html"
        if not index.is_file():
            return PlainTextResponse(_NOT_BUILT.of(language(request.headers.get("accept-language"))), 503)
        return FileResponse(index, headers=_PAGE_HEADERS)

    for path in ("/", "/{place:path}"):
        app.add_api_route(path, page, include_in_schema=False, response_class=FileResponse)


def _document(app: FastAPI) -> dict[str, Any]:  # any JSON, as FastAPI has it
    """The OpenAPI document, with the one error shape instead of the framework's."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            summary="Case-and-investigation graph: leads, never findings",
            description="Every error is problem details; its code is one of: "
            + "; ".join(f"`{code}` {title.en}" for code, (_, title) in problems.TITLES.items()),
            routes=app.routes,
        )
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema()
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        app.openapi_schema = document
    return app.openapi_schema
