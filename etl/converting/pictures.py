"""Pictures that rows name: nodes by their digest, with what tells them apart and what makes them alike."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa

from etl.converting import refs
from etl.converting.context import Context
from etl.converting.frame import Frame
from etl.converting.legs import Legs
from etl.converting.special import paths
from etl.converting.table import Ends
from etl.layouts.layout import Pictures
from etl.parsing.pictures import hashes, sha256_of
from graph_schema.arrays import Bools

SHOWS = "SHOWS"


def add_pictures(
    frame: Frame, spec: Pictures, ends: Ends, legs: Legs, keep: Bools, ctx: Context
) -> pa.Table | None:
    """Nodes of the pictures beside the table and legs to them; one that is not there is left to the checks."""
    if ctx.folder is None or not frame.has(spec.column) or spec.start not in ends.single:
        return None
    cells, _ = paths(frame, spec.column)
    known: dict[str, str | None] = {}
    told: list[tuple[int, str, str]] = []
    shown: list[tuple[int, str]] = []
    for row, named in enumerate(cells.to_pylist()):
        for path in named or () if keep[row] else ():
            if path not in known:
                file = inside(ctx.folder, path)
                known[path] = sha256_of(file) if file is not None else None
            sha256 = known[path]
            if sha256 is None:
                continue
            ref = f"Picture:{sha256}"
            shown.append((row, ref))
            if not ctx.refs.told(ref):
                told.append((int(frame.rows[row]), ref, described(ctx.folder / path)))
    shown = list(dict.fromkeys(shown))
    if shown:
        where = np.array([row for row, _ in shown], np.int64)
        inner = Legs(frame.sheet, frame.rows[where])
        end = pa.array([ref for _, ref in shown], pa.string())
        inner.add(SHOWS, ends.single[spec.start].take(pa.array(where)), end, keep[where], system="table")
        legs.add_table(inner.table())
    return refs.node_table(frame.sheet, told) if told else None


def inside(folder: Path, path: str) -> Path | None:
    """The file below the folder of the table; None where there is none, or a link leads elsewhere."""
    file = folder / path
    try:
        real = file.resolve(strict=True)
        return real if real.is_relative_to(folder.resolve()) and real.is_file() else None
    except OSError:
        return None


def described(file: Path) -> str:
    """Properties of a picture as JSON; one that cannot be decoded has none but its digest."""
    found = hashes(file)
    if found is None:
        return "{}"
    props: dict[str, object] = {
        "width": found.width,
        "height": found.height,
        "pdq_quality": found.quality,
    }
    if found.turns:
        props |= {"phash": found.turns[0], "phash_turns": list(found.turns), "phash_crops": list(found.crops)}
    return json.dumps(props)
