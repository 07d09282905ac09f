"""What all drawings made from the JSON contract share: persons, supplies, ties, evidence, the twin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph_schema.language import Text
from viz.model import theme
from viz.model.drawing import Drawing, Edge, Evidence, Node
from viz.text import phrases

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Frame:
    """What every drawing carries besides its nodes and edges."""

    evidence: Mapping[str, Json] = field(default_factory=dict)
    run: Json | None = None
    decision: Json | None = None
    signal_words: Mapping[str, Text] = field(default_factory=dict)

    def rows(self, references: Iterable[str]) -> tuple[Evidence, ...]:
        """Row references as evidence, each once, in order."""
        found = []
        for row in dict.fromkeys(references):
            about = self.evidence.get(row, {})
            found.append(Evidence(row, str(about.get("text") or ""), str(about.get("file") or "")))
        return tuple(found)


def with_twin(build: Callable[[str], Drawing], language: str) -> Drawing:
    """The drawing in ``language`` with the same in the other language as its twin."""
    spoken = "en" if language == "en" else "zh"
    return replace(build(spoken), twin=build("zh" if spoken == "en" else "en"))


def among(nodes: Sequence[Node], edges: Iterable[Edge]) -> list[Edge]:
    """The edges with both ends among ``nodes``."""
    known = {node.id for node in nodes}
    return [edge for edge in edges if edge.source in known and edge.target in known]


def person_node(person: Json, language: str, role: str = "unknown", remarks: tuple[str, ...] = ()) -> Node:
    """A person of the contract as a node."""
    label, caption, named = phrases.person_label(person, language)
    known = tuple(phrases.person_remarks(person, language))
    return Node(str(person["id"]), label, role=role, named=named, remarks=remarks + known, caption=caption)


def supply_edge(supply: Json, frame: Frame, language: str) -> Edge:
    """An entry of ``upline supplies --json`` as an edge, its signals as remarks.

    Confirmed by its own status only.
    """
    signals = supply.get("signals") or ()
    rows = [
        *(supply.get("evidence") or ()),
        *(row for signal in signals for row in signal.get("evidence") or ()),
    ]
    count, fen = supply.get("count"), supply.get("fen")
    return Edge(
        str(supply["supplier"]["id"]),
        str(supply["buyer"]["id"]),
        "supply",
        label=phrases.amount("supply", count, fen, language),
        score=supply.get("score"),
        confirmed=supply.get("status") == "confirmed",
        derived=True,
        remarks=tuple(phrases.signal_remarks(signals, language, frame.signal_words)),
        evidence=frame.rows(rows),
        fen=fen,
        count=count,
        first=phrases.day(supply.get("from")),
        last=phrases.day(supply.get("to")),
    )


def tie_edge(tie: Json, frame: Frame, language: str, status: str = "candidate") -> Edge:
    """Something shaped like a hop (kind, from, to, count, fen, score, evidence) as an edge.

    ``status`` holds where the tie has none of its own.
    """
    kind = str(tie["kind"])
    derived = kind in theme.CONCLUSIONS or kind not in theme.EDGE_HUE
    remarks = [str(each) for each in tie.get("remarks") or ()]
    remarks += [phrases.hop_amount(tie, language)] if tie.get("rows_of") else []
    remarks += phrases.signal_remarks(tie.get("signals") or (), language, frame.signal_words)
    return Edge(
        str(tie["from"]),
        str(tie["to"]),
        kind,
        label=phrases.hop_amount({**tie, "rows_of": None}, language),
        score=tie.get("score"),
        confirmed=str(tie.get("status") or status) == "confirmed",
        derived=derived,
        remarks=tuple(remarks),
        evidence=frame.rows(tie.get("evidence") or ()),
        fen=tie.get("fen") or None,
        count=tie.get("count") or None,
        first=phrases.day(tie.get("first")),
        last=phrases.day(tie.get("last")),
    )


def evidence_of(value: Any) -> list[str]:
    """All row references anywhere in a contract value, each once, in order: what to look up for a drawing."""
    found: dict[str, None] = {}
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "evidence" and isinstance(inner, list | tuple):
                found.update((str(row), None) for row in inner)
            else:
                found.update((row, None) for row in evidence_of(inner))
    elif isinstance(value, list | tuple):
        for inner in value:
            found.update((row, None) for row in evidence_of(inner))
    return list(found)


def evidence_texts(rows: Iterable[Json], limit: int = 600) -> dict[str, dict[str, str]]:
    """The ``evidence`` of a drawing from rows as stored: ``{"evidence", "file", "headings", "cells"}``.

    Cells are joined with their headings, empty ones left out; a text cut at ``limit`` characters ends in an
    ellipsis.
    """
    texts = {}
    for row in rows:
        cells, headings = list(row.get("cells") or ()), list(row.get("headings") or ())
        headings += [""] * (len(cells) - len(headings))
        named = [
            f"{heading}：{cell}" if heading else str(cell)
            for heading, cell in zip(headings, cells, strict=False)
            if str(cell or "").strip()
        ]
        text = "；".join(named)
        shown = text if len(text) <= limit else f"{text[:limit]}…"
        texts[str(row["evidence"])] = {"file": str(row.get("file") or ""), "text": shown}
    return texts
