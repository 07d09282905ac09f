"""Chains from a case upward, every hop with its evidence, what it reaches and what would strengthen it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from backend.answers.people import people
from backend.answers.runs import EVERYTHING, TRIES, Run, being_replaced, bounds, on_run
from backend.answers.shape import Answer, parsed, person, time_text, unknown_person
from backend.judgements.ledger import judgement
from backend.judgements.overlay import KINDS, Overlay, changed, told
from backend.security.audited import audited
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer


@audited("chains")
@on_run
def chains(
    store: Store, viewer: Viewer, run: Run, *, k: int | None = None, limit: int | None = None, skip: int = 0
) -> Answer:
    """Every case with its chains (at most ``k`` of each), also the cases with none."""
    total = store.read(viewer, "case.count")[0]["total"]
    asked: dict[str, Any] = {"run": run.run_id, "k": EVERYTHING if k is None else k}
    rows = store.read(viewer, "chain.page", timeout=120.0, **asked, **bounds(limit, skip))
    return {"cases": filled(store, viewer, run, rows), "total": total, "run": run.name}


@audited("chain", "case_no")
def case_chains(store: Store, viewer: Viewer, case_no: str, *, k: int = 3) -> Answer:
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
    cases = _cases([row], viewer)
    if strangers := _named(cases) - set(known):
        known |= people(store, viewer, run, strangers)
    cases = _decided(store, viewer, run, cases, known, overlay, kept=True)
    return {"cases": cases, "run": run.name}


def numbered(chains: Sequence[Answer], n: int) -> Answer | None:
    """The chain an address calls the ``n``-th: that of rank ``n``, whatever was judged since, else the n-th listed.

    A rejected chain is listed last; by its place alone ``n`` would then lead to another chain than before.
    """
    ranked = next((each for each in chains if each["rank"] == n and not each.get("kept")), None)
    return ranked or (chains[n - 1] if 1 <= n <= len(chains) else None)


def no_case() -> NotFound:
    """One and the same refusal for a case that is not there and one the viewer may not see."""
    return NotFound(Text("没有这个案件，或无权查看。", "There is no such case, or you may not see it."))


def filled(
    store: Store, viewer: Viewer, run: Run, rows: Iterable[Mapping[str, Any]], kept: bool = True
) -> list[Answer]:
    """Rows of a chain query as cases of the contract, person ids replaced by persons, with what was decided.

    Rejected chains stand last. ``kept`` adds confirmed chains this run no longer finds.
    """
    cases = _cases(rows, viewer)
    known = people(store, viewer, run, _named(cases))
    return _decided(store, viewer, run, cases, known, Overlay.read(store, viewer), kept)


def references(overlay: Overlay, rows: Iterable[Mapping[str, Any]]) -> list[Answer]:
    """Chains a query names by id, with what was decided about them and about their hops (``body``)."""
    return overlay.of_refs(
        {
            **{name: value for name, value in row.items() if name != "body"},
            "hops": parsed(row["body"], {}).get("hops"),
        }
        for row in rows
    )


def _named(cases: Iterable[Answer]) -> set[str]:
    """Persons that chains name: those in them, and others whose events a hop rests on."""
    chains = [chain for case in cases for chain in case["chains"]]
    others = [hop["rows_of"] for chain in chains for hop in chain["hops"] if hop["rows_of"]]
    return {each for chain in chains for each in chain["persons"]} | {
        each for pair in others for each in pair.values()
    }


def _cases(rows: Iterable[Mapping[str, Any]], viewer: Viewer) -> list[Answer]:
    return [
        {
            "case_no": row["case_no"],
            "name": row["name"],
            "tier": row["tier"] or "unknown",
            "provisional": row["provisional"],
            "chains": [_chain(props, viewer) for props in row["chains"]],
        }
        for row in rows
    ]


def _decided(
    store: Store,
    viewer: Viewer,
    run: Run,
    cases: list[Answer],
    known: Mapping[str, Answer],
    overlay: Overlay,
    kept: bool,
) -> list[Answer]:
    """Puts persons into chains and lays the ledger over them: status, who decided, confirmed chains that are gone."""
    missing = overlay.kept("chain", _known_chains(store, viewer, run, overlay)) if kept else []
    for case in cases:
        mine = [
            _kept(store, viewer, run, {**was, "status": "confirmed", "review": told(entry)})
            for entry, was in missing
            if was.get("case_no") == case["case_no"]
        ]
        now = [
            {
                **overlay.of_chain(_peopled(chain, known)),
                "kept": False,
                "found_by": run.name,
                "changed": [],
            }
            for chain in case["chains"]
        ]
        now.sort(key=lambda chain: chain["status"] == "rejected")
        case["chains"] = now + mine
    return cases


def _peopled(chain: Answer, known: Mapping[str, Answer]) -> Answer:
    """The chain with persons in place of their ids; hops keep the ids of their ends, which stand among these."""

    def named(person_id: str) -> Answer:
        return known.get(person_id) or unknown_person(person_id)

    hops = [
        hop | {"rows_of": {end: named(each) for end, each in hop["rows_of"].items()}}
        if hop["rows_of"]
        else hop
        for hop in chain["hops"]
    ]
    return {**chain, "hops": hops, "persons": [named(each) for each in chain["persons"]]}


def _known_chains(store: Store, viewer: Viewer, run: Run, overlay: Overlay) -> list[str]:
    """Of the chains that were judged those the run has."""
    keys = [run.key(name) for name in sorted(overlay.chains)]
    return [row["id"] for row in store.read(viewer, "chain.known", keys=keys)] if keys else []


def _kept(store: Store, viewer: Viewer, run: Run, was: Answer) -> Answer:
    ids = [each["id"] for each in was["persons"]]
    here = people(store, viewer, run, ids)
    rows = store.read(viewer, "chain.supplies_between", keys=[run.key(each) for each in ids])
    supplies = {(row["a"], row["b"]): row["score"] for row in rows}
    found_by = was.pop("run", None)
    was.pop("case_no", None)
    hops = [{"rows": None, "rows_of": None, "near": False, **hop} for hop in was["hops"]]
    return {**was, "hops": hops, "kept": True, "found_by": found_by, "changed": changed(was, here, supplies)}


def _chain(props: Mapping[str, Any], viewer: Viewer) -> Answer:
    """A chain node: what the analysis wrote, with status, score and rank as they stand now."""
    body = parsed(props.get("body"), {})
    return {
        **body,
        "id": props["chain_id"],
        "rank": props.get("rank"),
        "status": props.get("status") or "candidate",
        "score": props.get("score"),
        "strength": props.get("strength"),
        "weakest": props.get("weakest", body.get("weakest")),
        "persons": [each["id"] if isinstance(each, dict) else each for each in body.get("persons", [])],
        "reaches": [
            case_no for case_no in body.get("reaches", []) if viewer.cases is None or case_no in viewer.cases
        ],
        "hops": [
            {
                "rows": None,
                "rows_of": None,
                "near": False,
                **hop,
                "first": time_text(hop.get("first")),
                "last": time_text(hop.get("last")),
            }
            for hop in body.get("hops", [])
        ],
        "ask_for": [
            {**ask, "from": time_text(ask.get("from")), "to": time_text(ask.get("to"))}
            for ask in body.get("ask_for", [])
        ],
    }
