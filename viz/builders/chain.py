"""The drawing of a chain: the packet case at the bottom, one person per row, what it reaches on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph_schema.language import Text
from viz.builders.parts import Frame, Json, among, person_node, tie_edge, with_twin
from viz.model.drawing import Drawing, Edge, Node, Request
from viz.text import phrases, words
from viz.text.phrases import say

STEP = 10  # levels between two persons of a chain; cases and strangers may stand between


def chain_drawing(
    case: Json,
    chain: Json,
    people: Mapping[str, Json] | None = None,
    ties: Sequence[Json] = (),
    *,
    tiers: Mapping[str, str] | None = None,
    evidence: Mapping[str, Json] | None = None,
    signal_words: Mapping[str, Text] | None = None,
    run: Json | None = None,
    decision: Json | None = None,
    language: str = "zh",
) -> Drawing:
    """Draw one chain of one entry of ``upline chains --json``, the packet case at the bottom.

    ``people`` adds to persons by id: role, fugitive, ``cases`` (numbers of cases he is in), names of holders
    of requests. ``tiers`` gives the tier of the cases the chain reaches; ``ties`` are further facts between
    its persons, shaped like hops.
    """
    frame = Frame(evidence or {}, run, decision, signal_words or {})
    more = people or {}
    return with_twin(lambda spoken: _chain(case, chain, more, ties, tiers or {}, frame, spoken), language)


def _chain(
    case: Json,
    chain: Json,
    people: Mapping[str, Json],
    ties: Sequence[Json],
    tiers: Mapping[str, str],
    frame: Frame,
    language: str,
) -> Drawing:
    status = str(chain.get("status") or "candidate")
    confirmed = status == "confirmed"
    fugitives = set(map(str, chain.get("fugitives") or ()))
    persons = [
        _person(_known(person, people, fugitives), (n + 1) * STEP, confirmed, language)
        for n, person in enumerate(chain["persons"])
    ]
    tier_of = {**tiers, str(case["case_no"]): str(case.get("tier") or "unknown")}
    start = case_node(str(case["case_no"]), tier_of, 0, language)
    others = [no for no in dict.fromkeys(map(str, chain["reaches"])) if no != str(case["case_no"])]
    owners = {no: [p.id for p in persons if no in _cases_of(people.get(p.id, {}))] for no in others}
    above = [no for no in others if not owners[no]]
    top = (len(persons) + 1) * STEP
    reached = [
        case_node(no, tier_of, top + above.index(no) if no in above else None, language) for no in others
    ]
    nodes = [start, *persons, *reached]
    edges = [_hop(chain, n, frame, language, status) for n in range(len(chain["hops"]))]
    nodes += _strangers(nodes, edges, language)
    edges = [_upstream(edge, {node.id: node.level or 0 for node in nodes}) for edge in edges]
    facts = among(nodes, [tie_edge(tie, frame, language) for tie in ties])
    cases = [*_case_edges(start, persons, edges), *_reach_edges(persons, owners, confirmed)]
    i, k = _place(case, chain)
    return Drawing(
        title=say(
            "chain.confirmed" if confirmed else "chain.candidate", language, case=case["case_no"], i=i, k=k
        ),
        banner=phrases.banner(status, frame.decision, language),
        nodes=nodes,
        edges=[*edges, *facts, *cases],
        layout="chain",
        run=phrases.run_text(frame.run, language),
        language=language,
        notes=_notes(chain, language),
        status=status,
        requests=tuple(
            _request(ask, people, chain["persons"], language) for ask in chain.get("ask_for") or ()
        ),
    )


def _place(case: Json, chain: Json) -> tuple[int, int]:
    """Which of how many chains of its case this is; a chain drawn alone is 1 of 1."""
    ids = [other.get("id") for other in case.get("chains") or ()]
    if chain.get("id") in ids:
        return ids.index(chain.get("id")) + 1, len(ids)
    return int(chain.get("rank") or 1), max(len(ids), int(chain.get("rank") or 1))


def _known(person: Json, people: Mapping[str, Json], fugitives: set[str]) -> Json:
    """A person of the chain with what else is known of him."""
    id_ = str(person["id"])
    known = {**people.get(id_, {}), **{key: value for key, value in person.items() if value}}
    return {**known, "fugitive": bool(known.get("fugitive")) or id_ in fugitives}


def _cases_of(person: Json) -> set[str]:
    """Numbers of the cases somebody is in; entries may be numbers or ``{"case_no": …}``."""
    cases = person.get("cases") or ()
    return {str(case["case_no"] if isinstance(case, Mapping) else case) for case in cases}


def _person(known: Json, level: int, confirmed: bool, language: str) -> Node:
    role = str(known.get("role") or "unknown")
    remarks = (say("role", language, role=words.role_name(role, language)),) if role != "unknown" else ()
    node = person_node(known, language, role, remarks)
    sure = confirmed or known.get("status") == "confirmed"
    return replace(node, level=level, confirmed=sure, caption=_caption(known, node, role, language))


def _caption(person: Json, node: Node, role: str, language: str) -> str:
    if not node.named:
        return node.caption
    parts = [words.role_name(role, language)] if role != "unknown" else []
    parts += phrases.holdings(person, language)
    if person.get("fugitive"):
        parts.append(say("fugitive", language))
    return " · ".join(parts)


def case_node(case_no: str, tiers: Mapping[str, str], level: int | None, language: str) -> Node:
    """A case with its tier as second line."""
    tier = phrases.TIER.get(tiers.get(case_no, ""))
    return Node(
        f"case {case_no}",
        say("case", language, no=case_no),
        kind="case",
        confirmed=True,
        caption=tier.of(language) if tier else "",
        level=level,
    )


def _hop(chain: Json, n: int, frame: Frame, language: str, status: str) -> Edge:
    return replace(
        tie_edge(chain["hops"][n], frame, language, status), hop=n + 1, weakest=n == chain.get("weakest")
    )


def _upstream(edge: Edge, levels: Mapping[str, int]) -> Edge:
    """Goods run from the upper to the lower person, in whichever direction the hop was walked."""
    if edge.kind in ("supply", "parcel", "trade") and levels[edge.source] < levels[edge.target]:
        return replace(edge, source=edge.target, target=edge.source)
    return edge


def _strangers(nodes: Sequence[Node], edges: Sequence[Edge], language: str) -> list[Node]:
    """Ends of hops that are no person of the chain: shown as unknown, half a step above who leads to them."""
    level = {node.id: node.level for node in nodes}
    label = words.text("unknown_holder", language)
    found: dict[str, Node] = {}
    for edge in edges:
        for end, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if end not in level and end not in found:
                near = level.get(other)
                found[end] = Node(end, label, named=False, caption=end, level=(near or 0) + STEP // 2)
    return list(found.values())


def _case_edges(start: Node, persons: Sequence[Node], hops: Sequence[Edge]) -> list[Edge]:
    """A thin line from the packet case to the first person, where no hop already ends there."""
    ends = {end for edge in hops for end in (edge.source, edge.target)}
    return [Edge(persons[0].id, start.id, "involvement")] if persons and start.id not in ends else []


def _reach_edges(persons: Sequence[Node], owners: Mapping[str, Sequence[str]], confirmed: bool) -> list[Edge]:
    """A fact where it is known who is in a reached case; else what the chain as a whole leads to."""
    edges = []
    for no, ids in owners.items():
        edges += [Edge(id_, f"case {no}", "involvement") for id_ in ids]
        if not ids and persons:
            edges.append(Edge(persons[-1].id, f"case {no}", "leads", derived=True, confirmed=confirmed))
    return edges


def _notes(chain: Json, language: str) -> list[str]:
    notes = []
    weakest = chain.get("weakest")
    hops = chain["hops"]
    if isinstance(weakest, int) and 0 <= weakest < len(hops):
        hop = hops[weakest]
        score = hop.get("score")
        notes.append(
            say(
                "chain.weakest",
                language,
                i=weakest + 1,
                kind=words.edge_name(str(hop["kind"]), language),
                n=len(set(hop.get("evidence") or ())),
                score="—" if score is None else f"{float(score):.2f}",
            )
        )
    if chain.get("reaches"):
        separator = "、" if language == "zh" else ", "
        notes.append(say("chain.reach", language, cases=separator.join(map(str, chain["reaches"]))))
    if chain.get("organiser_of"):
        notes.append(say("chain.organiser", language, gangs=", ".join(map(str, chain["organiser_of"]))))
    return notes


def _request(ask: Json, people: Mapping[str, Json], persons: Sequence[Json], language: str) -> Request:
    known = {**people, **{str(person["id"]): person for person in persons}}
    holder = ask.get("holder")
    name = phrases.person_name(known[str(holder)], language) if str(holder) in known else str(holder or "")
    kind, number = phrases.bare(str(ask.get("identifier") or ""))
    identifier = f"{words.kind_name(kind, language)} {number}" if kind else number
    first, last = phrases.day(ask.get("from")), phrases.day(ask.get("to"))
    hop = ask.get("hop")
    return Request(
        name,
        identifier,
        " – ".join(part for part in (first, last) if part),
        phrases.spoken(str(ask.get("content") or ""), language),
        hop + 1 if isinstance(hop, int) else None,
    )
