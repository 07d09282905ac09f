"""Opening an invented file in a test and looking at what came of it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.reading.members import Member
from etl.sources import open_file
from etl.storage.facts import FileOrigin
from graph_schema.declaration import load_declaration

Rows = list[dict[str, Any]]


@dataclass
class Facts:
    """All facts of one sheet as lists of dicts; ``props`` are read from JSON."""

    kind: str
    headings: list[str]
    header_row: int
    declared_rows: int | None
    rows: Rows = field(default_factory=list)
    nodes: Rows = field(default_factory=list)
    records: Rows = field(default_factory=list)
    legs: Rows = field(default_factory=list)

    def states(self) -> dict[str, int]:
        return dict(Counter(row["state"] for row in self.rows))

    def reasons(self) -> list[tuple[int, str, str, str | None, str | None]]:
        """(row, state, reason, column, value) of all rows that are not loaded."""
        return [
            (r["row"], r["state"], r["reason"], r["column"], r["value"])
            for r in self.rows
            if r["reason"] is not None
        ]

    def legs_of(self, rel: str) -> Rows:
        return [leg for leg in self.legs if leg["rel"] == rel]

    def node(self, ref: str) -> dict[str, Any]:
        """Everything the file says of one node."""
        told: dict[str, Any] = {}
        for node in self.nodes:
            if node["ref"] == ref:
                told |= node["props"]
        return told


def names(line: str) -> list[str]:
    """Headings written as one line."""
    return line.split(",")


def text_of(rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def facts_of(path: Path, origin: str | None = None, check: bool = True) -> list[Facts]:
    """Open a file and collect its facts, each checked against the declaration."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return _collect(path, FileOrigin(origin or path.name, sha256), check)


def facts_of_member(member: Member) -> list[Facts]:
    """The facts of a file of a folder or archive, with the files that describe it."""
    return _collect(member.file, FileOrigin(member.path, member.sha256, beside=member.beside), True)


def _collect(path: Path, origin: FileOrigin, check: bool) -> list[Facts]:
    out = []
    for sheet in open_file(path, origin):
        facts = Facts(sheet.kind, sheet.headings, sheet.header_row, None)
        for batch in sheet.batches:
            for name in ("rows", "nodes", "records", "legs"):
                found = getattr(batch, name).to_pylist()
                for entry in found:
                    if "props" in entry:
                        entry["props"] = json.loads(entry["props"] or "{}")
                getattr(facts, name).extend(found)
        facts.declared_rows = sheet.declared_rows
        if check:
            problems(facts)
        out.append(facts)
    return out


def read(
    folder: Path, text: str, name: str = "表.csv", encoding: str = "utf-8", origin: str | None = None
) -> Facts:
    """Write a text file and return the facts of its one sheet."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    [facts] = facts_of(path, origin)
    return facts


def problems(facts: Facts) -> None:
    """Fail where a fact names something the declaration does not have."""
    declared = load_declaration()
    for node in facts.nodes:
        assert declared.labels[node["ref"].split(":")[0]].problems(node["props"]) == [], node
    for record in facts.records:
        assert declared.labels["Record"].problems(record["props"]) == [], record
        assert len(record["refs"]) == len(record["hows"]) == len(set(record["refs"]))
    for leg in facts.legs:
        relationship = declared.relationships[leg["rel"]]
        assert relationship.problems(leg["props"]) == [], leg
        assert leg["start"].split(":")[0] in relationship.starts, leg
        assert leg["end"].split(":")[0] in relationship.ends, leg
        assert (leg["at"] is None) == (leg["at_precision"] is None), leg
    told = {f"Record:{record['row']}/{record['slot']}" for record in facts.records}
    ends = {end for leg in facts.legs for end in (leg["start"], leg["end"]) if end.startswith("Record:")}
    assert ends <= told
    loaded = {row["row"] for row in facts.rows if row["state"] == "loaded"}
    assert {entry["row"] for entry in (*facts.nodes, *facts.records, *facts.legs)} <= loaded
