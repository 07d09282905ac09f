"""Explanations: the rule, the signals and the source rows behind anything that has an id."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from backend.answers.chains import filled, no_case
from backend.answers.dealings import between
from backend.answers.evidence import source_rows
from backend.answers.gangs import described_gang
from backend.answers.people import counted, people
from backend.answers.persons import described
from backend.answers.runs import Run, on_run
from backend.answers.sentences import sentences
from backend.answers.shape import Answer, reference, timed
from backend.answers.supplies import SHOWN_FROM, edges
from backend.judgements.overlay import Overlay
from backend.runs.keep import unlikely_pair
from backend.security.audited import audited
from etl.storage.archive import Archive
from graph_schema.declaration import load_declaration
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

MOST_ROWS = 200
"""Rows of files shown with an explanation; the references in it are complete."""

_EVENT_ID = re.compile(r"[0-9a-f]{16}")

Teller = Callable[[Store, Viewer, Run, str], Answer]


class _NoChain(NotFound):
    """The case is there, and no chain from it."""


@audited("explain", "object_id")
@on_run
def explain(store: Store, viewer: Viewer, run: Run, object_id: str) -> Answer:
    """What stands behind a person, a supply (``supplier>buyer``), a gang, a chain or the best one of a case, or an event; of
    any other two persons ``A>B`` says why they are no supply.

    ``rows`` are the first of the rows of files it rests on. Raises ``NotFound`` where nothing has that id.
    """
    tellers: dict[str, Teller] = {
        "person": described,
        "gang": described_gang,
        "chain": _chain,
        "supply": _supply,
        "event": _event,
    }
    for kind, tell in tellers.items():
        try:
            answer = tell(store, viewer, run, object_id)
        except _NoChain:
            raise
        except NotFound:
            continue
        refs = list(dict.fromkeys(_evidence(answer)))
        return {
            "id": object_id,
            "kind": kind,
            **answer,
            "sentences": sentences(kind, answer),
            "rows": source_rows(store, viewer, refs[:MOST_ROWS]),
            "rows_total": len(refs),
        }
    raise _nothing()


def _nothing() -> NotFound:
    return NotFound(Text("没有这个对象，或无权查看。", "There is no such object, or you may not see it."))


def _chain(store: Store, viewer: Viewer, run: Run, text: str) -> Answer:
    """A chain by its id, or the best one of a case."""
    rows = store.read(viewer, "chain.one", key=run.key(text), run=run.run_id)
    rows = rows or store.read(viewer, "chain.case", case_no=text, run=run.run_id, k=1)
    case = next(iter(filled(store, viewer, run, rows)), None)
    if case is None:
        raise no_case()
    if not case["chains"]:
        raise _NoChain(Text("本次研判没有找到该案的上溯链。", "This run found no chain from that case."))
    chain = case["chains"][0]
    same = counted(store, viewer, run, (each["id"] for each in chain["persons"]))
    return {
        "case_no": case["case_no"],
        "tier": case["tier"],
        "provisional": case["provisional"],
        "chain": chain,
        "counted": same,
        "run": run.name,
    }


def _supply(store: Store, viewer: Viewer, run: Run, text: str) -> Answer:
    """A listed supply; or of any other two persons what they have to do with each other and why that is no supply."""
    supplier, sign, buyer = (each.strip() for each in text.partition(">"))
    if not sign:
        raise _nothing()
    pair: dict[str, Any] = {"supplier": run.key(supplier), "buyer": run.key(buyer)}
    rows = store.read(viewer, "supply.pair", **pair)
    same = counted(store, viewer, run, (supplier, buyer))
    found = {} if rows else _unlisted(store, viewer, run, supplier, buyer, same)
    return {
        "edges": edges(rows, Overlay.read(store, viewer)),
        **found,
        "counted": same,
        "run": run.name,
    }


def _unlisted(
    store: Store, viewer: Viewer, run: Run, supplier: str, buyer: str, same: Sequence[Answer]
) -> Answer:
    """What the two have to do with each other, each with who is counted as him, as the run weighed it."""
    known = people(store, viewer, run, {supplier, buyer})
    if len(known) < 2:
        raise _nothing()
    (both,) = between(store, viewer, run, [(supplier, buyer)], same)
    weighed = unlikely_pair(store.home / "runs" / run.run_id, supplier, buyer) or {}
    return {
        "supplier": known[supplier],
        "buyer": known[buyer],
        "score": weighed.get("score") if weighed.get("reached", True) else 0.0,
        "regular": None if weighed.get("reached", True) else weighed["score"],
        "listed_from": SHOWN_FROM,
        "signals": weighed.get("signals", []),
        "payments": both["paid"] + both["received"],
        "calls": both["calls"] + both["messages"],
        "statements": both["statements"],
        "evidence": both["evidence"],
    }


def _event(store: Store, viewer: Viewer, run: Run, event_id: str) -> Answer:
    """An event by its id; by an id that a later match replaced; or by one whose own row was unloaded."""
    rels = load_declaration().events()
    asks = [("evidence.event", event_id)]
    if _EVENT_ID.fullmatch(event_id):
        asks.append(("evidence.event_alias", event_id))
        later = Archive(store.home).lives_on_as(event_id)
        if later is not None:
            asks += [("evidence.event", later), ("evidence.event_alias", later)]
    for query, asked in asks:
        for rel in rels:
            rows = store.read(viewer, query, labels={"rel": rel}, event_id=asked, timeout=60.0)
            if not rows:
                continue
            row = rows[0]
            return {
                "event": {
                    "type": row["type"],
                    **timed(row["event"], rel),
                    "start": reference(row["start_label"], row["start"]),
                    "end": reference(row["end_label"], row["end"]),
                },
                "run": run.name,
            }
    raise _nothing()


def _evidence(value: Any) -> list[str]:
    """All row references anywhere in an answer, in order."""
    if isinstance(value, dict):
        return [
            ref
            for name, each in value.items()
            for ref in (each if name == "evidence" and isinstance(each, list) else _evidence(each))
            if isinstance(ref, str)
        ]
    return [ref for each in value for ref in _evidence(each)] if isinstance(value, list) else []
