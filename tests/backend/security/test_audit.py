"""The audit log shows every change, survives a crash and keeps its order between processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from backend.security.audit import AuditEntry, AuditLog, Head
from backend.security.errors import AuditUnavailable


def entry(n: int, **more: object) -> AuditEntry:
    fields = {
        "user": "测试员",
        "role": "analyst",
        "purpose": "案件A990000002026040017侦查",
        "action": "person",
        "outcome": "done",
        "objects": [f"P{n}"],
    }
    return AuditEntry(**{**fields, **more})  # type: ignore[arg-type]


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    log = AuditLog(tmp_path / "audit")
    for n in range(1, 11):
        log.append(entry(n))
    return log


def lines(log: AuditLog) -> list[bytes]:
    return log.path.read_bytes().splitlines(keepends=True)


def test_numbers_records_and_verifies(log: AuditLog) -> None:
    """Trap: a verifier that never finds anything proves nothing; first, the good log must pass."""
    assert [record["seq"] for record in log.records()] == list(range(1, 11))
    assert log.verify() == log.verify(log.head())
    assert log.verify().good and log.verify().records == 10
    assert next(log.records())["purpose"] == "案件A990000002026040017侦查"


def test_empty_log_is_good(tmp_path: Path) -> None:
    """Trap: a first start without a log must not read as tampering."""
    log = AuditLog(tmp_path)
    assert log.verify().good and log.head() == Head(0, "0" * 64)


@pytest.mark.parametrize("index", [1, 5, 10])
def test_changed_record_is_named(log: AuditLog, index: int) -> None:
    """Trap: one byte of one record changed, the last one included (no later record points to it)."""
    parts = lines(log)
    parts[index - 1] = parts[index - 1].replace(f'"P{index}"'.encode(), b'"PX"')
    log.path.write_bytes(b"".join(parts))
    assert log.verify().first_bad == index


def test_rehashed_record_is_named(log: AuditLog) -> None:
    """Trap: who changes a record can also compute its new hash; then the next record no longer follows."""
    import hashlib

    parts = lines(log)
    body = parts[3].replace(b'"P4"', b'"PX"')
    text = body[: body.index(b',"hash"')]
    parts[3] = text + b',"hash":"' + hashlib.sha256(text).hexdigest().encode() + b'"}\n'
    log.path.write_bytes(b"".join(parts))
    assert log.verify().first_bad == 5


def test_deleted_inserted_and_reordered_records_are_named(log: AuditLog) -> None:
    """Trap: whole lines taken out, doubled or exchanged, each line in itself unharmed."""
    parts = lines(log)
    for broken, bad in (
        (parts[:4] + parts[5:], 5),
        ([*parts[:4], parts[3], *parts[4:]], 5),
        ([*parts[:4], parts[5], parts[4], *parts[6:]], 5),
        (parts[1:], 1),
    ):
        log.path.write_bytes(b"".join(broken))
        assert log.verify().first_bad == bad


def test_truncated_tail_is_named(log: AuditLog) -> None:
    """Trap: a cut tail leaves a chain that is whole; only the kept head shows what is missing."""
    anchor = log.head()
    log.path.write_bytes(b"".join(lines(log)[:7]))
    assert log.verify().first_bad == 8
    (log.folder / "head.json").unlink()
    assert log.verify().first_bad == 8
    assert log.verify(anchor).first_bad == 8
    log.path.unlink()
    assert log.verify(anchor).first_bad == 1


def test_log_goes_on_after_truncation_but_keeps_the_gap(log: AuditLog) -> None:
    """Trap: writing on after a cut would renew the head and wipe out the only trace of the cut."""
    log.path.write_bytes(b"".join(lines(log)[:7]))
    log.append(entry(99))
    assert [record["action"] for record in log.records()][7:] == ["audit.gap", "person"]
    assert log.verify().first_bad == 8


def test_log_written_anew_is_named(log: AuditLog, tmp_path: Path) -> None:
    """Trap: an administrator can write a whole new log that is right in itself; the outside anchor tells."""
    anchor = log.head()
    other = AuditLog(tmp_path / "other")
    for n in range(1, 13):
        other.append(entry(n, user="另一人"))
    assert other.verify().good
    assert other.verify(anchor).first_bad == 10


def test_line_cut_off_by_a_crash_is_repaired_and_told(log: AuditLog) -> None:
    """Trap: half a line after a power cut must neither stop all work nor pass for tampering."""
    with log.path.open("ab") as file:
        file.write(b'{"seq":11,"time":"2026-04-17T0')
    log.append(entry(12))
    assert log.verify().good
    repair = list(log.records())[10]
    assert repair["action"] == "audit.repair" and '"seq":11' in repair["note"]


def test_long_records_are_found_again(tmp_path: Path) -> None:
    """Trap: the last line is read backwards in blocks; one longer than a block must not be cut."""
    log = AuditLog(tmp_path)
    for n in range(3):
        log.append(entry(n, objects=[f"P{i:06d}" for i in range(20_000)]))
    assert log.verify().good and log.head().seq == 3


def test_any_text_can_be_recorded(tmp_path: Path) -> None:
    """Trap: NUL, a line break or a lone surrogate in a purpose must not break a line or avoid the record."""
    log = AuditLog(tmp_path)
    for purpose in ("a\nb\x00c", "\ud800", '","hash":"', "𠮷\u202e"):
        log.append(entry(1, purpose=purpose))
    assert log.verify().good
    assert [record["purpose"] for record in log.records()][1] == "\\ud800"


def test_unwritable_log_raises(tmp_path: Path) -> None:
    """Trap: a log that cannot be written must be an error, never a silent success."""
    (tmp_path / "audit").write_text("a file stands where the folder should be")
    with pytest.raises(AuditUnavailable, match="no data is given"):
        AuditLog(tmp_path / "audit").append(entry(1))


def test_log_is_readable_by_its_owner_only(log: AuditLog) -> None:
    """Trap: purposes and ids in a file everybody on the machine can read."""
    if os.name == "nt":
        pytest.skip("POSIX permissions")
    assert log.path.stat().st_mode & 0o077 == 0


def test_processes_share_one_chain(tmp_path: Path) -> None:
    """Trap: two processes that both read the same end would write two records with one number."""
    code = (
        "import sys; from pathlib import Path; from backend.security.audit import AuditLog, AuditEntry\n"
        "log = AuditLog(Path(sys.argv[1]))\n"
        "for n in range(40): log.append(AuditEntry(sys.argv[2], 'analyst', '', 'person', 'done', [str(n)]))\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "audit"), name])
        for name in ("a", "b", "c")
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    verdict = AuditLog(tmp_path / "audit").verify()
    assert verdict.good and verdict.records == 120
