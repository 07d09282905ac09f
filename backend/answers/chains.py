"""Chains from a case upward, every hop with its evidence, what it reaches and what would strengthen it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from backend.answers.people import people
from backend.answers.runs import EVERYTHING, TRIES, Run, being_replaced, bounds, on_run
from backend.answers.shape import parsed, person, time_text, unknown_person
from backend.contract.base import Provisional
from backend.contract.chains import (
    AskFor,
    CaseChains,
    Chain,
    ChainFound,
    ChainRef,
    ChainsFound,
    HopFound,
    IdentifierKind,
    OneCaseChains,
    RowsOf,
)
from backend.contract.person import Person
from backend.judgements.ledger import judgement
from backend.judgements.overlay import KINDS, Overlay, changed, told
from backend.security.audited import audited
from graph_schema.dictionaries.tiers import Tier
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Parameters, Props, Row, Store, Viewer


@audited("chains")
@on_run
def chains(
    store: Store,
    viewer: Viewer,
    run: Run,
    *,
    k: int | None = None,
    limit: int | None = None,
    skip: int = 0,
) -> ChainsFound:
    """Every case with its chains (at most ``k`` of each), also the cases with none."""
    total = store.read(viewer, "case.count")[0]["total"]
    asked: Parameters = {"run": run.run_id, "k": EVERYTHING if k is None else k}
    rows = store.read(viewer, "chain.page", timeout=120.0, **asked, **bounds(limit, skip))
    return {"cases": filled(store, viewer, run, rows), "total": total, "run": run.name}


@audited("chain", "case_no")
def case_chains(store: Store, viewer: Viewer, case_no: str, *, k: int = 3) -> OneCaseChains:
    """The chains of one case, best first, in the shape of ``chains``; ``NotFound`` for an unknown case.

    Asked for more than anything else, so read in one trip; the query itself says whether it is of one run.
    """
    for _ in range(TRIES):
        row = store.read(viewer, "chain.whole", case_no=case_no, k=k, kinds=list(KINDS))[0]
        if row["run"] == row["after"]:
            break
    else:
        raise being_replaced()
    if row["case_no"] is None:
        raise no_case()
    run = Run(row["run"])
    known = {each["id"]: person(each) for passed in row["passed"] for each in passed}
    overlay = Overlay.made_of([judgement(each) for each in row["reviews"]])
    found = [_Case.of(row, viewer)]
    if strangers := _named(found) - set(known):
        known |= people(store, viewer, run, strangers)
    return {"cases": _decided(store, viewer, run, found, known, overlay, kept=True), "run": run.name}


def numbered(chains: Sequence[Chain], n: int) -> Chain | None:
    """The chain an address calls the ``n``-th: that of rank ``n``, whatever was judged since, else the n-th listed.

    A rejected chain is listed last; by its place alone ``n`` would then lead to another chain than before.
    """
    ranked = next((each for each in chains if each["rank"] == n and not each.get("kept")), None)
    return ranked or (chains[n - 1] if 1 <= n <= len(chains) else None)


def no_case() -> NotFound:
    """One and the same refusal for a case that is not there and one the viewer may not see."""
    return NotFound(Text("没有这个案件，或无权查看。", "There is no such case, or you may not see it."))


def filled(
    store: Store, viewer: Viewer, run: Run, rows: Iterable[Props], kept: bool = True
) -> list[CaseChains]:
    """Rows of a chain query as cases of the contract, person ids replaced by persons, with what was decided.

    Rejected chains stand last. ``kept`` adds confirmed chains this run no longer finds.
    """
    found = [_Case.of(row, viewer) for row in rows]
    known = people(store, viewer, run, _named(found))
    return _decided(store, viewer, run, found, known, Overlay.read(store, viewer), kept)


def chain_ref(overlay: Overlay, row: Row) -> ChainRef:
    """A chain a query names by id, with what was decided about it and about its hops (``body``)."""
    return overlay.of_ref(row, parsed(row["body"], {}).get("hops") or ())


@dataclass(frozen=True)
class _Case:
    """A case with its chains as the nodes hold them: what the analysis wrote, with person ids, and what stands now."""

    case_no: str
    name: str | None
    tier: Tier
    provisional: Provisional
    chains: list[tuple[Props, Row]]  # node and body

    @classmethod
    def of(cls, row: Props, viewer: Viewer) -> _Case:
        """From a row of a chain query; of cases that chains reach only those the viewer may see."""
        chains = [(props, _seen(parsed(props.get("body"), {}), viewer)) for props in row["chains"]]
        return cls(row["case_no"], row["name"], row["tier"] or "unknown", row["provisional"], chains)


def _seen(body: Row, viewer: Viewer) -> Row:
    reaches = body.get("reaches", [])
    persons = [each["id"] if isinstance(each, dict) else each for each in body.get("persons", [])]
    return {
        **body,
        "persons": persons,
        "reaches": [each for each in reaches if viewer.cases is None or each in viewer.cases],
    }


def _named(cases: Iterable[_Case]) -> set[str]:
    """Persons that chains name: those in them, and others whose events a hop rests on."""
    bodies = [body for case in cases for _, body in case.chains]
    others = [hop["rows_of"] for body in bodies for hop in body.get("hops", []) if hop.get("rows_of")]
    return {each for body in bodies for each in body["persons"]} | {
        each for pair in others for each in pair.values()
    }


def _decided(
    store: Store,
    viewer: Viewer,
    run: Run,
    cases: Iterable[_Case],
    known: Mapping[str, Person],
    overlay: Overlay,
    kept: bool,
) -> list[CaseChains]:
    """Puts persons into chains and lays the ledger over them: status, who decided, confirmed chains that are gone."""
    missing = overlay.kept("chain", _known_chains(store, viewer, run, overlay)) if kept else []
    found: list[CaseChains] = []
    for case in cases:
        mine = [
            _kept(store, viewer, run, {**was, "status": "confirmed", "review": told(entry)})
            for entry, was in missing
            if was.get("case_no") == case.case_no
        ]
        now: list[Chain] = [
            {
                **overlay.of_chain(_chain(props, body, known)),
                "kept": False,
                "found_by": run.name,
                "changed": [],
            }
            for props, body in case.chains
        ]
        now.sort(key=lambda chain: chain["status"] == "rejected")
        found.append(
            {
                "case_no": case.case_no,
                "name": case.name,
                "tier": case.tier,
                "provisional": case.provisional,
                "chains": now + mine,
            }
        )
    return found


def _chain(props: Props, body: Row, known: Mapping[str, Person]) -> ChainFound:
    """What the analysis wrote, with status, score and rank as they stand now, and persons in place of their ids.

    Hops keep the ids of their ends, which stand among the persons.
    """
    return {
        "ask_for": [_asked_for(ask) for ask in body.get("ask_for", [])],
        "fugitives": body.get("fugitives", []),
        "hops": [_hop(hop, known) for hop in body.get("hops", [])],
        "organiser_of": body.get("organiser_of", []),
        "persons": [known.get(each) or unknown_person(each) for each in body["persons"]],
        "reaches": body["reaches"],
        "weakest": props.get("weakest", body.get("weakest")),
        "id": props["chain_id"],
        "rank": props.get("rank"),
        "status": props.get("status") or "candidate",
        "score": props["score"],
        "strength": props["strength"],
    }


def _hop(hop: Row, known: Mapping[str, Person]) -> HopFound:
    return {
        "rows": hop.get("rows"),
        "rows_of": _rows_of(hop["rows_of"], known) if hop.get("rows_of") else None,
        "near": hop.get("near", False),
        "count": hop["count"],
        "evidence": hop["evidence"],
        "fen": hop["fen"],
        "first": time_text(hop.get("first")),
        "from": hop["from"],
        "kind": hop["kind"],
        "last": time_text(hop.get("last")),
        "score": hop["score"],
        "to": hop["to"],
    }


def _rows_of(of: Row, known: Mapping[str, Person]) -> RowsOf:
    start, end = (known.get(each) or unknown_person(each) for each in (of["from"], of["to"]))
    return {"from": start, "to": end}


def _asked_for(ask: Row) -> AskFor:
    kind: IdentifierKind = {"kind": ask["kind"]} if "kind" in ask else {}
    return {
        "content": ask["content"],
        "from": time_text(ask.get("from")),
        "holder": ask["holder"],
        "hop": ask["hop"],
        "identifier": ask["identifier"],
        **kind,
        "to": time_text(ask.get("to")),
    }


def _known_chains(store: Store, viewer: Viewer, run: Run, overlay: Overlay) -> list[str]:
    """Of the chains that were judged those the run has."""
    keys = [run.key(name) for name in sorted(overlay.chains)]
    return [row["id"] for row in store.read(viewer, "chain.known", keys=keys)] if keys else []


def _kept(store: Store, viewer: Viewer, run: Run, was: Row) -> Chain:
    """A confirmed chain as it was seen then, with what of it is gone."""
    ids = [each["id"] for each in was["persons"]]
    here = people(store, viewer, run, ids)
    rows = store.read(viewer, "chain.supplies_between", keys=[run.key(each) for each in ids])
    supplies = {(row["a"], row["b"]): row["score"] for row in rows}
    found_by = was.pop("run", None)
    was.pop("case_no", None)
    hops = [{"rows": None, "rows_of": None, "near": False, **hop} for hop in was["hops"]]
    gone = changed(was, here, supplies)
    now = {**was, "hops": hops, "kept": True, "found_by": found_by, "changed": gone}
    return cast(Chain, now)  # a chain of this contract, kept as JSON with its judgement
