"""Ties every answer and every deed to its audit record.

The record of a read is on disk before the caller gets the data; the intent of a deed is on disk before anything is
done, and its outcome follows. This is the one way to write the log: service, command line and jobs all go through it.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar, cast

import orjson
from blake3 import blake3

from backend.security.anchors import Anchor
from backend.security.audit import BEGUN, AuditEntry, AuditLog
from etl.storage.archive import Stopped
from graph_schema.errors import UplineError
from graph_schema.home import upline_home
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

P = ParamSpec("P")
A = TypeVar("A", bound=Mapping[str, object])


STATED: ContextVar[str] = ContextVar("purpose", default="")
"""The purpose of this task, said once on the command line; recorded where the viewer has none of his own."""


PURPOSE_MISSING = Text(
    "本单位要求先写明用途：登录时填写，命令行用 --purpose。",
    "This site asks for the purpose first: state it at sign-in, on the command line with --purpose.",
)


def purpose_required() -> bool:
    """Whether the site's policy demands a purpose on every record: UPLINE_PURPOSE_REQUIRED is 1."""
    return os.environ.get("UPLINE_PURPOSE_REQUIRED") == "1"


def audit_log() -> AuditLog:
    """The log of this UPLINE_HOME, anchored where UPLINE_AUDIT_ANCHOR names a file or folder."""
    place = os.environ.get("UPLINE_AUDIT_ANCHOR")
    return AuditLog(upline_home() / "audit", Anchor(Path(place)) if place else None)


class Recorded(dict[str, object]):
    """An answer with the text its record was made of: what is sent is then what was recorded, encoded once.

    Only for answers handed on as they are; one that is changed afterwards must be sent as a plain dict.
    """

    encoded: bytes | None = None


@dataclass
class AuditTrace:
    """What a recorded action reports about itself; ``tell`` it the answer before handing that out.

    ``begun`` is the number of the record of the intent, 0 for a read.
    """

    result: str = ""
    count: int = 0
    begun: int = 0

    def tell(self, answer: Mapping[str, object]) -> bytes | None:
        """Take note of an answer; returns its JSON text, keys in order, or None where it has none."""
        text = _encoded(answer)
        self.result = _digest(answer, text)
        self.count = _count(answer)
        return text


@contextmanager
def recorded(
    viewer: Viewer,
    action: str,
    query: Mapping[str, object],
    objects: tuple[str, ...] = (),
    *,
    changes: bool = False,
    note: str = "",
) -> Iterator[AuditTrace]:
    """Leave exactly one record of what happens inside, however it ends; and the intent before it where it ``changes``.

    Raises ``AuditUnavailable`` before the block is entered where the intent cannot be written, so nothing is done;
    and at the end where the outcome cannot be: so a value returned from inside the block does not reach the caller.
    """
    entry = entry_of(viewer, action, objects, note, query=_digest(query, _encoded(query)))
    trace, outcome = AuditTrace(), "failed"
    if changes:
        trace.begun = audit_log().append(replace(entry, outcome=BEGUN))
    try:
        yield trace
        outcome = "done"
    except UplineError as error:
        outcome = error.code
        raise
    except Stopped:
        outcome = "stopped"
        raise
    finally:
        audit_log().append(
            replace(entry, outcome=outcome, result=trace.result, count=trace.count, begun=trace.begun)
        )


def entry_of(
    viewer: Viewer, action: str, objects: tuple[str, ...] = (), note: str = "", *, query: str = ""
) -> AuditEntry:
    """A record of a viewer's, not written yet: done, with the purpose he works for."""
    return AuditEntry(
        user=viewer.user,
        role=viewer.role,
        purpose=viewer.purpose or STATED.get(),
        action=action,
        outcome="done",
        objects=objects,
        query=query,
        note=note,
    )


def audited(
    action: str, *objects: str, changes: bool = False
) -> Callable[[Callable[Concatenate[Store, Viewer, P], A]], Callable[Concatenate[Store, Viewer, P], A]]:
    """Make a function ``(store, viewer, …) -> answer`` leave one audit record per call.

    ``objects`` names those of its parameters that hold ids of what is read; what ``changes`` anything leaves its
    intent first.
    """

    def decorate(
        function: Callable[Concatenate[Store, Viewer, P], A],
    ) -> Callable[Concatenate[Store, Viewer, P], A]:
        signature = inspect.signature(function)

        @wraps(function)
        def answer(store: Store, viewer: Viewer, /, *args: P.args, **kwargs: P.kwargs) -> A:
            bound = signature.bind(store, viewer, *args, **kwargs)
            bound.apply_defaults()
            query = {
                name: value for name, value in bound.arguments.items() if name not in ("store", "viewer")
            }
            if store.as_of is not None:
                query["as_of"] = store.as_of
            ids = tuple(each for name in objects for each in _ids(query[name]))
            with recorded(viewer, action, query, ids, changes=changes) as trace:
                result = Recorded(function(store, viewer, *args, **kwargs))
                result.encoded = trace.tell(result)
            return cast(A, result)  # the same dictionary, with its text

        answer.__dict__.update(audited=action, changes=changes)
        return answer

    return decorate


def _ids(value: object) -> list[str]:
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, (list, tuple)) else [str(value)]


def _encoded(body: Mapping[str, object]) -> bytes | None:
    options = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
    try:
        return orjson.dumps(body, option=options, default=str)
    except orjson.JSONEncodeError:  # a lone surrogate
        return None


def _digest(body: Mapping[str, object], text: bytes | None) -> str:
    """BLAKE3 and not SHA-256: an answer may be some ten megabytes, and waits for this."""
    if text is None:
        text = repr(sorted(body.items())).encode("utf-8", "backslashreplace")
    return f"blake3:{blake3(text).hexdigest()}"


def _count(answer: Mapping[str, object]) -> int:
    lists = [len(value) for value in answer.values() if isinstance(value, list)]
    return sum(lists) if lists else 1
