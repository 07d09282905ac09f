"""Known true and false pairs of a squad, from the ledger of judgements or from a CSV of identifiers."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from backend.analysis.model.facts import Facts
from backend.answers.chains import chains
from backend.contract.chains import Hop
from backend.judgements.ledger import entries, verdicts
from etl.storage.refs import bare
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

KnownPairs = dict[tuple[int, int], bool]
"""Supplier and buyer, as numbered in the facts, and whether the one supplies the other."""

_SUPPLIER = ("supplier", "上家", "供货人")
_BUYER = ("buyer", "下家", "购买人")
_TRUE = ("true", "属实", "是否属实")
_NO = ("0", "no", "n", "false", "否", "不属实", "×")


def from_ledger(store: Store, viewer: Viewer, facts: Facts) -> KnownPairs:
    """Supplies and hops judged either way, and the supply hops of confirmed chains.

    A rejected chain says that one of its hops is wrong, but not which: it gives no pair.
    """
    number = {person: n for n, person in enumerate(facts.person_ids)}
    known: KnownPairs = {}
    confirmed: set[str] = set()
    for (kind, subjects), judgement in verdicts(entries(store, viewer)).items():
        if judgement.verdict not in ("confirmed", "rejected"):
            continue
        right = judgement.verdict == "confirmed"
        if kind == "supply":
            _add(known, number, _bare(subjects[0]), _bare(subjects[1]), right)
        elif kind == "hop":
            _add(known, number, _bare(subjects[2]), _bare(subjects[1]), right)
        elif kind == "chain" and right:
            confirmed.add(_bare(subjects[0]))
    for hop in _supply_hops(store, viewer, confirmed):
        _add(known, number, hop["to"], hop["from"], True)
    return known


def _supply_hops(store: Store, viewer: Viewer, chain_ids: set[str]) -> list[Hop]:
    """Hops of kind supply of some chains; nothing is read where none is named."""
    if not chain_ids:
        return []
    found = [chain for case in chains(store, viewer)["cases"] for chain in case["chains"]]
    return [
        hop for chain in found if chain["id"] in chain_ids for hop in chain["hops"] if hop["kind"] == "supply"
    ]


def from_csv(path: Path, facts: Facts) -> tuple[KnownPairs, list[str]]:
    """Pairs of a CSV with the columns 上家 (supplier), 下家 (buyer) and, if it has one, 属实 (true).

    A cell is a resident id, phone, account or person id. Also returns the cells that belong to nobody here.
    """
    rows = list(csv.reader(io.StringIO(_text(path))))
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    columns = [_column(header, names) for names in (_SUPPLIER, _BUYER, _TRUE)]
    if columns[0] is None or columns[1] is None:
        raise InputError(
            Text(
                f"{path.name}: 需要“上家”“下家”两列",
                f"{path.name}: needs the columns supplier and buyer",
            )
        )
    holder = {_plain(bare(ref)): n for n, refs in enumerate(facts.refs) for ref in refs}
    holder |= {_plain(person): n for n, person in enumerate(facts.person_ids)}
    known: KnownPairs = {}
    unknown: list[str] = []
    for row in rows[1:]:
        cells = [row[k].strip() if k is not None and k < len(row) else "" for k in columns]
        ends = [holder.get(_plain(cell)) for cell in cells[:2]]
        unknown += [cell for cell, end in zip(cells, ends, strict=False) if end is None and cell]
        if ends[0] is not None and ends[1] is not None:
            known[ends[0], ends[1]] = cells[2].lower() not in _NO
    return known, unknown


def _text(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(Text(f"{path.name}：无法识别的编码", f"{path.name}: neither UTF-8 nor GB18030"))


def _column(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _plain(identifier: str) -> str:
    return identifier.strip().upper().removeprefix("+86")


def _bare(reference: str) -> str:
    """A person or chain id without its label and without the run it stands in."""
    return reference.partition(":")[2].rpartition("/")[2] or reference


def _add(known: KnownPairs, number: Mapping[str, int], supplier: str, buyer: str, right: bool) -> None:
    if supplier in number and buyer in number:
        known[number[supplier], number[buyer]] = right
