"""Bounds of cells that become what the graph indexes: a longer one rejects its row before it is converted."""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.converting.frame import Frame
from etl.layouts.layout import Layout
from etl.layouts.registry import layouts
from etl.storage.bounds import NAMES, SHOWN, TOO_LONG, indexed

LONGEST = 1_000
"""Characters of a cell that is a number, a key or a name."""
_MANY_TOO_LONG = f"[^;；,，、\\s]{{{LONGEST},}}"


def _longest(cells: pa.Array) -> int:
    """Bytes of the longest text."""
    return int(pc.max(pc.binary_length(cells)).as_py() or 0)


@cache
def _bounded_fields(layout_name: str) -> frozenset[str]:
    return bounded_fields(layouts()[layout_name])


def bounded_fields(layout: Layout) -> frozenset[str]:
    """Fields of a layout that end in an index: identifiers and what stands beside them, keys, names."""
    found = {name for name, column in layout.columns.items() if column.kind}
    found |= {column.beside for column in layout.columns.values() if column.kind and column.beside}
    for record in layout.records:
        found |= {record.name} if record.name else set()
        found |= {field for prop, field in record.props.items() if prop in NAMES}
    for node in layout.nodes:
        found |= set(node.short_key) | (set() if node.hashed else set(node.key))
        wanted = indexed(node.label) if node.label else NAMES
        found |= {field for prop, field in node.props.items() if prop in wanted}
    payment = layout.payment
    if payment is not None:
        names = (payment.counter_name, payment.merchant, payment.owner_name)
        found |= {*payment.owner, *payment.counter, *(name for name in names if name)}
    return frozenset(found)


def reject_long(frame: Frame, layout: Layout) -> None:
    """Reject rows with a cell beyond the bound in a field that ends in an index."""
    fields = _bounded_fields(layout.name) if layout.mapped is None else bounded_fields(layout)
    for name in sorted(fields):
        if not frame.has(name):
            continue
        if name not in frame.constants and _longest(frame.raw(name)) <= LONGEST:
            continue  # the usual case, without cleaning every cell
        cells = frame.text(name)
        if _longest(cells) <= LONGEST:
            continue
        long = pc.greater(pc.utf8_length(cells), LONGEST)
        if frame.columns[name].many:
            long = pc.match_substring_regex(cells, _MANY_TOO_LONG)
        mask = np.asarray(pc.fill_null(long, False).to_numpy(zero_copy_only=False), dtype=bool)
        shown = pc.utf8_slice_codeunits(cells, 0, SHOWN)
        frame.verdicts.reject(mask, TOO_LONG, frame.heading(name), shown)
