"""Comments on cases, chains, gangs and persons: whom they name, what is to be done by when, and what waits for a user.

A comment is an entry of the ledger that decides nothing; whom it names and by when stand in ``seen``. That it is done
is an entry of its own, so it can be taken back like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from backend.answers.runs import Run, published
from backend.answers.shape import at_text, reference
from backend.contract.base import Words
from backend.contract.reviews import Mine, Notes, NoteShown, OneNote
from backend.judgements import ledger
from backend.judgements.ledger import Judgement
from backend.judgements.overlay import told
from backend.judgements.words import COMMENT, DONE
from backend.reviews.changes import chain_called, changed_decisions
from backend.reviews.snapshots import may_decide
from backend.reviews.subjects import subjects_of
from backend.security.audited import audited
from backend.security.errors import Forbidden
from backend.security.rights import ROLES, Right
from backend.security.users import Users
from graph_schema.errors import Conflict, InputError, NotFound
from graph_schema.language import Text
from graph_schema.store import LOCAL, Store, Viewer

KINDS = {"Case": "case", "Chain": "chain", "Gang": "gang", "Person": "person"}
MOST = 200
_AT = re.compile(r"(?<![A-Za-z0-9_.])@(\S*)")


@audited("notes", "about")
def notes(store: Store, viewer: Viewer, about: str) -> Notes:
    """The comments on one object, newest first. Raises ``InputError`` and ``NotFound``."""
    ledger_now = ledger.entries(store, viewer)
    here = _refs(store, viewer, about)
    found = [each for each in _comments(ledger_now) if each.subjects[0] in here]
    done = _done(ledger_now)
    return {
        "notes": [_shown(each, done) for each in reversed(found)][:MOST],
        "people": _people(store),
    }


@audited("note.add", "about", changes=True)
def add_note(store: Store, viewer: Viewer, about: str, text: str, *, due: date | None = None) -> OneNote:
    """Comment on an object. ``@name`` names a user; with ``due`` and nobody named it is a task of one's own.

    Raises ``InputError`` where a name is nobody's: he would never be told.
    """
    kind = _kind(about)
    may_decide(viewer, kind, COMMENT, [about])
    subjects = subjects_of(store, viewer, kind, [about])
    named = _named(text, _people(store)) or ([viewer.user] if due else [])
    seen = {
        "names": named,
        "due": due.isoformat() if due else None,
        "shown": about,
        **_place(store, viewer, about),
    }
    entry = ledger.append(store, viewer, kind, COMMENT, subjects, text, seen)
    return {"note": _shown(entry, {})}


@audited("note.done", "review_id", changes=True)
def note_done(store: Store, viewer: Viewer, review_id: str) -> OneNote:
    """Say that what a comment asked for is done: whoever it names or who wrote it. Raises ``NotFound``, ``Forbidden``
    and ``Conflict``."""
    entry = ledger.one(store, viewer, review_id)
    if entry.verdict != COMMENT:
        raise NotFound(Text("没有这条意见。", "There is no such comment."))
    if viewer.user not in (*_asked(entry).names, entry.author):
        raise Forbidden(
            Text(
                "只有被点名的人或写意见的人可以标为已办。",
                "Only who is named or who wrote it may say it is done.",
            )
        )
    if review_id in _done(ledger.entries(store, viewer, entry.kind)):
        raise Conflict(Text("这条意见已标为已办。", "This comment is done already."))
    ledger.append(store, viewer, entry.kind, DONE, entry.subjects, Text("已办", "done"), {"of": review_id})
    return {"note": _shown(entry, _done(ledger.entries(store, viewer, entry.kind)))}


@audited("notes.mine")
def mine(store: Store, viewer: Viewer) -> Mine:
    """Comments that name the viewer, what is open first and by deadline; and what changed of his decisions."""
    ledger_now = ledger.entries(store, viewer)
    run = published(store, viewer)
    asked = [each for each in _comments(ledger_now) if viewer.user in _asked(each).names]
    done = _done(ledger_now)
    tasks = [_shown(each, done) for each in asked[-MOST:] if _there(store, viewer, run, each)]
    tasks.sort(key=lambda each: each["at"], reverse=True)
    tasks.sort(key=lambda each: (each["done"] is not None, each["due"] or "9999"))
    return {"tasks": tasks, "changed": changed_decisions(store, viewer, run, ledger_now)}


@dataclass(frozen=True)
class _Asked:
    """What a comment keeps beside its text: whom it names, its day, and the reference it was written at."""

    names: Sequence[str] = ()
    due: str | None = None
    shown: str = ""
    case_no: str = ""
    rank: int = 1


def _asked(entry: Judgement) -> _Asked:
    seen = entry.seen
    if not isinstance(seen, dict):
        return _Asked(shown=entry.subjects[0])
    names = tuple(str(each) for each in seen.get("names") or ())
    shown = str(seen.get("shown") or entry.subjects[0])
    return _Asked(names, seen.get("due"), shown, str(seen.get("case_no") or ""), int(seen.get("rank") or 1))


def _comments(entries: Sequence[Judgement]) -> list[Judgement]:
    """Those that stand on something one can comment on, oldest first."""
    kinds = {*KINDS.values(), "hop", "member", "tier"}
    return [each for each in ledger.standing(entries) if each.verdict == COMMENT and each.kind in kinds]


def _done(entries: Sequence[Judgement]) -> dict[str, Judgement]:
    """Which comments are done, by their id: the first entry that says so."""
    found: dict[str, Judgement] = {}
    for each in ledger.standing(entries):
        if each.verdict == DONE and isinstance(each.seen, dict):
            found.setdefault(str(each.seen.get("of")), each)
    return found


def _shown(entry: Judgement, done: Mapping[str, Judgement]) -> NoteShown:
    asked = _asked(entry)
    label, href = called(asked, entry.subjects[0])
    return {
        "id": entry.review_id,
        "about": asked.shown,
        "label": label,
        "href": href,
        "text": entry.reason,
        "by": entry.author,
        "at": at_text(entry.at),
        "names": list(asked.names),
        "due": asked.due,
        "done": told(done.get(entry.review_id)),
    }


def called(asked: _Asked, anchor: str) -> tuple[Words, str]:
    """What an object is called and its page; a person by what outlasts runs, never by an id of ours."""
    label, _, key = asked.shown.partition(":")
    if label == "Case":
        return {"zh": f"案 {key[-4:]}", "en": f"case {key[-4:]}"}, f"/cases/{quote(key, safe='')}"
    if label == "Gang":
        return {"zh": f"团伙 {key}", "en": f"gang {key}"}, f"/gangs/{quote(key, safe='')}"
    if label == "Chain":
        return chain_called(asked.case_no, asked.rank)
    number = anchor.partition(":")[2]
    if anchor.startswith("Record:"):
        return {"zh": "一个人员", "en": "a person"}, f"/persons/{quote(key, safe='')}"
    return {"zh": f"人员 {number}", "en": f"person {number}"}, f"/search?q={quote(number, safe='')}"


def _refs(store: Store, viewer: Viewer, about: str) -> set[str]:
    """The references under which comments on an object may be kept; of a person all he holds and his records."""
    kind = _kind(about)
    refs = {*subjects_of(store, viewer, kind, [about])}
    if kind == "person":
        key = published(store, viewer).key(about.partition(":")[2])
        held = store.read(viewer, "person.holds", key=key, limit=2_000)
        records = store.read(viewer, "person.records", key=key, limit=2_000)
        refs |= {reference(row["label"], row["props"]) for row in held}
        refs |= {f"Record:{row['props']['record_id']}" for row in records}
    return refs


def _place(store: Store, viewer: Viewer, about: str) -> dict[str, object]:
    """The case a chain belongs to and its rank there: its own id says nothing to anybody."""
    label, _, name = about.partition(":")
    if label != "Chain":
        return {}
    rows = store.read(viewer, "chain.strengths", keys=[published(store, viewer).key(name)])
    return {"case_no": rows[0]["case_no"], "rank": rows[0]["rank"]} if rows else {}


def _there(store: Store, viewer: Viewer, run: Run, entry: Judgement) -> bool:
    """Whether the viewer may know of what a comment is on: a case out of his sight is told by no task either."""
    label, _, key = entry.subjects[0].partition(":")
    if label == "Case":
        return bool(store.read(viewer, "case.one", case_no=key, run=run.run_id))
    return True


def _kind(about: str) -> str:
    kind = KINDS.get(about.partition(":")[0])
    if kind is None:
        raise InputError(
            Text(
                "意见可写在案件、链、团伙或人员上，如 Case:案号。",
                "Comment on a case, chain, gang or person, such as Case:NUMBER.",
            )
        )
    return kind


def _people(store: Store) -> list[str]:
    """Who can be named: the owner and every user who reads cases."""
    users = Users(Path(store.home)).all()
    return [LOCAL.user, *(each.name for each in users if each.in_use and Right.CASES in ROLES[each.role])]


def _named(text: str, people: Iterable[str]) -> list[str]:
    """The users a text names, the longest name that fits each ``@``."""
    longest = sorted(people, key=len, reverse=True)
    found: list[str] = []
    for said in _AT.findall(text):
        name = next((each for each in longest if said.startswith(each)), None)
        if name is None:
            raise InputError(
                Text(
                    f"没有名为“{said or '@'}”的用户；从列出的姓名中选。",
                    f"No user is called “{said or '@'}”; choose one of the names listed.",
                )
            )
        if name not in found:
            found.append(name)
    return found
