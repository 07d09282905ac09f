"""Grouping and joining of rows by integer keys, which every analysis here is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph_schema.arrays import Bools, Floats, Ints


@dataclass(frozen=True)
class Groups:
    """Rows grouped by a key: group g holds ``order[start[g]:start[g + 1]]``, in stable order."""

    keys: Ints  # sorted, unique
    order: Ints
    start: Ints  # one longer than keys
    of: Ints  # group of each row

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def size(self) -> Ints:
        return np.diff(self.start)

    def sum(self, values: Floats | Ints | Bools) -> Floats:
        """Sum per group of a value per row."""
        total = np.bincount(self.of, weights=values.astype(np.float64), minlength=len(self.keys))
        return np.asarray(total, dtype=np.float64)

    def mean(self, values: Floats | Ints | Bools) -> Floats:
        return np.asarray(self.sum(values) / np.maximum(self.size, 1))

    def first(self, values: Ints) -> Ints:
        """Least value per group."""
        return _reduce(np.minimum, values, self)

    def last(self, values: Ints) -> Ints:
        """Greatest value per group."""
        return _reduce(np.maximum, values, self)

    def median(self, values: Floats | Ints) -> Floats:
        """Median per group (lower and upper middle averaged)."""
        if len(self.keys) == 0:
            return np.zeros(0)
        ordered = values[np.lexsort((values, self.of))].astype(np.float64)
        low = self.start[:-1] + (self.size - 1) // 2
        high = self.start[:-1] + self.size // 2
        return np.asarray((ordered[low] + ordered[high]) / 2)

    def distinct(self, values: Ints) -> Ints:
        """Number of different values per group."""
        if len(self.keys) == 0:
            return np.zeros(0, dtype=np.int64)
        order = np.lexsort((values, self.of))
        group, value = self.of[order], values[order]
        new = np.r_[True, (group[1:] != group[:-1]) | (value[1:] != value[:-1])]
        return np.bincount(group[new], minlength=len(self.keys)).astype(np.int64)

    def rows(self, group: int) -> Ints:
        return self.order[self.start[group] : self.start[group + 1]]


def _reduce(ufunc: np.ufunc, values: Ints, groups: Groups) -> Ints:
    if len(groups.keys) == 0:
        return np.zeros(0, dtype=np.int64)
    return np.asarray(ufunc.reduceat(values[groups.order], groups.start[:-1]), dtype=np.int64)


def group(keys: Ints) -> Groups:
    """Groups rows by an integer key."""
    unique, of = np.unique(keys, return_inverse=True)
    of = of.reshape(-1).astype(np.int64)
    order = np.argsort(of, kind="stable").astype(np.int64)
    start = np.r_[0, np.cumsum(np.bincount(of, minlength=len(unique)))].astype(np.int64)
    return Groups(unique.astype(np.int64), order, start, of)


def find(haystack: Ints, needles: Ints) -> Ints:
    """Position of each needle in a sorted unique haystack, -1 where it is not."""
    if len(haystack) == 0:
        return np.full(len(needles), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(haystack, needles), len(haystack) - 1)
    return np.where(haystack[at] == needles, at, -1).astype(np.int64)


def spread(start: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """Unrolls slices: returns (which slice, position) for every position in every slice."""
    length = np.maximum(stop - start, 0)
    owner = np.repeat(np.arange(len(start), dtype=np.int64), length)
    offset = np.arange(int(length.sum()), dtype=np.int64) - np.repeat(np.cumsum(length) - length, length)
    return owner, start[owner] + offset
