"""One shape for every error: RFC 9457 problem details with a stable code, in the caller's language."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from backend.contract.base import Tongue
from graph_schema.errors import UplineError
from graph_schema.language import Text, in_language

log = logging.getLogger("upline.api")

Responses = dict[int | str, dict[str, Any]]  # as FastAPI takes them
"""What a route may answer besides its shape, by status: parts of an OpenAPI document, as FastAPI takes them."""

MEDIA_TYPE = "application/problem+json"

TITLES: Mapping[str, tuple[int, Text]] = {
    "E-INPUT": (422, Text("输入有误", "The input is wrong")),
    "E-NOT-FOUND": (404, Text("没有，或无权查看", "Not found, or you may not see it")),
    "E-CONFLICT": (409, Text("数据已改变", "The data changed meanwhile")),
    "E-TOO-MANY": (429, Text("请求过多", "Too many requests")),
    "E-SLOW": (408, Text("请求过慢", "The request came too slowly")),
    "E-BUSY": (503, Text("正被占用", "In use")),
    "E-ENGINE": (503, Text("数据库不可用", "The database is not available")),
    "E-TIMEOUT": (504, Text("查询超时", "The query took too long")),
    "E-SIGN-IN": (401, Text("需要登录", "Sign in first")),
    "E-SECOND-FACTOR": (401, Text("需要动态码", "The code of your second factor is needed")),
    "E-FORBIDDEN": (403, Text("已拒绝", "Refused")),
    "E-AUDIT": (503, Text("审计不可用", "The audit log is not available")),
    "E-METHOD": (405, Text("不支持的方法", "Method not allowed")),
    "E-TOO-LARGE": (413, Text("内容过大", "Too large")),
    "E-HOST": (400, Text("主机名不被接受", "Host name not accepted")),
    "E-INTERNAL": (500, Text("内部错误", "Internal error")),
}
"""Every code of the service with its status; docs and the schema list these."""

RETRY_AFTER = {"E-TOO-MANY": "5", "E-BUSY": "10", "E-ENGINE": "5"}
"""Seconds after which asking again may help, by code."""
_BY_STATUS = {404: "E-NOT-FOUND", 408: "E-SLOW", 405: "E-METHOD", 413: "E-TOO-LARGE"}


class Problem(BaseModel):
    """An error as RFC 9457 problem details; ``code`` is stable, the texts follow Accept-Language."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(examples=["urn:upline:problem:E-NOT-FOUND"])
    title: str
    status: int
    code: str = Field(examples=["E-NOT-FOUND"])
    detail: str
    fields: list[str] = Field(description="Parameters that are wrong, each with why.")


class TooLarge(UplineError):
    """A body beyond what this route takes."""

    code = "E-TOO-LARGE"
    status = 413


def language(accepted: str | None) -> Tongue:
    """``zh`` or ``en``, whichever an Accept-Language header ranks higher; Chinese where it says neither."""
    best = {"zh": 0.0, "en": 0.0}
    for part in (accepted or "").split(",")[:20]:
        name, _, weight = part.strip().partition(";")
        found = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)", weight)
        tongue = name.strip().lower()[:2]
        if tongue in best:
            best[tongue] = max(best[tongue], float(found[1]) if found else 1.0)
    return "en" if best["en"] > best["zh"] else "zh"


def problem(
    code: str,
    accepted: str | None,
    detail: str = "",
    fields: list[str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The response for a code."""
    status, title = TITLES.get(code, TITLES["E-INTERNAL"])
    tongue = language(accepted)
    body: dict[str, object] = {
        "type": f"urn:upline:problem:{code}",
        "title": title.of(tongue),
        "status": status,
        "code": code,
        "detail": in_language(detail or title, tongue),
        "fields": fields or [],
    }
    named = {"Content-Language": tongue, "Vary": "Accept-Language", **(headers or {})}
    if code in RETRY_AFTER:
        named["Retry-After"] = RETRY_AFTER[code]
    if status == 401:
        named["WWW-Authenticate"] = "Bearer"
    return Response(orjson.dumps(body), status, named, MEDIA_TYPE)


def _asked(request: Request) -> str | None:
    return request.headers.get("accept-language")


def on_ours(request: Request, error: Exception) -> Response:
    """An error Upline raised on purpose."""
    assert isinstance(error, UplineError)
    return failed(error, _asked(request))


def failed(error: UplineError, accepted: str | None) -> Response:
    """The response for an error Upline raised on purpose."""
    # A kind of error without a title of its own is told as the family it belongs to.
    family = (str(getattr(kind, "code", "")) for kind in type(error).__mro__)
    code = next((each for each in (error.code, *family) if each in TITLES), "E-INTERNAL")
    # One and the same body for what is absent and what is hidden, whatever was asked for.
    detail = "" if code in ("E-NOT-FOUND", "E-INTERNAL") else error.text
    return problem(code, accepted, detail)


def on_http(request: Request, error: Exception) -> Response:
    """No such route or method, or a body that cannot be read."""
    assert isinstance(error, HTTPException)
    return of_status(error.status_code, _asked(request), error.headers)


def of_status(status: int, accepted: str | None, headers: Mapping[str, str] | None = None) -> Response:
    """The response for a refusal that has a status and no code of ours."""
    return problem(_BY_STATUS.get(status, "E-INPUT"), accepted, headers=headers)


def on_invalid(request: Request, error: Exception) -> Response:
    """Parameters that do not fit the schema; their values are not repeated."""
    assert isinstance(error, RequestValidationError)
    fields = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
    return problem("E-INPUT", _asked(request), fields=fields)


def unexpected(error: Exception, accepted: str | None) -> Response:
    """A mistake of the program: logged by its kind and place, without values, and told without a trace."""
    places = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-6:]]
    log.error("unexpected %s at %s", type(error).__name__, " < ".join(reversed(places)))
    return problem("E-INTERNAL", accepted)


def relog(lines: Iterable[tuple[str, int, str]]) -> None:
    """Write lines another process of the service logged (logger, level, message) into this one's log."""
    for name, level, message in lines:
        logging.getLogger(name).log(level, "%s", message)


def install(app: FastAPI) -> None:
    """Make an application answer every error in this shape."""
    app.add_exception_handler(UplineError, on_ours)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_invalid)


def documented(*codes: str) -> Responses:
    """The ``responses`` of a route: those every gated route can give, and further ones by code."""
    every = (
        "E-SIGN-IN",
        "E-FORBIDDEN",
        "E-INPUT",
        "E-TOO-LARGE",
        "E-CONFLICT",
        "E-TOO-MANY",
        "E-SLOW",
        "E-ENGINE",
        "E-TIMEOUT",
        *codes,
    )
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    found: Responses = {}
    for code in every:
        status, title = TITLES[code]
        found[status] = {"description": title.en, "content": content}
    return found
