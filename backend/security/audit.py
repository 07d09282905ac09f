"""The audit log: append-only, hash-chained, one record per read of case data.

One JSON object per line in ``UPLINE_HOME/audit/audit.jsonl``. Each record names the hash of the one before
it (``prev``) and ends with its own: SHA-256 over the bytes of its line up to the field ``hash``. The last
hash also stands, signed, in ``head.json``; a copy of it kept elsewhere (``backend/security/anchors.py``) is what
shows a cut tail, an old copy put back, or a whole log written anew. Crosby & Wallach, USENIX Security 2009.

What changes anything leaves two records: the intent before the deed (outcome ``begun``), and its outcome after it,
which names the intent. An intent without an outcome is a deed that a crash cut short: it may be done or not.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, NotRequired, TypedDict

import orjson

from backend.security.anchors import Anchor, SignedHead, SigningKey
from backend.security.errors import AuditUnavailable
from backend.security.segments import SEGMENT_BYTES, Segments
from graph_schema.language import Text
from graph_schema.store.locks import FileLock

_GENESIS = "0" * 64
_SUFFIX = len(b',"hash":""}') + 64
_BLOCK = 1 << 16
_PATIENCE = 15.0
BEGUN = "begun"
"""The outcome of an intent."""
ANCHOR_RECORDS, ANCHOR_SECONDS = 100, 60.0
"""A head is anchored after so many records, and with the first record after so many seconds."""


@dataclass(frozen=True)
class AuditEntry:
    """What happened, as far as the log is told; the log itself adds number, time and hashes.

    ``objects`` are ids read or asked for; ``query`` and ``result`` are digests of the request and of the answer:
    ``blake3:`` of its JSON text, or without a prefix SHA-256 of a file handed out. ``count`` is the number of
    objects in it; ``outcome`` is "begun" for an intent, "done", or the code of the refusal; ``begun`` is the number of
    the intent this is the outcome of, 0 for a read.
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
    begun: int = 0


class Head(NamedTuple):
    """The end of a log: number and hash of its last record. Keep it elsewhere to anchor the log."""

    seq: int
    hash: str


@dataclass(frozen=True)
class CheckOutcome:
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
    begun: NotRequired[int]  # older records have none
    prev: str
    hash: str


class LogHead(NamedTuple):
    """What ``head.json`` says: the end of the log, and how far it is anchored outside."""

    seq: int = 0
    hash: str = _GENESIS
    place: str = ""  # the anchor's file
    anchored: int = 0  # number of the last record anchored there
    tried: float = 0.0  # when, seconds since 1970
    trouble: str = ""  # why it could not be; the next record tells it
    mac: str = ""
    damaged: str = ""  # why the file itself cannot be relied on; never written

    def signed_text(self) -> str:
        return f"{self.seq} {self.hash} {self.place} {self.anchored}"


class AuditLog:
    """The log of one folder, safe for several threads and processes at once; ``anchor`` takes its heads outside."""

    def __init__(self, folder: Path, anchor: Anchor | None = None) -> None:
        self.folder = folder
        self.path = folder / "audit.jsonl"
        self.anchor = anchor
        self.key = SigningKey(folder / "key")
        self.segments = Segments(folder / "segments", self.key)
        self._head = folder / "head.json"

    def append(self, entry: AuditEntry) -> int:
        """Write one record to disk and return its number; ``AuditUnavailable`` where that cannot be done."""
        try:
            self.folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            with FileLock(self.folder / "lock").acquire(_PATIENCE, "audit log"):
                return self._append(entry)
        except OSError as error:
            raise AuditUnavailable(_unwritten(self.path, error, entry)) from error

    def _append(self, entry: AuditEntry) -> int:
        known = self.known()
        if not self.path.is_file():
            self.segments.finish()
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            end, torn = _whole_length(descriptor)
            last = _last(descriptor, end) if end else self._closed()
            lines, entries = b"", [*self._notices(known, last, torn), entry]
            for each in entries:
                line, last = _line(each, last)
                lines += line
            _put(descriptor, end, lines)
        finally:
            os.close(descriptor)
        if end + len(lines) >= SEGMENT_BYTES:
            with suppress(OSError):  # tried again with the next record
                self.segments.close(self.path, last.seq, last.hash)
        self._remember(self._anchored(known, last))
        return last.seq

    def _closed(self) -> Head:
        """The end of the parts that are closed."""
        parts = self.segments.all()
        return Head(parts[-1].head.seq, parts[-1].head.hash) if parts else Head(0, _GENESIS)

    def _notices(self, known: LogHead, last: Head, torn: bytes) -> Iterator[AuditEntry]:
        """Records the log writes about itself: a line cut off by a crash, an end that is not its own, no anchor."""
        if torn:
            yield _own("audit.repair", f"line cut off: {torn[:500].decode('utf-8', 'backslashreplace')}")
        if known.damaged == "empty":
            yield _own("audit.repair", "head.json could not be read")
        elif known.damaged:
            yield _own("audit.gap", known.damaged)
        if known.seq > last.seq or (known.seq == last.seq and known.hash != last.hash):
            yield _own("audit.gap", f"expected end {known.seq} {known.hash}, found {last.seq} {last.hash}")
        if known.trouble:
            yield _own("audit.anchor", known.trouble, "failed")

    def _anchored(self, known: LogHead, last: Head) -> LogHead:
        """Take the head outside where that is due, and say how that went; it never keeps a record from being written."""
        state = known._replace(seq=last.seq, hash=last.hash, trouble="")
        if self.anchor is None:
            return state
        place, now = str(self.anchor.path), time.time()
        same = known.place == place
        many = last.seq - known.anchored >= ANCHOR_RECORDS and not known.trouble
        if same and not many and 0 <= now - known.tried < ANCHOR_SECONDS:
            return state
        try:
            if same and known.anchored and not self.anchor.path.is_file():
                raise FileNotFoundError(2, "the file of heads is gone")
            self.anchor.add(self.key.head(last.seq, last.hash))
        except OSError as error:
            return state._replace(place=place, tried=now, trouble=f"{place}: {error.strerror}")
        return state._replace(place=place, tried=now, anchored=last.seq)

    def _remember(self, state: LogHead) -> None:
        mac = self.key.mac(state.signed_text())
        kept = state._replace(mac=mac)._asdict()
        del kept["damaged"]
        part = self._head.with_suffix(".part")
        part.write_bytes(orjson.dumps(kept))
        part.replace(self._head)

    def known(self) -> LogHead:
        """What ``head.json`` says; nothing where there is none."""
        if not self._head.is_file():
            return LogHead()
        try:
            known = LogHead(**orjson.loads(self._head.read_bytes()))
        except (orjson.JSONDecodeError, TypeError):  # cut off with the power
            return LogHead(damaged="empty")
        if not known.mac and not self.key.made:  # of a log older than signed heads
            return known
        fits = self.key.fits(known.signed_text(), known.mac)
        return known if fits else known._replace(damaged="head.json is not signed with the key of this log")

    def head(self) -> Head:
        """Number and hash of the last record (0 and zeros for an empty log)."""
        if not self.path.is_file():
            return self._closed()
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            end = _whole_length(descriptor)[0]
            return _last(descriptor, end) if end else self._closed()
        finally:
            os.close(descriptor)

    def records(self) -> Iterator[Record]:
        """All records, oldest first, unchecked."""
        for line in self._lines():
            yield orjson.loads(line)

    def signed_head(self) -> SignedHead:
        """The end of the log, signed, to be kept elsewhere. Raises ``OSError`` where there is no key."""
        return self.key.head(*self.head())

    def verify(self, *anchors: Head | SignedHead) -> CheckOutcome:
        """Check every record, then the end against ``head.json`` and against ``anchors`` kept elsewhere."""
        known = self.known()
        begun = self.segments.begun_after() or Head(0, _GENESIS)
        seq, previous = begun.seq, begun.hash
        wanted: dict[int, set[str]] = {}
        for each in (known, *(part.head for part in self.segments.all()), *anchors):
            if each.seq >= max(1, seq):
                wanted.setdefault(each.seq, set()).add(each.hash)
        if wanted.get(seq, {previous}) != {previous}:
            return CheckOutcome(0, seq, _NOT_ANCHORED)
        for line in self._lines():
            seq += 1
            reason = _fault(line, seq, previous)
            previous = line[-67:-3].decode("ascii", "replace")
            if not reason and wanted.get(seq, {previous}) != {previous}:
                reason = _NOT_ANCHORED
            if reason:
                return CheckOutcome(seq - begun.seq, seq, reason)
        last = max(wanted, default=0)
        if last > seq:
            return CheckOutcome(seq - begun.seq, seq + 1, _missing(seq + 1, last))
        if seq > 1 and not known.seq:
            return CheckOutcome(seq - begun.seq, seq + 1, _NO_HEAD)
        if known.damaged:
            return CheckOutcome(seq - begun.seq, max(1, seq), _HEAD_CHANGED)
        return CheckOutcome(seq - begun.seq)

    def _lines(self) -> Iterator[bytes]:
        with ExitStack() as stack:
            # Opened first: a part that is closed meanwhile is then read once, and not missed.
            current = stack.enter_context(self.path.open("rb")) if self.path.is_file() else None
            for part in self.segments.all():
                if part.retired or (
                    current and os.path.samestat(part.file.stat(), os.fstat(current.fileno()))
                ):
                    continue
                with part.file.open("rb") as lines:
                    yield from lines
            if current:
                yield from current


_NOT_ANCHORED = Text("该记录与留存的链头不符", "the record is not the one that was anchored")
_NO_HEAD = Text(
    "缺少 head.json，无法证明日志末尾完整", "head.json is missing: the end of the log cannot be shown"
)
_HEAD_CHANGED = Text("head.json 被改动", "head.json was changed")


def _missing(first: int, last: int) -> Text:
    return Text(f"缺少第 {first} 至 {last} 条记录", f"records {first} to {last} are missing")


def _unwritten(path: Path, error: OSError, entry: AuditEntry) -> Text:
    """What the caller is told: before a deed that nothing was done, after it that it may stand."""
    zh, en = "因此不提供数据。", "so no data is given."
    if entry.outcome == BEGUN:
        zh, en = "因此未作任何改动。", "so nothing was changed."
    elif entry.begun:
        zh, en = "改动可能已经生效，重做之前先核对。", "and the change may stand: look before you repeat it."
    return Text(
        f"审计记录无法写入 {path}（{error.strerror}），{zh}检查磁盘空间与权限。",
        f"The audit record could not be written to {path} ({error.strerror}), {en} Check disk and rights.",
    )


def _own(action: str, note: str, outcome: str = "done") -> AuditEntry:
    return AuditEntry(user="upline", role="system", purpose="", action=action, outcome=outcome, note=note)


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
        return Text("该行不完整", "the line is not whole")
    if hashlib.sha256(line[: -_SUFFIX - 1]).hexdigest().encode() != line[-67:-3]:
        return Text("该记录被改动", "the record was changed")
    try:
        record = orjson.loads(line)
        follows = record["seq"] == seq and record["prev"] == previous
        gap = record["note"] if record["action"] == "audit.gap" else ""
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return Text("该行不是审计记录", "the line is no audit record")
    if not follows:
        return Text("该记录与前一条不衔接", "the record does not follow the one before it")
    if not gap:
        return ""
    return Text(f"此前的记录曾缺失：{gap}", f"records were missing before this one: {gap}")


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


def _put(descriptor: int, end: int, data: bytes) -> None:
    """Write whole lines after ``end`` and to disk, or leave the log as it was."""
    os.ftruncate(descriptor, end)
    os.lseek(descriptor, end, os.SEEK_SET)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    except OSError:
        with suppress(OSError):
            os.ftruncate(descriptor, end)
        raise
