"""The call suite and the money suite of persons: tables in the shape of the contract, and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backend.analysis.suites.calls import call_suite
from backend.analysis.suites.common import WORDS, Preset, SuiteTable, code, load_presets
from backend.analysis.suites.money import money_suite
from backend.answers.call_book import call_book
from backend.answers.endpoints import person_meant
from backend.answers.money_book import money_book
from backend.answers.people import people
from backend.answers.runs import Run, on_run
from backend.answers.shape import time_text
from backend.contract.base import Words
from backend.contract.suites import Suite, TableShown
from backend.security.audited import audited
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

MOST_TARGETS = 20
_WORDS_OF_PERSONS = ("person", "list")


@audited("calls", "targets")
@on_run
def calls(
    store: Store,
    viewer: Viewer,
    run: Run,
    targets: Sequence[str],
    *,
    preset: str = "packet",
    limit: int | None = None,
) -> Suite:
    """The fourteen analyses of the calls of one or more persons, each figure with its rows.

    ``limit`` cuts each table; ``total`` says how many rows it has. ``truncated`` says that not everything was
    read.
    """
    chosen, ids = _asked(store, viewer, run, targets, preset)
    tables = call_suite(call_book(store, viewer, run, ids, chosen), chosen)
    return _answer(store, viewer, run, ids, chosen, tables, limit)


@audited("money", "targets")
@on_run
def money(
    store: Store,
    viewer: Viewer,
    run: Run,
    targets: Sequence[str],
    *,
    preset: str = "packet",
    limit: int | None = None,
) -> Suite:
    """The analyses of the money of one or more persons, as ``calls`` gives them; there is no number 15."""
    chosen, ids = _asked(store, viewer, run, targets, preset)
    tables = money_suite(money_book(store, viewer, run, ids, chosen), chosen)
    return _answer(store, viewer, run, ids, chosen, tables, limit)


def _asked(
    store: Store, viewer: Viewer, run: Run, targets: Sequence[str], preset: str
) -> tuple[Preset, list[str]]:
    presets = load_presets()
    if preset not in presets:
        known = ", ".join(presets)
        raise InputError(
            Text(f"没有预设“{preset}”，可用：{known}", f"There is no preset {preset}; available: {known}")
        )
    ids = list(dict.fromkeys(person_meant(store, viewer, run, target) for target in targets))
    if not 0 < len(ids) <= MOST_TARGETS:
        raise InputError(Text(f"目标 1 至 {MOST_TARGETS} 名。", f"From 1 to {MOST_TARGETS} targets."))
    return presets[preset], ids


def _answer(
    store: Store,
    viewer: Viewer,
    run: Run,
    ids: list[str],
    preset: Preset,
    tables: list[SuiteTable],
    limit: int | None,
) -> Suite:
    shown = [_shown(table, limit) for table in tables]
    known = people(store, viewer, run, {*ids, *_persons(shown)})
    return {
        "targets": [known[each] for each in ids if each in known],
        "preset": {"name": preset.name, "version": preset.version, "zh": preset.zh, "en": preset.en},
        "tables": shown,
        "words": _words(shown),
        "persons": [known[each] for each in sorted(known)],
        "truncated": any(table.truncated for table in tables),
        "run": run.name,
    }


def _shown(table: SuiteTable, limit: int | None) -> TableShown:
    times = [column.key for column in table.columns if column.kind == "time"]
    rows = table.rows if limit is None else table.rows[:limit]
    return {
        "key": table.key,
        "number": table.number,
        "zh": table.zh,
        "en": table.en,
        "note": {"zh": table.note_zh, "en": table.note_en},
        "columns": [
            {"key": each.key, "zh": each.zh, "en": each.en, "kind": each.kind} for each in table.columns
        ],
        "rows": [{**row, **{key: _time(row.get(key)) for key in times}} for row in rows],
        "figures": [
            {
                "name": each.name,
                "value": each.value,
                "flag": each.flag,
                "abnormal": each.abnormal,
                "high": each.high,
            }
            for each in table.figures
        ],
        "parameters": table.parameters,
        "total": len(table.rows),
        "truncated": table.truncated,
    }


def _time(value: object) -> str | None:
    return None if value is None or value == -1 else time_text(value)


def _words(tables: Iterable[TableShown]) -> dict[str, Words]:
    """The words for the codes the tables hold."""
    codes: set[str] = {
        code(row[column["key"]])
        for table in tables
        for column in table["columns"]
        if column["kind"] == "code"
        for row in table["rows"]
        if row.get(column["key"]) is not None
    }
    words = {each: WORDS.get(each, (each, each)) for each in sorted(codes)}
    return {each: {"zh": zh, "en": en} for each, (zh, en) in words.items()}


def _persons(tables: Iterable[TableShown]) -> set[str]:
    """Ids of persons the tables speak of."""
    found: set[str] = set()
    for table in tables:
        keys = [column["key"] for column in table["columns"] if column["kind"] in _WORDS_OF_PERSONS]
        for row in table["rows"]:
            for key in keys:
                value = row.get(key)
                named = value if isinstance(value, list) else [value]
                found |= {each for each in named if isinstance(each, str) and each and ":" not in each}
    return found
