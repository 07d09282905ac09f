"""Closed parts of the log: one chain over all of them, kept for their period, retired by rule only."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.cli import app
from backend.security import audit, segments
from backend.security.anchors import Anchor, SignedHead
from backend.security.audit import AuditEntry, AuditLog
from backend.security.audited import audit_log
from backend.security.checking import checked
from backend.security.segments import KEPT_DAYS, kept_days


def entry(n: int) -> AuditEntry:
    return AuditEntry("u", "analyst", "", "person", "done", [f"P{n}"])


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AuditLog:
    """30 records in several parts, anchored outside."""
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("UPLINE_AUDIT_ANCHOR", str(tmp_path / "kept.heads"))
    monkeypatch.setattr(audit, "SEGMENT_BYTES", 2_000)
    monkeypatch.setattr(audit, "ANCHOR_SECONDS", 0.0)
    for n in range(30):
        audit_log().append(entry(n))
    return audit_log()


def _aged(log: AuditLog, days: int, parts: int) -> list[SignedHead]:
    """The first parts, and the heads outside, as if they were closed so many days ago; signed with the key at hand."""
    then = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")

    def old(head: SignedHead) -> SignedHead:
        return head._replace(time=then, mac=log.key.mac(f"{head.seq} {head.hash} {then}"))

    changed = [old(part.head) for part in log.segments.all()[:parts]]
    for head in changed:
        (log.segments.folder / f"{head.seq:012d}.head").write_text(head.line() + "\n")
    assert log.anchor
    heads = [old(head) if head.seq <= changed[-1].seq else head for head in log.anchor.heads()]
    log.anchor.path.write_text("".join(f"{head.line()}\n" for head in heads))
    return changed


def test_one_chain_over_all_parts(log: AuditLog) -> None:
    """Trap: a part begins a chain of its own, so that whole parts can be exchanged or left out."""
    parts = log.segments.all()
    assert len(parts) > 3 and [record["seq"] for record in log.records()] == list(range(1, 31))
    assert checked(log).good and checked(log).records == 30 and log.head().seq == 30
    kept = parts[1].file.read_bytes()
    parts[1].file.write_bytes(parts[2].file.read_bytes())
    assert checked(log).first_bad == parts[0].head.seq + 1
    parts[1].file.write_bytes(kept)
    assert checked(log).good


def test_a_part_that_is_just_full_is_not_read_as_an_empty_log(log: AuditLog) -> None:
    """Trap: at the moment a part is closed nothing is being written, and numbers begin again at 1."""
    while log.path.is_file():
        log.append(entry(0))
    last = log.segments.all()[-1].head.seq
    assert log.head().seq == last and log.append(entry(1)) == last + 1 and checked(log).good


def test_a_closing_cut_short_is_finished(log: AuditLog) -> None:
    """Trap: a crash between the two names of a part leaves records that belong to no part."""
    last = log.segments.all()[-1]
    if log.path.is_file():
        log.path.unlink()
    shutil.move(last.file.with_suffix(".head"), last.file.with_suffix(".part"))
    log.segments.finish()
    assert log.segments.all()[-1] == last


def test_parts_are_retired_by_rule_only(log: AuditLog) -> None:
    """Trap: records that vanish before their period, or for which afterwards nobody can say that they were whole."""
    result = CliRunner().invoke(app, ["audit", "retire", "--json"])
    assert json.loads(result.stdout) == {"days": KEPT_DAYS, "parts": 0, "until": None}
    old = _aged(log, KEPT_DAYS + 1, 2)
    assert checked(log).good
    result = CliRunner().invoke(app, ["audit", "retire", "--json"])
    assert json.loads(result.stdout) == {"days": KEPT_DAYS, "parts": 2, "until": old[-1].seq}
    found = checked(log)
    assert found.good and found.records == log.head().seq - old[-1].seq
    assert [each["action"] for each in log.records()][-2:] == ["audit.retire"] * 2
    log.segments.all()[2].file.unlink()
    assert not checked(log).good, "the next part was not due"


def test_a_part_made_older_than_it_was_is_told(log: AuditLog) -> None:
    """Trap: who holds the key dates a part back and retires it; the heads outside know when it was."""
    assert log.anchor
    kept = log.anchor.path.read_text()
    old = _aged(log, KEPT_DAYS + 1, 1)
    log.anchor.path.write_text(kept)
    log.segments.all()[0].file.unlink()
    assert checked(log).first_bad == old[0].seq


def test_nothing_after_a_retired_part_can_be_changed(log: AuditLog) -> None:
    """Trap: with the beginning gone the chain hangs on nothing."""
    _aged(log, KEPT_DAYS + 1, 1)
    CliRunner().invoke(app, ["audit", "retire"])
    first = log.segments.all()[1].file
    first.write_bytes(b"".join(first.read_bytes().splitlines(keepends=True)[1:]))
    assert checked(log).first_bad == log.segments.all()[0].head.seq + 1


@pytest.mark.parametrize(
    ("said", "days"), [("", KEPT_DAYS), ("365", 365), ("7", KEPT_DAYS), ("x", KEPT_DAYS)]
)
def test_the_period_is_never_shorter_than_the_law(
    monkeypatch: pytest.MonkeyPatch, said: str, days: int
) -> None:
    """Trap: a setting, or a slip in it, by which records go after a week."""
    monkeypatch.setenv("UPLINE_AUDIT_DAYS", said)
    assert kept_days() == days


def test_a_name_without_suffix_is_a_folder(tmp_path: Path) -> None:
    """Trap: an anchor of that name on the wrong disk where the volume is not mounted."""
    assert Anchor(tmp_path / "x").path == tmp_path / "x" / "upline-audit.heads"
    assert Anchor(tmp_path / "x.heads").path == tmp_path / "x.heads"
    assert segments.SEGMENT_BYTES == 64 << 20
