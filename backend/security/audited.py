"""Ties every answer to its audit record: the record is on disk before the caller gets the data."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

import orjson
from blake3 import blake3

from backend.security.audit import AuditEntry, AuditLog
from graph_schema.errors import UplineError
from graph_schema.home import upline_home
from graph_schema.store import Store, Viewer

P = ParamSpec("P")
A = TypeVar("A", bound=Mapping[str, object])


def audit_log() -> AuditLog:
    """The log of this UPLINE_HOME."""
    return AuditLog(upline_home() / "audit")


class Recorded(dict[str, object]):
    """An answer with the text its record was made of: what is sent is then what was recorded, encoded once.

    Only for answers handed on as they are; one that is changed afterwards must be sent as a plain dict.
    """

    encoded: bytes | None = None


@dataclass
class AuditTrace:
    """What a recorded action reports about itself; ``tell`` it the answer before handing that out."""

    result: str = ""
    count: int = 0

    def tell(self, answer: Mapping[str, object]) -> bytes | None:
        """Take note of an answer; returns its JSON text, keys in order, or None where it has none."""
        text = _encoded(answer)
        self.result = _digest(answer, text)
        self.count = _count(answer)
        return text


@contextmanager
def recorded(
    viewer: Viewer, action: str, query: Mapping[str, object], objects: tuple[str, ...] = ()
) -> Iterator[AuditTrace]:
    """Leave exactly one record of what happens inside, however it ends.

    Raises ``AuditUnavailable`` at the end where the record cannot be written: so a value returned from
    inside the block does not reach the caller.
    """
    trace, outcome = AuditTrace(), "failed"
    try:
        yield trace
        outcome = "done"
    except UplineError as error:
        outcome = error.code
        raise
    finally:
        audit_log().append(
            AuditEntry(
                user=viewer.user,
                role=viewer.role,
                purpose=viewer.purpose,
                action=action,
                outcome=outcome,
                objects=objects,
                query=_digest(query, _encoded(query)),
                result=trace.result,
                count=trace.count,
            )
        )


def audited(
    action: str, *objects: str
) -> Callable[[Callable[Concatenate[Store, Viewer, P], A]], Callable[Concatenate[Store, Viewer, P], A]]:
    """Make a function ``(store, viewer, …) -> answer`` leave one audit record per call.

    ``objects`` names those of its parameters that hold ids of what is read.
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
            with recorded(viewer, action, query, ids) as trace:
                result = Recorded(function(store, viewer, *args, **kwargs))
                result.encoded = trace.tell(result)
            return cast(A, result)  # the same dictionary, with its text

        answer.__dict__["audited"] = action
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
