"""Turns what the driver raises into Upline's errors, which say what to do."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from neo4j.exceptions import (
    AuthError,
    ClientError,
    DriverError,
    Neo4jError,
    ResultFailedError,
    ServiceUnavailable,
    SessionExpired,
)

from graph_schema.errors import EngineError
from graph_schema.language import Text

REFUSALS = (ClientError, OverflowError, UnicodeError, TypeError, ValueError)
"""What a write raises that will fail the same way however often it is tried: a constraint, a value no index or no
transport takes."""
_TIMED_OUT = ("TransactionTimedOut", "Transaction.Terminated")


class QueryTimedOut(EngineError):
    """The database ended a query at its time limit."""

    code = "E-TIMEOUT"
    status = 504


def connection_lost(error: Exception) -> bool:
    """True where the server has gone, rather than refused."""
    return isinstance(error, (ServiceUnavailable, SessionExpired))


def _ours(what: str, error: Neo4jError) -> EngineError | None:
    """Return our error for the database's; None where the text of a query is at fault."""
    if any(part in (error.code or "") for part in _TIMED_OUT):
        return QueryTimedOut(
            Text(
                f"{what}：查询超时，请缩小范围。",
                f"{what}: ended at its time limit; narrow the question",
            )
        )
    if isinstance(error, AuthError):
        return EngineError(
            Text(
                f"{what}：数据库拒绝了用户名或密码，请检查 NEO4J_USERNAME 和 NEO4J_PASSWORD。",
                f"{what}: the database refused the user or password; check NEO4J_USERNAME and NEO4J_PASSWORD",
            )
        )
    if isinstance(error, ClientError):
        return None
    return EngineError(f"{what}: {error.message or error}")


@contextlib.contextmanager
def told(what: str) -> Iterator[None]:
    """Raise EngineError or QueryTimedOut for what the driver raises inside; ``what`` was being done."""
    try:
        yield
    except Neo4jError as error:
        ours = _ours(what, error)
        if ours is None:
            raise
        raise ours from error
    except ResultFailedError as error:
        cause = (
            error.__cause__
        )  # what the server said, where another statement of the transaction failed first
        if not isinstance(cause, Neo4jError):
            raise EngineError(Text(f"{what}：结果读取失败（{error}）", f"{what}: {error}")) from error
        raise (_ours(what, cause) or cause) from error
    except DriverError as error:
        raise EngineError(
            Text(
                f"{what}：无法连接数据库（{error}），见 `upline db status`。",
                f"{what}: the database cannot be reached ({error}); see `upline db status`",
            )
        ) from error
