"""What a person decided, laid over what leaves: the same ledger, by the same rule, as over every answer."""

from __future__ import annotations

from backend.answers.shape import parsed
from backend.judgements.overlay import Overlay, status
from graph_schema.store import Props


def node(overlay: Overlay, label: str, props: Props) -> Props:
    """A chain or gang with the status that stands now; a run knows only what it found."""
    if label == "Chain":
        hops = parsed(props.get("body"), {}).get("hops") or ()
        return {
            **props,
            "status": overlay.chain_status(str(props["chain_id"]), props.get("status"), hops),
        }
    if label == "Gang":
        return {**props, "status": status(overlay.gangs.get(str(props["gang_id"])), props.get("status"))}
    return props


def edge(overlay: Overlay, rel: str, start: str, end: str, props: Props) -> Props:
    """A supply or membership between two ids (``Person:P…``, ``Gang:G…``) with its status."""
    one, other = start.partition(":")[2], end.partition(":")[2]
    if rel == "SUPPLIES":
        return {**props, "status": overlay.supply_status(one, other)}
    if rel == "MEMBER_OF":
        return {**props, "status": status(overlay.members.get((other, one)))}
    return props
