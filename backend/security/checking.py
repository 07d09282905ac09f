"""Whether the audit log is whole: against ``head.json``, against the heads anchored outside, and against those on paper."""

from __future__ import annotations

from dataclasses import replace

from backend.security.anchors import SignedHead
from backend.security.audit import AuditLog, CheckOutcome
from backend.security.audited import audit_log, entry_of, recorded
from backend.security.segments import kept_days
from graph_schema.language import Text
from graph_schema.store import Viewer

UPLINE = Viewer("upline", "system")


def checked(log: AuditLog, *kept: SignedHead) -> CheckOutcome:
    """Check every record of a log, and its end against every head anchored outside and ``kept`` elsewhere.

    A log that was written anew, cut, put back from an old copy or removed does not fit the heads.
    """
    known = log.known()
    try:
        outside = log.anchor.heads() if log.anchor else []
    except FileNotFoundError:
        outside = []  # before the first head; a file that was removed is missed below
    except OSError as error:
        return replace(log.verify(*kept), reason=_unread(log, error))
    found = log.verify(*outside, *kept)
    if not found.good:
        return found
    parts = [part.head for part in log.segments.all()]
    foreign = next((head for head in (*outside, *kept, *parts) if not log.key.signed(head)), None)
    if foreign:
        return CheckOutcome(found.records, foreign.seq, _FOREIGN)
    if early := log.segments.taken_early((*outside, *kept)):
        return CheckOutcome(found.records, early, _EARLY)
    last = max((head.seq for head in outside), default=0)
    if log.anchor and known.place == str(log.anchor.path) and known.anchored > last:
        return CheckOutcome(found.records, last + 1, _lost(log, last + 1, known.anchored))
    return found


def check_and_record() -> CheckOutcome:
    """Check the log of this UPLINE_HOME and record what was found. Raises ``AuditUnavailable``."""
    log = audit_log()
    found = checked(log)
    if not found.good:  # once more: a line being written at that moment is not whole
        found = checked(log)
    outcome = "done" if found.good else "bad"
    entry = entry_of(UPLINE, "audit.verify", note=found.reason)
    log.append(replace(entry, outcome=outcome, count=found.records))
    return found


def alarm(found: CheckOutcome) -> Text:
    """What is said loudly about a log that is not whole."""
    return Text(
        f"审计日志不完整：从第 {found.first_bad} 条起，{_zh(found)}。立即查明原因，保留现有文件。",
        f"The audit log is not whole: from record {found.first_bad} on, {_en(found)}. Find out why at once and "
        "keep the files as they are.",
    )


def retire(viewer: Viewer) -> list[SignedHead]:
    """Take out the parts of the log whose every record is past its period; their heads stay. By rule only.

    Raises ``AuditUnavailable``.
    """
    log = audit_log()
    due = log.segments.due()
    about = {"days": kept_days(), "until": due[-1].head.seq if due else 0}
    with recorded(
        viewer, "audit.retire", about, tuple(str(each.head.seq) for each in due), changes=True
    ) as trace:
        for each in due:
            each.file.unlink()
            trace.count += 1
    return [each.head for each in due]


_EARLY = Text("记录在保存期满之前被清除", "records were taken out before the end of their period")
_FOREIGN = Text(
    "留存的链头不是用本日志的密钥签名的", "a head kept outside is not signed with the key of this log"
)


def _lost(log: AuditLog, first: int, last: int) -> Text:
    place = log.anchor.path if log.anchor else ""
    return Text(
        f"{place} 中缺少第 {first} 至 {last} 条之间的链头",
        f"heads of records {first} to {last} are missing in {place}",
    )


def _unread(log: AuditLog, error: OSError) -> Text:
    place = log.anchor.path if log.anchor else ""
    return Text(
        f"无法读取外部链头 {place}（{error.strerror}）",
        f"the heads in {place} cannot be read ({error.strerror})",
    )


def _zh(found: CheckOutcome) -> str:
    return found.reason.zh if isinstance(found.reason, Text) else found.reason


def _en(found: CheckOutcome) -> str:
    return found.reason.en if isinstance(found.reason, Text) else found.reason
