"""Who stands on record for drugs, by which facts, and which pairs such a fact reaches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.analysis.inputs import Bools, Facts, Floats
from graph_schema.declaration.drug_facts import load_drug_facts


@dataclass(frozen=True)
class OnRecord:
    """Per person how strong his own facts are together (0 to 1), and which kinds they are of."""

    strength: Floats
    kinds: tuple[tuple[str, ...], ...]

    @property
    def standing(self) -> Bools:
        """On record: from the declared strength on."""
        return np.asarray(self.strength >= load_drug_facts().reach.record)


def on_record(facts: Facts) -> OnRecord:
    """Adds up own facts of each kind as independent: 1 minus the product of what each leaves open."""
    kinds = load_drug_facts().kinds
    held: dict[str, set[int]] = {kind: set() for kind in kinds}
    for part in facts.involvements:
        if part.role != "witness" and facts.cases[part.case].drugs:
            held["case"].add(part.person)
    held["seizure"] = {seizure.person for seizure in facts.seizures if seizure.person >= 0}
    held["user"] = set(np.flatnonzero(facts.registered_user).tolist())
    said = facts.statements
    held["statement"] = set(said.b[(said.b >= 0) & ~said.service & (said.a != said.b)].tolist())
    for fact in facts.drug_facts:
        held[fact.kind].add(fact.person)
    open_ = np.ones(len(facts.person_ids))
    of: list[list[str]] = [[] for _ in facts.person_ids]
    for kind, people in held.items():
        for person in sorted(people):
            open_[person] *= 1.0 - kinds[kind].strength
            of[person].append(kind)
    return OnRecord(1.0 - open_, tuple(map(tuple, of)))
