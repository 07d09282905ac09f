"""A district ready to be analysed: written, loaded into a home of its own, read back as facts, kept for the next time.

A kept district is a folder: ``files`` as received, ``truth.json``, ``home`` (the loaded database) and ``facts.pickle``
(what the analysis is computed from, with the persons as the command line gives them). Analysing again after a change of
the analysis needs the pickle only; after a change of who is who, the home; after a change of reading, the files.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from backend.analysis.model.facts import Facts
from backend.demo.truth import Truth
from backend.runs.observed import Observed
from backend.runs.people import read_people
from backend.runs.publish import described
from etl.writing.load import load
from graph_schema.store import LOCAL, Store, embedded

STAGES = ("facts", "home", "files")
"""What can be made anew, each with all that follows from it: facts from the home, the home from the files."""


@dataclass(frozen=True)
class World:
    """One invented district: whose it is, its seed, and how it is written."""

    maker: str
    preset: str
    seed: int
    size: float
    write: Callable[[Path], Truth]
    sources: Path  # code of the maker, by which a kept district is known to be of today's making

    @property
    def name(self) -> str:
        return f"{self.maker}-{self.preset}-{self.seed}" + (f"-x{self.size:g}" if self.size != 1.0 else "")

    def version(self) -> str:
        """A digest of the maker's code."""
        total = hashlib.sha256()
        for path in sorted(self.sources.rglob("*.py")):
            total.update(path.read_bytes())
        return total.hexdigest()[:12]


@dataclass
class Prepared:
    """A district as the analysis and the score see it."""

    world: World
    truth: Truth
    facts: Facts
    persons: list[dict[str, Any]]  # in the order of ``facts.person_ids``, as in ``upline persons --json``


def prepare(world: World, folder: Path, anew: str | None = None) -> Prepared:
    """The district of ``world``, taken from ``folder`` where it is kept there; ``anew`` names a stage to repeat."""
    folder.mkdir(parents=True, exist_ok=True)
    stage = STAGES.index(anew) if anew else -1
    if stage == STAGES.index("files") or not (folder / "truth.json").is_file():
        _write(world, folder)
    elif json.loads((folder / "made.json").read_text(encoding="utf-8"))["version"] != world.version():
        say(f"{world.name}: kept from another version of its maker; --anew files makes it again")
    truth = Truth.load(folder / "truth.json")
    if stage >= STAGES.index("home"):
        (folder / "loaded").unlink(missing_ok=True)
    kept = _kept(folder) if stage < 0 else None
    return Prepared(world, truth, *(kept or _read(folder)))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _write(world: World, folder: Path) -> None:
    for name in ("files", "home"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in ("truth.json", "loaded", "facts.pickle"):
        (folder / name).unlink(missing_ok=True)
    truth = world.write(folder / "files")
    (folder / "made.json").write_text(json.dumps({"version": world.version()}), encoding="utf-8")
    truth.save(folder / "truth.json")


def _read(folder: Path) -> tuple[Facts, list[dict[str, Any]]]:
    """Load the files, unless that was done before, and read them back as facts."""
    if not (folder / "loaded").is_file():
        shutil.rmtree(folder / "home", ignore_errors=True)
    with _home(folder) as store:
        if not (folder / "loaded").is_file():
            report = load(store, [folder / "files"])
            refused = sum(file.state == "refused" for file in report.files)
            (folder / "loaded").write_text(
                f"{len(report.files)} files, {refused} refused\n", encoding="utf-8"
            )
        observed, facts, _ = read_people(store, LOCAL)
    kept = facts, persons_json(observed)
    scratch = folder / f"facts.{os.getpid()}.part"
    scratch.write_bytes(pickle.dumps(kept, protocol=5))
    scratch.replace(folder / "facts.pickle")
    return kept


def _kept(folder: Path) -> tuple[Facts, list[dict[str, Any]]] | None:
    """What was kept, unless the shape of facts has changed since."""
    path = folder / "facts.pickle"
    if not path.is_file():
        return None
    try:
        facts, persons = pickle.loads(path.read_bytes())  # written by this benchmark itself
    except (ImportError, AttributeError):  # by another version of it, whose classes have moved since
        return None
    whole = all(hasattr(facts, each.name) for each in fields(Facts))
    return (facts, persons) if whole else None


def persons_json(observed: Observed) -> list[dict[str, Any]]:
    """Persons with their identifiers, as the contract of the command line has them."""
    return [
        {
            "id": each["person_id"],
            "name": each.get("name"),
            "resident_id": each.get("resident_id"),
            "phones": each["phones"],
            "accounts": each["accounts"],
        }
        for each in map(described, observed.people)
    ]


@contextmanager
def _home(folder: Path) -> Iterator[Store]:
    """A store on the district's own home, its server ended afterwards."""
    home = folder / "home"
    before = os.environ.get("UPLINE_HOME")
    os.environ["UPLINE_HOME"] = str(home)
    try:
        with Store.connect() as store:
            yield store
        embedded.stop(home)
    finally:
        os.environ.pop("UPLINE_HOME")
        if before is not None:
            os.environ["UPLINE_HOME"] = before
