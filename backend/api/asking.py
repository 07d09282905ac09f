"""What every route of the service gets: the store, the viewer, and how to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from fastapi import Depends, Request, Response

from backend.api.jobs import Jobs
from backend.security.gate import gate
from graph_schema.store import Store, Viewer


@dataclass(frozen=True)
class Asking:
    """One request that passed the gate."""

    store: Store
    viewer: Viewer
    jobs: Jobs


def asking(request: Request, viewer: Annotated[Viewer, Depends(gate)]) -> Asking:
    """The dependency of every gated route."""
    return Asking(request.app.state.store, viewer, request.app.state.jobs)


Ask = Annotated[Asking, Depends(asking)]


class Json(Response):
    """A body as it is, through orjson: no model is built for each of a hundred thousand edges."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS)
