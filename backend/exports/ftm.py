"""FollowTheMoney JSON lines: each element as an entity other programs know, everything of ours beside it.

Schemas and properties: followthemoney/schema/*.yaml. Readers keep unknown keys as context, so ``upline`` holds
the element with all its properties and nothing is lost where a schema has no place for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import orjson

from backend.answers.shape import caption, time_text
from backend.exports.elements import Edge, Elements, Node
from backend.exports.text import NOTE
from graph_schema.store import Props

_NODES: dict[str, tuple[str, dict[str, str]]] = {
    "Person": ("Person", {"name": "name", "names": "alias", "resident_id": "idNumber", "phones": "phone"}),
    "Phone": ("UserAccount", {"number": "number"}),
    "Vehicle": ("Vehicle", {"plate": "registrationNumber"}),
    "Company": ("Company", {"name": "name", "uscc": "registrationNumber", "address": "address"}),
    "Place": ("Address", {"address": "full", "name": "name"}),
    "Case": ("Project", {"case_name": "name", "case_no": "projectId", "summary": "summary"}),
    "Clue": ("Note", {"text": "description"}),
}
_ACCOUNT = {"number": "accountNumber", "bank": "bankName", "branch": "bankAddress"}
_EDGES: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "PAID": ("Payment", "payerAccount", "beneficiaryAccount", {"currency": "currency", "text": "purpose"}),
    "CALLED": ("Call", "caller", "receiver", {"seconds": "duration"}),
    "MESSAGED": ("Message", "senderAccount", "recipientAccount", {"text": "bodyText"}),
}


def write_ftm(elements: Elements, path: Path) -> int:
    """Write one entity a line and return how many."""
    count = 0
    with path.open("wb") as out:
        for node in elements.nodes():
            out.write(orjson.dumps(_node(node)) + b"\n")
            count += 1
        for edge in elements.edges():
            out.write(orjson.dumps(_edge(edge)) + b"\n")
            count += 1
    return count


def _node(node: Node) -> dict[str, object]:
    if node.label == "Account" and node.props.get("kind") in ("card", "bank"):
        schema, names = "BankAccount", _ACCOUNT
    elif node.label == "Account":
        schema, names = "UserAccount", {"number": "username", "kind": "service"}
    else:
        schema, names = _NODES.get(node.label, ("Asset", {}))
    properties = _properties(names, node.props)
    properties.setdefault("name", [str(caption(node.label, node.props))])
    if node.label in ("Chain", "Gang"):
        properties |= {"summary": [f"status: {node.props['status']}"], "notes": list(NOTE)}
    ours = {"label": node.label, "props": node.props}
    return {"id": node.id, "schema": schema, "properties": properties, "upline": ours}


def _edge(edge: Edge) -> dict[str, object]:
    schema, start, end, names = _EDGES.get(edge.type, ("UnknownLink", "subject", "object", {}))
    properties = _properties(names, edge.props) | {start: [edge.start], end: [edge.end]}
    at = time_text(edge.props.get("at"))
    if at:
        properties["date"] = [at]
    if edge.type == "PAID" and edge.props.get("fen") is not None:
        properties["amount"] = [f"{edge.props['fen'] / 100:.2f}"]
    if schema == "UnknownLink":
        properties["role"] = [edge.type]
        if "status" in edge.props:
            properties |= {"status": [str(edge.props["status"])], "description": list(NOTE)}
    ours = {"type": edge.type, "start": edge.start, "end": edge.end, "props": edge.props}
    return {"id": edge.id, "schema": schema, "properties": properties, "upline": ours}


def _properties(names: Mapping[str, str], props: Props) -> dict[str, list[str]]:
    """Values of FollowTheMoney are always lists of texts."""
    found: dict[str, list[str]] = {}
    for ours, theirs in names.items():
        value = props.get(ours)
        if value not in (None, "", []):
            found[theirs] = [str(each) for each in (value if isinstance(value, list) else [value])]
    return found
