"""The graph of the files somebody may see, made of these alone: whatever else is loaded changes no byte of it.

Merged events, persons, gangs, chains, ids and counts hold what all their rows say, so nothing hidden can be taken out of
them afterwards. So who lacks a compartment is answered from a graph of his own: the facts of the files he may see,
matched, checked and analysed as if no other were loaded, with loads numbered among themselves. Judgements, leads, watches
and saved views of the whole graph are not in it: they may rest on what is hidden.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from backend.analysis.model.weights import load_weights
from backend.runs.analyse import analyse
from backend.runs.derived import Derive
from etl.intake.taking_in import SAID
from etl.writing import past
from etl.writing.load import Progress
from graph_schema.store import LOCAL, Store

PREFIX = "of-"
"""How the folder of such a graph begins."""
_OF_FILE = ("sha256", "path", "kind", "loaded_at", "cases", *SAID)
"""What is taken over of a file: what was said and seen of it alone. Counts are made anew."""


@dataclass(frozen=True)
class Visible:
    """The files somebody may see, by load; and the name of their graph, which is the digest of what it is made of."""

    name: str
    loads: tuple[past.Part, ...]
    made_of: dict[str, object]


def visible(store: Store, compartments: frozenset[str]) -> Visible:
    """What somebody of some compartments may see: files without any, and files of these."""
    files = [
        row["file"]
        for row in store.read(LOCAL, "load.visible_files", compartments=sorted(compartments), timeout=60.0)
    ]
    loads = tuple(
        replace(
            part, load=number, files=[_said(file, number, place) for place, file in enumerate(part.files)]
        )
        for number, part in enumerate(past.parts(store, files), start=1)
    )
    made_of = {
        "files": [file["sha256"] for part in loads for file in part.files],
        "loads": [[part.files, part.started_at, part.finished_at] for part in loads],
        "program": version("upline"),
        "rules": load_weights().version,
    }
    text = json.dumps(made_of, sort_keys=True, ensure_ascii=False)
    return Visible(PREFIX + hashlib.sha256(text.encode()).hexdigest()[:32], loads, json.loads(text))


def _said(file: dict[str, object], load: int, place: int) -> dict[str, object]:
    return {name: file[name] for name in _OF_FILE if name in file} | {"load": load, "position": place}


def stands(home: Path, seen: Visible) -> bool:
    """Whether the graph of some files is there, whole."""
    return past.stands(home, seen.name, seen.made_of)


def prepare(
    store: Store, seen: Visible, progress: Callable[[Progress], None], derive: Derive | None = None
) -> None:
    """Make the graph of some files where it is not there yet: loaded, checked and analysed by itself.

    ``derive`` adds what the nouns of the district say.
    """
    with past.making(store.home):
        if stands(store.home, seen):
            return
        home = past.past_home(store.home, seen.name)
        written = lambda done, total: progress(Progress("writing", done, total))  # noqa: E731
        past.make(store.home, home, seen.loads, written, alone=True)
        with Store.connect(home=home) as own:
            analyse(own, progress=progress, derive=derive)
        past.finish(store.home, seen.name, seen.made_of)


def connect(home: Path, seen: Visible) -> Store:
    """A store that reads the graph of some files, and never writes."""
    own = Store.connect(home=past.past_home(home, seen.name))
    own.only_read = True
    return own


def drop_others(home: Path, wanted: Iterable[str]) -> None:
    """Remove the graphs of sets of files that are nobody's any more."""
    kept = set(wanted)
    with past.making(home):
        for each in past.homes(home):
            if each.name.startswith(PREFIX) and each.name not in kept:
                past.drop(each)
