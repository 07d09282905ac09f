"""Every answer as of an earlier load: the rows of the loads up to it, what was judged until then, and their run."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version

from backend.analysis.model.weights import load_weights
from backend.runs.analyse import analyse
from etl.writing import past
from etl.writing.load import Progress
from graph_schema.errors import Conflict, NotFound
from graph_schema.language import Text
from graph_schema.store import LOCAL, Store


def prepare(store: Store, load: int, progress: Callable[[Progress], None] | None = None) -> None:
    """Make the graph as of ``load`` where it is not there yet: loaded, judged and analysed as then.

    Raises ``NotFound`` where there was no such load. Judgements count that were made before the next load began.
    """
    watch = progress or (lambda _: None)
    until = next_began(store, load)
    with past.making(store.home):
        if until is None or still_stands(store, load):
            return
        home = past.rebuild(store, load, lambda done, total: watch(Progress("writing", done, total)))
        with Store.connect(home=home) as then:
            for row in store.read(LOCAL, "review.until", until=until, timeout=60.0):
                entry = dict(row["review"])
                then.write("review.add", review_id=entry.pop("review_id"), props=entry)
            analyse(then, progress=watch)
        past.finish(store.home, load, _made_of(store, load))


def open_as_of(store: Store, load: int) -> Store | None:
    """A store that reads the graph as of ``load``, None where that is the graph of now.

    Raises ``NotFound`` where there was no such load, ``Conflict`` where it is not prepared.
    """
    if next_began(store, load) is None:
        return None
    if not still_stands(store, load):
        raise Conflict(
            Text(
                f"截至第 {load} 批导入的数据尚未准备，请先准备（POST /as-of）。",
                f"The graph as of load {load} is not prepared; prepare it first (POST /as-of).",
            )
        )
    then = Store.connect(home=past.past_home(store.home, load))
    then.as_of = load
    return then


def still_stands(store: Store, load: int) -> bool:
    """Whether the graph as of ``load`` is prepared and still what it should be."""
    return past.stands(store.home, load, _made_of(store, load))


def next_began(store: Store, load: int) -> int | None:
    """When the load after ``load`` began (epoch ms), None where there is none. Raises ``NotFound``."""
    history = store.read(LOCAL, "load.history", timeout=60.0)
    if load not in {int(row["load"]) for row in history}:
        raise NotFound(Text(f"没有第 {load} 批导入。", f"There is no load {load}."))
    return min((int(row["started_at"]) for row in history if int(row["load"]) > load), default=None)


def _made_of(store: Store, load: int) -> dict[str, object]:
    """What a graph of the past is made of: the files, and the program and rules that made it."""
    return {
        "load": load,
        "files": [entry["sha256"] for entry in past.files_until(store, load)],
        "program": version("upline"),
        "rules": load_weights().version,
    }
