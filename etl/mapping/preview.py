"""Preview of a mapping: the first rows as they would load, and the number of rejections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from etl.layouts.recognise import Recognised
from etl.reading.grid import RawSheet
from etl.sources.opening import facts_of
from etl.storage.facts import EXCLUDED, LOADED, REJECTED, FactBatch, FileOrigin
from etl.storage.reasons import EXCLUDED_REASONS, REASONS
from graph_schema.beijing import moment

ROWS = 50
"""Rows shown."""

_EXAMPLES = 3


def preview(
    found: Recognised, sheet: RawSheet, path: Path, origin: FileOrigin, tick: Callable[[int], None]
) -> dict[str, Any]:
    """Read the whole table as a load would, and keep nothing of it but counts and the first rows."""
    states: Counter[str] = Counter({LOADED: 0, REJECTED: 0, EXCLUDED: 0})
    reasons: Counter[tuple[str, str | None]] = Counter()
    examples: dict[tuple[str, str | None], list[str]] = {}
    makes: Counter[str] = Counter()
    shown: list[dict[str, Any]] = []
    for batch in facts_of(found, sheet, path, origin).batches:
        for state, reason, column, value in zip(
            *(batch.rows[name].to_pylist() for name in ("state", "reason", "column", "value")), strict=True
        ):
            states[state] += 1
            if reason is not None:
                reasons[reason, column] += 1
                seen = examples.setdefault((reason, column), [])
                if value is not None and len(seen) < _EXAMPLES and value not in seen:
                    seen.append(value[:100])
        makes.update(batch.legs["rel"].to_pylist())
        if len(shown) < ROWS:
            shown += _rows(batch, found)[: ROWS - len(shown)]
        tick(sum(states.values()))
    return {
        "counts": {"read": sum(states.values()), **states},
        "reasons": [
            {
                "state": EXCLUDED if code in EXCLUDED_REASONS else REJECTED,
                "code": code,
                "zh": REASONS[code][0],
                "en": REASONS[code][1],
                "column": column,
                "n": n,
                "examples": examples[code, column],
            }
            for (code, column), n in reasons.most_common()
        ],
        "makes": dict(sorted(makes.items())),
        "rows": shown,
    }


def _rows(batch: FactBatch, found: Recognised) -> list[dict[str, Any]]:
    """The first rows of a batch: cells by field, verdict, and what they make, in words."""
    made: dict[int, list[str]] = {}
    head = batch.rows.slice(0, ROWS)
    last = head["row"][-1].as_py() if head.num_rows else 0
    for record in batch.records.to_pylist():
        if record["row"] <= last:
            named = " ".join([record["name"] or "?", *record["refs"]])
            made.setdefault(record["row"], []).append(f"{record['slot']}: {named}")
    for leg in batch.legs.to_pylist():
        if leg["row"] <= last:
            made.setdefault(leg["row"], []).append(_said(leg))
    out = []
    for row in head.to_pylist():
        cells = row["cells"]
        by_field = {name: cells[at] if at < len(cells) else "" for name, at in found.fields.items()}
        verdict = {name: row[name] for name in ("row", "state", "reason", "column", "value")}
        out.append({**verdict, "cells": by_field, "makes": made.get(row["row"], [])})
    return out


def _said(leg: dict[str, Any]) -> str:
    """A relationship in words: ends, amount in yuan or seconds, time in Beijing."""
    amount, at = "", ""
    if leg["amount"] is not None:
        amount = (
            f" {leg['amount'] / 100:.2f} {leg['currency']}" if leg["rel"] == "PAID" else f" {leg['amount']}"
        )
    if leg["at"] is not None:
        at = f" {moment(leg['at']):%Y-%m-%d %H:%M:%S}"
    return f"{leg['rel']} {leg['start']} → {leg['end']}{amount}{at}"
