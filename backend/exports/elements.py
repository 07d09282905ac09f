"""Nodes and relationships of the graph as plain elements, streamed in an order that does not depend on the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from backend.exports import decided
from backend.judgements.overlay import Overlay
from backend.security.circles import sealed
from backend.security.sealing import readable, sealed_records, sealed_review
from graph_schema.declaration import Declaration, load_declaration
from graph_schema.store import Parameters, Props, Store, Viewer

WAIT = 3_600.0
"""Seconds one pass over a label or type may take; an export is long work."""

BOOKKEEPING = frozenset({"Run", "View", "Load", "Migration"})
"""What only says how Upline keeps its own house."""


@dataclass(frozen=True)
class Node:
    """``id`` is ``Label:key`` (of a person ``Person:P…``, without the run it belongs to)."""

    id: str
    label: str
    props: Props


@dataclass(frozen=True)
class Edge:
    """A relationship between two nodes by id; ``id`` is its event id, else made of its ends."""

    id: str
    type: str
    start: str
    end: str
    props: Props


class Elements:
    """The elements a viewer exports: everything observed and the published run, or some nodes and what is between them.

    ``only`` names nodes as ``Label:key``; None means all. May be walked several times.
    """

    def __init__(
        self,
        store: Store,
        viewer: Viewer,
        run: str | None,
        only: Sequence[str] | None = None,
        derived: bool = True,
    ) -> None:
        self.declaration: Declaration = load_declaration()
        self._store, self._viewer, self._derived = store, viewer, derived and run is not None
        self._prefix = f"{run}/" if run else ""
        self._joined: dict[str, list[tuple[str, str]]] = {}
        self._only: dict[str, list[str]] | None = None
        if only is not None:
            self._only = defaultdict(list)
            for ref in dict.fromkeys(only):
                label, _, key = ref.partition(":")
                self._only[label].append(self._full(label, key))

    def labels(self) -> list[str]:
        """Labels that are exported, in the order of the declaration."""
        return [
            label.name
            for label in self.declaration.labels.values()
            if label.name not in BOOKKEEPING
            and (self._derived or label.layer == "observed")
            and not sealed(self._viewer, label.name)
        ]

    def types(self) -> list[str]:
        """Relationship types that are exported."""
        wanted = set(self.labels())
        return [
            rel.name
            for rel in self.declaration.relationships.values()
            if (self._derived or rel.layer == "observed")
            and not sealed(self._viewer, rel.name)
            and wanted & set(rel.starts)
            and wanted & set(rel.ends)
        ]

    def nodes(self, label: str | None = None) -> Iterator[Node]:
        """All nodes, or those of one label, by key."""
        for each in self.labels() if label is None else [label]:
            key = self.declaration.labels[each].key
            for row in self._node_rows(each):
                if self._closed(each, row["props"]):
                    continue
                props: Props = {n: v for n, v in row["props"].items() if v is not None}
                if each == "Record":
                    props = readable(self._viewer, props, self._care)
                if self._of_run(each):
                    props = decided.node(self._overlay, each, props)
                yield Node(self._id(each, str(props[key])), each, props)

    def edges(self, rel: str | None = None) -> Iterator[Edge]:
        """All relationships, or those of one type."""
        wanted = set(self.labels())
        for each in self.types() if rel is None else [rel]:
            for start, end in self._pairs(each):
                if start in wanted and end in wanted:
                    yield from self._edges(each, start, end)

    @cached_property
    def _overlay(self) -> Overlay:
        return Overlay.read(self._store, self._viewer)

    def _pairs(self, rel: str) -> list[tuple[str, str]]:
        """Labels that relationships of a type join here."""
        if rel not in self._joined:
            rows = self._store.read(self._viewer, "export.pairs", labels={"rel": rel}, timeout=WAIT)
            self._joined[rel] = [(row["start"], row["end"]) for row in rows]
        return self._joined[rel]

    def _node_rows(self, label: str) -> Iterator[Props]:
        ask: Parameters = {"labels": {"label": label}, "timeout": WAIT}
        if self._only is not None:
            keys = self._only.get(label)
            return (
                self._store.stream(self._viewer, "export.nodes_named", keys=keys, **ask) if keys else iter(())
            )
        if self._of_run(label):
            return self._store.stream(self._viewer, "export.nodes_of_run", prefix=self._prefix, **ask)
        return self._store.stream(self._viewer, "export.nodes", **ask)

    def _edges(self, rel: str, start: str, end: str) -> Iterator[Edge]:
        names = {"rel": rel, "start": start, "end": end}
        if self._only is not None:
            keys, ends = self._only.get(start), self._only.get(end)
            if not keys or not ends:
                return
            rows = self._store.stream(
                self._viewer, "export.relationships_among", labels=names, timeout=WAIT, keys=keys, ends=ends
            )
        else:
            rows = self._store.stream(self._viewer, "export.relationships", labels=names, timeout=WAIT)
        for row in rows:
            if self._stale(start, row["a"]) or self._stale(end, row["b"]):
                continue
            if (start == "Record" and row["a"] in self._care) or (end == "Record" and row["b"] in self._care):
                continue
            props: Props = {n: v for n, v in row["props"].items() if v is not None}
            a, b = self._id(start, row["a"]), self._id(end, row["b"])
            if self.declaration.relationships[rel].layer == "derived":
                props = decided.edge(self._overlay, rel, a, b, props)
            yield Edge(str(props.get("event_id") or f"{a}|{rel}|{b}"), rel, a, b, props)

    @cached_property
    def _care(self) -> frozenset[str]:
        """Records the viewer may not read."""
        return sealed_records(self._store, self._viewer)

    def _closed(self, label: str, props: Props) -> bool:
        """Whether a node is left out: a judgement or a record of a circle the viewer is not in."""
        if label == "Record":
            return props["record_id"] in self._care
        return sealed_review(self._viewer, label, props)

    def _of_run(self, label: str) -> bool:
        return self.declaration.labels[label].layer == "derived"

    def _stale(self, label: str, key: str) -> bool:
        return self._of_run(label) and not key.startswith(self._prefix)

    def _full(self, label: str, key: str) -> str:
        known = self.declaration.labels.get(label)
        return self._prefix + key if known is not None and known.layer == "derived" else key

    def _id(self, label: str, key: str) -> str:
        return f"{label}:{key.removeprefix(self._prefix) if self._of_run(label) else key}"
