"""Administration and audit: the log, rules, dictionaries, retention, users."""

from __future__ import annotations

from typing import Literal

from backend.contract.base import Found, Paged, Shape, Words
from backend.contract.supplies import SignalWord

UserRole = Literal["investigator", "analyst", "chief", "auditor", "care", "administrator"]


class AuditRecord(Shape):
    """One record; ids are shown by their ends only.

    ``begun`` is the number of the intent this is the outcome of, null for a read. ``outcome`` of an intent is "begun",
    or "unknown" where no outcome follows it.
    """

    seq: int
    time: str
    user: str
    role: str
    purpose: str
    action: str
    outcome: str
    objects: list[str]
    count: int
    note: str
    query: str
    result: str
    begun: int | None
    hash: str


class AuditRecordsFound(Found):
    """Records of the log."""

    records: list[AuditRecord]


class AuditRecords(AuditRecordsFound, Paged):
    """Records, newest first."""


class AuditHead(Shape):
    """The end of the log: keep it elsewhere as an anchor."""

    seq: int
    hash: str


class AuditCheck(Shape):
    """Whether the log is whole; ``first_bad`` numbers the first record that is wrong or missing."""

    good: bool
    records: int
    first_bad: int | None
    reason: str
    head: AuditHead


class DictionaryRow(Shape):
    """One row by heading; ``own``: this site added it."""

    cells: dict[str, str]
    own: bool


class Parameter(Shape):
    """A number of the analysis that somebody chose, by package, module and name."""

    name: str
    value: float | list[float]
    unit: Words
    reason: Words
    source: Words


class Rules(Shape):
    """Weights, parameters and legal quantities in force."""

    version: str
    dictionaries: str
    weights: list[SignalWord]
    parameters_version: str
    parameters: list[Parameter]
    tiers: list[DictionaryRow]


class DictionaryNamed(Shape):
    """A dictionary, and how many of its rows are shipped and the site's own."""

    name: str
    shipped: int
    own: int
    columns: list[str]


class Dictionaries(Shape):
    """All dictionaries."""

    dictionaries: list[DictionaryNamed]
    version: str


class DictionaryFound(Found):
    """Rows of one dictionary."""

    entries: list[DictionaryRow]
    columns: list[str]


class Dictionary(DictionaryFound, Paged):
    """Rows of one dictionary, the site's own first."""


class OneRow(Shape):
    """The row that was added."""

    entry: DictionaryRow


class Removed(Shape):
    """The row that was taken out."""

    removed: str


class FileKept(Shape):
    """A file and until when it may be used; ``days_left`` below 0 is over."""

    sha256: str
    path: str
    load: int
    basis: str | None
    purpose: str | None
    unit: str | None
    loaded_at: str | None
    use_until: str | None
    days_left: int | None


class Retention(Shape):
    """Files, the nearest end of use first."""

    files: list[FileKept]
    total: int


class UserWaiting(Shape):
    """What one person proposed for a user and another has to confirm."""

    what: Literal["add", "role", "renew"]
    role: UserRole
    by: str
    at: str


class UserShown(Shape):
    """A user; ``ended_at`` is null while he may sign in, ``ready`` once he has set a password; ``compartments`` are
    those he may know of.
    """

    name: str
    shown: str
    role: UserRole
    made_by: str
    made_at: str
    ended_at: str | None
    ready: bool
    compartments: list[str]
    waiting: UserWaiting | None


class Users(Shape):
    """All users, and the roles there are."""

    users: list[UserShown]
    roles: list[UserRole]
    total: int


class Compartments(Shape):
    """Names under which files may be loaded that only some users may know of."""

    compartments: list[str]


class OneUser(Shape):
    """A user; ``code`` only where a one-time code was just made for him, ``half`` where another person gives the rest."""

    user: UserShown
    code: str | None
    half: bool
