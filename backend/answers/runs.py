"""The published run a viewer's answers come from, and the runs before it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from backend.answers.shape import parsed, time_text
from backend.contract import runs as contract
from backend.security.audited import audited
from graph_schema.errors import Conflict, NotFound
from graph_schema.language import Text
from graph_schema.store import Parameters, Row, Store, Viewer

P = ParamSpec("P")
A = TypeVar("A", bound=Mapping[str, object])

EVERYTHING = 1_000_000_000
"""The limit that is none: the command line gives everything where no limit is asked for."""
TRIES = 3


@dataclass(frozen=True)
class Run:
    """One published run; ``prefix`` begins the keys of its persons, gangs and chains."""

    run_id: str

    @property
    def prefix(self) -> str:
        return f"{self.run_id}/"

    @property
    def name(self) -> str | None:
        """Its id; None before the first analysis."""
        return self.run_id or None

    def key(self, object_id: str) -> str:
        return f"{self.run_id}/{object_id}"


def published(store: Store, viewer: Viewer) -> Run:
    """The run the viewer's view shows now; before the first analysis one whose keys are nobody's."""
    rows = store.read(viewer, "person.run")
    return Run(rows[0]["run"]) if rows else Run("")


def being_replaced() -> Conflict:
    """What is said where a run was published at every try."""
    return Conflict(
        Text("研判批次正在更换，请稍后再试。", "The run is being replaced; try again in a moment.")
    )


def on_run(
    function: Callable[Concatenate[Store, Viewer, Run, P], A],
) -> Callable[Concatenate[Store, Viewer, P], A]:
    """Give a function the published run, and ask it again where another run was published meanwhile.

    An answer is so never half of one run and half of the next. Raises ``Conflict`` after three tries.
    """
    signature = inspect.signature(function)

    @wraps(function)
    def answer(store: Store, viewer: Viewer, /, *args: P.args, **kwargs: P.kwargs) -> A:
        run = published(store, viewer)
        for _ in range(TRIES):
            result: A | NotFound
            try:
                result = function(store, viewer, run, *args, **kwargs)
            except NotFound as error:
                result = error
            now = published(store, viewer)
            if now == run:
                if isinstance(result, NotFound):
                    raise result
                return result
            run = now
        raise being_replaced()

    kept = [parameter for name, parameter in signature.parameters.items() if name != "run"]
    answer.__dict__["__signature__"] = signature.replace(parameters=kept)
    return answer


def bounds(limit: int | None, skip: int = 0) -> Parameters:
    """Query parameters of one page."""
    return {"skip": skip, "limit": EVERYTHING if limit is None else limit}


@audited("runs")
def runs(store: Store, viewer: Viewer, *, limit: int | None = None, skip: int = 0) -> contract.RunsFound:
    """Runs of the viewer's view still in the database, newest first; ``current`` marks the published one."""
    rows = store.read(viewer, "person.runs", **bounds(limit, skip))
    total = store.read(viewer, "person.run_count")[0]["total"]
    return {"runs": [_run(row, viewer) for row in rows], "total": total}


def _run(row: Row, viewer: Viewer) -> contract.Run:
    summary = parsed(row["summary"], {})
    for each in summary.get("damped", ()):
        if each["kind"] == "case" and viewer.cases is not None:
            each["named"] = [one for one in each["named"] if one[0] in viewer.cases]
    return {
        "id": row["run"],
        "current": row["current"],
        "load": row["load"],
        "rules": row["rules"],
        "seed": row["seed"],
        "started": time_text(row["started"]),
        "finished": time_text(row["finished"]),
        "summary": summary,
    }
