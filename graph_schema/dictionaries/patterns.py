"""Dictionary cells that are regular expressions: which they are, and what is wrong with one.

A pattern that does not compile would end every load that looks into its dictionary: it is refused when somebody adds
it, and left out, with a word on it, where it stands in a file already.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

LONGEST = 200


def fault(dictionary: str, cells: Mapping[str, str]) -> str:
    """What is wrong with the pattern in a row of a dictionary; nothing where it is sound or the row has none."""
    shape = _pattern(dictionary, cells)
    if len(shape) > LONGEST:
        return f"{len(shape)} > {LONGEST}"
    try:
        # twice and within a group, as one of several: no flags of its own, and no names, which may be given once only
        re.compile(f"(?:{shape})|(?:{shape})", re.ASCII)
        re.compile(shape, re.ASCII)
    except (re.error, OverflowError, RecursionError) as error:
        return str(error)
    return ""


def _pattern(dictionary: str, cells: Mapping[str, str]) -> str:
    if dictionary == "couriers":
        return cells.get("shape", "")
    if dictionary == "service_numbers" and cells.get("match") == "pattern":
        return cells.get("value", "")
    return ""
