"""What two persons have to do with each other; and with whom a person deals regularly though no drug fact bears on a
supply between them (往来规律).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from backend.answers.endpoints import person_meant
from backend.answers.people import counted, hands_of, people
from backend.answers.runs import Run, on_run
from backend.answers.shape import time_text
from backend.contract.dealings import Between, Dealing, Dealings
from backend.contract.persons import CountedAs
from backend.runs.keep import regular_with
from backend.security.audited import audited
from graph_schema.declaration.drug_facts import load_drug_facts
from graph_schema.store import Store, Viewer

MOST_ROWS = 200
"""Events of two persons whose rows are named; all are counted."""


def between(
    store: Store,
    viewer: Viewer,
    run: Run,
    pairs: Sequence[tuple[str, str]],
    same: Iterable[CountedAs],
) -> list[Between]:
    """What is recorded of each pair with each other, each with who is counted as him: ``paid`` by the first to the second,
    ``received`` the other way, calls, messages, statements, from when to when, and the rows.
    """
    hands = hands_of(run, set(chain.from_iterable(pairs)), same)
    asked = [{**hands[a].named("a"), **hands[b].named("b")} for a, b in pairs]
    rows = store.read(viewer, "supply.between", pairs=asked, shown=MOST_ROWS, timeout=60.0)
    return [
        {
            "paid": row["paid"],
            "paid_fen": row["paid_fen"],
            "received": row["received"],
            "received_fen": row["received_fen"],
            "calls": row["calls"],
            "messages": row["messages"],
            "statements": row["statements"],
            "first": time_text(row["first"]),
            "last": time_text(row["last"]),
            "evidence": list(dict.fromkeys(chain.from_iterable(row["evidence"]))),
        }
        for row in rows
    ]


@audited("dealings", "person")
@on_run
def dealings(store: Store, viewer: Viewer, run: Run, person: str) -> Dealings:
    """With whom a person deals regularly out of reach of any drug fact, most payments first: no supplies.

    ``dealings`` is null where the published run did not look for them yet; ``means`` says what they are and are not.
    """
    person_id = person_meant(store, viewer, run, person)
    others = regular_with(store.home / "runs" / run.run_id, person_id)
    known = people(store, viewer, run, [person_id, *(others or ())])
    pairs = [(person_id, each) for each in others or () if each in known]
    same = counted(store, viewer, run, known)
    found: list[Dealing] = [
        {"other": known[other], **row}
        for (_, other), row in zip(pairs, between(store, viewer, run, pairs, same), strict=True)
    ]
    found.sort(key=lambda each: (-each["paid"] - each["received"], each["other"]["id"]))
    means = load_drug_facts().regular.means
    return {
        "person": known[person_id],
        "dealings": None if others is None else found,
        "means": {"zh": means.zh, "en": means.en},
        "counted": same,
        "run": run.run_id,
    }
