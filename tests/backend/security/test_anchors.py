"""A log rewritten, cut, put back from an old copy or removed does not fit the heads that were kept outside."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from backend.api.server import _check_audit
from backend.cli import app
from backend.security import audit
from backend.security.anchors import Anchor, SignedHead, SigningKey, head_of
from backend.security.audit import AuditEntry, AuditLog
from backend.security.audited import audit_log, entry_of
from backend.security.checking import checked
from backend.security.errors import AuditUnavailable
from backend.security.reading import RecordFilter, found_records
from graph_schema.language import Text
from graph_schema.store import Viewer

WANG = Viewer("wang", "analyst", purpose="0417案侦查")


def entry(n: int, user: str = "测试员") -> AuditEntry:
    return AuditEntry(user, "analyst", "", "person", "done", [f"P{n}"])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose log is anchored in a folder beside it, at every record."""
    home, outside = tmp_path / "home", tmp_path / "outside"
    home.mkdir()
    outside.mkdir()
    monkeypatch.setenv("UPLINE_HOME", str(home))
    monkeypatch.setenv("UPLINE_AUDIT_ANCHOR", str(outside))
    monkeypatch.setattr(audit, "ANCHOR_SECONDS", 0.0)
    for n in range(1, 11):
        audit_log().append(entry(n))
    return home


def _rewritten(home: Path) -> None:
    """A whole log written anew with the key at hand, right in itself."""
    key = (home / "audit/key").read_bytes()
    shutil.rmtree(home / "audit")
    (home / "audit").mkdir()
    (home / "audit/key").write_bytes(key)
    for n in range(1, 13):
        AuditLog(home / "audit").append(entry(n, "另一人"))


def _cut(home: Path) -> None:
    """The tail cut, and ``head.json`` made to fit with the key at hand."""
    log = AuditLog(home / "audit")
    log.path.write_bytes(b"".join(log.path.read_bytes().splitlines(keepends=True)[:7]))
    (home / "audit/head.json").unlink()
    state = log.known()._replace(seq=log.head().seq, hash=log.head().hash)
    kept = state._replace(mac=log.key.mac(state.signed_text()))._asdict()
    (home / "audit/head.json").write_bytes(orjson.dumps(kept))


def _old_copy(home: Path) -> None:
    """The folder as it was three records ago, everything in it in order."""
    copy = home.parent / "copy"
    shutil.copytree(home / "audit", copy)
    for n in range(11, 14):
        audit_log().append(entry(n))
    shutil.rmtree(home / "audit")
    copy.rename(home / "audit")


def _removed(home: Path) -> None:
    shutil.rmtree(home / "audit")


DEEDS: dict[Callable[[Path], None], int] = {_rewritten: 1, _cut: 8, _old_copy: 11, _removed: 1}


@pytest.mark.parametrize("deed", DEEDS)
def test_what_was_done_to_the_log_is_told(
    home: Path, deed: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """Trap: whoever holds the home makes everything in it fit; verify, doctor and start say good."""
    assert checked(audit_log()).good
    deed(home)
    plain = AuditLog(home / "audit").verify()
    assert plain.good, "without what is kept outside nothing is to be seen"
    assert checked(audit_log()).first_bad == DEEDS[deed]
    _check_audit()
    assert "!!!" in capsys.readouterr().err
    said = [each for each in audit_log().records() if each["action"] == "audit.verify"]
    assert [each["outcome"] for each in said] == ["bad"], "the start is on record"
    result = CliRunner().invoke(app, ["audit", "verify", "--json"])
    assert result.exit_code == 1 and not json.loads(result.stdout)["good"]
    doctor = json.loads(CliRunner().invoke(app, ["doctor", "--json"]).stdout)["checks"]
    assert next(each for each in doctor if each["name"] == "audit")["ok"] is False


def test_a_printed_head_is_an_anchor(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: no second volume, and the line on paper can be compared by eye only."""
    monkeypatch.delenv("UPLINE_AUDIT_ANCHOR")
    line = CliRunner().invoke(app, ["audit", "head"]).stdout.strip()
    printed = head_of(f"值班日志 2026-04-17  {line}")
    assert printed and printed.line() == line and printed.seq == 11
    assert CliRunner().invoke(app, ["audit", "verify", "--against", line]).exit_code == 0
    _cut(home)
    assert CliRunner().invoke(app, ["audit", "verify"]).exit_code == 0
    assert CliRunner().invoke(app, ["audit", "verify", "--against", line]).exit_code == 1
    kept = home / "heads.txt"
    kept.write_text(line + "\n", encoding="utf-8")
    assert checked(audit_log(), printed).first_bad is not None
    assert CliRunner().invoke(app, ["audit", "verify", "--against", str(kept)]).exit_code == 1
    assert CliRunner().invoke(app, ["audit", "verify", "--against", "nothing"]).exit_code == 2


def test_the_heads_outside_are_watched_as_well(home: Path) -> None:
    """Trap: the anchor emptied, removed or written by somebody else, and the log takes that for a first start."""
    path = Anchor(home.parent / "outside").path
    kept = path.read_text()
    path.write_text("\n".join(kept.splitlines()[:4]) + "\n")
    assert checked(audit_log()).first_bad == 5
    path.unlink()
    assert checked(audit_log()).first_bad == 1
    audit_log().append(entry(11))
    assert not path.exists(), "a file that is gone is not begun anew as if it were the first"
    audit_log().append(entry(12))
    trouble = [each for each in audit_log().records() if each["action"] == "audit.anchor"]
    assert len(trouble) == 1 and trouble[0]["outcome"] == "failed"
    path.write_text(kept)
    assert checked(audit_log()).good
    foreign = SigningKey(home.parent / "key").head(3, [*audit_log().records()][2]["hash"])
    path.write_text(kept + foreign.line() + "\n")
    assert checked(audit_log()).first_bad == 3


def test_a_head_is_not_anchored_at_every_record(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a write to another machine in every request; or, idle for a night, no head since yesterday."""
    path = Anchor(home.parent / "outside").path
    monkeypatch.setattr(audit, "ANCHOR_SECONDS", 60.0)
    before = len(path.read_text().splitlines())
    for n in range(99):
        audit_log().append(entry(n))
    assert len(path.read_text().splitlines()) == before
    audit_log().append(entry(0))
    assert len(path.read_text().splitlines()) == before + 1
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    audit_log().append(entry(1))
    assert len(path.read_text().splitlines()) == before + 2


def test_a_volume_that_is_not_there_stops_nobody(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: the other machine is down and all work stops; or its heads go to the empty mount point, unnoticed."""
    monkeypatch.setenv("UPLINE_AUDIT_ANCHOR", str(home.parent / "unmounted"))
    audit_log().append(entry(11))
    assert audit_log().known().trouble and not (home.parent / "unmounted").exists()


def test_an_emptied_head_file_does_not_end_all_reads(home: Path) -> None:
    """Trap: ``head.json`` cut off with the power, and every request fails from then on."""
    (home / "audit/head.json").write_bytes(b"")
    audit_log().append(entry(11))
    assert [each["action"] for each in audit_log().records()][-2:] == ["audit.repair", "person"]
    assert checked(audit_log()).good


def test_a_changed_head_file_is_told(home: Path) -> None:
    """Trap: who cuts the tail writes the new end into ``head.json``, for which no key was needed."""
    kept = orjson.loads((home / "audit/head.json").read_bytes())
    (home / "audit/head.json").write_bytes(orjson.dumps(kept | {"anchored": 0}))
    assert not checked(audit_log()).good
    audit_log().append(entry(11))
    assert not checked(audit_log()).good, "and it stays on record"


def test_a_log_older_than_signed_heads_is_taken_on(tmp_path: Path) -> None:
    """Trap: every installation that is updated is told that its log was changed."""
    log = AuditLog(tmp_path / "audit")
    for n in range(3):
        log.append(entry(n))
    known = log.known()
    (tmp_path / "audit/key").unlink()
    (tmp_path / "audit/head.json").write_bytes(orjson.dumps({"seq": known.seq, "hash": known.hash}))
    assert checked(log).good
    log.append(entry(4))
    assert checked(log).good and log.known().mac


def test_a_head_is_one_line_and_survives_it() -> None:
    """Trap: a head that cannot be read back, or a line that only looks like one."""
    head = SignedHead(7, "a" * 64, "2026-04-17T08:00:00+00:00", "b" * 64)
    assert head_of(head.line()) == head and "\n" not in head.line()
    assert head_of("upline-audit 7 abc") is None


def test_a_full_volume_is_no_torn_log(tmp_path: Path) -> None:
    """Trap: half a record on a full volume, a deed done all the same, and a log that needs repair."""
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from backend.security.audit import AuditEntry, AuditLog; from backend.security.errors import AuditUnavailable\n"
        "log = AuditLog(Path(sys.argv[1])); e = AuditEntry('u', 'analyst', '', 'x', 'begun', ['P' * 200])\n"
        "log.append(e); size = log.path.stat().st_size\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, size + 100))\n"
        "try: log.append(e)\n"
        "except AuditUnavailable as error: print('nothing was changed' in str(error), log.path.stat().st_size == size)\n"
    )
    if sys.platform == "win32":
        pytest.skip("no limit on the size of files")
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split() == ["True", "True"], done.stderr
    assert AuditLog(tmp_path).verify().records == 1


def test_a_kill_between_intent_and_outcome_is_seen(home: Path) -> None:
    """Trap: killed in the middle, a deed that may be done leaves no trace, or one that reads as done."""
    code = (
        "import time; from backend.security.audited import recorded; from graph_schema.store import Viewer\n"
        "with recorded(Viewer('wang', 'analyst'), 'lead.add', {}, ('P-1',), changes=True):\n"
        "    print('in it', flush=True); time.sleep(60)\n"
    )
    running = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert running.stdout and running.stdout.readline().strip() == "in it"
    running.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    running.wait(10)
    (found,) = found_records(RecordFilter(action="lead.add"))["records"]
    assert found["outcome"] == "unknown" and found["begun"] is None
    assert found_records(RecordFilter(refused=True))["total"] == 1
    result = CliRunner().invoke(app, ["audit", "list", "--kind", "lead"], env={"UPLINE_LANG": "en"})
    assert "begun," in result.stdout and "unknown" in result.stdout


def test_the_texts_say_whether_it_was_done(tmp_path: Path) -> None:
    """Trap: "nothing was done" after the deed, or "try again" where that does it twice."""
    (tmp_path / "audit").write_text("")
    log = AuditLog(tmp_path / "audit")
    said = {"begun": "nothing was changed", "done": "no data is given"}
    for outcome, text in said.items():
        with pytest.raises(AuditUnavailable) as raised:
            log.append(replace(entry(1), outcome=outcome))
        assert isinstance(raised.value.text, Text) and text in raised.value.text.en
    with pytest.raises(AuditUnavailable, match="may stand"):
        log.append(replace(entry(1), begun=4))


def test_records_for_an_inspection(home: Path, tmp_path: Path) -> None:
    """Trap: an export that leaves lines out or changes them, or that nobody can match to its own record."""
    audit_log().append(entry_of(WANG, "gang", ("G-1",)))
    target = tmp_path / "wang.jsonl"
    result = CliRunner().invoke(app, ["audit", "export", "-o", str(target), "--user", "wang", "--json"])
    assert json.loads(result.stdout)["records"] == 1
    (line,) = target.read_bytes().splitlines(keepends=True)
    assert line in audit_log().path.read_bytes()
    record = [*audit_log().records()][-1]
    assert record["action"] == "audit.export" and record["result"] == hashlib.sha256(line).hexdigest()
    again = CliRunner().invoke(app, ["audit", "export", "-o", str(target)])
    assert again.exit_code == 2 and target.read_bytes() == line


def test_a_search_sees_only_what_is_shown(home: Path) -> None:
    """Trap: one letter after the other, a search of the log tells a resident id that the page hides."""
    audit_log().append(entry_of(WANG, "person", ("990101199001010019",)))
    assert found_records(RecordFilter(text="1990010"))["total"] == 0
    assert found_records(RecordFilter(text="990101199001010019"))["total"] == 0
    assert (
        found_records(RecordFilter(text="990…19"))["total"]
        == found_records(RecordFilter(text="0417"))["total"]
        == 1
    )
    assert found_records(RecordFilter(about="990101199001010019"))["total"] == 1


def test_a_repaired_line_gives_no_ids_out(home: Path) -> None:
    """Trap: the note on a line cut off by a crash holds the ids the page hides everywhere else."""
    with audit_log().path.open("ab") as file:
        file.write(b'{"seq":11,"objects":["990101199001010019"')
    audit_log().append(entry(11))
    shown = found_records(RecordFilter(action="audit.repair"))["records"]
    assert shown and "9901" not in json.dumps(shown)
