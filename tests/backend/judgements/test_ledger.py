"""The ledger of judgements on the real store: nothing is changed, what stands follows from the entries."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.judgements import ledger
from backend.judgements.ledger import Judgement
from backend.judgements.words import COMMENT, TAKEN_BACK
from backend.reviews import answers
from graph_schema.errors import Conflict, InputError, NotFound
from graph_schema.store import LOCAL, Store, Viewer

A, B = "Phone:+8613900000001", "Phone:+8613900000002"


def test_what_stands_after_taking_back_and_back_again(store: Store) -> None:
    """Trap: an undo that deletes, so that nobody sees any more who had judged what."""
    first = ledger.append(store, LOCAL, "identity", "same", [B, A], "同一快递地址")
    assert first.subjects == (A, B)
    undone = ledger.take_back(store, LOCAL, first.review_id, "看错了")
    assert ledger.current(store, LOCAL, "identity") == {}
    ledger.take_back(store, Viewer(user="chief"), undone.review_id, "确系同一人")
    assert ledger.current(store, LOCAL, "identity") == {(A, B): first}
    told = ledger.history(store, LOCAL, A)
    assert [entry.verdict for entry in told] == ["same", TAKEN_BACK, TAKEN_BACK]
    assert [entry.author for entry in told] == ["local", "local", "chief"]


def test_taking_back_twice_is_refused(store: Store) -> None:
    """Trap: two people press undo, and the second one undoes nothing or something else."""
    entry = ledger.append(store, LOCAL, "identity", "same", [A, B], "同机")
    ledger.take_back(store, LOCAL, entry.review_id, "误判")
    with pytest.raises(Conflict):
        ledger.take_back(store, LOCAL, entry.review_id, "误判")
    with pytest.raises(NotFound):
        ledger.take_back(store, LOCAL, "V-999999", "误判")
    assert len(ledger.entries(store, LOCAL)) == 2


def test_a_judgement_after_somebody_elses_is_refused(store: Store) -> None:
    """Trap: two people at one item, and the later click silently overrules the earlier one."""
    ledger.append(store, LOCAL, "identity", "same", [A, B], "同机", after="")
    with pytest.raises(Conflict):
        ledger.append(store, LOCAL, "identity", "different", [B, A], "身份证不同", after="")
    ledger.append(store, LOCAL, "identity", "different", [B, A], "身份证不同", after="V-000001")
    assert ledger.current(store, LOCAL, "identity")[(A, B)].verdict == "different"


def test_comment_decides_nothing(store: Store) -> None:
    """Trap: a comment that replaces the verdict it was made on."""
    ledger.append(store, LOCAL, "gang", "confirmed", ["Gang:G-01"], "串案")
    ledger.append(store, LOCAL, "gang", COMMENT, ["Gang:G-01"], "还缺流水", seen={"score": 0.7})
    assert ledger.current(store, LOCAL, "gang")[("Gang:G-01",)].verdict == "confirmed"
    assert ledger.history(store, LOCAL, "Gang:G-01")[-1].seen == {"score": 0.7}


@pytest.mark.parametrize(
    ("kind", "verdict", "reason"),
    [
        ("identity", "confirmed", "同机"),
        ("chain", "same", "同机"),
        ("identity", "same", "  "),
        ("x", "same", "y"),
    ],
)
def test_what_is_no_judgement(store: Store, kind: str, verdict: str, reason: str) -> None:
    """Trap: a verdict nobody understands, or one without a reason, in a ledger that cannot be corrected."""
    with pytest.raises(InputError):
        ledger.append(store, LOCAL, kind, verdict, [A, B], reason)
    assert ledger.entries(store, LOCAL) == []


def test_entries_of_many_writers_are_numbered_without_gap(store: Store) -> None:
    """Trap: two writers that take the same number, and one judgement is lost."""

    def write(n: int) -> Judgement:
        return ledger.append(store, LOCAL, "identity", "same", [A, B], f"理由{n}")

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(write, range(12)))
    found = ledger.entries(store, LOCAL)
    assert [entry.seq for entry in found] == list(range(1, 13))
    assert {entry.reason for entry in found} == {entry.reason for entry in made}


def test_identity_keeps_what_outlasts_a_run(district: Store) -> None:
    """Trap: a judgement about person ids, which the next run computes anew."""
    found = answers.judge(district, LOCAL, "identity", "same", ["P-seller", "P-user"], "同机")["review"]
    assert found["subjects"] == ["Account:wechat:wxid_tst_q7", "ResidentId:990101199003070018"]
    with pytest.raises(NotFound):
        answers.judge(district, LOCAL, "identity", "same", ["P-seller", "P-nobody"], "同机")
    with pytest.raises(InputError):
        answers.judge(district, LOCAL, "identity", "same", ["P-seller", "Phone:+8613900000003"][:1], "同机")


def _entry(number: int, undoes: str | None) -> Judgement:
    verdict = TAKEN_BACK if undoes else "same"
    return Judgement(f"V-{number:06d}", number, "identity", verdict, (A, B), "r", "u", number, undoes, None)


@given(st.lists(st.integers(0, 30), max_size=30), st.integers(0, 30))
def test_taking_back_and_back_again_changes_nothing(picks: list[int], last: int) -> None:
    """Trap: a chain of undos after which something else stands than before it."""
    entries = [_entry(1, None), _entry(2, None)]

    def undo(review_id: str) -> None:
        entries.append(_entry(len(entries) + 1, review_id))

    for pick in picks:
        stand = ledger.standing(entries)
        undo(stand[pick % len(stand)].review_id)
    before = ledger.standing(entries)
    chosen = before[last % len(before)].review_id
    undo(chosen)
    assert chosen not in {entry.review_id for entry in ledger.standing(entries)}
    undo(entries[-1].review_id)
    # The two undos: the second stands, the first does not, and everything else is as it was.
    assert ledger.standing(entries) == [*before, entries[-1]]
