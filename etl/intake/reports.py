"""Input and output of a load: options, progress, and the result of each file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class LoadOptions:
    """What the person who loads says about the files; kept on each SourceFile for later access rules."""

    case_no: str | None = None
    basis: str | None = None
    unit: str | None = None
    marking: str | None = None
    dry_run: bool = False
    password: str | None = None
    signed_by: str | None = None
    entry: str | None = None  # kind of table typed in by hand: all of it loads, or nothing
    purpose: str | None = None
    use_until: int | None = None  # epoch ms, as are the next two
    asked_from: int | None = None
    asked_until: int | None = None
    compartment: str | None = None  # who may know of them: ``etl.storage.compartments``
    keep: bool = False  # a copy of each file: for what will not stay where it is


@dataclass(frozen=True)
class Progress:
    """``stage`` is reading, matching, writing or checking; ``done`` of ``total`` (0 where unknown) rows."""

    stage: str
    done: int
    total: int
    detail: str = ""


@dataclass(frozen=True)
class Note:
    """What a check found about a file, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class FileReport:
    """What became of one file, archive member or refused thing; read = loaded + duplicate + rejected + excluded."""

    path: str
    kind: str | None
    state: str  # loaded | known | refused | beside (a picture read with its table); reading while it is
    reason: str | None = None
    read: int = 0
    loaded: int = 0
    duplicate: int = 0
    rejected: int = 0
    excluded: int = 0
    sha256: str | None = None
    excluded_reasons: dict[str, int] = field(default_factory=dict)
    rejects: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class LoadReport:
    """One load: its number (0 where nothing new came), its files, events now in the graph."""

    load: int
    files: list[FileReport]
    events: dict[str, int]


OnProgress = Callable[[Progress], None]
