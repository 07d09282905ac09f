"""Who stands on record for drugs, by which facts, and which pairs such a fact reaches.

Definition: facts of different kinds add up as a noisy-or: 1 minus the product of what each leaves open.

Reference: J. Pearl, Probabilistic Reasoning in Intelligent Systems, 1988, chapter 4.

Cost: linear in facts.

Against it: kinds are taken to be independent, though an arrest is often behind both a case and a seizure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.model.facts import Bools, Facts, Floats, Involvement
from graph_schema.declaration.drug_facts import load_drug_facts

BUYING = frozenset({"using", "hosting"})
"""Parts in a case that say nothing of selling."""


@dataclass(frozen=True)
class OnRecord:
    """Per person how strong his own facts are together (0 to 1), all of them and those that may be of selling, and of which
    kinds they are.
    """

    strength: Floats
    selling: Floats
    kinds: tuple[tuple[str, ...], ...]

    @property
    def standing(self) -> Bools:
        """On record: from the declared strength on."""
        return np.asarray(self.strength >= load_drug_facts().reach.record)

    @property
    def may_sell(self) -> Bools:
        """On record by facts that may be of selling."""
        return np.asarray(self.selling >= load_drug_facts().reach.record)


def drug_parts(facts: Facts) -> list[Involvement]:
    """Parts in drug cases, witnesses left out."""
    return [part for part in facts.involvements if part.role != "witness" and facts.cases[part.case].drugs]


def on_record(facts: Facts) -> OnRecord:
    """Adds up own facts of each kind as independent: 1 minus the product of what each leaves open."""
    kinds = load_drug_facts().kinds
    held: dict[str, set[int]] = {kind: set() for kind in kinds}
    parts = drug_parts(facts)
    held["case"] = {part.person for part in parts}
    held["seizure"] = {seizure.person for seizure in facts.seizures if seizure.person >= 0}
    held["user"] = set(np.flatnonzero(facts.registered_user).tolist())
    said = facts.statements
    held["statement"] = set(said.b[(said.b >= 0) & ~said.service & (said.a != said.b)].tolist())
    for fact in facts.drug_facts:
        held[fact.kind].add(fact.person)
    selling = {kind: people for kind, people in held.items() if kinds[kind].sells}
    selling["case"] = {part.person for part in parts if part.role not in BUYING}
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
