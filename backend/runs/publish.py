"""Writing a run: all of it beside the published one, then one step makes it current, then the old one goes.

Whoever reads meanwhile reads the old run whole; a writer that is killed leaves a run nobody points to, which
the next one clears away.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from itertools import islice

from backend.analysis.model.chains import AskFor, CaseResult, Chain, Hop
from backend.analysis.model.facts import Facts
from backend.analysis.model.gangs import Centrality, Gang, Member, Payer
from backend.analysis.model.results import CountedAs, Results
from backend.analysis.model.supplies import SupplyEdge
from backend.contract.gangs import Centrality as Measured
from backend.contract.gangs import MemberBody, PayerBody
from backend.runs.derived import Derived
from backend.runs.identity import Proposal
from backend.runs.identity import rows as proposal_rows
from backend.runs.observed import PAGE, Observed, names
from etl.resolve import Person
from etl.storage.refs import bare, is_verified, key_of, label_of
from graph_schema.dictionaries import every_reading
from graph_schema.store import LOCAL, Row, Store

BATCH = 2_000
WRITERS = 2
"""Batches being written at a time where no two of them touch the same nodes; more gain little on an ordinary PC."""
_DERIVED = ("Chain", "Gang", "Person")


@dataclass(frozen=True)
class RunKey:
    """What a run is known by."""

    run_id: str
    view: str
    load: int
    seed: int
    started_at: int

    def key(self, name: str) -> str:
        """The unique key of one of its nodes."""
        return f"{self.run_id}/{name}"


def publish(
    store: Store,
    run: RunKey,
    observed: Observed,
    facts: Facts,
    results: Results,
    finished_at: int,
    summary: Mapping[str, object],
    proposals: Sequence[Proposal] = (),
    district: Derived | None = None,
) -> None:
    """Write the derived layer of ``run`` and make it current; remove runs of the view nobody points to."""
    clear(store, run.view)
    store.write(
        "run.begin",
        run_id=run.run_id,
        view=run.view,
        load=run.load,
        rules=results.rules,
        seed=run.seed,
        started_at=run.started_at,
    )
    _people(store, run, observed, facts, results.counted)
    people = facts.person_ids
    _send(store, "run.supplies", run.run_id, (_supply(run, people, edge) for edge in results.supplies))
    _send(store, "run.may_be", run.run_id, proposal_rows(proposals, people, run.key("")))
    _gangs(store, run, people, results.gangs)
    _chains(store, run, facts, results.cases)
    rates = (
        [facts.cases[case.case].case_no, case.tier, _json({"text": case.basis}), case.provisional]
        for case in results.cases
    )
    _send(store, "run.rates", run.run_id, rates)
    if district is not None:
        _district(store, run, district)
    with store.writer() as writer:
        writer.run("run.unpublish", view=run.view)
        writer.run(
            "run.publish", run=run.run_id, view=run.view, finished_at=finished_at, summary=_json(summary)
        )
    clear(store, run.view)


def _district(store: Store, run: RunKey, found: Derived) -> None:
    _send(store, "run.offers", run.run_id, iter(found.offers))
    for label, rows in sorted(found.flags.items()):
        _send(store, "run.flags", run.run_id, iter(rows), names(label))
    _send(store, "run.classes", run.run_id, iter(found.classes))


def clear(store: Store, view: str) -> None:
    """Remove runs of a view that are not current."""
    for row in store.read(LOCAL, "run.stale", timeout=60.0):
        for label in _DERIVED:
            labels = {"label": label}
            while left := store.rows("run.nodes", labels=labels, run=row["run_id"], most=PAGE)[0]["keys"]:
                _send(store, "run.drop_nodes", row["run_id"], iter(left), labels, WRITERS)
        store.write("run.drop_same_batch", run=row["run_id"])
        store.write("run.drop_offers", run=row["run_id"])
        store.write("run.drop_run", run=row["run_id"])


def _send(
    store: Store,
    query: str,
    run_id: str,
    rows: Iterator[object],
    labels: dict[str, str] | None = None,
    writers: int = 1,
) -> None:
    """Write rows in batches, the next one made while the database writes the last ones."""
    with ThreadPoolExecutor(writers) as pool:
        writing: set[Future[object]] = set()
        while batch := list(islice(rows, BATCH)):
            if len(writing) == writers:
                done, writing = wait(writing, return_when=FIRST_COMPLETED)
                for each in done:
                    each.result()
            writing.add(pool.submit(store.write, query, labels=labels, rows=batch, run=run_id))
        for each in writing:
            each.result()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _people(
    store: Store, run: RunKey, observed: Observed, facts: Facts, found: tuple[CountedAs, ...]
) -> None:
    ids = facts.person_ids
    counted: dict[int, Row] = {}
    for each in found:
        mine = counted.setdefault(each.person, {})
        if each.number is None:
            mine["counted_as"], mine["counted_why"] = ids[each.counted_as], each.reason
            mine["common_contacts"] = [ids[contact] for contact in each.contacts]
        else:
            mine.setdefault("lent", []).append(key_of(each.number))
            mine.setdefault("lent_to", []).append(ids[each.counted_as])
            mine.setdefault("lent_contacts", []).append(len(each.contacts))
            counted.setdefault(each.counted_as, {}).setdefault("lent_by", []).append(ids[each.person])
    roles: dict[int, set[str]] = {}
    for part in facts.involvements:
        roles.setdefault(part.person, set()).add(part.role)

    def rows() -> Iterator[list[object]]:
        for n, person in enumerate(observed.people):
            flags = {
                "registered_user": bool(facts.registered_user[n]),
                "fugitive": bool(facts.fugitive[n]),
                "platform": bool(facts.platform[n]),
                "case_roles": sorted(roles.get(n, ())),
            }
            yield [run.key(person.person_id), {**described(person), **flags, **counted.get(n, {})}]

    _send(store, "run.persons", run.run_id, rows(), writers=WRITERS)
    proof = observed.records.rows
    held: dict[str, list[list[object]]] = {}
    for person in observed.people:
        for holder in person.holds:
            evidence = sorted(proof[record] for record in holder.records)[:20]
            row: list[object] = [run.key(person.person_id), key_of(holder.ref), holder.reason, evidence]
            held.setdefault(label_of(holder.ref), []).append(row)
    for label, rows_of_label in sorted(held.items()):
        _send(store, "run.holds", run.run_id, iter(rows_of_label), names(label), WRITERS)
    records = ([run.key(person.person_id), record] for person in observed.people for record in person.records)
    _send(store, "run.is", run.run_id, records, writers=WRITERS)


def described(person: Person) -> Row:
    """The properties of a Person node that follow from resolution alone."""
    held: dict[str, list[str]] = {"Phone": [], "Account": []}
    for holder in person.holds:
        # A counterpart known by a name only is an end of an event, no number anybody could ask for.
        nameless = holder.ref.startswith("Account:other:") and not is_verified(holder.ref)
        if (label := label_of(holder.ref)) in held and not nameless and not bare(holder.ref).startswith("?"):
            held[label].append(bare(holder.ref))
    readings = [every_reading(name) for name in person.names]
    props = {
        "person_id": person.person_id,
        "name": person.name,
        "names": person.names,
        "resident_id": person.resident_id,
        "phones": held["Phone"],
        "accounts": held["Account"],
        "search": " ".join(" ".join(name) for name in person.names) or None,
        "pinyin": " ".join(dict.fromkeys(reading for found in readings for reading in found.pinyin)) or None,
        "judged": list(person.judged) or None,
        "initials": " ".join(dict.fromkeys(initial for found in readings for initial in found.initials))
        or None,
    }
    return {name: value for name, value in props.items() if value is not None}


def _supply(run: RunKey, people: list[str], edge: SupplyEdge) -> list[object]:
    signals = [
        {"name": s.name, "weight": round(s.weight, 4), "n": s.n, "evidence": list(s.evidence)}
        for s in edge.signals
    ]
    ends = run.key(people[edge.supplier]), run.key(people[edge.buyer])
    months = [asdict(period) for period in edge.periods]
    return [*ends, round(edge.score, 6), edge.first, edge.last, _json(signals), _json(months)]


def _gangs(store: Store, run: RunKey, people: list[str], gangs: tuple[Gang, ...]) -> None:
    nodes = (
        [
            run.key(gang.gang_id),
            {
                "gang_id": gang.gang_id,
                "status": "candidate",
                "score": round(gang.score, 6),
                "cohesion": round(gang.cohesion, 6),
                "stability": round(gang.stability, 6),
                "size": gang.size,
                "payers": len(gang.payers),
                "body": _json(
                    {
                        "members": [_member_body(people, member) for member in gang.members],
                        "payers": [_payer_body(people, payer) for payer in gang.payers],
                    }
                ),
            },
        ]
        for gang in gangs
    )
    _send(store, "run.gangs", run.run_id, nodes)
    members = (
        [
            run.key(people[member.person]),
            run.key(gang.gang_id),
            member.role,
            member.rank,
            round(member.score, 6),
            _json([{"code": code, "detail": detail} for code, detail in member.reasons]),
        ]
        for gang in gangs
        for member in gang.members
    )
    _send(store, "run.members", run.run_id, members)


def _member_body(people: list[str], member: Member) -> MemberBody:
    return {
        "person": people[member.person],
        "core": member.core,
        "broker": member.broker,
        "centrality": _centrality(member.centrality) if member.centrality else None,
        "also_in": list(member.also_in),
        "evidence": list(member.evidence),
    }


def _centrality(of: Centrality) -> Measured:
    return {
        "degree": of.degree,
        "strength": of.strength,
        "betweenness": of.betweenness,
        "closeness": of.closeness,
        "eigenvector": of.eigenvector,
        "reach_down": of.reach_down,
        "quadrant": of.quadrant,
    }


def _payer_body(people: list[str], payer: Payer) -> PayerBody:
    return {
        "person": people[payer.person],
        "seller": people[payer.seller],
        "score": round(payer.score, 6),
        "evidence": list(payer.evidence),
    }


def _chains(store: Store, run: RunKey, facts: Facts, cases: tuple[CaseResult, ...]) -> None:
    people = facts.person_ids
    found = [(facts.cases[case.case].case_no, chain) for case in cases for chain in case.chains]
    nodes = (
        [
            run.key(chain.chain_id),
            {
                "chain_id": chain.chain_id,
                "case_no": case_no,
                "rank": chain.rank,
                "status": "candidate",
                "score": round(chain.score, 6),
                "strength": round(chain.strength, 6),
                "weakest": chain.weakest,
                "body": _json(chain_body(facts, chain)),
            },
            case_no,
        ]
        for case_no, chain in found
    )
    _send(store, "run.chains", run.run_id, nodes)
    persons = (
        [run.key(chain.chain_id), run.key(people[person]), n]
        for _, chain in found
        for n, person in enumerate(chain.persons)
    )
    _send(store, "run.chain_persons", run.run_id, persons)
    reached = (
        [run.key(chain.chain_id), facts.cases[case].case_no] for _, chain in found for case in chain.reaches
    )
    _send(store, "run.chain_cases", run.run_id, reached)


def chain_body(facts: Facts, chain: Chain) -> Row:
    """A chain as the contract has it, with person ids; times in epoch milliseconds."""
    people = facts.person_ids
    return {
        "persons": [people[person] for person in chain.persons],
        "reaches": [facts.cases[case].case_no for case in chain.reaches],
        "fugitives": [people[person] for person in chain.fugitives],
        "organiser_of": list(chain.organiser_of),
        "weakest": chain.weakest,
        "hops": [_hop(people, hop) for hop in chain.hops],
        "ask_for": [_ask(people, ask) for ask in chain.ask_for],
    }


def _hop(people: list[str], hop: Hop) -> Row:
    return {
        "kind": hop.kind,
        "from": people[hop.start],
        "to": people[hop.end],
        "first": hop.first,
        "last": hop.last,
        "count": hop.count,
        "fen": hop.fen,
        "score": round(hop.score, 6),
        "evidence": list(hop.evidence),
        "rows": hop.sources[0].channel if hop.sources else "seizures",
        "rows_of": _others(people, hop),
        "near": bool(hop.sources and hop.sources[0].around),
    }


def _others(people: list[str], hop: Hop) -> dict[str, str] | None:
    """The two persons whose events the rows are, where they are not the two of the hop."""
    of = hop.sources[0].of if hop.sources else (hop.start, hop.end)
    return None if set(of) == {hop.start, hop.end} else {"from": people[of[0]], "to": people[of[1]]}


def _kind(reference: str) -> str:
    """What sort of identifier: that of an account (card, wechat …), else its label in small letters (phone, parcel)."""
    label, _, rest = reference.partition(":")
    return rest.partition(":")[0] if label == "Account" else label.lower()


def _ask(people: list[str], ask: AskFor) -> Row:
    return {
        "holder": people[ask.holder],
        "identifier": bare(ask.identifier) if ":" in ask.identifier else ask.identifier,
        "kind": _kind(ask.identifier),
        "from": ask.first,
        "to": ask.last,
        "content": ask.content,
        "hop": ask.hop,
    }
