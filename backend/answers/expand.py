"""The neighbourhood of a node: first the number of each kind, then the newest of each, as columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from backend.answers.runs import Run, on_run
from backend.answers.shape import caption, day_edge, reference, time_text
from backend.contract.graph import Counts, EdgeColumns, Expansion, Links, Node, NodeColumns, TypeCount
from backend.security.audited import audited
from backend.security.circles import behind_seal, sealed
from backend.security.sealing import readable, sealed_records, sealed_review
from graph_schema.declaration import load_declaration
from graph_schema.errors import Conflict, InputError, NotFound
from graph_schema.language import Text
from graph_schema.store import Parameters, Props, Row, Store, Viewer

MOST_EDGES = 100_000
_LONGEST = 30.0
"""Seconds for one question to the database: a hundred thousand edges take a few."""
_OF_RUN = ("SUPPLIES", "MEMBER_OF", "PASSES", "STARTS_AT", "LEADS_TO", "SAME_BATCH_AS", "SAME_OFFER")


_NOTHING = Text("没有这个对象，或无权查看。", "There is no such object, or you may not see it.")


@dataclass(frozen=True)
class _Centre:
    """A node and, for a person, what he holds: the ends of the relationships that surround it."""

    ref: str
    label: str
    props: Props
    ids: list[str]
    labels: frozenset[str]
    holder: Props | None


@audited("expand.counts", "node")
@on_run
def expand_counts(
    store: Store,
    viewer: Viewer,
    run: Run,
    node: str,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> Counts:
    """How many relationships of each type surround ``node`` (a node reference or a person id).

    With ``first`` or ``last`` (days of Beijing, both included) only events of that period; derived ones always.

    Raises ``NotFound`` where there is no such node.
    """
    centre = _centre(store, viewer, run, node)
    counts = _counts(store, viewer, run, centre, _types(centre, ()), _period(first, last))
    return {
        "node": _shown(centre),
        "counts": counts,
        "total": sum(each["count"] for each in counts),
        "run": run.name,
    }


@audited("expand", "node")
@on_run
def expand(
    store: Store,
    viewer: Viewer,
    run: Run,
    node: str,
    *,
    types: Sequence[str] = (),
    after: str | None = None,
    limit: int = 200,
    first: dt.date | None = None,
    last: dt.date | None = None,
    sample: bool = False,
) -> Expansion:
    """The newest ``limit`` relationships around ``node``, of ``types`` (all where none is named).

    ``after`` goes on where an answer was cut: its ``next``. Nodes and edges come as columns; ``from`` and
    ``to`` of an edge number the nodes from 0. Derived edges come first, by score, then events, newest first;
    ``truncated`` says that there is more. ``first`` and ``last`` (days of Beijing, both included) keep the events of
    a period; ``sample`` takes some by the text of their ids instead of the newest: spread over all times, the same
    ones every time. Raises ``NotFound`` for an unknown node, ``InputError`` for a type
    that is not declared, ``Conflict`` for an ``after`` that is none.
    """
    centre = _centre(store, viewer, run, node)
    limit = min(limit, MOST_EDGES)
    start = _position(after)
    period = _period(first, last)
    rows: list[tuple[str, Row]] = []
    counts = _counts(store, viewer, run, centre, _types(centre, types), period)
    for rel in [each["type"] for each in counts]:
        part = _Part(rel, start, limit, period, sample)
        rows += [(rel, row) for row in _edges(store, viewer, run, centre, part)]
    rows.sort(key=_sampled if sample else _newest)
    total = sum(each["count"] for each in counts)
    columns = _Columns(centre.label == "Person")
    columns.node(centre.label, centre.props, centre.holder)
    ends = _ends(store, viewer, run, [row for _, row in rows[:limit]])
    for rel, row in rows[:limit]:
        edge = {} if sealed(viewer, rel) else row["edge"]
        columns.edge(rel, edge, ends[row["a"]], ends[row["b"]])
    shown = min(len(rows), limit)
    return {
        "node": _shown(centre),
        "nodes": columns.nodes,
        "edges": columns.edges,
        "shown": shown,
        "total": total,
        "truncated": len(rows) > limit,
        "next": _next(rows[limit - 1][1]) if len(rows) > limit and not sample else None,
        "order": "sample" if sample else "newest",
        "run": run.name,
    }


@audited("expand.among", "nodes")
@on_run
def among(
    store: Store,
    viewer: Viewer,
    run: Run,
    nodes: Sequence[str],
    *,
    types: Sequence[str] = (),
    limit: int = 5000,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> Links:
    """Every relationship between two of ``nodes``, whatever of theirs it is between: what links a selection.

    At most ``limit``, derived ones first, then the newest; ``truncated`` says that there is more, ``unknown`` names
    what is not there or may not be seen. ``types``, ``first`` and ``last`` as for ``expand``.
    """
    centres, unknown = _centres(store, viewer, run, nodes)
    limit = min(limit, MOST_EDGES)
    kinds = list(dict.fromkeys(rel for centre in centres for rel in _types(centre, types)))
    asked: Parameters = {"ids": sorted({each for centre in centres for each in centre.ids})}
    asked |= dict(zip(("from_at", "to_at"), _period(first, last), strict=True))
    asked |= {"limit": limit + 1, "never": _NEVER, "timeout": _LONGEST}
    rows: list[tuple[str, Row]] = []
    for rel in kinds:
        of_run = run.run_id if rel in _OF_RUN else None
        bounds = {"from_at": None, "to_at": None} if of_run else {}
        found = store.read(viewer, "expand.among", labels={"rel": rel}, run_of=of_run, **(asked | bounds))
        rows += [(rel, row) for row in found]
    rows.sort(key=_newest)
    columns = _Columns(any(centre.label == "Person" for centre in centres))
    for centre in centres:
        columns.node(centre.label, centre.props, centre.holder)
    ends = _ends(store, viewer, run, [row for _, row in rows[:limit]])
    for rel, row in rows[:limit]:
        edge = {} if sealed(viewer, rel) else row["edge"]
        columns.edge(rel, edge, ends[row["a"]], ends[row["b"]])
    return {
        "nodes": columns.nodes,
        "edges": columns.edges,
        "shown": min(len(rows), limit),
        "truncated": len(rows) > limit,
        "unknown": unknown,
        "run": run.name,
    }


def _centres(store: Store, viewer: Viewer, run: Run, nodes: Sequence[str]) -> tuple[list[_Centre], list[str]]:
    found: list[_Centre] = []
    unknown: list[str] = []
    for node in dict.fromkeys(nodes):
        try:
            found.append(_centre(store, viewer, run, node))
        except NotFound:
            unknown.append(node)
    return found, unknown


_End = tuple[str, Props, Props | None]
"""A node at an end of an edge: label, properties, the person that holds it."""


def _ends(store: Store, viewer: Viewer, run: Run, rows: Sequence[Props]) -> dict[str, _End]:
    """The nodes at the ends of edges, each once, by element id."""
    ids = sorted({row[end] for row in rows for end in ("a", "b")})
    found = store.read(viewer, "expand.ends", timeout=_LONGEST, ids=ids, run=run.run_id)
    records = [row["props"]["record_id"] for row in found if row["label"] == "Record"]
    care = sealed_records(store, viewer, records)
    return {row["id"]: _end(viewer, row, care) for row in found}


def _end(viewer: Viewer, row: Row, care: frozenset[str]) -> _End:
    """A node at an end of an edge; of a sealed one only that it is there."""
    if sealed(viewer, row["label"]):
        return row["label"], behind_seal(row["label"], row["id"]), None
    if row["label"] == "Record" and row["props"]["record_id"] in care:
        return row["label"], readable(viewer, row["props"], care), row["holder"]
    return row["label"], row["props"], row["holder"]


_FIRST, _NEVER = (1 << 62), -(1 << 62)


def _position(after: str | None) -> tuple[int, str] | None:
    """Time and event id behind which to go on; None for the beginning."""
    if after is None:
        return None
    at, _, event_id = after.partition(":")
    if not at.removeprefix("-").isdecimal() or len(at) > 20 or not _NEVER <= int(at) <= _FIRST:
        raise Conflict(
            Text(
                "页码已失效，从第一页重新开始。",
                "The page cursor is no longer valid. Start again at the first page.",
            )
        )
    return int(at), event_id


def _next(row: Props) -> str:
    at = _at(row)
    return f"{at}:{row['edge'].get('event_id') or ''}"


_Period = tuple[int | None, int | None]


def _period(first: dt.date | None, last: dt.date | None) -> _Period:
    return day_edge(first), day_edge(last, last=True)


@dataclass(frozen=True)
class _Part:
    """Which edges of one type are asked for."""

    rel: str
    start: tuple[int, str] | None
    limit: int
    period: _Period
    sample: bool


def _newest(each: tuple[str, Row]) -> tuple[int, str, str]:
    rel, row = each
    return -_at(row), str(row["edge"].get("event_id") or ""), rel


def _sampled(each: tuple[str, Row]) -> tuple[int, str, str]:
    """Derived edges first, then events by their ids from behind: as good as drawn, and repeatable."""
    rel, row = each
    return -1 if _at(row) == _FIRST else 0, str(row["edge"].get("event_id") or "")[::-1], rel


def _at(row: Props) -> int:
    """Sort key: derived edges before everything, undated events last."""
    edge = row["edge"]
    if "event_id" not in edge:
        return _FIRST
    at = edge.get("at")
    return int(at) if at is not None else _NEVER


def _centre(store: Store, viewer: Viewer, run: Run, node: str) -> _Centre:
    label, colon, key = node.partition(":")
    if not colon or label not in load_declaration().labels:
        label, key = "Person", node
    if sealed(viewer, label):
        raise NotFound(_NOTHING)
    if load_declaration().labels[label].layer != "observed" and "/" not in key:
        key = run.key(key)
    rows = store.read(viewer, "expand.centre", labels={"label": label}, key=key, run=run.run_id)
    if not rows or (rows[0]["props"].get("run") or run.run_id) != run.run_id:
        raise NotFound(_NOTHING)
    found = rows[0]
    if sealed_review(viewer, label, found["props"]):
        raise NotFound(_NOTHING)
    props = found["props"]
    if label == "Record":
        props = readable(viewer, props, sealed_records(store, viewer, [props["record_id"]]))
    return _Centre(node, label, props, found["ids"], frozenset([label, *found["labels"]]), found["holder"])


def _shown(centre: _Centre) -> Node:
    return {
        "id": _name(centre.label, centre.props),
        "label": centre.label,
        "caption": caption(centre.label, centre.props),
    }


def _name(label: str, props: Props) -> str:
    """A person by his id as everywhere; a gang or chain by its id, anything else by its reference."""
    for derived, name in (("Person", "person_id"), ("Gang", "gang_id"), ("Chain", "chain_id")):
        if label == derived:
            return str(props[name])
    return reference(label, props)


def _types(centre: _Centre, wanted: Iterable[str]) -> list[str]:
    """Relationship types that may surround a centre, and are wanted."""
    declared = load_declaration().relationships
    names = set(wanted)
    if unknown := sorted(names - declared.keys()):
        some = "，".join(unknown[:5])
        raise InputError(Text(f"没有关系种类 {some}。", f"There is no relationship type {some}."))
    return [
        rel.name
        for rel in declared.values()
        if (rel.event or rel.name in _OF_RUN)
        and (not names or rel.name in names)
        and not centre.labels.isdisjoint((*rel.starts, *rel.ends))
    ]


def _counts(
    store: Store, viewer: Viewer, run: Run, centre: _Centre, types: list[str], period: _Period
) -> list[TypeCount]:
    declared = load_declaration().relationships
    counts: list[TypeCount] = []
    for rel in types:
        asked: Parameters = {"ids": centre.ids}
        if rel in _OF_RUN:
            rows = store.read(viewer, "expand.count_of_run", labels={"rel": rel}, run=run.run_id, **asked)
        elif period != (None, None):
            bounds: Parameters = {"from_at": period[0], "to_at": period[1]}
            rows = store.read(viewer, "expand.count_between", labels={"rel": rel}, **bounds, **asked)
        else:
            rows = store.read(viewer, "expand.count", labels={"rel": rel}, **asked)
        outward, inward = rows[0]["outward"], rows[0]["inward"]
        if outward or inward:
            counts.append(
                {
                    "type": rel,
                    "zh": declared[rel].zh,
                    "en": declared[rel].en,
                    "hue": declared[rel].hue,
                    "count": outward + inward,
                    "outward": outward,
                    "inward": inward,
                }
            )
    return counts


def _edges(store: Store, viewer: Viewer, run: Run, centre: _Centre, part: _Part) -> list[Row]:
    asked: Parameters = {"ids": centre.ids, "limit": part.limit + 1, "timeout": _LONGEST}
    if part.rel in _OF_RUN:
        # Derived edges have no time: they all belong to the first page.
        if part.start is not None:
            return []
        return store.read(viewer, "expand.of_run", labels={"rel": part.rel}, run=run.run_id, **asked)
    before, event_id = part.start or (_FIRST, "")
    asked |= {"before": before, "after": event_id, "never": _NEVER, "sample": part.sample}
    asked |= {"from_at": part.period[0], "to_at": part.period[1]}
    return store.read(viewer, "expand.events", labels={"rel": part.rel}, **asked)


def _no_nodes() -> NodeColumns:
    return {"id": [], "label": [], "caption": [], "person": []}


def _no_edges() -> EdgeColumns:
    return {
        "id": [],
        "type": [],
        "from": [],
        "to": [],
        "at": [],
        "at_precision": [],
        "amount": [],
        "score": [],
        "via": [],
        "evidence": [],
    }


@dataclass
class _Columns:
    """A graph as columns. Around a person the ends are persons; around an identifier they are identifiers."""

    by_person: bool
    nodes: NodeColumns = field(default_factory=_no_nodes)
    edges: EdgeColumns = field(default_factory=_no_edges)
    _numbers: dict[str, int] = field(default_factory=dict)

    def node(self, label: str, props: Props, holder: Props | None) -> int:
        """Number of a node, or of the person that holds it."""
        if holder is not None and self.by_person:
            label, props, holder = "Person", holder, None
        name = _name(label, props)
        number = self._numbers.get(f"{label}:{name}")
        if number is None:
            number = self._numbers[f"{label}:{name}"] = len(self.nodes["id"])
            person_id = props["person_id"] if label == "Person" else holder["person_id"] if holder else None
            self.nodes["id"].append(name)
            self.nodes["label"].append(label)
            self.nodes["caption"].append(caption(label, props))
            self.nodes["person"].append(person_id)
        return number

    def edge(self, rel: str, edge: Props, start: _End, end: _End) -> None:
        """Add one edge and its ends."""
        amount = load_declaration().relationships[rel].amount
        columns = self.edges
        columns["id"].append(edge.get("event_id"))
        columns["type"].append(rel)
        columns["from"].append(self.node(*start))
        columns["to"].append(self.node(*end))
        columns["at"].append(time_text(edge.get("at")))
        columns["at_precision"].append(edge.get("at_precision"))
        columns["amount"].append(edge.get(amount) if amount else None)
        columns["score"].append(edge.get("score"))
        columns["via"].append([_name(label, props) for label, props, _ in (start, end)])
        columns["evidence"].append(list(edge.get("evidence") or ()))
