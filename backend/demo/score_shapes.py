"""Where chains lead, by how the organisation behind a packet case is run."""

from __future__ import annotations

from backend.demo.score import CHAINS, Matcher, answers_of, collectors, meets
from backend.demo.score_people import Json
from backend.demo.truth import Truth

LINES = (
    ("organiser himself in three chains", CHAINS, False),
    ("he or who collects for him", CHAINS, True),
    ("organiser in the first chain", 1, False),
)
"""What is counted: its name, chains looked at, and whether who collects for the organiser counts as well."""


def by_shape(truth: Truth, chains_json: Json, matcher: Matcher) -> dict[str, list[tuple[bool, ...]]]:
    """Shape of the organisation → one entry per packet case whose data can show its organiser, in the order of ``LINES``."""
    answers = answers_of(chains_json)
    shape = {o.organiser: o.shape for o in truth.organisations}
    found: dict[str, list[tuple[bool, ...]]] = {}
    for case in truth.cases:
        if case.kind == "packet" and case.shown and case.organiser is not None:
            marks = (
                meets(case, answers, matcher, chains, collectors(truth, case) if others else ())
                for _, chains, others in LINES
            )
            found.setdefault(shape.get(case.organiser, "?"), []).append(tuple(marks))
    return found
