"""One run from the observed graph to the published answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from backend.analysis.model.gangs import Cut, Previous
from backend.analysis.model.results import Damped
from backend.analysis.model.weights import Weights
from backend.analysis.pipeline import run as run_analysis
from backend.runs.derived import Derive
from backend.runs.identity import propose
from backend.runs.keep import keep_run
from backend.runs.people import read_people
from backend.runs.publish import RunKey, publish
from backend.runs.uncollected import uncollected
from etl.storage.archive import Archive
from etl.writing.load import Progress, resume
from graph_schema.store import LOCAL, Store, Viewer


@dataclass(frozen=True)
class Summary:
    """What a run found, in numbers."""

    run: str
    load: int
    persons: int
    supplies: int
    gangs: int
    chains: int
    cases: int
    proposals: int
    seconds: float
    damped: tuple[Damped, ...]
    cut: Cut | None


def _silent(_: Progress) -> None:
    return


STAGES = ("reading", "computing", "publishing")


@uncollected()
def analyse(
    store: Store,
    viewer: Viewer = LOCAL,
    seed: int = 7,
    progress: Callable[[Progress], None] | None = None,
    weights: Weights | None = None,
    derive: Derive | None = None,
) -> Summary:
    """Resolve persons, compute supplies, gangs and chains, and publish them in one step.

    Reads everything ``viewer`` may see; the same graph, seed and rules give the same answer. An unfinished
    load is carried on first, so that no run is computed from half a load. ``weights`` other than the published
    ones are used only where they are given. ``derive`` adds what the nouns of the district say.
    """
    watch = progress or _silent
    resume(store, Archive(store.home), watch)
    started = time.time()
    watch(Progress("reading", 0, len(STAGES)))
    observed, facts, network = read_people(store, viewer, watch)
    load = max((int(row["load"]) for row in store.read(viewer, "load.history", timeout=60.0)), default=0)
    watch(Progress("computing", 1, len(STAGES)))
    results = run_analysis(facts, seed=seed, weights=weights, previous=_previous(store, viewer))
    proposals = propose(store, viewer, observed, facts, network, results)
    district = derive(store, viewer) if derive else None
    watch(Progress("publishing", 2, len(STAGES)))
    run = RunKey(_run_id(store, viewer), viewer.view, load, seed, int(started * 1000))
    summary = Summary(
        run=run.run_id,
        load=load,
        persons=len(observed.people),
        supplies=sum(edge.score >= 0.5 for edge in results.supplies),
        gangs=len(results.gangs),
        chains=sum(len(case.chains) for case in results.cases),
        cases=len(facts.cases),
        proposals=len(proposals),
        seconds=round(time.time() - started, 3),
        damped=results.damped,
        cut=results.cut,
    )
    keep_run(store.home / "runs" / run.run_id, facts, results, asdict(run))
    finished = int(time.time() * 1000)
    publish(store, run, observed, facts, results, finished, asdict(summary), proposals, district)
    return summary


def _run_id(store: Store, viewer: Viewer) -> str:
    """The number after the last run's: R-0001, R-0002 …"""
    current = store.read(viewer, "run.current")
    kept = (path.name for path in (store.home / "runs").glob("R-*"))  # a database made anew knows of no run
    known = (name.removeprefix("R-") for name in (*kept, *(str(row["run_id"]) for row in current)))
    last = max((int(number) for number in known if number.isdigit()), default=0)
    return f"R-{last + 1:04d}"


def _previous(store: Store, viewer: Viewer) -> Previous | None:
    """Gangs of the published run, so that their ids stay the same."""
    current = store.read(viewer, "run.current")
    if not current:
        return None
    rows = store.read(viewer, "run.gangs_of", timeout=60.0, run=current[0]["run_id"])
    return Previous({row["gang_id"]: frozenset(row["members"]) for row in rows})
