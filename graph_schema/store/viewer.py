"""Who is asking: every read of the store is made for a viewer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """One authenticated asker and what he may see.

    ``view`` names the view (the files a group of users may see, plus their decisions) whose
    published run answers; for now there is one, ``all``. ``cases`` is None for "every case".
    ``compartments`` is None for who sees every file; else he sees the files without a compartment and
    those of the named ones, in a graph made of these alone.
    """

    user: str
    role: str = "analyst"
    view: str = "all"
    cases: frozenset[str] | None = None
    compartments: frozenset[str] | None = None
    purpose: str = ""


LOCAL = Viewer(user="local")
"""The person at the keyboard of this machine (command line)."""
