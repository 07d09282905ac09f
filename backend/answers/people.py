"""Persons of a run by their ids, and whose numbers and accounts count as theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from backend.answers.runs import Run
from backend.answers.shape import person
from backend.contract.person import Person
from backend.contract.persons import CountedAs
from graph_schema.store import Parameters, Store, Viewer


def people(store: Store, viewer: Viewer, run: Run, ids: Iterable[str]) -> dict[str, Person]:
    """Persons of a run by id."""
    wanted = sorted(set(ids))
    rows = store.read(viewer, "person.some", ids=wanted, prefix=run.prefix) if wanted else []
    return {row["id"]: person(row) for row in rows}


def counted(store: Store, viewer: Viewer, run: Run, ids: Iterable[str]) -> list[CountedAs]:
    """Holders a run counts for one of these persons, or these for one: who, for whom, why (name | number | account |
    payments), and how many contacts they have in common. With ``number`` only that number's calls are. Nobody is merged.
    """
    wanted: Parameters = {"ids": sorted(set(ids)), "prefix": run.prefix, "run": run.run_id}
    rows = store.read(viewer, "person.counted", **wanted)
    known = people(store, viewer, run, (each for row in rows for each in (row["id"], row["counted_as"])))
    return [
        {
            "person": known[row["id"]],
            "counted_as": known[row["counted_as"]],
            "reason": row["reason"],
            "contacts": row["contacts"],
            "number": row["number"],
        }
        for row in sorted(rows, key=lambda row: (row["counted_as"], row["id"], row["number"] or ""))
        if row["id"] in known and row["counted_as"] in known
    ]


@dataclass
class Hand:
    """Holders counted as one person by key, numbers of others that he uses, and his own that others use."""

    keys: list[str]
    used: list[str] = field(default_factory=list)
    lent: list[str] = field(default_factory=list)

    def named(self, end: str) -> dict[str, list[str]]:
        """As queries of what is between two persons take one end."""
        return {end: self.keys, f"{end}_used": self.used, f"{end}_lent": self.lent}


def hands_of(run: Run, persons: Iterable[str], same: Iterable[CountedAs]) -> dict[str, Hand]:
    """Whose events are those of each person: his own and of who is ``counted`` for him, without what is counted for others."""
    hands = {person: Hand([run.key(person)]) for person in persons}
    for each in same:
        number, user = each["number"], hands.get(each["counted_as"]["id"])
        if number is None:
            if user:
                user.keys.append(run.key(each["person"]["id"]))
            continue
        if user:
            user.used.append(number)
        if owner := hands.get(each["person"]["id"]):
            owner.lent.append(number)
    return hands
