"""Export the graph, or a part of it, in one of the formats; recorded before anything is handed out."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.answers.runs import published
from backend.exports.anx import write_anx
from backend.exports.elements import Elements
from backend.exports.formats import FOLDERS, FORMATS
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

_WRITERS: dict[str, Write] = {
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
    packed: bool = False,
) -> Export:
    """Write everything ``viewer`` may see, or the nodes ``only`` (``Label:key``) and what is between them.

    The target appears whole or not at all, and only after its digest is on record. ``derived`` adds the published
    run; ``packed`` makes one ZIP file of a format of several. Raises ``InputError`` for an
    unknown format or label, ``Forbidden`` for everything asked by somebody who may see some cases only.
    """
    write = _WRITERS.get(form)
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
    with tempfile.TemporaryDirectory(prefix=".upline-export-", dir=path.absolute().parent) as scratch:
        target = Path(scratch) / "export"
        with recorded(viewer, "export", query, tuple(only or ())[:1000]) as trace:
            _refuse_taken(path, form in FOLDERS and not packed)
            trace.count = count = write(elements, target)
            if packed and target.is_dir():
                target = Path(shutil.make_archive(str(target), "zip", target))
            trace.result = digest_of(target)
        _place(target, path)
    return Export(path, form, count)


def digest_of(made: Path) -> str:
    """SHA-256 of a file; of a folder that of the lines ``sha256sum`` prints of its files in order of name."""
    if made.is_file():
        with made.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    files = sorted(path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file())
    lines = "".join(f"{digest_of(made / name)}  {name}\n" for name in files)
    return hashlib.sha256(lines.encode()).hexdigest()


def _refuse_taken(path: Path, folder: bool) -> None:
    """Before the work: a folder takes the place of none but an empty one."""
    if folder and path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise InputError(Text(f"{path} 已存在且非空。", f"{path} exists and is not an empty folder."))


def _place(made: Path, path: Path) -> None:
    """Put the finished export where it was asked for."""
    if made.is_dir():
        if path.exists():
            path.rmdir()
        shutil.move(made, path)
    else:
        made.replace(path)
