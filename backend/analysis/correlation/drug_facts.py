"""Who is on record for drugs, by which facts, and which pairs such a fact reaches.

Definition: facts of different kinds combine as a noisy-or: 1 minus the product of their complements.

Reference: J. Pearl, Probabilistic Reasoning in Intelligent Systems, 1988, chapter 4.

Cost: linear in facts.

Against it: kinds are treated as independent, although an arrest is often behind both a case and a seizure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from backend.analysis.model.facts import Facts, Involvement
from graph_schema.arrays import Bools, Floats
from graph_schema.declaration.drug_facts import load_drug_facts

BUYING = frozenset({"using", "hosting"})
"""Parts in a case that say nothing of selling."""


@dataclass(frozen=True)
class OnRecord:
    """For each person, the combined strength (0 to 1) of all his facts and of those that may indicate
    selling, and their kinds.
    """

    strength: Floats
    selling: Floats
    kinds: tuple[tuple[str, ...], ...]

    @property
    def standing(self) -> Bools:
        """On record: strength at or above the declared threshold."""
        return np.asarray(self.strength >= load_drug_facts().reach.record)

    @property
    def may_sell(self) -> Bools:
        """On record by facts that may indicate selling."""
        return np.asarray(self.selling >= load_drug_facts().reach.record)


@dataclass(frozen=True)
class Stated:
    """One drug fact on a person: of which declared kind, whether it may be one of selling, the cases it belongs to, and
    the rows it stands in.
    """

    person: int
    kind: str
    sells: bool
    cases: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


def drug_parts(facts: Facts) -> list[Involvement]:
    """Roles in drug cases, without witnesses."""
    return [part for part in facts.involvements if part.role != "witness" and facts.cases[part.case].drugs]


def stated(facts: Facts) -> Iterator[Stated]:
    """Every drug fact, of the first declared kind first."""
    yield from _cases_and_seizures(facts)
    rows_of_users = {fact.person for fact in facts.drug_facts if fact.kind == "user"}
    for person in np.flatnonzero(facts.registered_user).tolist():
        if person not in rows_of_users:
            yield Stated(person, "user", False)
    kinds = load_drug_facts().kinds
    for fact in facts.drug_facts:
        yield Stated(fact.person, fact.kind, kinds[fact.kind].sells, fact.cases, tuple(fact.evidence))
    yield from _statements(facts)


def _cases_and_seizures(facts: Facts) -> Iterator[Stated]:
    for part in drug_parts(facts):
        case = (facts.cases[part.case].case_no,)
        sells = part.role not in BUYING
        yield Stated(part.person, "case", sells, case, tuple(part.evidence))
    sells = load_drug_facts().kinds["seizure"].sells
    for seizure in facts.seizures:
        if seizure.person >= 0:
            case = (facts.cases[seizure.case].case_no,)
            yield Stated(seizure.person, "seizure", sells, case, tuple(seizure.evidence))


def _statements(facts: Facts) -> Iterator[Stated]:
    """Persons named by somebody else; a statement belongs to the cases of who made it."""
    said, sells = facts.statements, load_drug_facts().kinds["statement"].sells
    named = np.flatnonzero((said.b >= 0) & ~said.service & (said.a != said.b)).tolist()
    speakers = {int(said.a[i]) for i in named}
    cases: dict[int, set[str]] = {}
    for part in facts.involvements:
        if part.person in speakers:
            cases.setdefault(part.person, set()).add(facts.cases[part.case].case_no)
    for i in named:
        of = tuple(sorted(cases.get(int(said.a[i]), ())))
        yield Stated(int(said.b[i]), "statement", sells, of, tuple(said.evidence[i]))


def on_record(facts: Facts) -> OnRecord:
    """Adds up own facts of each kind as independent: 1 minus the product of what each leaves open."""
    held: dict[str, set[int]] = {kind: set() for kind in load_drug_facts().kinds}
    selling: dict[str, set[int]] = {kind: set() for kind in held}
    for fact in stated(facts):
        held[fact.kind].add(fact.person)
        if fact.sells:
            selling[fact.kind].add(fact.person)
    of: list[list[str]] = [[] for _ in facts.person_ids]
    for kind, people in held.items():
        for person in people:
            of[person].append(kind)
    return OnRecord(_together(facts, held), _together(facts, selling), tuple(map(tuple, of)))


def _together(facts: Facts, held: dict[str, set[int]]) -> Floats:
    open_ = np.ones(len(facts.person_ids))
    for kind, people in held.items():
        open_[sorted(people)] *= 1.0 - load_drug_facts().kinds[kind].strength
    return 1.0 - open_
