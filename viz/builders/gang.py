"""The drawing of a gang: members by role, who supplies whom, the hull with its status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph_schema.language import Text
from viz.builders.parts import Frame, Json, among, person_node, supply_edge, tie_edge, with_twin
from viz.model.drawing import Drawing, Node
from viz.text import phrases, words
from viz.text.phrases import say


def gang_drawing(
    gang: Json,
    supplies: Sequence[Json],
    ties: Sequence[Json] = (),
    *,
    evidence: Mapping[str, Json] | None = None,
    signal_words: Mapping[str, Text] | None = None,
    run: Json | None = None,
    decision: Json | None = None,
    language: str = "zh",
) -> Drawing:
    """Draw one entry of ``upline gangs --json``: members by role, supplies among them, other ``ties``.

    ``ties`` are shaped like the hops of a chain (kind, from, to, count, fen, …). Edges whose ends are no
    members are left out.
    """
    frame = Frame(evidence or {}, run, decision, signal_words or {})
    return with_twin(lambda spoken: _gang(gang, supplies, ties, frame, spoken), language)


def _gang(gang: Json, supplies: Sequence[Json], ties: Sequence[Json], frame: Frame, language: str) -> Drawing:
    status = str(gang.get("status") or "candidate")
    confirmed = status == "confirmed"
    nodes = _members(gang, frame, language, confirmed)
    edges = [supply_edge(supply, frame, language) for supply in supplies]
    edges += [tie_edge(tie, frame, language) for tie in ties]
    joined = {frozenset((edge.source, edge.target)) for edge in edges}
    named = _named_ties(gang)
    edges += [tie_edge(t, frame, language) for t in named if frozenset((t["from"], t["to"])) not in joined]
    n, chip = len(nodes), words.CHIP.get(status, words.CHIP["candidate"]).of(language)
    hull = say("gang.frame", language, id=gang["id"], chip=chip, n=n)
    if gang.get("cohesion") is not None:
        hull += say("gang.cohesion", language, v=float(gang["cohesion"]))
    return Drawing(
        title=say(
            "gang.confirmed" if confirmed else "gang.candidate",
            language,
            id=gang.get("name") or gang["id"],
            n=n,
        ),
        banner=phrases.banner(status, frame.decision, language),
        nodes=nodes,
        edges=among(nodes, edges),
        layout="roles",
        run=phrases.run_text(frame.run, language),
        language=language,
        notes=_gang_notes(gang, language),
        status=status,
        frame=hull,
    )


def _members(gang: Json, frame: Frame, language: str, confirmed: bool) -> list[Node]:
    """Members with role, reasons and what his removal would do (from ``body`` and ``removals`` of the gang, where given)."""
    people = {str(m["person"]["id"]): phrases.person_name(m["person"], language) for m in gang["members"]}
    bodies = _bodies(gang)
    nodes = []
    for member in gang["members"]:
        person = member["person"]
        body = bodies.get(str(person["id"]), {})
        remarks = [_role_remark(member, language)]
        remarks += [phrases.reason_text(reason, language, people) for reason in member.get("reasons") or ()]
        if removal := (gang.get("removals") or {}).get(person["id"]):
            remarks.append(say("gang.remove", language, n=len(people) - 1, k=removal["parts"]))
        node = person_node(person, language, str(member["role"]), tuple(remarks))
        rows = frame.rows(member.get("evidence") or body.get("evidence") or ())
        sure = confirmed or member.get("status") == "confirmed"
        nodes.append(replace(node, confirmed=sure, rank=member.get("rank"), inside=True, evidence=rows))
    return nodes


def _named_ties(gang: Json) -> list[dict[str, Any]]:
    """Links a member's reasons name: whom he collects for, the seller or the dealer his membership rests on.

    Without them a payee or a user stands in the picture with nothing that says why.
    """
    bodies = _bodies(gang)
    ties = []
    for member in gang["members"]:
        me = str(member["person"]["id"])
        rows = member.get("evidence") or bodies.get(me, {}).get("evidence") or ()
        told = [reason for reason in member.get("reasons") or () if isinstance(reason, Mapping)]
        for code, kind in (("collects_for", "payee"), ("buys_from", "supply"), ("pays_in_lots", "tie")):
            other = next((str(reason["detail"]) for reason in told if reason.get("code") == code), "")
            ends = (other, me) if kind == "supply" else (me, other)
            if other:
                ties.append(
                    {
                        "kind": kind,
                        "from": ends[0],
                        "to": ends[1],
                        "score": member.get("score"),
                        "evidence": rows,
                    }
                )
    return ties


def _bodies(gang: Json) -> dict[str, Json]:
    """What the analysis says of each member beyond the contract, by person id."""
    return {str(body["person"]): body for body in (gang.get("body") or {}).get("members") or ()}


def _gang_notes(gang: Json, language: str) -> list[str]:
    if gang.get("cohesion") is None or gang.get("stability") is None:
        return []
    a, b = f"{float(gang['cohesion']):.2f}", f"{float(gang['stability']):.2f}"
    return [say("gang.measures", language, a=a, b=b)]


def _role_remark(member: Json, language: str) -> str:
    parts = [say("role", language, role=words.role_name(str(member["role"]), language))]
    if member.get("rank") is not None:
        parts.append(say("rank", language, n=member["rank"]))
    if member.get("score") is not None:
        parts.append(say("score", language, v=float(member["score"])))
    return " · ".join(parts)
