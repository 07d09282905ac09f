"""What the command line would answer, taken straight from a run's results: the input of the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.analysis.model.facts import Facts
from backend.analysis.model.results import Results
from benchmarks.accuracy.series import series_of

Json = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """The lists a score is computed from, as in the JSON contract; a method without an answer leaves one out."""

    chains: Json | None = None
    supplies: Json | None = None
    gangs: Json | None = None
    series: list[list[str]] | None = None  # the cases of each


def answer(facts: Facts, persons: list[Json], results: Results) -> Answer:
    """The contract's JSON of a run, without what a score does not look at."""
    cases = [
        {
            "case_no": facts.cases[case.case].case_no,
            "tier": case.tier,
            "chains": [
                {
                    "score": chain.score,
                    "persons": [persons[p] for p in chain.persons],
                    "reaches": [facts.cases[c].case_no for c in chain.reaches],
                }
                for chain in case.chains
            ],
        }
        for case in results.cases
    ]
    edges = [
        {"supplier": persons[e.supplier], "buyer": persons[e.buyer], "score": e.score}
        for e in results.supplies
    ]
    gangs = [
        {
            "members": [
                {"person": persons[m.person], "role": m.role, "rank": m.rank, "score": m.score}
                for m in gang.members
            ]
        }
        for gang in results.gangs
        if gang.size >= 3
    ]
    return Answer({"cases": cases}, {"edges": edges}, {"gangs": gangs}, series_of(facts, results))
