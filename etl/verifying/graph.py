"""The observed graph beside the plan that the facts of all files give: the same events, records and nodes, no other.

What a batch would write is what the graph has to hold; so batches of a plan are made as for a load, and read instead of
written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.verifying.report import Difference, DifferenceKind, said
from etl.writing.batches import Batch, batches
from graph_schema.declaration import load_declaration
from graph_schema.store import LOCAL, Store

_HEAD = ("start", "end", "event_id", "at", "at_precision", "evidence", "aliases", "seen_from")
_PAYMENT = ("fen", "currency", "memo", "systems", "serials")
_RECORD = ("record_id", "name", "file", "sheet", "row", "slot")
_OWN = {"load"}
"""When something came says no file; the rest of an event's properties has to be the same."""
_TIMEOUT = 120.0
Props = dict[str, Any]
OnCount = Callable[[int], None]


@dataclass
class Graph:
    """Compares a plan with the graph; ``paths`` are those of the files by the first 12 digits of their SHA-256.

    ``compared`` counts events, records, statements and nodes that were looked at.
    """

    store: Store
    paths: Mapping[str, tuple[str, str]]
    whole: bool
    watch: OnCount
    compared: Counter[str] = field(default_factory=Counter)
    _ids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def differences(self, plan: Path) -> Iterator[Difference]:
        """What the graph lacks or says otherwise; where ``whole``, also what it holds and no file says."""
        for batch in batches(plan, {"remove": []}):
            if batch.query == "load.drop_events" or (batch.query == "load.props" and not self.whole):
                continue  # properties of a node are those of the newest file of all that names it
            yield from self._batch(batch)
            self.watch(sum(self.compared.values()))
        if self.whole:
            yield from self._extra()

    def _batch(self, batch: Batch) -> Iterator[Difference]:
        if batch.query in ("load.nodes", "load.props"):
            wanted = {row[0]: _given(row[1]) if batch.query == "load.props" else {} for row in batch.rows}
            self.compared["nodes"] += len(wanted) if batch.query == "load.nodes" else 0
            yield from self._nodes(batch.labels, wanted)
        elif batch.query == "load.records":
            rows = [dict(zip(_RECORD, row, strict=False)) | row[6] for row in batch.rows]
            yield from self._records({str(row["record_id"]): _given(row) for row in rows})
        elif batch.query == "load.states":
            yield from self._states(batch)
        else:
            yield from self._events(batch)

    def _nodes(self, labels: dict[str, str], wanted: dict[str, Props]) -> Iterator[Difference]:
        found = self.store.read(LOCAL, "verify.nodes", labels=labels, timeout=_TIMEOUT, ids=list(wanted))
        there = {str(row["id"]): row["props"] for row in found}
        for key, props in wanted.items():
            about = f"{labels['label']}:{key}"
            if key not in there:
                yield self._at("missing", None, about)
                continue
            for name, value in props.items():
                if there[key].get(name) != value:
                    yield self._at("altered", None, about, name, value, there[key].get(name))

    def _records(self, wanted: dict[str, Props]) -> Iterator[Difference]:
        labels = {"label": "Record", "key": "record_id"}
        found = self.store.read(LOCAL, "verify.nodes", labels=labels, timeout=_TIMEOUT, ids=list(wanted))
        there = {str(row["id"]): row["props"] for row in found}
        self.compared["records"] += len(wanted)
        self._remember("Record", wanted)
        for key, props in wanted.items():
            proof, about = _proof(props), f"Record:{key}"
            if key not in there:
                yield self._at("missing", proof, about)
                continue
            yield from self._props(proof, about, props, there[key])

    def _states(self, batch: Batch) -> Iterator[Difference]:
        self.compared["statements"] += len(batch.rows)
        rows = [list(row[:3]) for row in batch.rows]
        found = self.store.read(LOCAL, "verify.states", labels=batch.labels, timeout=_TIMEOUT, rows=rows)
        there = {tuple(row["id"]): row["evidence"] for row in found}
        for record, key, how, proof in batch.rows:
            about = f"Record:{record} STATES {batch.labels['label']}:{key} ({how})"
            if (record, key, how) not in there:
                yield self._at("missing", proof, about)
            elif there[(record, key, how)] != [proof]:
                yield self._at("altered", proof, about, "evidence", [proof], there[(record, key, how)])

    def _events(self, batch: Batch) -> Iterator[Difference]:
        labels = {"rel": "PAID", **{name: value for name, value in batch.labels.items() if name != "amount"}}
        wanted = {str(row[2]): _event(batch, row) for row in batch.rows}
        found = self.store.read(LOCAL, "verify.events", labels=labels, timeout=_TIMEOUT, ids=list(wanted))
        there: dict[str, list[Props]] = defaultdict(list)
        for row in found:
            there[str(row["id"])].append({"start": row["start"], "end": row["end"], **row["props"]})
        rel = labels["rel"]
        self.compared["events"] += len(wanted)
        self._remember(rel, wanted)
        for key, props in wanted.items():
            proof, about = props["evidence"][0], f"{rel}:{key}"
            if not there[key]:
                yield self._at("missing", proof, about)
                continue
            yield from self._props(proof, about, props, there[key][0])
            for _ in there[key][1:]:
                yield self._at("extra", proof, about)

    def _remember(self, kind: str, ids: Mapping[str, Props]) -> None:
        if self.whole:
            self._ids[kind].update(ids)

    def _props(self, proof: str, about: str, wanted: Props, there: Props) -> Iterator[Difference]:
        for name in sorted((wanted.keys() | there.keys()) - _OWN):
            if wanted.get(name) != there.get(name):
                yield self._at("altered", proof, about, name, wanted.get(name), there.get(name))

    def _extra(self) -> Iterator[Difference]:
        """Events and records of the graph that the plan does not have."""
        for rel in load_declaration().relationships.values():
            if rel.event and rel.layer == "observed":
                rows = self.store.stream(
                    LOCAL, "verify.event_ids", labels={"rel": rel.name}, timeout=_TIMEOUT * 5
                )
                for row in rows:
                    if row["id"] not in self._ids[rel.name]:
                        proof = next(iter(row["evidence"] or ()), None)
                        yield self._at("extra", proof, f"{rel.name}:{row['id']}")
        for row in self.store.stream(LOCAL, "verify.record_ids", timeout=_TIMEOUT * 5):
            if row["id"] not in self._ids["Record"]:
                yield self._at("extra", _proof(row), f"Record:{row['id']}")

    def _at(
        self,
        kind: DifferenceKind,
        proof: str | None,
        about: str,
        column: str = "",
        wanted: Any = None,
        there: Any = None,
    ) -> Difference:
        """A difference at the row that ``proof`` (``<12 digits>/<sheet or ->/<row>``) leads to."""
        file, _, place = (proof or "").partition("/")
        sheet, _, row = place.rpartition("/")
        path, sha256 = self.paths.get(file, ("", file))
        number = int(row) if row.isdigit() else 0
        shown = "" if sheet == "-" else sheet
        return Difference(kind, path, sha256, shown, number, column, about, said(wanted), said(there))


def _event(batch: Batch, row: list[Any]) -> Props:
    """The properties an event has to have, with the keys of its ends."""
    values = dict(zip(_HEAD, row, strict=False))
    if batch.query == "load.payments":
        values |= dict(zip(_PAYMENT, row[9:], strict=True))
    elif batch.query == "load.amount_events":
        values[batch.labels["amount"]] = row[9]
    return _given({**values, **row[8]})


def _given(props: Props) -> Props:
    return {name: value for name, value in props.items() if value is not None}


def _proof(record: Props) -> str:
    return f"{record.get('file')}/{record.get('sheet') or '-'}/{record.get('row')}"
