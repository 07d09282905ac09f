"""Dependencies of every route: the store, the viewer, the jobs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from pydantic import TypeAdapter, ValidationError

from backend.api.jobs import Jobs
from backend.api.problems import language
from backend.api.schemas.base import LoadNumber
from backend.security.gate import PREFIX, gate
from backend.security.rights import OF_THE_SITE, below
from graph_schema.errors import Conflict, NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

_LOAD: TypeAdapter[int] = TypeAdapter(LoadNumber)


@dataclass(frozen=True)
class Asking:
    """One request that passed the gate."""

    store: Store
    viewer: Viewer
    jobs: Jobs
    language: str  # zh or en, as the request asks for


def asking(request: Request, viewer: Annotated[Viewer, Depends(gate)]) -> Asking:
    """The dependency of every gated route; ``as_of`` of a question chooses the graph it is answered from."""
    state = request.app.state
    store, jobs, as_of = state.store, state.jobs, _as_of(request)
    if viewer.compartments is not None:
        if as_of is not None:
            raise Conflict(
                Text(
                    "你只能查看部分文件，不能查询历史数据。",
                    "You may see only some of the files, and only as of now.",
                )
            )
        jobs = state.no_jobs
        if not below(request.scope["path"].removeprefix(PREFIX), OF_THE_SITE):
            store = state.own_graphs.store(store, viewer)
    if as_of is not None:
        if request.method != "GET":
            raise Conflict(
                Text("历史数据只能查询。", "Data as of an earlier load is read-only; leave as_of out.")
            )
        try:
            store = state.past.store(store, as_of)
        except NotFound as error:  # a parameter that names nothing, not a thing that is not there
            raise Conflict(*error.args) from error
    return Asking(store, viewer, jobs, language(request.headers.get("accept-language")))


def _as_of(request: Request) -> int | None:
    """The load a question names, read as its own model reads it; what that refuses is left to it."""
    try:
        return _LOAD.validate_python(request.query_params["as_of"])
    except (KeyError, ValidationError):
        return None


Ask = Annotated[Asking, Depends(asking)]
