"""The desk that files are written from: the world, what was asked for, and what became visible of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from backend.demo.files.tabular import FINE, REPEAT, Row, SourceTable
from backend.demo.police import Case
from backend.demo.returns import ReturnRequest
from backend.demo.settlement import Books
from backend.demo.truth import FileTruth
from backend.demo.world import START, World


@dataclass
class Desk:
    folder: Path
    world: World
    cases: list[Case]
    asked: list[ReturnRequest]
    books: Books
    files: list[FileTruth] = field(default_factory=list)
    payments_seen: dict[int, set[tuple[str, str]]] = field(
        default_factory=dict
    )  # kinds and serials of its rows
    calls_seen: set[int] = field(default_factory=set)
    persons_seen: set[int] = field(default_factory=set)

    def payment(self, event: int, kind: str, serial: str) -> None:
        """Note a sound row of a payment: payer, payee, payee with card, leg (of a wallet), bank, masked."""
        self.payments_seen.setdefault(event, set()).add((kind, serial))

    def apart(self) -> int:
        """Payments of which two rows were delivered that nothing in them ties to each other."""
        count = 0
        for traces in self.payments_seen.values():
            kinds = {kind for kind, _ in traces}
            loose = "leg" in kinds and "payee" in kinds and "payer" not in kinds
            hidden = "masked" in kinds and len({serial for _, serial in traces}) > 1
            count += loose or hidden
        return count

    def lost(self, rng: Random) -> bool:
        return rng.random() < self.world.behaviour.row_loss


def stamp(at: int, style: str = "%Y-%m-%d %H:%M:%S") -> str:
    return (START + timedelta(seconds=at)).strftime(style)


def repeated(rows: list[Row], rng: Random, share: float) -> list[Row]:
    """The rows with some of them standing twice."""
    out: list[Row] = []
    for row in rows:
        out.append(row)
        if row.state == FINE and rng.random() < share:
            out.append(Row(list(row.cells), REPEAT, row.event))
    return out


def overlapping(table: SourceTable) -> SourceTable:
    """The same table delivered again: every row of it is known already."""
    rows = [Row(list(row.cells), REPEAT, row.event) for row in table.rows]
    return SourceTable(table.kind, table.header, rows, table.preamble, table.sheet)


def masked(text: str) -> str:
    """A name or number as some returns mask it."""
    if text.isdigit():
        return text[:6] + "******" + text[-4:]
    return text[:1] + "*" * (len(text) - 1)
