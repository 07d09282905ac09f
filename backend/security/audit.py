"""The audit log: append-only, hash-chained, one record per read of case data.

One JSON object per line in ``UPLINE_HOME/audit/audit.jsonl``. Each record names the hash of the one before
it (``prev``) and ends with its own: SHA-256 over the bytes of its line up to the field ``hash``. The last
hash also stands in ``head.json``; a copy of it kept elsewhere (``head``, ``verify(anchor)``) is what shows
a cut tail, an old copy put back, or a whole log written anew. Crosby & Wallach, USENIX Security 2009.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TypedDict

import orjson

from backend.security.errors import AuditUnavailable
from graph_schema.language import Text
from graph_schema.store.locks import FileLock

_GENESIS = "0" * 64
_SUFFIX = len(b',"hash":""}') + 64
_BLOCK = 1 << 16
_PATIENCE = 15.0


@dataclass(frozen=True)
class AuditEntry:
    """What happened, as far as the log is told; the log itself adds number, time and hashes.

    ``objects`` are ids read or asked for; ``query`` and ``result`` are digests of the request and of the answer:
    ``blake3:`` of its JSON text, or without a prefix SHA-256 of a file handed out. ``count`` is the number of
    objects in it; ``outcome`` is "done" or the code of the refusal.
    """

    user: str
    role: str
    purpose: str
    action: str
    outcome: str
    objects: Sequence[str] = ()
    query: str = ""
    result: str = ""
    count: int = 0
    note: str = ""


class Head(NamedTuple):
    """The end of a log: number and hash of its last record. Keep it elsewhere to anchor the log."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Verdict:
    """Outcome of a check: ``first_bad`` numbers (from 1) the first record that is wrong or missing."""

    records: int
    first_bad: int | None = None
    reason: str = ""

    @property
    def good(self) -> bool:
        return self.first_bad is None


class Record(TypedDict):
    """One line of the log."""

    seq: int
    time: str
    user: str
    role: str
    purpose: str
    action: str
    outcome: str
    objects: list[str]
    query: str
    result: str
    count: int
    note: str
    prev: str
    hash: str


class AuditLog:
    """The log of one folder, safe for several threads and processes at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "audit.jsonl"
        self._head = folder / "head.json"

    def append(self, entry: AuditEntry) -> int:
        """Write one record to disk and return its number; ``AuditUnavailable`` where that cannot be done."""
        try:
            self.folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            with FileLock(self.folder / "lock").acquire(_PATIENCE, "audit log"):
                return self._append(entry)
        except OSError as error:
            raise AuditUnavailable(
                Text(
                    f"审计记录无法写入 {self.path}（{error.strerror}），因此不提供数据。检查磁盘空间与权限。",
                    f"The audit record could not be written to {self.path} ({error.strerror}), so no data is "
                    "given. Check disk and rights.",
                )
            ) from error

    def _append(self, entry: AuditEntry) -> int:
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            end, torn = _whole_length(descriptor)
            last = _last(descriptor, end)
            lines, entries = b"", [*self._notices(last, torn), entry]
            for each in entries:
                line, last = _line(each, last)
                lines += line
            os.ftruncate(descriptor, end)
            os.lseek(descriptor, end, os.SEEK_SET)
            _write(descriptor, lines)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        self._remember(last)
        return last.seq

    def _notices(self, last: Head, torn: bytes) -> Iterator[AuditEntry]:
        """Records the log writes about itself: a line cut off by a crash, or an end that is not its own."""
        if torn:
            yield _own("audit.repair", f"line cut off: {torn[:500].decode('utf-8', 'backslashreplace')}")
        known = self._known_head()
        if known.seq > last.seq or (known.seq == last.seq and known.hash != last.hash):
            yield _own("audit.gap", f"expected end {known.seq} {known.hash}, found {last.seq} {last.hash}")

    def _remember(self, head: Head) -> None:
        part = self._head.with_suffix(".part")
        part.write_bytes(orjson.dumps(head._asdict()))
        part.replace(self._head)

    def _known_head(self) -> Head:
        if not self._head.is_file():
            return Head(0, _GENESIS)
        return Head(**orjson.loads(self._head.read_bytes()))

    def head(self) -> Head:
        """Number and hash of the last record (0 and zeros for an empty log)."""
        if not self.path.is_file():
            return Head(0, _GENESIS)
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            return _last(descriptor, _whole_length(descriptor)[0])
        finally:
            os.close(descriptor)

    def records(self) -> Iterator[Record]:
        """All records, oldest first, unchecked."""
        for line in self._lines():
            yield orjson.loads(line)

    def verify(self, anchor: Head | None = None) -> Verdict:
        """Check every record, then the end against ``head.json`` and against an ``anchor`` kept elsewhere."""
        known = self._known_head()
        anchors = [head for head in (known, anchor) if head is not None and head.seq]
        seq, previous = 0, _GENESIS
        for line in self._lines():
            seq += 1
            reason = _fault(line, seq, previous)
            previous = line[-67:-3].decode("ascii", "replace")
            if not reason and any(each.seq == seq and each.hash != previous for each in anchors):
                reason = "the record is not the one that was anchored"
            if reason:
                return Verdict(seq, seq, reason)
        last = max((each.seq for each in anchors), default=0)
        if last > seq:
            return Verdict(seq, seq + 1, f"records {seq + 1} to {last} are missing")
        if seq > 1 and not known.seq:
            return Verdict(seq, seq + 1, "head.json is missing: the end of the log cannot be shown")
        return Verdict(seq)

    def _lines(self) -> Iterator[bytes]:
        if self.path.is_file():
            with self.path.open("rb") as lines:
                yield from lines


def _own(action: str, note: str) -> AuditEntry:
    return AuditEntry(user="upline", role="system", purpose="", action=action, outcome="done", note=note)


def _line(entry: AuditEntry, last: Head) -> tuple[bytes, Head]:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    fields = {name: _writable(value) for name, value in asdict(entry).items()}
    text = orjson.dumps({"seq": last.seq + 1, "time": now, **fields, "prev": last.hash})[:-1]
    digest = hashlib.sha256(text).hexdigest()
    return text + b',"hash":"' + digest.encode() + b'"}\n', Head(last.seq + 1, digest)


def _writable(value: object) -> object:
    """Text as UTF-8 can hold it: a lone surrogate in a query must not keep its record from being written."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return [_writable(each) for each in value] if isinstance(value, (list, tuple)) else value


def _fault(line: bytes, seq: int, previous: str) -> str:
    """Say what is wrong with the line that should be record ``seq`` after ``previous``; else nothing."""
    if not line.endswith(b'"}\n') or len(line) <= _SUFFIX:
        return "the line is not whole"
    if hashlib.sha256(line[: -_SUFFIX - 1]).hexdigest().encode() != line[-67:-3]:
        return "the record was changed"
    try:
        record = orjson.loads(line)
        follows = record["seq"] == seq and record["prev"] == previous
        gap = record["note"] if record["action"] == "audit.gap" else ""
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return "the line is no audit record"
    if not follows:
        return "the record does not follow the one before it"
    return f"records were missing before this one: {gap}" if gap else ""


def _whole_length(descriptor: int) -> tuple[int, bytes]:
    """Length of the whole lines, and what stands after them (a record cut off by a crash, never answered)."""
    size = os.fstat(descriptor).st_size
    tail, start = b"", size
    while start > 0 and b"\n" not in tail:
        step = min(_BLOCK, start)
        start -= step
        tail = _read(descriptor, start, step) + tail
    cut = tail.rfind(b"\n") + 1
    return start + cut, tail[cut:]


def _last(descriptor: int, end: int) -> Head:
    """Number and hash of the record whose line ends at ``end``."""
    if end == 0:
        return Head(0, _GENESIS)
    tail, start = b"", end
    while start > 0 and tail.count(b"\n", 0, -1) == 0:
        step = min(_BLOCK, start)
        start -= step
        tail = _read(descriptor, start, step) + tail
    line = tail[:-1].rpartition(b"\n")[2]
    try:
        record = orjson.loads(line)
        return Head(int(record["seq"]), str(record["hash"]))
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise AuditUnavailable(
            Text(
                "审计日志的末行已损坏，因此不提供数据。运行 upline doctor 查看。",
                "The last line of the audit log is damaged, so no data is given. Run upline doctor.",
            )
        ) from error


def _read(descriptor: int, start: int, length: int) -> bytes:
    os.lseek(descriptor, start, os.SEEK_SET)
    data = b""
    while len(data) < length:
        part = os.read(descriptor, length - len(data))
        if not part:
            break
        data += part
    return data


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
