"""Facts in which every event of a holder counts for the person he is counted as."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np

from backend.analysis.identity.contacts import ends_of
from backend.analysis.model.facts import Events, Facts, References
from backend.analysis.model.results import CountedAs
from graph_schema.arrays import Ints


def counted(facts: Facts, found: tuple[CountedAs, ...]) -> Facts:
    """The facts with every event, case role and seizure of such a holder moved to the other; the holders stay, without events."""
    if not found:
        return facts
    whole = [each for each in found if each.number is None]
    lent = {each.number: each for each in found if each.number is not None}
    to: Ints = np.arange(len(facts.person_ids), dtype=np.int64)
    for each in whole:
        to[each.person] = each.counted_as
    refs = [list(held) for held in facts.refs]
    for number, each in lent.items():
        refs[each.person].remove(number)
        refs[each.counted_as].append(number)
    for each in whole:
        refs[each.counted_as] += refs[each.person]
        refs[each.person] = []
    flags = {}
    for name in ("named", "registered_user", "fugitive", "asked"):
        flag = getattr(facts, name).copy()
        np.logical_or.at(flag, to, getattr(facts, name))
        flags[name] = flag
    flags["asked"][[each.counted_as for number, each in lent.items() if number in facts.coverage]] = True
    return replace(
        facts,
        **flags,
        refs=refs,
        apart=frozenset(
            (min(x, y), max(x, y)) for one, other in facts.apart for x, y in [(int(to[one]), int(to[other]))]
        ),
        calls=_events(_called(facts.calls, lent), to),
        payments=_events(facts.payments, to),
        parcels=_events(facts.parcels, to),
        statements=_events(facts.statements, to),
        involvements=[replace(part, person=int(to[part.person])) for part in facts.involvements],
        seizures=[
            replace(seizure, person=int(to[seizure.person])) if seizure.person >= 0 else seizure
            for seizure in facts.seizures
        ],
        drug_facts=[replace(fact, person=int(to[fact.person])) for fact in facts.drug_facts],
    )


def _called(calls: Events, lent: dict[str, CountedAs]) -> Events:
    """The calls, with calls of lent numbers attributed to the persons they are counted for."""
    if not lent:
        return calls
    ends = calls.a.copy(), calls.b.copy()
    for side, n, number in ends_of(calls, {number: each.person for number, each in lent.items()}):
        ends[side][n] = lent[number].counted_as
    return replace(calls, a=ends[0], b=ends[1])


def _events(events: Events, to: Ints) -> Events:
    """Events between the persons they are counted for; events of a person with himself are left out."""
    a, b = to[events.a], to[events.b]
    kept = np.flatnonzero(a != b)
    columns = {}
    for column in fields(Events):
        values = getattr(events, column.name)
        if len(kept) == len(a) or not len(values):
            columns[column.name] = values
        else:
            columns[column.name] = _taken(values, kept)
    return replace(events, **{**columns, "a": a[kept], "b": b[kept]})


def _taken(values: Any, kept: Ints) -> Any:  # a column: an array, references, or a list
    """The kept entries of a column of events."""
    if isinstance(values, np.ndarray):
        return values[kept]
    return values.take(kept) if isinstance(values, References) else [values[n] for n in kept.tolist()]
