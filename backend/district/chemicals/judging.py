"""All rules of precursors over what is known on a day."""

from __future__ import annotations

from collections.abc import Iterator

from backend.district.chemicals.balance import balances
from backend.district.chemicals.controllers import Controllers
from backend.district.chemicals.equipment import handed_on
from backend.district.chemicals.filing import unfiled, unlicensed
from backend.district.chemicals.law import Law
from backend.district.chemicals.model import Fault, PrecursorBook
from backend.district.chemicals.paths import paths
from backend.district.chemicals.permits import certificates
from backend.district.chemicals.split import splits


def faults(book: PrecursorBook, law: Law) -> Iterator[Fault]:
    """Every finding; only firms of the table 企业 are named."""
    groups = Controllers(book, law)
    yield from balances(book, law)
    yield from certificates(book, law)
    yield from splits(book, law, groups)
    yield from paths(book, law, groups)
    yield from unfiled(book, law, groups)
    yield from unlicensed(book, law, groups)
    yield from handed_on(book, law)
