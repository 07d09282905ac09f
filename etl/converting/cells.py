"""Radio cells: location area and cell identity, decimal or hexadecimal, told apart by network."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from etl.converting import refs
from etl.converting.context import Context
from etl.converting.frame import Frame
from etl.converting.values import value_of
from etl.layouts.layout import Side
from etl.parsing.text import Coded, Codes, take
from graph_schema.dictionaries import carrier

_HEX = re.compile(r"^(?:0[xX])?[0-9A-Fa-f]{1,9}$")
_DECIMAL = re.compile(r"^\d{1,12}(?:\.0+)?$")
_NETWORKS = (("移动", "00"), ("联通", "01"), ("电信", "11"), ("广电", "15"))
_MNC = {"00": "00", "02": "00", "04": "00", "07": "00", "08": "00", "01": "01", "06": "01", "09": "01"}
_MNC |= {"03": "11", "05": "11", "11": "11", "15": "15"}
_AREAS, _NUMBERS = 1 << 24, 1 << 36
"""Bounds of 5G tracking areas and cell identities; earlier networks have smaller ones."""

UNKNOWN = "x"
"""Network code of a cell whose operator is not known: it may be any of four."""


@dataclass
class Cells:
    refs: pa.StringArray  # one ``Cell:MCC-MNC-LAC-CI`` per row, null where LAC or CI is missing
    nodes: pa.Table | None


def cells_of(frame: Frame, side: Side, ctx: Context) -> Cells:
    """The cell each row gives for one side; only where both location area and cell identity are there."""
    nothing = Cells(pa.nulls(frame.n, pa.string()), None)
    if not (frame.has(side.lac) and frame.has(side.ci)):
        return nothing
    lac, ci = frame.coded(side.lac), frame.coded(side.ci)
    _decide_base(lac, ci, ctx)
    areas, numbers = _integers(lac, bool(ctx.hex_cells)), _integers(ci, bool(ctx.hex_cells))
    area, number = _look(areas, lac.codes), _look(numbers, ci.codes)
    # All-zero and all-ones cells are fillers.
    good = (area > 0) & (number > 0) & (area < _AREAS) & (number < _NUMBERS)
    good &= (area != 0xFFFF) & (number != 0xFFFFFFF) & frame.verdicts.keep
    if not good.any():
        return nothing
    network = _networks(frame, side, ctx)
    keys: dict[tuple[str, int, int], int] = {}
    codes = np.full(frame.n, -1, np.int32)
    at = np.flatnonzero(good)
    for i, mnc, a, c in zip(
        at.tolist(), network[at].tolist(), area[at].tolist(), number[at].tolist(), strict=True
    ):
        codes[i] = keys.setdefault((mnc, a, c), len(keys))
    texts: list[str | None] = [f"Cell:460-{mnc}-{a}-{c}" for mnc, a, c in keys]
    return Cells(take(texts, codes), _describe(frame, side, ctx, keys, codes, lac, ci))


def _decide_base(lac: Coded, ci: Coded, ctx: Context) -> None:
    """One letter a to f among the cells of a sheet means all of them are hexadecimal."""
    if ctx.hex_cells is not None:
        return
    values = [value for value in (*lac.values, *ci.values) if value and _HEX.match(value)]
    if values:
        ctx.hex_cells = any(re.search("[A-Fa-fxX]", value) for value in values)


def _integers(cells: Coded, hexadecimal: bool) -> list[int]:
    shape = _HEX if hexadecimal else _DECIMAL
    return [
        (int(value, 16) if hexadecimal else int(float(value))) if value and shape.match(value) else -1
        for value in cells.values
    ]


def _look(values: list[int], codes: Codes) -> np.ndarray:
    return np.append(np.array(values, np.int64), -1)[codes]


def _networks(frame: Frame, side: Side, ctx: Context) -> np.ndarray:
    """Network code per row: by IMSI, else operator column or name, else the number's prefix."""
    network = np.full(frame.n, UNKNOWN, dtype=object)
    numbers = frame.coded(side.number)
    _fill(network, numbers, lambda value: _by_operator(carrier(re.sub(r"^(\+?86)", "", value)) or ""))
    if frame.has(side.operator):
        _fill(network, frame.coded(side.operator), _by_operator)
    if frame.has(side.imsi):
        _fill(
            network,
            frame.coded(side.imsi),
            lambda value: _MNC.get(value[3:5]) if value.startswith("460") else None,
        )
    return network


def _fill(network: np.ndarray, cells: Coded, meaning: object) -> None:
    assert callable(meaning)
    found = [meaning(value) if value else None for value in cells.values]
    table = np.array([*found, None], dtype=object)[cells.codes]
    known = np.array([value is not None for value in table], bool)
    network[known] = table[known]


def _by_operator(text: str) -> str | None:
    return next((mnc for word, mnc in _NETWORKS if word in text), None)


def _describe(
    frame: Frame,
    side: Side,
    ctx: Context,
    keys: dict[tuple[str, int, int], int],
    codes: Codes,
    lac: Coded,
    ci: Coded,
) -> pa.Table | None:
    """Numbers, written form and, where the row has it, the address of every cell not told before."""
    used, first = np.unique(codes, return_index=True)
    row_of = dict(zip(used.tolist(), first.tolist(), strict=True))
    places = frame.text(side.address)
    spots = {
        name: value_of(frame, field).cells
        for name, field in (("lon", side.lon), ("lat", side.lat))
        if field and frame.has(field)
    }
    found = []
    for (mnc, area, number), code in keys.items():
        ref = f"Cell:460-{mnc}-{area}-{number}"
        if ctx.refs.told(ref):
            continue
        at = row_of[code]
        told: dict[str, object] = {"mcc": 460, "lac": area, "ci": number}
        told |= {"raw": f"{lac.values[lac.codes[at]]}-{ci.values[ci.codes[at]]}"}
        if mnc != UNKNOWN:
            told["mnc"] = int(mnc)
        address = places[at].as_py()
        if address:
            told["address"] = address
        told |= {name: spot for name, cells in spots.items() if (spot := cells[at].as_py()) is not None}
        found.append((int(frame.rows[at]), ref, json.dumps(told, ensure_ascii=False)))
    return refs.node_table(frame.sheet, found) if found else None
