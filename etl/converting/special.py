"""Cells of the district's tables that are more than one plain value: masses, lists of days, limits, shares, paths."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

import numpy as np
import pyarrow as pa

from etl.converting.frame import Frame
from etl.parsing.censored import limit_in, measured, upper
from etl.parsing.numbers import MILLIGRAMS, decimal_number, parse_scaled
from etl.parsing.times import parse_times
from graph_schema.arrays import Bools

ReadCells = tuple[pa.Array, Bools]
"""Values, and which filled cells are none."""
_SEMICOLON = re.compile(r"[;；]")


def mass(frame: Frame, name: str) -> ReadCells:
    """Whole milligrams; the unit stands in the heading, or beside the number."""
    found = parse_scaled(frame.text(name), MILLIGRAMS[frame.unit(name, "千克")])
    return found.arrow(), found.bad


def _parted(frame: Frame, name: str) -> list[list[str]]:
    texts = frame.text(name).to_pylist()
    return [[part.strip() for part in _SEMICOLON.split(text or "") if part.strip()] for text in texts]


def times(frame: Frame, name: str) -> ReadCells:
    """Several days or times of one cell as epoch ms; a cell with one that is none is no value at all."""
    out: list[list[int] | None] = []
    unread = np.zeros(frame.n, bool)
    for i, parts in enumerate(_parted(frame, name)):
        read = parse_times(pa.array(parts, pa.string()))
        unread[i] = bool(parts) and not bool(read.known.all())
        out.append(read.at.tolist() if parts and not unread[i] else None)
    return pa.array(out, pa.list_(pa.int64())), unread


def censored(frame: Frame, name: str) -> ReadCells:
    """The measured value; null below a limit (see the fields that take ``below`` and ``limit`` of the cell)."""
    texts = frame.text(name).to_pylist()
    cells = [None if text is None else measured(text) for text in texts]
    unread = [
        text is not None and value is None and limit_in(text) is None
        for text, value in zip(texts, cells, strict=True)
    ]
    return pa.array(cells, pa.float64()), np.array(unread, bool)


def limit(frame: Frame, name: str) -> ReadCells:
    """The upper end of the interval of a value below a limit, from the cell or the limits stated beside it."""
    lod, loq = (_numbers(frame, other) for other in frame.columns[name].limits)
    said = zip(frame.text(name).to_pylist(), lod, loq, strict=True)
    return pa.array([upper(*each) for each in said], pa.float64()), np.zeros(frame.n, bool)


def _numbers(frame: Frame, name: str) -> list[float | None]:
    return [None if text is None else decimal_number(text) for text in frame.text(name).to_pylist()]


def share(frame: Frame, name: str) -> ReadCells:
    """A part of one: ``0.8``, ``80%`` and ``80`` are the same."""
    texts = frame.text(name).to_pylist()
    cells = [_share(text) for text in texts]
    unread = [text is not None and cell is None for text, cell in zip(texts, cells, strict=True)]
    return pa.array(cells, pa.float64()), np.array(unread, bool)


def _share(text: str | None) -> float | None:
    number = None if text is None else decimal_number(text)
    if text is None or number is None or not 0 <= number <= 100:
        return None
    return number / 100 if number > 1 or text.rstrip().endswith(("%", "％")) else number


def paths(frame: Frame, name: str) -> ReadCells:
    """Files beside the table; a path that leads out of its folder is none."""
    out: list[list[str] | None] = []
    unread = np.zeros(frame.n, bool)
    for i, parts in enumerate(_parted(frame, name)):
        inside = [path for path in map(relative, parts) if path is not None]
        unread[i] = len(inside) < len(parts)
        out.append(inside or None)
    return pa.array(out, pa.list_(pa.string())), unread


def relative(text: str) -> str | None:
    """A path below the folder of the table, with forward strokes; None where it leads elsewhere."""
    path = PurePosixPath(text.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0]:
        return None
    return str(path)


SPECIAL: dict[str, Callable[[Frame, str], ReadCells]] = {
    "mass": mass,
    "times": times,
    "censored": censored,
    "limit": limit,
    "share": share,
    "paths": paths,
}
