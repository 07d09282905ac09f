"""A run on disk: ties, supplies, gangs and chains as Parquet, so that old answers can be given again."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from backend.analysis.findings import Results
from backend.analysis.inputs import Events, Facts


def keep_run(folder: Path, facts: Facts, results: Results) -> None:
    """Write the tables of a run into ``folder``, which appears whole or not at all."""
    scratch = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    ids = facts.person_ids
    _write(
        scratch,
        "persons",
        ({"person_id": person, "refs": refs} for person, refs in zip(ids, facts.refs, strict=True)),
    )
    _write(scratch, "ties", _ties(facts))
    _write(
        scratch,
        "supplies",
        (
            asdict(edge) | {"supplier": ids[edge.supplier], "buyer": ids[edge.buyer]}
            for edge in results.supplies
        ),
    )
    _write(
        scratch,
        "members",
        (
            {
                "gang_id": gang.gang_id,
                "person_id": ids[m.person],
                "role": m.role,
                "rank": m.rank,
                "score": m.score,
            }
            for gang in results.gangs
            for m in gang.members
        ),
    )
    _write(
        scratch,
        "chains",
        (
            asdict(chain)
            | {"case_no": facts.cases[case.case].case_no, "persons": [ids[p] for p in chain.persons]}
            for case in results.cases
            for chain in case.chains
        ),
    )
    shutil.rmtree(folder, ignore_errors=True)
    scratch.rename(folder)


def _ties(facts: Facts) -> Iterable[dict[str, Any]]:
    """Person-to-person sums per channel: count, amount, first and last time."""
    for name in ("calls", "payments", "parcels", "statements"):
        events: Events = getattr(facts, name)
        sums: dict[tuple[int, int], list[int]] = {}
        for a, b, at, amount in zip(
            events.a.tolist(), events.b.tolist(), events.at.tolist(), events.amount.tolist(), strict=True
        ):
            tie = sums.setdefault((a, b), [0, 0, at, at])
            tie[0] += 1
            tie[1] += amount
            tie[2], tie[3] = min(tie[2], at), max(tie[3], at)
        for (a, b), (count, amount, first, last) in sorted(sums.items()):
            yield {
                "channel": name,
                "a": facts.person_ids[a],
                "b": facts.person_ids[b],
                "count": count,
                "amount": amount,
                "first": first,
                "last": last,
            }


def _write(folder: Path, name: str, rows: Iterable[dict[str, Any]]) -> None:
    held = list(rows)
    table = pa.Table.from_pylist(held) if held else pa.table({})
    pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
