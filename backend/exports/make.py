"""Export the graph, or a part of it, in one of the formats; recorded before anything is handed out."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.answers.runs import published
from backend.exports.anx import write_anx
from backend.exports.elements import Elements
from backend.exports.ftm import write_ftm
from backend.exports.gexf import write_gexf
from backend.exports.graphml import write_graphml
from backend.exports.plain import write_json
from backend.exports.tables import write_csv, write_neo4j, write_parquet, write_xlsx
from backend.security.audited import recorded
from backend.security.errors import Forbidden
from graph_schema.errors import InputError, NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

Write = Callable[[Elements, Path], int]

FORMATS: dict[str, Write] = {
    "graphml": write_graphml,
    "gexf": write_gexf,
    "ftm": write_ftm,
    "anx": write_anx,
    "csv": write_csv,
    "neo4j": write_neo4j,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
    "json": write_json,
}
FOLDERS = frozenset({"csv", "neo4j", "parquet"})
"""Formats of several files: their target is a folder."""


@dataclass(frozen=True)
class Export:
    """What was written: how many nodes, relationships or rows."""

    path: Path
    format: str
    elements: int


def export_graph(
    store: Store,
    viewer: Viewer,
    form: str,
    path: Path,
    *,
    only: Sequence[str] | None = None,
    derived: bool = True,
) -> Export:
    """Write everything ``viewer`` may see, or the nodes ``only`` (``Label:key``) and what is between them.

    The target appears whole or not at all. ``derived`` adds the published run. Raises ``InputError`` for an
    unknown format or label, ``Forbidden`` for everything asked by somebody who may see some cases only.
    """
    write = FORMATS.get(form)
    if write is None:
        known = "、".join(FORMATS)
        raise InputError(
            Text(f"不支持格式 {form}，可用：{known}。", f"No format {form}: one of {', '.join(FORMATS)}.")
        )
    if viewer.cases is not None:
        raise Forbidden(
            Text("全图导出仅限可查看全部案件的人员。", "Exports are for those who may see every case.")
        )
    run = published(store, viewer).name
    elements = Elements(store, viewer, run, only, derived)
    unknown = {ref.partition(":")[0] for ref in only or ()} - set(elements.labels())
    if unknown:
        raise NotFound(
            Text(
                f"没有这样的类别：{'、'.join(sorted(unknown))}。",
                f"No such label: {', '.join(sorted(unknown))}.",
            )
        )
    query = {"format": form, "only": list(only or ()), "derived": derived}
    with (
        recorded(viewer, "export", query, tuple(only or ())[:1000]) as trace,
        tempfile.TemporaryDirectory(prefix=".upline-export-", dir=path.absolute().parent) as scratch,
    ):
        target = Path(scratch) / "export"
        count = write(elements, target)
        trace.count = count
        _place(target, path)
    return Export(path, form, count)


def _place(made: Path, path: Path) -> None:
    """Put the finished export where it was asked for; a folder replaces only an empty one."""
    if made.is_dir():
        if path.exists():
            if not path.is_dir() or any(path.iterdir()):
                raise InputError(Text(f"{path} 已存在且非空。", f"{path} exists and is not an empty folder."))
            path.rmdir()
        shutil.move(made, path)
    else:
        made.replace(path)
