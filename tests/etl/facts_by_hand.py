"""Facts written by hand, for tests of what comes after reading."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.storage.archive import Archive
from etl.storage.facts import LEGS, NODES, RECORDS, ROWS, FactBatch, SheetFacts

T0 = 1_700_000_000_000


def leg(row: int, rel: str, start: str, end: str, at: int | None = T0, **more: Any) -> dict[str, Any]:
    """One leg with everything that is not given left blank."""
    blank: dict[str, Any] = dict.fromkeys(LEGS.names)
    blank |= {
        "sheet": "",
        "row": row,
        "rel": rel,
        "start": start,
        "end": end,
        "at": at,
        "at_precision": "second",
    }
    return blank | {"side": "start", "system": "carrier"} | more


def record(row: int, slot: str, name: str | None, **states: str) -> dict[str, Any]:
    """One record; ``states`` maps identifier references (":" written "__") to how they are stated."""
    refs = [ref.replace("__", ":") for ref in states]
    return {
        "sheet": "",
        "row": row,
        "slot": slot,
        "name": name,
        "refs": refs,
        "hows": list(states.values()),
        "props": "{}",
    }


def keep(
    archive: Archive,
    name: str,
    legs: list[dict[str, Any]],
    records: list[dict[str, Any]] | None = None,
    nodes: list[dict[str, Any]] | None = None,
) -> str:
    """Put facts into the archive as the file ``name`` would; returns its SHA-256 (of the name)."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    numbers = sorted({item["row"] for item in [*legs, *(records or []), *(nodes or [])]})
    rows = [
        {
            "sheet": "",
            "row": n,
            "cells": [name, str(n)],
            "state": "loaded",
            "reason": None,
            "column": None,
            "value": None,
        }
        for n in numbers
    ]
    batch = FactBatch(
        rows=pa.Table.from_pylist(rows, schema=ROWS),
        nodes=pa.Table.from_pylist(nodes or [], schema=NODES),
        records=pa.Table.from_pylist(records or [], schema=RECORDS),
        legs=pa.Table.from_pylist(legs, schema=LEGS),
    )
    archive.keep(sha256, name, [SheetFacts("", "by_hand", ["a", "b"], 1, iter([batch]))], lambda _: None)
    return sha256


def archive_at(folder: Path) -> Archive:
    """A fresh archive."""
    return Archive(folder)
