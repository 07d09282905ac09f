"""Explanations: the rule, the signals and the source rows behind anything that has an id."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

from backend.answers import sentences
from backend.answers.chains import filled, no_case
from backend.answers.dealings import between
from backend.answers.evidence import source_rows
from backend.answers.gangs import described_gang
from backend.answers.people import counted, people
from backend.answers.persons import described
from backend.answers.runs import Run, on_run
from backend.answers.shape import reference, timed_event
from backend.answers.supplies import SHOWN_FROM, edges
from backend.contract import evidence as contract
from backend.contract.persons import CountedAs
from backend.judgements.overlay import Overlay
from backend.runs.keep import unlikely_pair
from backend.security.audited import audited
from etl.storage.archive import Archive
from graph_schema.declaration import load_declaration
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Parameters, Row, Store, Viewer

MOST_ROWS = 200
"""Rows of files shown with an explanation; the references in it are complete."""

_EVENT_ID = re.compile(r"[0-9a-f]{16}")

Teller = Callable[[Store, Viewer, Run, str], contract.Explanation]


class _NoChain(NotFound):
    """The case is there, and no chain from it."""


@audited("explain", "object_id")
@on_run
def explain(store: Store, viewer: Viewer, run: Run, object_id: str) -> contract.Explanation:
    """What stands behind a person, a supply (``supplier>buyer``), a gang, a chain or the best one of a case, or an event; of
    any other two persons ``A>B`` says why they are no supply.

    ``rows`` are the first of the rows of files it rests on. Raises ``NotFound`` where nothing has that id.
    """
    tellers: tuple[Teller, ...] = (_person, _gang, _chain, _pair, _event)
    for tell in tellers:
        try:
            return tell(store, viewer, run, object_id)
        except _NoChain:
            raise
        except NotFound:
            continue
    raise _nothing()


def _proof(
    store: Store, viewer: Viewer, answer: Mapping[str, object], told: Iterable[contract.ExplainingSentence]
) -> contract.Proof:
    refs = list(dict.fromkeys(_evidence(answer)))
    return {
        "sentences": list(told),
        "rows": source_rows(store, viewer, refs[:MOST_ROWS]),
        "rows_total": len(refs),
    }


def _nothing() -> NotFound:
    return NotFound(Text("没有这个对象，或无权查看。", "There is no such object, or you may not see it."))


def _person(store: Store, viewer: Viewer, run: Run, person_id: str) -> contract.PersonExplained:
    page = described(store, viewer, run, person_id)
    return {
        "id": person_id,
        "kind": "person",
        **page,
        **_proof(store, viewer, page, sentences.of_person(page)),
    }


def _gang(store: Store, viewer: Viewer, run: Run, gang_id: str) -> contract.GangExplained:
    page = described_gang(store, viewer, run, gang_id)
    return {"id": gang_id, "kind": "gang", **page, **_proof(store, viewer, page, sentences.of_gang(page))}


def _chain(store: Store, viewer: Viewer, run: Run, text: str) -> contract.ChainExplained:
    """A chain by its id, or the best one of a case."""
    rows = store.read(viewer, "chain.one", key=run.key(text), run=run.run_id)
    rows = rows or store.read(viewer, "chain.case", case_no=text, run=run.run_id, k=1)
    case = next(iter(filled(store, viewer, run, rows)), None)
    if case is None:
        raise no_case()
    if not case["chains"]:
        raise _NoChain(Text("本次研判没有找到该案的上溯链。", "This run found no chain from that case."))
    chain = case["chains"][0]
    found: contract.ChainOfCase = {
        "case_no": case["case_no"],
        "tier": case["tier"],
        "provisional": case["provisional"],
        "chain": chain,
        "counted": counted(store, viewer, run, (each["id"] for each in chain["persons"])),
        "run": run.name,
    }
    return {"id": text, "kind": "chain", **found, **_proof(store, viewer, found, sentences.of_chain(found))}


def _pair(
    store: Store, viewer: Viewer, run: Run, text: str
) -> contract.SupplyExplained | contract.PairExplained:
    """A listed supply; or of any other two persons what they have to do with each other and why that is no supply."""
    supplier, sign, buyer = (each.strip() for each in text.partition(">"))
    if not sign:
        raise _nothing()
    pair: Parameters = {"supplier": run.key(supplier), "buyer": run.key(buyer)}
    rows = store.read(viewer, "supply.pair", **pair)
    same = counted(store, viewer, run, (supplier, buyer))
    listed = edges(rows, Overlay.read(store, viewer))
    if listed:
        found: contract.PairFound = {"edges": listed, "counted": same, "run": run.name}
        told = sentences.of_supply(found)
        return {"id": text, "kind": "supply", **found, **_proof(store, viewer, found, told)}
    dealings = _dealings(store, viewer, run, supplier, buyer, same)
    none: contract.PairUnlisted = {"edges": [], **dealings, "counted": same, "run": run.name}
    told = sentences.of_pair(none)
    return {"id": text, "kind": "supply", **none, **_proof(store, viewer, none, told)}


def _dealings(
    store: Store, viewer: Viewer, run: Run, supplier: str, buyer: str, same: Sequence[CountedAs]
) -> contract.PairDealings:
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


def _event(store: Store, viewer: Viewer, run: Run, event_id: str) -> contract.EventExplained:
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
            found: contract.EventOfRun = {"event": _shown(row, rel), "run": run.name}
            told = sentences.of_event(found)
            return {"id": event_id, "kind": "event", **found, **_proof(store, viewer, found, told)}
    raise _nothing()


def _shown(row: Row, rel: str) -> contract.EventShown:
    event = {
        "type": row["type"],
        **timed_event(row["event"], rel),
        "start": reference(row["start_label"], row["start"]),
        "end": reference(row["end_label"], row["end"]),
    }
    return cast(contract.EventShown, event)  # besides these whatever its type declares


def _evidence(value: object) -> list[str]:
    """All row references anywhere in an answer, in order."""
    if isinstance(value, dict):
        return [
            ref
            for name, each in value.items()
            for ref in (each if name == "evidence" and isinstance(each, list) else _evidence(each))
            if isinstance(ref, str)
        ]
    return [ref for each in value for ref in _evidence(each)] if isinstance(value, list) else []
