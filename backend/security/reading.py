"""Reading the audit log, for the auditor: records newest first, ids partly hidden, and whether the chain is whole.

Reading it is recorded like any other read.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime

from backend.contract.administration import AuditCheck, AuditRecord, AuditRecordsFound
from backend.security.audit import Record
from backend.security.audited import audit_log, audited
from graph_schema.beijing import BEIJING
from graph_schema.store import Store, Viewer

MOST = 10_000


@audited("audit")
def audit(
    store: Store,
    viewer: Viewer,
    *,
    user: str | None = None,
    action: str | None = None,
    text: str | None = None,
    refused: bool = False,
    no_purpose: bool = False,
    first: str | None = None,
    last: str | None = None,
    limit: int = 200,
    skip: int = 0,
) -> AuditRecordsFound:
    """Records newest first: of a user, of actions that begin so, whose purpose or objects hold ``text``.

    ``first`` and ``last`` are days (ISO 8601, of Beijing, both included); ``refused`` keeps what did not end well,
    ``no_purpose`` what nobody gave a reason for. Ids are shown by their ends only.
    """
    total = 0
    kept: deque[Record] = deque(maxlen=min(skip + limit, MOST))
    for record in audit_log().records():
        day = _in_beijing(record["time"])[:10]
        wanted = (
            (user is None or record["user"] == user)
            and (action is None or str(record["action"]).startswith(action))
            and (not refused or record["outcome"] != "done")
            and (not no_purpose or not record["purpose"])
            and (first is None or day >= first)
            and (last is None or day <= last)
            and (text is None or text in record["purpose"] or any(text in each for each in record["objects"]))
        )
        if wanted:
            total += 1
            kept.append(record)
    newest = list(reversed(kept))[skip : skip + limit]
    return {"records": [_shown(record) for record in newest], "total": total, "run": None}


@audited("audit.verify")
def audit_check(store: Store, viewer: Viewer) -> AuditCheck:
    """Whether every record is there and unchanged; ``head`` is what to keep elsewhere as an anchor."""
    log = audit_log()
    found, head = log.verify(), log.head()
    return {
        "good": found.good,
        "records": found.records,
        "first_bad": found.first_bad,
        "reason": found.reason,
        "head": {"seq": head.seq, "hash": head.hash},
    }


def _shown(record: Record) -> AuditRecord:
    return {
        "seq": record["seq"],
        "time": _in_beijing(record["time"]),
        "user": record["user"],
        "role": record["role"],
        "purpose": record["purpose"],
        "action": record["action"],
        "outcome": record["outcome"],
        "count": record["count"],
        "note": record["note"],
        "query": record["query"],
        "result": record["result"],
        "hash": record["hash"],
        "objects": [_hidden(each) for each in record["objects"]],
    }


def _in_beijing(time: str) -> str:
    """The log keeps UTC; people read the time of Beijing."""
    return datetime.fromisoformat(time).astimezone(BEIJING).isoformat(timespec="seconds")


def _hidden(text: str) -> str:
    """The ends of an id: enough to find a record again, too little to learn who it is about."""
    return text if len(text) <= 4 else f"{text[:3]}…{text[-2:]}"
