"""The drawing of a person: suppliers above, buyers below, identifiers left, cases and others beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph_schema.language import Text
from viz.builders.chain import case_node
from viz.builders.parts import Frame, Json, among, person_node, supply_edge, tie_edge, with_twin
from viz.model.drawing import Drawing, Edge, Node
from viz.text import phrases
from viz.text.phrases import say

MOST_IDENTIFIERS = 12
ABOVE, HIMSELF, BELOW = 0, 1, 2


def person_drawing(
    person: Json,
    supplies: Sequence[Json],
    ties: Sequence[Json] = (),
    cases: Sequence[Json] = (),
    people: Mapping[str, Json] | None = None,
    *,
    evidence: Mapping[str, Json] | None = None,
    signal_words: Mapping[str, Text] | None = None,
    run: Json | None = None,
    language: str = "zh",
) -> Drawing:
    """Draw a person in the middle: suppliers above, buyers below, identifiers left, cases right.

    ``supplies`` and ``ties`` that do not touch him are left out; ``cases`` are ``{"case_no", "tier",
    "role"}``; ``people`` gives the other ends of ties and roles by person id.
    """
    frame = Frame(evidence or {}, run, signal_words=signal_words or {})
    more = people or {}
    return with_twin(lambda spoken: _person(person, supplies, ties, cases, more, frame, spoken), language)


def _person(
    person: Json,
    supplies: Sequence[Json],
    ties: Sequence[Json],
    cases: Sequence[Json],
    people: Mapping[str, Json],
    frame: Frame,
    language: str,
) -> Drawing:
    me = str(person["id"])
    role = str(person.get("role") or people.get(me, {}).get("role") or "unknown")
    centre = replace(
        person_node(person, language, role), level=HIMSELF, confirmed=person.get("status") == "confirmed"
    )
    nodes = {me: centre}
    mine = [s for s in supplies if me in (str(s["supplier"]["id"]), str(s["buyer"]["id"]))]
    for supply in mine:
        for end, level in (("supplier", ABOVE), ("buyer", BELOW)):
            other = supply[end]
            nodes.setdefault(str(other["id"]), _other(other, people, level, language))
    edges = [supply_edge(supply, frame, language) for supply in mine]
    touching = [tie for tie in ties if me in (str(tie["from"]), str(tie["to"]))]
    for tie in touching:
        for end in (str(tie["from"]), str(tie["to"])):
            if end not in nodes:
                nodes[end] = _other(people.get(end, {"id": end}), people, HIMSELF, language)
    edges += [tie_edge(tie, frame, language) for tie in touching]
    identifiers = _identifiers(person, language)
    case_nodes = [case_node(str(case["case_no"]), _tiers(cases), None, language) for case in cases]
    edges += [Edge(me, node.id, "holds") for node in identifiers]
    edges += [_case_edge(me, case, frame) for case in cases]
    everything = [*nodes.values(), *identifiers, *case_nodes]
    return Drawing(
        title=say("person.title", language, name=phrases.person_name(person, language)),
        banner=phrases.banner("candidate", None, language),
        nodes=everything,
        edges=among(everything, edges),
        layout="roles",
        run=phrases.run_text(frame.run, language),
        language=language,
    )


def _tiers(cases: Sequence[Json]) -> dict[str, str]:
    return {str(case["case_no"]): str(case.get("tier") or "") for case in cases}


def _other(person: Json, people: Mapping[str, Json], level: int, language: str) -> Node:
    known = {**people.get(str(person["id"]), {}), **{key: value for key, value in person.items() if value}}
    role = str(known.get("role") or "unknown")
    return replace(
        person_node(known, language, role), level=level, confirmed=known.get("status") == "confirmed"
    )


def _identifiers(person: Json, language: str) -> list[Node]:
    """Phones and accounts as things of their own; many of them as one line that says how many."""
    nodes = [Node(f"phone {number}", str(number), kind="phone") for number in person.get("phones") or ()]
    nodes += [
        Node(f"account {number}", str(number), kind="account") for number in person.get("accounts") or ()
    ]
    if len(nodes) <= MOST_IDENTIFIERS:
        return nodes
    rest = len(nodes) - MOST_IDENTIFIERS + 1
    more = Node(
        "identifiers more", f"+{rest}", kind="account", remarks=tuple(node.label for node in nodes[-rest:])
    )
    return [*nodes[: MOST_IDENTIFIERS - 1], more]


def _case_edge(me: str, case: Json, frame: Frame) -> Edge:
    role = str(case.get("role") or "")
    return Edge(
        me,
        f"case {case['case_no']}",
        "involvement",
        remarks=(role,) if role else (),
        evidence=frame.rows(case.get("evidence") or ()),
    )
