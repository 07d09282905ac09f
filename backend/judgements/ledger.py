"""The ledger of judgements: entries are added, never changed; taking one back is an entry of its own.

Which judgements stand follows from the entries alone. An entry is void while a standing entry takes it back;
so taking back the taking back puts the judgement in force again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from neo4j.exceptions import ConstraintError

from backend import deeds
from backend.judgements.words import COMMENT, DONE, SAYS_NOTHING, TAKEN_BACK, VERDICTS
from backend.security.circles import circle_of, closed
from backend.security.rights import Right, rights
from graph_schema.errors import Busy, Conflict, InputError, NotFound
from graph_schema.language import Text
from graph_schema.store import Parameters, Props, Store, Viewer

MOST_SEEN = 200_000
"""Characters a judgement may keep of what was seen."""
_TRIES = 20
Subjects = tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """One entry: who judged what, how, why and when; ``seen`` is what was on the screen."""

    review_id: str
    seq: int
    kind: str
    verdict: str
    subjects: Subjects
    reason: str
    author: str
    at: int
    undoes: str | None
    seen: object


def append(
    store: Store,
    viewer: Viewer,
    kind: str,
    verdict: str,
    subjects: Sequence[str],
    reason: str,
    seen: object = None,
    after: str | None = None,
) -> Judgement:
    """Add a judgement about node references, and return it.

    ``after`` is the newest entry about these subjects the author has seen, "" for none; where somebody else
    has judged since, ``Conflict`` is raised and nothing is written. Raises ``InputError`` for an unknown
    verdict or a missing reason.
    """
    if verdict not in (*VERDICTS.get(kind, ()), COMMENT, DONE):
        raise InputError(
            Text(f"{kind} 没有结论“{verdict}”。", f"A review of kind {kind} has no verdict {verdict}.")
        )
    about = ordered(kind, subjects)
    entry = _Entry(kind, verdict, about, reason, seen)

    def unchanged() -> None:
        so_far = [each.review_id for each in entries(store, viewer, kind) if each.subjects == about]
        newest = so_far[-1] if so_far else ""
        if after is not None and newest != after:
            raise Conflict(
                Text(
                    f"此项刚由他人判断（{newest or '无'}），请先查看。",
                    f"Somebody has judged this meanwhile ({newest or 'none'}); look at it first.",
                )
            )

    return _write(store, viewer, entry, unchanged)


def take_back(store: Store, viewer: Viewer, review_id: str, reason: str) -> Judgement:
    """Take a standing entry back by a new one. Raises ``NotFound``, or ``Conflict`` where it stands no longer."""
    old = one(store, viewer, review_id)

    def stands() -> None:
        if review_id not in {each.review_id for each in standing(entries(store, viewer, old.kind))}:
            raise Conflict(
                Text(f"{review_id} 已经撤销。", f"{review_id} has been undone; nothing was changed.")
            )

    return _write(store, viewer, _Entry(old.kind, TAKEN_BACK, old.subjects, reason, None, review_id), stands)


@dataclass(frozen=True)
class _Entry:
    """What is to be written."""

    kind: str
    verdict: str
    subjects: Subjects
    reason: str
    seen: object
    undoes: str | None = None


def _write(store: Store, viewer: Viewer, entry: _Entry, check: Callable[[], None]) -> Judgement:
    """Add an entry under the next free number; ``check`` holds for the ledger as it is just before."""
    if not entry.reason.strip():
        raise InputError(Text("请写明理由。", "Give a reason."))
    props: Parameters = {
        "kind": entry.kind,
        "verdict": entry.verdict,
        "subjects": list(entry.subjects),
        "reason": entry.reason.strip(),
        "author": viewer.user,
        "undoes": entry.undoes,
        "body": _text(entry.seen),
    }
    for _ in range(_TRIES):
        # The number is taken before the check: whoever writes in between takes it, and we look again.
        seq = int(store.read(viewer, "review.last")[0]["seq"]) + 1
        check()
        review_id = f"V-{seq:06d}"
        try:
            deeds.do(
                store,
                "review.add",
                review_id=review_id,
                props={**props, "seq": seq, "at": int(time.time() * 1000)},
            )
        except ConstraintError:
            continue
        return one(store, viewer, review_id)
    raise Busy(Text("复核记录正忙，请重试。", "The ledger is busy; try again."))


def _text(seen: object) -> str | None:
    if seen is None:
        return None
    try:
        text = json.dumps(seen, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InputError(Text("所见内容不是有效的 JSON。", "The recorded view is not valid JSON.")) from error
    if len(text) > MOST_SEEN:
        raise InputError(Text("所见内容过长。", f"The recorded view is longer than {MOST_SEEN} characters."))
    return text


def ordered(kind: str, subjects: Iterable[str]) -> Subjects:
    """Subjects as they are kept: of an identity, two cases or two clues the order says nothing, of everything else it does."""
    return tuple(sorted(subjects)) if kind in ("identity", "series", "offer") else tuple(subjects)


def one(store: Store, viewer: Viewer, review_id: str) -> Judgement:
    """One entry. Raises ``NotFound``, also for one of a circle the viewer is not in."""
    rows = store.read(viewer, "review.one", review_id=review_id)
    if not rows or not visible(viewer, rows[0]["review"]["kind"], rows[0]["review"]["subjects"]):
        raise NotFound(Text("没有这条复核记录。", "There is no such review."))
    return judgement(rows[0]["review"])


def entries(store: Store, viewer: Viewer, *kinds: str | None) -> list[Judgement]:
    """Every entry of these kinds (of all kinds where none is named), oldest first; none of a closed circle."""
    named = [kind for kind in kinds if kind] or sorted(VERDICTS)
    found = [judgement(row["review"]) for row in store.read(viewer, "review.all", kinds=named, timeout=60.0)]
    return [each for each in found if visible(viewer, each.kind, each.subjects)]


def visible(viewer: Viewer, kind: str, subjects: Iterable[str]) -> bool:
    """Whether a viewer may know of an entry: judgements of care are a circle of their own, whose staff see no case."""
    circle = circle_of(kind, subjects)
    if circle is not None:
        return not closed(viewer, circle)
    return Right.CARE not in rights(viewer) or Right.CASES in rights(viewer)


def judgement(props: Props) -> Judgement:
    """An entry from the properties of its node."""
    return Judgement(
        review_id=props["review_id"],
        seq=props["seq"],
        kind=props["kind"],
        verdict=props["verdict"],
        subjects=tuple(props["subjects"]),
        reason=props["reason"],
        author=props["author"],
        at=props["at"],
        undoes=props.get("undoes"),
        seen=json.loads(props["body"]) if props.get("body") else None,
    )


def standing(ledger: Sequence[Judgement]) -> list[Judgement]:
    """The entries nobody has taken back, oldest first."""
    void: set[str] = set()
    kept: list[Judgement] = []
    for entry in reversed(ledger):
        if entry.review_id in void:
            continue
        kept.append(entry)
        if entry.undoes:
            void.add(entry.undoes)
    return kept[::-1]


def verdicts(ledger: Sequence[Judgement]) -> dict[tuple[str, Subjects], Judgement]:
    """What is decided now: the newest standing judgement by kind and subjects; comments decide nothing."""
    return {
        (entry.kind, entry.subjects): entry for entry in standing(ledger) if entry.verdict not in SAYS_NOTHING
    }


def current(store: Store, viewer: Viewer, kind: str) -> dict[Subjects, Judgement]:
    """What is decided now about each subject of a kind."""
    return {about: entry for (_, about), entry in verdicts(entries(store, viewer, kind)).items()}


def history(store: Store, viewer: Viewer, subject: str) -> list[Judgement]:
    """Every entry about a node reference, alone or among others, oldest first; voids and comments too."""
    return [entry for entry in entries(store, viewer) if subject in entry.subjects]
