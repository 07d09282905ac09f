"""Every read leaves exactly one record, also a refused one; without a record there is no answer."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from backend import answers
from backend.security.audited import audit_log
from backend.security.errors import AuditUnavailable
from graph_schema.errors import NotFound
from graph_schema.store import Store, Viewer

CHIEF = Viewer(user="测试民警", role="chief", purpose="0417案侦查")


@pytest.fixture
def audit(store: Store) -> Path:
    """The folder of the log, empty."""
    import shutil

    folder = Path(store.home) / "audit"
    if folder.is_dir():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)
    return folder


def test_every_answer_is_audited() -> None:
    """Trap: a new answer without a record, which nobody notices."""
    for name in answers.__all__:
        function = getattr(answers, name)
        assert function.__dict__.get("audited"), name
        assert list(inspect.signature(function).parameters)[:2] == ["store", "viewer"], name


def test_one_record_per_answer(audit: Path, district: Store) -> None:
    """Trap: none, two for one answer, or one that does not say who, why and what."""
    answers.person_page(district, CHIEF, "P-boss")
    answers.chains(district, CHIEF, limit=1)
    with pytest.raises(NotFound):
        answers.gang_page(district, CHIEF, "G-404")
    records = list(audit_log().records())
    assert [(r["action"], r["outcome"], r["objects"]) for r in records] == [
        ("person", "done", ["P-boss"]),
        ("chains", "done", []),
        ("gang", "E-NOT-FOUND", ["G-404"]),
    ]
    assert {(r["user"], r["role"], r["purpose"]) for r in records} == {("测试民警", "chief", "0417案侦查")}
    assert records[0]["result"] and records[1]["count"] == 1 and records[2]["result"] == ""
    assert audit_log().verify().good


def test_same_question_same_hash(audit: Path, district: Store) -> None:
    """Trap: hashes that cannot be compared, so that nobody can show what an answer was."""
    answers.search(district, CHIEF, "甲一")
    answers.search(district, CHIEF, query="甲一", limit=20)
    answers.search(district, CHIEF, "乙二")
    first, second, third = audit_log().records()
    assert (first["query"], first["result"]) == (second["query"], second["result"])
    assert first["query"] != third["query"] and first["result"] != third["result"]
    assert "甲一" not in str(first)


def test_no_record_no_data(audit: Path, district: Store) -> None:
    """Trap: the answer given although its record could not be written (a full disk, wrong rights)."""
    audit.write_text("a file stands where the folder should be")
    for name, arguments in (
        ("persons", ()),
        ("person_page", ("P-boss",)),
        ("search", ("甲一",)),
        ("runs", ()),
    ):
        with pytest.raises(AuditUnavailable):
            getattr(answers, name)(district, CHIEF, *arguments)
    with pytest.raises(AuditUnavailable):
        answers.gang_page(district, CHIEF, "G-404")
    audit.unlink()


def test_a_failed_read_is_recorded_too(audit: Path, district: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: an unexpected error leaves no trace of what was asked."""
    monkeypatch.setattr(Store, "read", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        answers.persons(district, CHIEF)
    assert next(audit_log().records())["outcome"] == "failed"
