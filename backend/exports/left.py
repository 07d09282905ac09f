"""The record of what left: every file handed out stands in the audit log by its digest, before it is handed out."""

from __future__ import annotations

import hashlib

from backend.security.audit import AuditEntry
from backend.security.audited import audit_log
from graph_schema.store import Viewer


def left(viewer: Viewer, what: str, objects: tuple[str, ...], body: bytes, count: int) -> int:
    """Record a file and return the number of its record; raises ``AuditUnavailable`` where that cannot be written."""
    return audit_log().append(
        AuditEntry(
            user=viewer.user,
            role=viewer.role,
            purpose=viewer.purpose,
            action="export",
            outcome="done",
            objects=objects,
            result=hashlib.sha256(body).hexdigest(),
            count=count,
            note=what,
        )
    )
