"""What a worker is given and gives back, and how both go over a pipe."""

from __future__ import annotations

import pickle
import re
import struct
from dataclasses import dataclass, field
from typing import IO

from graph_schema.store import Viewer

_LENGTH = struct.Struct(">Q")
_HEAVY = (
    ("GET", r"/exports"),
    ("GET", r"/reports/.+"),
    ("GET", r"/drawings/.+"),
    ("POST", r"/drawings/canvas"),
    ("POST", r"/tables"),
    ("GET", r"/gangs/[^/]+/measures"),
    ("GET", r"/persons/[^/]+/(calls|money)"),
    ("GET", r"/graph/(ordered|paths|patterns)"),
    ("GET", r"/series"),
    ("GET", r"/[a-z]+/check"),
)
"""Requests that compute, or make a file: method, and pattern of the path below the API's prefix."""


@dataclass(frozen=True)
class Errand:
    """One request for a worker, of somebody the service knows."""

    method: str
    path: str
    query: bytes
    headers: list[tuple[bytes, bytes]]
    body: bytes
    viewer: Viewer
    by_token: bool
    mark: str
    scratch: str  # a folder for this request alone, removed by whoever sent it


@dataclass(frozen=True)
class Answer:
    """A whole answer: its body, or the file in the scratch folder that holds it."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes = b""
    file: str | None = None
    route: str = "-"
    log: list[tuple[str, int, str]] = field(default_factory=list)  # logger, level, message


def is_heavy(method: str, path: str) -> bool:
    """Whether a request (its path below the API's prefix) is work for a process of its own."""
    return any(method == verb and re.fullmatch(pattern, path) for verb, pattern in _HEAVY)


def put(pipe: IO[bytes], thing: Errand | Answer) -> None:
    """Write one of them whole. Raises ``OSError`` where nobody reads any more."""
    packed = pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(packed)))
    pipe.write(packed)
    pipe.flush()


def get(pipe: IO[bytes]) -> Errand | Answer | None:
    """Read one of them; None where the other side has ended."""
    length = pipe.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    packed = pipe.read(_LENGTH.unpack(length)[0])
    if len(packed) < _LENGTH.unpack(length)[0]:
        return None
    found: Errand | Answer = pickle.loads(packed)
    return found
