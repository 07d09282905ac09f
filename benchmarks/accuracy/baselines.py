"""Four plain methods on the same parsed data, each answering what it can in the shape of the contract.

- *largest net payee*: whoever a person paid most, net of what came back, supplies him; upward, greedily.
- *weighted degree*: of those a person paid, whoever has most calls and payments with anybody supplies him.
- *modularity communities*: gangs are the communities of the tie graph; a case reaches the cases of its community.
- *unordered shortest path*: a case reaches the cases nearest to its suspects over ties, whatever their order in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import graspologic_native
import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from backend.analysis.model.facts import Facts
from benchmarks.accuracy.answer import Answer, Json

CHAINS, PERSONS, REACH = 3, 8, 6


@dataclass(frozen=True)
class Ties:
    """Plain sums over the facts: events per pair, net money per pair, degree per person; platforms left out."""

    facts: Facts
    persons: list[Json]
    contact: sparse.csr_matrix  # symmetric, calls and payments counted
    net: dict[int, list[tuple[float, int]]]  # payer → (net fen, payee), largest first
    degree: np.ndarray
    suspects: list[list[int]]  # per case
    cases_of: dict[int, set[int]]


def ties(facts: Facts, persons: list[Json]) -> Ties:
    """The sums all four methods start from."""
    n = len(facts.person_ids)
    pairs: list[tuple[np.ndarray, np.ndarray]] = []
    for events in (facts.calls, facts.payments):
        keep = ~events.service & ~facts.platform[events.a] & ~facts.platform[events.b]
        pairs.append((events.a[keep], events.b[keep]))
    a, b = (np.concatenate(side) for side in zip(*pairs, strict=True))
    counted = sparse.coo_matrix((np.ones(len(a)), (a, b)), shape=(n, n)).tocsr()
    contact = (counted + counted.T).tocsr()
    paid = facts.payments
    keep = ~paid.service & ~facts.platform[paid.a] & ~facts.platform[paid.b]
    money = sparse.coo_matrix((paid.amount[keep].astype(float), (paid.a[keep], paid.b[keep])), shape=(n, n))
    surplus = (money.tocsr() - money.tocsr().T).tocoo()
    net: dict[int, list[tuple[float, int]]] = {}
    for payer, payee, fen in zip(
        surplus.row.tolist(), surplus.col.tolist(), surplus.data.tolist(), strict=True
    ):
        if fen > 0:
            net.setdefault(payer, []).append((fen, payee))
    for payees in net.values():
        payees.sort(key=lambda item: (-item[0], item[1]))
    suspects: list[list[int]] = [[] for _ in facts.cases]
    cases_of: dict[int, set[int]] = {}
    for part in facts.involvements:
        if part.role in ("using", "witness"):
            continue
        if part.person not in suspects[part.case]:
            suspects[part.case].append(part.person)
        cases_of.setdefault(part.person, set()).add(part.case)
    degree = np.asarray(contact.sum(axis=1)).ravel()
    return Ties(facts, persons, contact, net, degree, suspects, cases_of)


def largest_net_payee(known: Ties) -> Answer:
    """Supplies and chains by money alone."""
    ranked = {buyer: [payee for _, payee in payees] for buyer, payees in known.net.items()}
    return _climbing(known, ranked)


def weighted_degree(known: Ties) -> Answer:
    """Supplies and chains by how busy the person paid is."""
    ranked = {
        buyer: sorted((p for _, p in payees), key=lambda p: (-known.degree[p], p))
        for buyer, payees in known.net.items()
    }
    return _climbing(known, ranked)


def modularity(known: Ties) -> Answer:
    """Gangs by modularity, members by weighted degree; a case reaches what lies in its community."""
    label = _most_modular(known.contact)
    groups: dict[int, list[int]] = {}
    for person in np.flatnonzero(known.degree > 0).tolist():
        groups.setdefault(int(label[person]), []).append(person)
    for members in groups.values():
        members.sort(key=lambda p: (-known.degree[p], p))
    gangs = [
        {
            "members": [
                {"person": known.persons[p], "role": "unknown", "rank": rank + 1, "score": 1.0}
                for rank, p in enumerate(members)
            ]
        }
        for members in groups.values()
        if len(members) >= 3
    ]

    def chains(case: int) -> Iterable[tuple[list[int], set[int]]]:
        for label_of in dict.fromkeys(int(label[s]) for s in known.suspects[case]):
            members = groups.get(label_of, [])
            reached = {c for p in members for c in known.cases_of.get(p, ())}
            yield members[:PERSONS], reached

    return Answer(_chains(known, chains), None, {"gangs": gangs})


def _most_modular(contact: sparse.csr_matrix) -> np.ndarray:
    """The community of each person by Leiden's search for the greatest modularity; -1 for who has no ties."""
    graph = contact.sorted_indices()
    _, found = graspologic_native.leiden_csr(
        graph.indptr.astype(np.int64),
        graph.indices.astype(np.int32),
        graph.data.astype(np.float64),
        graph.shape[0],
        use_modularity=True,
        seed=7,
    )
    return np.fromiter((found.get(p, -1) for p in range(graph.shape[0])), dtype=np.int64)


def shortest_path(known: Ties) -> Answer:
    """A case reaches the three other cases fewest ties away, over the persons in between."""
    graph = known.contact.copy()
    graph.data[:] = 1.0

    def chains(case: int) -> Iterable[tuple[list[int], set[int]]]:
        start = known.suspects[case][:1]
        if not start:
            return
        far, before = csgraph.dijkstra(
            graph, indices=start[0], unweighted=True, return_predecessors=True, limit=REACH
        )
        nearest = sorted(
            (far[p], c, p)
            for p, cases in known.cases_of.items()
            for c in cases
            if c != case and np.isfinite(far[p])
        )
        found: dict[int, int] = {}
        for _, other, person in nearest:
            found.setdefault(other, person)
        for other, person in list(found.items())[:CHAINS]:
            way = [person]
            while way[-1] != start[0]:
                way.append(int(before[way[-1]]))
            yield way[::-1], {other}

    return Answer(_chains(known, chains))


METHODS: dict[str, Callable[[Ties], Answer]] = {
    "largest net payee": largest_net_payee,
    "weighted degree": weighted_degree,
    "modularity": modularity,
    "shortest path": shortest_path,
}


def _climbing(known: Ties, ranked: dict[int, list[int]]) -> Answer:
    """The first of each list supplies; chains begin with the first, second and third and climb by firsts."""
    edges = [
        {
            "supplier": known.persons[payee],
            "buyer": known.persons[buyer],
            "score": 1.0 if place == 0 else 0.4 / place,
        }
        for buyer, payees in ranked.items()
        for place, payee in enumerate(payees[:10])
    ]

    def chains(case: int) -> Iterable[tuple[list[int], set[int]]]:
        for suspect in known.suspects[case][:1]:
            for first in ranked.get(suspect, [])[:CHAINS]:
                way = [suspect, first]
                while len(way) < PERSONS:
                    above = [p for p in ranked.get(way[-1], [])[:1] if p not in way]
                    if not above:
                        break
                    way += above
                yield way, {c for p in way for c in known.cases_of.get(p, ())}

    return Answer(_chains(known, chains), {"edges": edges})


def _chains(known: Ties, of: Callable[[int], Iterable[tuple[list[int], set[int]]]]) -> Json:
    """Chains of every case; they carry no probability, so the order alone is scored."""
    return {
        "cases": [
            {
                "case_no": case.case_no,
                "chains": [
                    {
                        "score": 1.0 - place / 10,
                        "persons": [known.persons[p] for p in persons],
                        "reaches": sorted(known.facts.cases[c].case_no for c in reached),
                    }
                    for place, (persons, reached) in enumerate(of(number))
                ],
            }
            for number, case in enumerate(known.facts.cases)
        ]
    }
