"""A run on disk: ties, supplies, gangs and chains as Parquet, so that old answers can be given again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from backend.analysis.correlation.drug_facts import stated
from backend.analysis.model.facts import Events, Facts
from backend.analysis.model.results import Results
from backend.analysis.model.supplies import UnlikelyPairs
from graph_schema.store import Row

ABOUT = "about.json"
UNLIKELY = "unlikely"
DRUG_FACTS = "drug_facts"


def keep_run(folder: Path, facts: Facts, results: Results, about: Mapping[str, object]) -> None:
    """Write the tables of a run and what it is known by into ``folder``, which appears whole or not at all."""
    scratch = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    ids = facts.person_ids
    _write(
        scratch,
        "persons",
        pa.table(
            {"person_id": pa.array(ids, pa.string()), "refs": pa.array(facts.refs, pa.list_(pa.string()))}
        ),
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
    _write(scratch, UNLIKELY, _unlikely(ids, results.unlikely))
    _write(scratch, DRUG_FACTS, _drug_facts(facts))
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
            | {
                "case_no": facts.cases[case.case].case_no,
                "persons": [ids[p] for p in chain.persons],
                "reaches": [facts.cases[n].case_no for n in chain.reaches],
                "fugitives": [ids[p] for p in chain.fugitives],
            }
            for case in results.cases
            for chain in case.chains
        ),
    )
    (scratch / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    scratch.rename(folder)


def unlikely_pair(folder: Path, supplier: str, buyer: str) -> Row | None:
    """A pair the run in ``folder`` looked at and did not list: ``score`` and ``signals`` as in a supply, and whether a fact about
    drugs was within ``reached``; or None.
    """
    path = folder / f"{UNLIKELY}.parquet"
    if not path.exists():
        return None
    found = pq.read_table(path, filters=[("supplier", "=", supplier), ("buyer", "=", buyer)]).to_pylist()
    return dict(found[0]) if found else None


def regular_with(folder: Path, person: str) -> list[str] | None:
    """Whom a person deals with regularly out of reach of any drug fact, as the run in ``folder`` found; None where that
    run kept no such pairs.
    """
    path = folder / f"{UNLIKELY}.parquet"
    if not path.exists() or "regular" not in pq.read_schema(path).names:
        return None
    mine = (pc.field("supplier") == person) | (pc.field("buyer") == person)
    found = pq.read_table(path, columns=["supplier", "buyer"], filters=mine & pc.field("regular"))
    return sorted({*found["supplier"].to_pylist(), *found["buyer"].to_pylist()} - {person})


def facts_about(folder: Path, persons: Iterable[str]) -> list[Row] | None:
    """Drug facts on some persons: ``person``, ``kind``, ``cases``, ``evidence``; None where the run in
    ``folder`` kept none.
    """
    path, wanted = folder / f"{DRUG_FACTS}.parquet", list(persons)
    if not path.exists():
        return None
    if not wanted:  # Arrow takes no empty list
        return []
    return list(pq.read_table(path, filters=[("person", "in", wanted)]).to_pylist())


def _drug_facts(facts: Facts) -> pa.Table:
    found, text = list(stated(facts)), pa.string()
    return pa.table(
        {
            "person": pa.array([facts.person_ids[each.person] for each in found], text),
            "kind": pa.array([each.kind for each in found], text),
            "cases": pa.array([each.cases for each in found], pa.list_(text)),
            "evidence": pa.array([each.evidence for each in found], pa.list_(text)),
        }
    )


def _unlikely(ids: list[str], pairs: UnlikelyPairs) -> pa.Table:
    signals = pa.StructArray.from_arrays(
        [pa.array(pairs.names, pa.string()).take(pa.array(pairs.signal)), pairs.part, pairs.n],
        ["name", "weight", "n"],
    )
    people = pa.array(ids, pa.string())
    return pa.table(
        {
            "supplier": people.take(pa.array(pairs.supplier)),
            "buyer": people.take(pa.array(pairs.buyer)),
            "score": pairs.score,
            "reached": pairs.reached,
            "regular": pairs.regular,
            "signals": pa.ListArray.from_arrays(pa.array(pairs.start, pa.int32()), signals),
        }
    )


def _ties(facts: Facts) -> pa.Table:
    """Person-to-person sums per channel: count, amount, first and last time; by channel, then the two persons."""
    ids = np.array(facts.person_ids, dtype=object)
    parts = []
    for name in ("calls", "payments", "parcels", "statements"):
        events: Events = getattr(facts, name)
        if not len(events.a):
            continue
        order = np.lexsort((events.b, events.a))
        a, b, at, amount = (column[order] for column in (events.a, events.b, events.at, events.amount))
        starts = np.flatnonzero(np.r_[True, (np.diff(a) != 0) | (np.diff(b) != 0)])
        columns = {
            "channel": pa.array([name] * len(starts)),
            "a": pa.array(ids[a[starts]], pa.string()),
            "b": pa.array(ids[b[starts]], pa.string()),
            "count": np.diff(np.r_[starts, len(a)]),
            "amount": np.add.reduceat(amount, starts),
            "first": np.minimum.reduceat(at, starts),
            "last": np.maximum.reduceat(at, starts),
        }
        parts.append(pa.table(columns))
    return pa.concat_tables(parts) if parts else pa.table({})


def _write(folder: Path, name: str, rows: Iterable[Row] | pa.Table) -> None:
    if not isinstance(rows, pa.Table):
        held = list(rows)
        rows = pa.Table.from_pylist(held) if held else pa.table({})
    pq.write_table(rows, folder / f"{name}.parquet", compression="zstd")
