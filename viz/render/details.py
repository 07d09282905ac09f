"""What the side panel and the tables of a page say about every node, edge and evidence row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from graph_schema.language import Text
from viz.model import theme
from viz.model.drawing import Drawing, Edge, Evidence, Node
from viz.scene.cards import period_text
from viz.text import words

_UNSAFE = re.compile("[\0\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def details(drawings: Mapping[str, Drawing]) -> dict[str, Any]:
    """Texts of nodes and edges per language, and every evidence row once; texts refer to rows by index."""
    first = next(iter(drawings.values()))
    rows: dict[Evidence, int] = {}
    shown = [*(node.evidence for node in first.nodes), *(edge.evidence for edge in first.edges)]
    for row in (row for some in shown for row in some):
        rows.setdefault(row, len(rows))
    return {
        "rows": [_row(row) for row in rows],
        "nodes": {
            language: [_node(node, rows, language) for node in one.nodes]
            for language, one in drawings.items()
        },
        "edges": {
            language: [_edge(edge, rows, language) for edge in one.edges]
            for language, one in drawings.items()
        },
    }


def _row(row: Evidence) -> dict[str, str]:
    prefix, sheet, number = words.split_reference(row.row)
    return {
        "file": plain(row.file or prefix),
        "sheet": plain(sheet),
        "row": plain(number),
        "ref": plain(row.row),
        "text": plain(row.text),
    }


def _node(node: Node, rows: Mapping[Evidence, int], language: str) -> dict[str, Any]:
    return {
        "name": plain(node.label),
        "caption": plain(node.caption),
        "kind": _kind(node, language),
        "status": status_of(node),
        "chip": words.CHIP[status_of(node)].of(language) if status_of(node) else "",
        "remarks": [plain(each) for each in node.remarks],
        "rows": [rows[row] for row in node.evidence],
    }


def _edge(edge: Edge, rows: Mapping[Evidence, int], language: str) -> dict[str, Any]:
    title = words.text("hop", language, n=edge.hop) if edge.hop else ""
    return {
        "kind": plain(words.edge_name(edge.kind, language)),
        "title": title,
        "tone": theme.edge_hue(edge.kind),
        "directed": edge.kind not in theme.UNDIRECTED,
        "status": edge_status(edge),
        "chip": words.CHIP[edge_status(edge)].of(language) if edge_status(edge) else "",
        "fact": words.text("conclusion" if edge.derived else "fact", language),
        "weakest": words.CHIP["weakest"].of(language) if edge.weakest else "",
        "score": None if edge.score is None else f"{edge.score:.2f}",
        "bars": 0 if edge.score is None else theme.bars(edge.score),
        "amount": plain(" · ".join(part for part in (edge.label, period_text(edge)) if part)),
        "remarks": [plain(each) for each in edge.remarks],
        "rows": [rows[row] for row in edge.evidence],
    }


def plain(text: str) -> str:
    """Text that any encoder takes and that reads as it is.

    NUL, lone surrogates and bidi controls become U+FFFD.

    A direction override would show ``exe.png`` where the file says ``gnp.exe``.
    """
    return _UNSAFE.sub("\ufffd", text)


def status_of(node: Node) -> str:
    """candidate or confirmed for persons, gangs and chains; things of a file are neither."""
    if node.kind not in ("person", "gang", "chain"):
        return ""
    return "confirmed" if node.confirmed else "candidate"


def edge_status(edge: Edge) -> str:
    """candidate or confirmed for conclusions and hops with a score; plain facts are neither."""
    if not edge.derived and edge.score is None:
        return ""
    return "confirmed" if edge.confirmed else "candidate"


def _kind(node: Node, language: str) -> str:
    return (
        words.role_name(node.role, language)
        if node.kind == "person"
        else plain(words.kind_name(node.kind, language))
    )


def table_rows(drawings: Mapping[str, Drawing]) -> dict[str, list[dict[str, Any]]]:
    """Rows of the three tables; what differs between the languages comes as a pair."""
    zh, en = drawings["zh"], drawings["en"]
    names = {a.id: _pair(a.label, b.label) for a, b in zip(zh.nodes, en.nodes, strict=True)}
    return {
        "nodes": [_node_row(a, b) for a, b in zip(zh.nodes, en.nodes, strict=True)],
        "edges": [
            {
                "from": names[a.source],
                "to": names[a.target],
                "kind": _pair(words.edge_name(a.kind, "zh"), words.edge_name(a.kind, "en")),
                "hop": a.hop,
                "status": edge_status(a),
                "weakest": a.weakest,
                "score": "" if a.score is None else f"{a.score:.2f}",
                "amount": _pair(a.label, b.label),
                "period": plain(period_text(a)),
                "remarks": _pairs(a.remarks, b.remarks),
                "n": len(a.evidence),
            }
            for a, b in zip(zh.edges, en.edges, strict=True)
        ],
        "evidence": [*_evidence_rows(zh, en, names)],
    }


def _node_row(a: Node, b: Node) -> dict[str, Any]:
    return {
        "name": _pair(a.label, b.label),
        "caption": _pair(a.caption, b.caption),
        "kind": _pair(_kind(a, "zh"), _kind(b, "en")),
        "status": status_of(a),
        "remarks": _pairs(a.remarks, b.remarks),
        "n": len(a.evidence),
    }


def _evidence_rows(zh: Drawing, en: Drawing, names: Mapping[str, Text]) -> list[dict[str, Any]]:
    """Every row once, with all that rests on it."""
    owners: dict[Evidence, dict[Text, None]] = {}
    for a, b in zip(zh.nodes, en.nodes, strict=True):
        for row in a.evidence:
            owners.setdefault(row, {})[_pair(a.label, b.label)] = None
    for edge in zh.edges:
        arrow = " – " if edge.kind in theme.UNDIRECTED else " → "
        ends = Text(*(f"{names[edge.source].of(s)}{arrow}{names[edge.target].of(s)}" for s in ("zh", "en")))
        kinds = Text(words.edge_name(edge.kind, "zh"), words.edge_name(edge.kind, "en"))
        owner = _pair(f"{ends.zh} {kinds.zh}", f"{ends.en} {kinds.en}")
        for row in edge.evidence:
            owners.setdefault(row, {})[owner] = None
    return [{**_row(row), "file": plain(row.file), "of": list(of)} for row, of in owners.items()]


def _pair(zh: str, en: str) -> Text:
    return Text(plain(zh), plain(en))


def _pairs(zh: tuple[str, ...], en: tuple[str, ...]) -> list[Text]:
    """Remarks side by side; where one language has fewer, its own take their place."""
    longest = max(len(zh), len(en))
    return [_pair(*(one[n] if n < len(one) else "" for one in (zh, en))) for n in range(longest)]
