"""The same analysis where who is who is given: every holder of a true person is counted as one."""

from __future__ import annotations

from dataclasses import replace

from backend.analysis.identity.counting import counted
from backend.analysis.model.results import CountedAs
from backend.analysis.model.weights import Weights
from backend.analysis.pipeline import run
from backend.demo.score import Matcher
from benchmarks.accuracy.answer import Answer, answer
from benchmarks.accuracy.prepared import Prepared


def known_identities(district: Prepared, weights: Weights) -> Answer:
    """What the analysis would answer if it knew every person: what is missed for want of identities lies between."""
    matcher = Matcher(district.truth, district.persons)
    first: dict[str, int] = {}
    same = []
    for holder, shown in enumerate(district.persons):
        person = matcher.find(shown)
        if person is not None and (whole := first.setdefault(person, holder)) != holder:
            same.append(CountedAs(holder, whole, ()))
    facts = counted(replace(district.facts, apart=frozenset()), tuple(same))
    return answer(facts, district.persons, run(facts, weights=weights))
