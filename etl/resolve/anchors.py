"""Anchors: references to a person in a judgement that outlast the runs that compute persons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.storage.refs import is_verified, label_of

_BEST = ("ResidentId", "Phone", "Account")


def anchor(refs: Iterable[str], records: Sequence[str], alone: frozenset[str] = frozenset()) -> str:
    """His verified resident id, else a verified number or account, else anything he holds, else his oldest record.

    ``records`` are his records, oldest first; ``alone`` are platforms, which stand for nobody.
    """
    held = sorted(ref for ref in refs if ref not in alone)
    for label in _BEST:
        for ref in held:
            if label_of(ref) == label and is_verified(ref):
                return ref
    return held[0] if held else f"Record:{records[0]}"
