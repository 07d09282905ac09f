"""Digits of many cells at once: text columns as byte matrices, without a Python object per cell."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph_schema.arrays import Bools, Ints

Bytes = npt.NDArray[np.uint8]


def lengths(cells: pa.StringArray) -> tuple[Ints, Ints, Bytes]:
    """Return where each cell begins, its length in bytes (-1 for null) and the bytes themselves."""
    buffers = cells.buffers()
    n, offset = len(cells), cells.offset
    if n == 0 or buffers[1] is None:
        return np.zeros(n, np.int64), np.full(n, -1, np.int64), np.zeros(1, np.uint8)
    offsets = np.frombuffer(buffers[1], np.int32)[offset : offset + n + 1].astype(np.int64)
    data = (
        np.frombuffer(buffers[2], np.uint8)
        if buffers[2] is not None and buffers[2].size
        else np.zeros(1, np.uint8)
    )
    size = np.diff(offsets)
    if cells.null_count:
        size = np.where(cells.is_valid().to_numpy(zero_copy_only=False), size, -1)
    return offsets[:-1], size, data


def by_length(cells: pa.StringArray, wanted: tuple[int, ...]) -> Iterator[tuple[int, Ints, Bytes]]:
    """Yield, for each wanted byte length, the positions of such cells and their bytes as a matrix."""
    starts, size, data = lengths(cells)
    for length in wanted:
        at = np.flatnonzero(size == length)
        if len(at):
            yield length, at, data[starts[at][:, None] + np.arange(length)]


def number(matrix: Bytes, columns: slice) -> tuple[Ints, Bools]:
    """Read some columns of a byte matrix as one integer; the mask says where all of them are digits."""
    part = matrix[:, columns].astype(np.int64) - 48
    good = ((part >= 0) & (part <= 9)).all(axis=1)
    value = np.zeros(len(matrix), np.int64)
    for i in range(part.shape[1]):
        value = value * 10 + part[:, i]
    return value, np.asarray(good, bool)
