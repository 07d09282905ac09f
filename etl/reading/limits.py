"""Bounds within which a file is read; generous for evidence, fatal for bombs."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Sizes are bytes. ``ratio`` (unpacked to packed) counts only above ``ratio_from`` unpacked bytes."""

    archive_entries: int = 20_000
    archive_unpacked: int = 16_384 * MB
    workbook_unpacked: int = 2_048 * MB
    sheet_cells: int = 64_000_000  # rows times columns: the reader lays a sheet out densely
    ratio: int = 250
    ratio_from: int = 64 * MB
    line: int = 64 * MB
    batch_rows: int = 20_000
    head_rows: int = 40
    worker_memory: int = 3_072 * MB  # of the child process that reads workbooks and documents
    worker_stall: float = 120.0  # seconds it may stand still, and one more for each megabyte of the file


LIMITS = Limits()
