"""Graphs of other programs: from the rows of ``exchange_items`` to facts.

A stranger's node becomes the identifier it shows where its kind is one of ours and the number is valid, else a
``Thing``; a person becomes a record as well. A stranger's link becomes a call, message or payment where both ends
can have one, else ``RELATED_TO`` with its kind. Elements of Upline's own exports: see ``exchange_own``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.converting.frame import Frame
from etl.layouts.layout import Column
from etl.layouts.registry import layouts, tables, words
from etl.layouts.said import currency_of
from etl.parsing.numbers import decimal_number
from etl.parsing.text import folded
from etl.parsing.times import PRECISIONS, parse_time
from etl.reading.grid import RawBatch, RawSheet
from etl.sources.documents._graph import UNSTATED
from etl.sources.exchange_own import OwnElements, Rejected
from etl.sources.neo4j_csv import dataset_of
from etl.storage.facts import LEGS, NODES, RECORDS, FactBatch, FileOrigin, SheetFacts
from graph_schema.declaration import load_declaration
from graph_schema.identifiers import KINDS, references

CsvRow = dict[str, str]
_NUMBERS = ("number", "phone", "accountnumber", "registrationnumber", "identity", "idnumber", "账号", "号码")
_REMEMBERED = 2_000_000
_VAGUE = re.compile(r"^\d{4}(?:[-/.年]\d{1,2}月?|年)?$")


@dataclass
class _Made:
    """Facts of a batch while they are made."""

    nodes: list[dict[str, Any]] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)
    legs: list[dict[str, Any]] = field(default_factory=list)


def open_sheet(sheet: RawSheet, path: Path, origin: FileOrigin) -> SheetFacts:
    """The facts of one graph."""
    view = sheet.views[0]
    headings = list(view.head[0])
    reader = _Reader(sheet.name, dataset_of(path, origin), origin.sha256[:12])
    batches = reader.convert(view.read(1, len(headings)), headings)
    return SheetFacts(sheet.name, "exchange_items", headings, 1, batches, sheet.declared)


class _Reader:
    """What is known of a graph so far: which ids are identifiers of ours, and its own elements."""

    def __init__(self, sheet: str, dataset: str, scope: str) -> None:
        self._sheet, self._dataset, self._scope = sheet, dataset, scope
        self._own = OwnElements(sheet)
        self._refs: dict[str, str] = {}
        self._described: set[str] = set()

    def convert(self, batches: Iterator[RawBatch], headings: list[str]) -> Iterator[FactBatch]:
        columns = layouts()["exchange_items"].columns
        fields = {
            name: headings.index(column.aliases[0])
            for name, column in columns.items()
            if column.aliases[0] in headings
        }
        for batch in batches:
            frame = Frame(
                self._sheet,
                batch,
                headings,
                {"item": fields["item"]},
                {"item": Column(aliases=("项目",))},
                {},
                {},
            )
            if frame.n:
                yield self._batch(frame, fields)

    def _batch(self, frame: Frame, fields: dict[str, int]) -> FactBatch:
        cells = {name: frame.batch.columns[at].to_pylist() for name, at in fields.items()}
        made = _Made()
        for i, number in enumerate(frame.rows.tolist()):
            row = {name: column[i] for name, column in cells.items()}
            try:
                self._read(number, row, made)
            except Rejected as error:
                one = frame.rows == number
                shown = pa.array([error.value] * frame.n, pa.string())
                mark = frame.verdicts.exclude if error.reason in _EXCLUDING else frame.verdicts.reject
                mark(one, error.reason, error.column, shown)
        return FactBatch(
            frame.row_table(),
            pa.Table.from_pylist(made.nodes, NODES),
            pa.Table.from_pylist(made.records, RECORDS),
            pa.Table.from_pylist(made.legs, LEGS),
        )

    def _read(self, number: int, row: CsvRow, made: _Made) -> None:
        try:
            said = json.loads(row["attributes"]) if row.get("attributes") else {}
        except (ValueError, RecursionError) as error:
            raise Rejected("bad_attribute", "属性", row["attributes"][:200]) from error
        if row.get("own"):
            node = row["item"] == "node"
            read = self._own.node if node else self._own.link
            read(number, row, said, made.nodes, made.records, made.legs)
        elif row["item"] == "node":
            self._node(number, row, said, made)
        else:
            self._link(number, row, said, made)

    # nodes

    def _node(self, number: int, row: CsvRow, said: dict[str, str], made: _Made) -> None:
        if not row["ident"].strip():
            raise Rejected("blank_required", "编号", None)
        ref = self._identify(row["kind"], [*_numbers(said), row["title"], row["ident"]])
        if ref is not None:
            if len(self._refs) < _REMEMBERED:
                self._refs[row["ident"]] = ref
            self._told(
                number, ref, {"extra": _json({**said, "id": row["ident"], "title": row["title"]})}, made
            )
            return
        self._thing(
            number,
            self._thing_ref(row["ident"]),
            row["ident"],
            row["kind"],
            row["title"],
            made,
            said,
            row["time"],
        )

    def _thing(
        self,
        number: int,
        ref: str,
        ident: str,
        kind: str,
        title: str,
        made: _Made,
        said: dict[str, str],
        at: str = "",
    ) -> None:
        props: dict[str, Any] = {"kind": kind or "node", "raw": ident}
        if title:
            props["title"] = title
        when = parse_time(at) if at else None
        if when is not None:
            props |= {"at": when[0], "at_precision": PRECISIONS[when[1]]}
        elif at:
            said = {**said, "time": at}
        for name, key in (("lat", ("lat", "latitude")), ("lon", ("lon", "lng", "longitude"))):
            value = next((decimal_number(said[k]) for k in key if k in said), None)
            if value is not None:
                props[name] = value
        if said:
            props["extra"] = _json(said)
        self._told(number, ref, props, made)
        if folded(kind) in words()["exchange_persons"]:
            stated = {ref: "registered"}
            for each in _values(said, ("idnumber", "身份证号", "id_number")):
                found = references("resident_id", [each], self._scope)[0]
                if found is not None and found.verified:
                    stated[found.ref] = "registered"
            made.records.append(self._record(number, title or None, stated))

    def _record(self, number: int, name: str | None, stated: dict[str, str]) -> dict[str, Any]:
        told = {"sheet": self._sheet, "row": number, "slot": "node", "name": name}
        return {**told, "refs": list(stated), "hows": list(stated.values()), "props": "{}"}

    def _told(self, number: int, ref: str, props: dict[str, Any], made: _Made) -> None:
        made.nodes.append(
            {"sheet": self._sheet, "row": number, "ref": ref, "props": json.dumps(props, ensure_ascii=False)}
        )

    def _identify(self, kind: str, texts: list[str]) -> str | None:
        """The verified identifier one of the texts is, where the kind is one of ours."""
        known = tables()["exchange_kinds"].get(folded(kind))
        if known is None:
            return None
        for text in texts:
            found = references(known, [text], self._scope)[0] if text else None
            if found is not None and found.verified:
                return found.ref
        return None

    def _thing_ref(self, ident: str) -> str:
        return f"Thing:{self._dataset}:{ident}"

    # links

    def _end(self, number: int, ident: str, kind: str, name: str, made: _Made) -> str:
        """What a link's end is: a node read before, an identifier named in the link itself, else a thing."""
        if not ident.strip():
            raise Rejected("no_party", "起", None)
        prefix, _, raw = ident.partition(":")
        if prefix in KINDS and raw:
            found = references(prefix, [raw], self._scope)[0]
            if found is not None and found.verified:
                return found.ref
        ref = self._refs.get(ident) or self._identify(kind, [ident, name]) or self._own.ends.get(ident)
        if ref is None:
            ref = self._thing_ref(f"{kind}/{ident}" if kind else ident)
            if (kind or name) and ref not in self._described and len(self._described) < _REMEMBERED:
                self._described.add(ref)
                self._thing(number, ref, ident, kind, name, made, {})
        return ref

    def _link(self, number: int, row: CsvRow, said: dict[str, str], made: _Made) -> None:
        start = self._end(number, row["start"], row["start_kind"], row["start_name"], made)
        end = self._end(number, row["end"], row["end_kind"], row["end_name"], made)
        when = parse_time(row["time"]) if row["time"] else None
        if row["time"] and when is None:
            if not _VAGUE.match(row["time"].strip()):
                raise Rejected("bad_time", "时间", row["time"])
            said = {**said, "time": row["time"]}  # a month or a year is no moment, and stays in words
        leg: dict[str, Any] = dict.fromkeys(LEGS.names)
        leg |= {
            "sheet": self._sheet,
            "row": number,
            "start": start,
            "end": end,
            "side": "none",
            "system": "table",
        }
        if when is not None:
            leg |= {"at": when[0], "at_precision": PRECISIONS[when[1]]}
        leg["text"] = row["text"] or None
        way = row.get("way", "")
        event = _event(row["kind"], start, end, said, leg)
        if way and (event is not None or way != UNSTATED):
            # who called or paid whom is not said: no event is made up
            event, said = None, {**said, "direction": way}
        if event is None:
            event = leg | _relation(row, said)
        made.legs.append(event)


_EXCLUDING = {"derived", "describes_others"}


def _json(value: dict[str, Any]) -> str:
    return json.dumps(
        {name: text for name, text in value.items() if text not in ("", None)},
        ensure_ascii=False,
        sort_keys=True,
    )


def _values(said: dict[str, str], names: tuple[str, ...]) -> list[str]:
    return [
        part.strip() for name, text in said.items() if folded(name) in names for part in str(text).split(";")
    ]


def _numbers(said: dict[str, str]) -> list[str]:
    return _values(said, _NUMBERS)


def _relation(row: CsvRow, said: dict[str, str]) -> dict[str, Any]:
    kind = row["kind"] or "link"
    props: dict[str, Any] = {"kind": kind}
    weight = decimal_number(row["weight"]) if row["weight"] else None
    if weight is not None:
        props["weight"] = weight
    rest = _json({**said, "id": row["ident"], "weight": row["weight"] if weight is None else ""})
    if rest != "{}":
        props["extra"] = rest
    return {
        "rel": "RELATED_TO",
        "distinct": f"{kind} {row['ident']}".strip(),
        "props": json.dumps(props, ensure_ascii=False),
    }


@cache
def _ends_of(rel: str) -> tuple[frozenset[str], frozenset[str]]:
    declared = load_declaration().relationships[rel]
    return frozenset(declared.starts), frozenset(declared.ends)


def _one_amount(text: str) -> int | None:
    """Fen of an amount that may be written several times in several ways; None where there is none.

    Raises ``Rejected`` where what is written are different amounts.
    """
    written = [part.strip() for part in text.split(";") if part.strip()]
    found = {decimal_number(part) for part in written}
    if len(found) > 1:
        raise Rejected("bad_amount", "amount", text)
    amount = found.pop() if found else None
    return None if amount is None or amount <= 0 or amount > 1e13 else round(amount * 100)


def _one_currency(text: str) -> str | None:
    """The code of the currency stated; None where there is none, or several: it is never taken for the yuan."""
    codes = {currency_of(part) for part in text.split(";") if part.strip()}
    return codes.pop() if len(codes) == 1 else None


def _event(
    kind: str, start: str, end: str, said: dict[str, str], leg: dict[str, Any]
) -> dict[str, Any] | None:
    """A call, message or payment, where the kind says so, both ends can have one and a payment has its amount."""
    rel = tables()["exchange_links"].get(folded(kind))
    if rel is None:
        return None
    starts, ends = _ends_of(rel)
    if start.partition(":")[0] not in starts or end.partition(":")[0] not in ends:
        return None
    plain = {folded(name): str(text) for name, text in said.items()}
    made = {**leg, "rel": rel, "props": "{}", "serial": plain.get("transactionnumber") or None}
    if rel == "PAID":
        amount = _one_amount(plain.get("amount", ""))
        if amount is None:
            return None
        made |= {"amount": amount, "currency": _one_currency(plain.get("currency", ""))}
    elif rel == "CALLED":
        seconds = decimal_number(plain.get("duration", "") or plain.get("seconds", ""))
        made["amount"] = None if seconds is None or not 0 <= seconds <= 7 * 86_400 else round(seconds)
    rest = _json(said)
    made["props"] = json.dumps({"extra": rest}, ensure_ascii=False) if rest != "{}" else "{}"
    return made
