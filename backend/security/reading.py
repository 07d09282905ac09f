"""Reading the audit log, for the auditor: records newest first, ids partly hidden, and whether the chain is whole.

Reading it is recorded like any other read.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson

from backend.contract.administration import AuditCheck, AuditRecord, AuditRecordsFound
from backend.security.audit import BEGUN, Record
from backend.security.audited import audit_log, audited, recorded
from backend.security.checking import checked
from graph_schema.beijing import BEIJING
from graph_schema.store import Store, Viewer

MOST = 10_000
UNKNOWN = "unknown"
"""What is shown as the outcome of a deed that was begun and of which no outcome was recorded."""


@dataclass(frozen=True)
class RecordFilter:
    """Which records: of a user, of actions that begin so, whose purpose or objects, as shown, hold ``text``.

    ``first`` and ``last`` are days (ISO 8601, of Beijing, both included); ``refused`` keeps what did not end well,
    ``no_purpose`` what nobody gave a reason for, ``about`` what names this very object (for the owner only: who may
    ask by an id learns whether it was looked at).
    """

    user: str | None = None
    action: str | None = None
    text: str | None = None
    refused: bool = False
    no_purpose: bool = False
    first: str | None = None
    last: str | None = None
    about: str | None = None

    def fits(self, record: Record, settled: Collection[int]) -> bool:
        day = _in_beijing(record["time"])[:10] if self.first or self.last else ""
        return (
            (self.user is None or record["user"] == self.user)
            and (self.action is None or str(record["action"]).startswith(self.action))
            and (not self.refused or _outcome(record, settled) not in ("done", BEGUN))
            and (not self.no_purpose or not record["purpose"])
            and (self.first is None or day >= self.first)
            and (self.last is None or day <= self.last)
            and (self.text is None or self._holds(record, self.text))
            and (self.about is None or self.about in record["objects"])
        )

    def _holds(self, record: Record, text: str) -> bool:
        """Only what is shown is searched: else one letter after the other would tell a hidden id."""
        return text in record["purpose"] or any(text in _hidden(each) for each in record["objects"])


@audited("audit")
def audit(
    store: Store, viewer: Viewer, *, wanted: RecordFilter | None = None, limit: int = 200, skip: int = 0
) -> AuditRecordsFound:
    """Records newest first, ids shown by their ends only."""
    return found_records(wanted or RecordFilter(), limit, skip)


def found_records(wanted: RecordFilter, limit: int = 200, skip: int = 0) -> AuditRecordsFound:
    """The same for who records the question himself; needs no database."""
    settled = _settled()
    total = 0
    kept: deque[Record] = deque(maxlen=min(skip + limit, MOST))
    for record in audit_log().records():
        if wanted.fits(record, settled):
            total += 1
            kept.append(record)
    newest = list(reversed(kept))[skip : skip + limit]
    return {"records": [_shown(record, settled) for record in newest], "total": total, "run": None}


def export_records(viewer: Viewer, wanted: RecordFilter, target: Path) -> int:
    """Write the records as they stand in the log, one JSON line each, for an inspection; return how many.

    The file appears once its SHA-256 is on record. Raises ``AuditUnavailable``.
    """
    part = target.with_name(f"{target.name}.part")
    asked = {name: value for name, value in vars(wanted).items() if value}
    try:
        with recorded(viewer, "audit.export", asked) as trace:
            digest = hashlib.sha256()
            with part.open("wb") as out:
                for line in _lines(wanted):
                    out.write(line)
                    digest.update(line)
                    trace.count += 1
            trace.result = digest.hexdigest()
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return trace.count


@audited("audit.verify")
def audit_check(store: Store, viewer: Viewer) -> AuditCheck:
    """Whether every record is there and unchanged; ``head`` is what to keep elsewhere as an anchor."""
    log = audit_log()
    found, head = checked(log), log.head()
    return {
        "good": found.good,
        "records": found.records,
        "first_bad": found.first_bad,
        "reason": found.reason,
        "head": {"seq": head.seq, "hash": head.hash},
    }


def _settled() -> frozenset[int]:
    """Numbers of the intents whose outcome is on record."""
    return frozenset(n for record in audit_log().records() if (n := record.get("begun", 0)))


def _lines(wanted: RecordFilter) -> Iterator[bytes]:
    settled = _settled()
    for record in audit_log().records():
        if wanted.fits(record, settled):
            yield orjson.dumps(record) + b"\n"  # byte for byte the line of the log: same order, same writer


def _outcome(record: Record, settled: Collection[int]) -> str:
    open_still = record["outcome"] == BEGUN and record["seq"] not in settled
    return UNKNOWN if open_still else record["outcome"]


def _shown(record: Record, settled: Collection[int]) -> AuditRecord:
    return {
        "seq": record["seq"],
        "time": _in_beijing(record["time"]),
        "user": record["user"],
        "role": record["role"],
        "purpose": record["purpose"],
        "action": record["action"],
        "outcome": _outcome(record, settled),
        "count": record["count"],
        "note": _note(record),
        "query": record["query"],
        "result": record["result"],
        "begun": record.get("begun") or None,
        "hash": record["hash"],
        "objects": [_hidden(each) for each in record["objects"]],
    }


def _note(record: Record) -> str:
    """A note without what it must not give out: a line cut off by a crash holds the ids it was about."""
    return record["note"].partition(":")[0] if record["action"] == "audit.repair" else record["note"]


def _in_beijing(time: str) -> str:
    """The log keeps UTC; people read the time of Beijing."""
    return datetime.fromisoformat(time).astimezone(BEIJING).isoformat(timespec="seconds")


def _hidden(text: str) -> str:
    """The ends of an id: enough to find a record again, too little to learn who it is about."""
    return text if len(text) <= 4 else f"{text[:3]}…{text[-2:]}"
