"""Bounds within which a file is read; generous for evidence, fatal for bombs."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1 << 20


@dataclass(frozen=True)
class ReadLimits:
    """Sizes are bytes. ``ratio`` (unpacked to packed) counts only above ``ratio_from`` unpacked bytes."""

    archive_entries: int = 20_000
    archive_unpacked: int = 16_384 * MB
    workbook_unpacked: int = 2_048 * MB
    sheet_cells: int = 64_000_000  # rows times columns of all sheets: the reader lays them out densely
    sparse_cells: int = 4_000_000  # a larger sheet has at least one cell in ``sparse`` of them
    sparse: int = 20
    ratio: int = 250
    ratio_from: int = 64 * MB
    line: int = 64 * MB
    batch_rows: int = 20_000
    head_rows: int = 40
    worker_memory: int = 3_072 * MB  # of the child process that reads workbooks and documents, at most
    worker_least: int = (
        1_024 * MB
    )  # for a file of a few bytes; ``worker_per_byte`` more for each of its bytes
    worker_per_byte: int = 64
    worker_stall: float = 120.0  # seconds it may stand still, and one more for each megabyte of the file

    def memory(self, size: int) -> int:
        """What the reading child may hold for a file of ``size`` bytes: what a file declares is no reason for more."""
        return min(self.worker_memory, self.worker_least + self.worker_per_byte * size)


LIMITS = ReadLimits()
