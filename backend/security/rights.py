"""What each role may do, and what each route needs: two tables, read by the gate and shown to the workbench.

A route that stands in no line is refused to everybody but the owner; a test asks that none is missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import PurePosixPath
from types import MappingProxyType

from graph_schema.store import LOCAL, Viewer


class Right(StrEnum):
    """One thing one may do."""

    SESSION = "session"  # sign out, see who one is
    CASES = "cases"  # read case data, take it away
    LOADS = "loads"  # see which files are in, their deadlines, and how work goes
    LOAD = "load"  # load files, enter by hand, correct, unload what one loaded oneself
    UNLOAD = "unload"  # unload what others loaded
    RUN = "run"  # analyse
    LEDGER = "ledger"  # read and add to the ledger of judgements; each kind asks for more
    JUDGE = "judge"  # identity, leads, remarks; a chain or gang under review
    DECIDE = "decide"  # confirm or reject chains and gangs
    ROWS = "rows"  # see source rows behind an answer; which ones depends on the circle
    CARE = "care"  # read and keep care of registered persons; no case data
    RULES = "rules"  # read weights, legal quantities, dictionaries
    AUDIT = "audit"  # read the audit log
    ADMINISTER = "administer"  # users, the site's own dictionary rows


_INVESTIGATOR = frozenset(
    {Right.CASES, Right.LOADS, Right.LOAD, Right.LEDGER, Right.ROWS, Right.JUDGE, Right.RULES}
)
ROLES = MappingProxyType(
    {
        "investigator": _INVESTIGATOR,
        "analyst": _INVESTIGATOR | {Right.RUN},
        "chief": _INVESTIGATOR | {Right.RUN, Right.DECIDE, Right.UNLOAD},
        "auditor": frozenset({Right.AUDIT}),
        "care": frozenset({Right.CARE, Right.LEDGER, Right.ROWS, Right.RULES}),
        "administrator": frozenset({Right.ADMINISTER, Right.LOADS, Right.UNLOAD, Right.RULES}),
    }
)
"""Who administers or audits sees no case data (separation of duties, GB/T 22239-2019 8.1.5)."""

NEEDS = (
    ("/session", Right.SESSION, Right.SESSION),
    ("/audit", Right.AUDIT, Right.AUDIT),
    ("/users", Right.ADMINISTER, Right.ADMINISTER),
    ("/compartments", Right.ADMINISTER, Right.ADMINISTER),
    ("/rules", Right.RULES, Right.ADMINISTER),
    ("/dictionaries", Right.RULES, Right.ADMINISTER),
    ("/retention", Right.LOADS, Right.LOAD),
    ("/loads", Right.LOADS, Right.LOADS),  # whose load it is decides the rest: ``taking_out``
    ("/imports/kinds", Right.LOADS, Right.LOAD),
    ("/imports", Right.CASES, Right.LOAD),
    ("/entries", Right.CASES, Right.LOAD),
    ("/as-of", Right.CASES, Right.CASES),
    ("/jobs", Right.LOADS, Right.LOAD),
    ("/runs", Right.LOADS, Right.RUN),
    ("/reviews/proposals", Right.CASES, None),
    ("/reviews/notes", Right.CASES, Right.JUDGE),
    ("/figures", Right.LEDGER, None),  # each sees those of his circle
    ("/district", Right.LEDGER, None),
    ("/reviews", Right.LEDGER, Right.LEDGER),
    ("/leads", Right.CASES, Right.JUDGE),
    ("/watches", Right.CASES, Right.JUDGE),
    ("/views", Right.CASES, Right.CASES),
    ("/drawings/canvas", Right.CASES, Right.CASES),
    ("/care", Right.CARE, Right.CARE),
    ("/evidence", Right.ROWS, None),
    ("/tables", Right.SESSION, Right.SESSION),  # takes along what the page shows, and records it
    *(
        (path, Right.CASES, None)
        for path in (
            "/search",
            "/persons",
            "/objects",
            "/cases",
            "/explain",
            "/board",
            "/news",
            "/chains",
            "/gangs",
            "/supplies",
            "/signals",
            "/graph",
            "/drawings",
            "/exports",
            "/reports",
            "/series",
            "/whereabouts",
            "/map",
            "/chemicals",
            "/risk",
            "/drivers",
            "/clues",
            "/tasks",
            "/water",
        )
    ),
)
"""Beginning of a route's path, what reading needs, what changing needs (None: nothing is changed there)."""


def needed(method: str, path: str) -> Right | None:
    """The right a request needs; None where the table says nothing about it. The first line that fits counts."""
    for start, reading, changing in NEEDS:
        if below(path, (start,)):
            return reading if method in ("GET", "HEAD") else changing
    return None


_WHOLE = frozenset({Right.LOAD, Right.UNLOAD, Right.RUN, Right.JUDGE, Right.DECIDE})
"""Rights that change the one graph of all files: nobody has them who sees only some of those."""
OF_THE_SITE = ("/session", "/audit", "/users", "/compartments", "/rules", "/dictionaries", "/map")
"""Routes that ask no graph."""
_CHANGES_NOTHING = ("/tables", "/drawings/canvas")
"""Routes that draw or write down what the page sends along."""
_CLOSED = ("/imports/mappings",)
"""What was made of files whose compartment nobody knows any more."""


def rights(viewer: Viewer) -> frozenset[Right]:
    """What a viewer may do; the owner of the installation is all roles at once."""
    if viewer.user == LOCAL.user:
        return frozenset(Right)
    has = ROLES.get(viewer.role, frozenset()) | {Right.SESSION}
    return has if viewer.compartments is None else has - _WHOLE


def below(path: str, starts: Iterable[str]) -> bool:
    """Whether a path is one of some, or below one."""
    return any(path == start or path.startswith(f"{start}/") for start in starts)


def reads_only(viewer: Viewer, method: str, path: str) -> bool:
    """Whether a request is none for a viewer because he sees only some files: of those he reads, and changes nothing."""
    if viewer.compartments is None or below(path, OF_THE_SITE):
        return False
    if below(path, _CLOSED):
        return True
    return method not in ("GET", "HEAD") and path not in _CHANGES_NOTHING


def shown_path(viewer: Viewer, path: str) -> str:
    """The path of a file; whoever reads no cases sees its suffix only, for paths hold names and ids."""
    return path if Right.CASES in rights(viewer) else f"…{PurePosixPath(path).suffix}"


def may(viewer: Viewer, method: str, path: str) -> bool:
    """Whether a viewer may make a request to a route (its path below the API's prefix)."""
    right = needed(method, path)
    return viewer.user == LOCAL.user if right is None else right in rights(viewer)
