"""Compartments (知悉范围): names under which files are loaded that only some users may know of.

``UPLINE_HOME/compartments.json`` lists the declared ones. A file bears at most one, from its load to its unloading; a
file without any is for everybody. Whoever lacks one of the declared compartments gets a graph of his own
(``backend/runs/visible.py``), so a name must be declared before the first file is loaded under it, and no name is ever
taken off the list.
"""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from graph_schema.errors import Conflict, EngineError, InputError
from graph_schema.language import Text
from graph_schema.shared_file import locked, put
from graph_schema.store import LOCAL, Store

FILE = "compartments.json"
_HELD: dict[Path, set[str]] = defaultdict(set)
"""The names the list of a home has held since this process began: one that is gone was lost, not taken off."""
NAME = r"^[A-Za-z0-9_.·\u4e00-\u9fff-]{1,40}$"
"""A name of a compartment; `fullmatch` it."""


def declared(home: Path) -> tuple[str, ...]:
    """The declared compartments, in the order of their declaration.

    Raises ``EngineError`` where the list cannot be read or lacks a name it had: then nobody knows who may see what.
    """
    names = _listed(home)
    if not _HELD[home] <= set(names):
        raise _unreadable()
    _HELD[home].update(names)
    return names


def _listed(home: Path) -> tuple[str, ...]:
    try:
        return tuple(str(entry["name"]) for entry in json.loads((home / FILE).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise _unreadable() from error


def _unreadable() -> EngineError:
    return EngineError(
        Text(
            f"{FILE} 无法读取或不完整，不能确定谁可以查看什么。请从备份恢复该文件，或重启服务。",
            f"{FILE} cannot be read or is not complete, so nobody knows who may see what. "
            "Restore it from a backup, or start the service again.",
        )
    )


def declare(home: Path, names: Iterable[str], by: str) -> tuple[str, ...]:
    """Add names to the list; return the whole. Raises ``InputError`` for what is no name, ``Conflict`` for a known one."""
    wanted = list(names)
    for name in wanted:
        if not re.fullmatch(NAME, name):
            raise InputError(
                Text(
                    f"“{name}”不能作知悉范围的名称：应为 1 至 40 个字母、汉字、数字、点或横线。",
                    f"{name!r} is no name of a compartment: 1 to 40 letters, Han characters, digits, dots or dashes.",
                )
            )
    with locked(home / FILE):
        known = _listed(home)
        if again := [name for name in wanted if name in known]:
            raise Conflict(
                Text(f"知悉范围“{again[0]}”已经有了。", f"The compartment {again[0]} is declared already.")
            )
        entries = json.loads((home / FILE).read_text(encoding="utf-8")) if known else []
        entries += [{"name": name, "by": by, "at": int(time.time() * 1000)} for name in dict.fromkeys(wanted)]
        put(home / FILE, json.dumps(entries, ensure_ascii=False, indent=1))
        return declared(home)


def need_declared(home: Path, names: Iterable[str]) -> None:
    """Raise ``InputError`` where one of some names is not declared."""
    known = declared(home)
    for name in names:
        if name not in known:
            there = "、".join(known) or "无"
            raise InputError(
                Text(
                    f"没有知悉范围“{name}”（已有：{there}），请先用 upline compartments add 设立。",
                    f"There is no compartment {name} (there are: {', '.join(known) or 'none'}); "
                    "declare it first by upline compartments add.",
                )
            )


def reconcile(home: Path, store: Store) -> None:
    """Declare what loaded files bear and the list lacks, as after the restore of an older list."""
    rows = store.read(LOCAL, "load.compartments", timeout=60.0)
    known = _listed(home)
    if lacking := [str(row["compartment"]) for row in rows if row["compartment"] not in known]:
        declare(home, lacking, by="upline")
