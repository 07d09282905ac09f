"""Which database to use: the one the environment names, or the embedded one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from graph_schema.errors import InputError
from graph_schema.language import Text

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


@dataclass(frozen=True)
class Address:
    """Where a database is and how to sign in; the password never shows in a text."""

    uri: str
    user: str
    password: str
    database: str

    def __repr__(self) -> str:
        return f"Address({self.uri}, user={self.user}, database={self.database})"


def _secret(name: str) -> str | None:
    """Read a file a variable names (Docker secrets are files)."""
    path = os.environ.get(name)
    if not path:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise InputError(
            Text(
                f"{name}={path} 无法读取（{error.strerror}），请检查文件和权限。",
                f"{name}={path}: cannot be read ({error.strerror}); check the file and its rights",
            )
        ) from error


def from_environment() -> Address | None:
    """Return the server named by ``NEO4J_URI`` and its sister variables; None where it is not set.

    ``NEO4J_USERNAME`` (neo4j); ``NEO4J_PASSWORD``, ``NEO4J_PASSWORD_FILE`` or ``NEO4J_AUTH_FILE`` (user and
    password in one file, as Neo4j's own image takes it); ``NEO4J_DATABASE`` (neo4j). The scheme decides on
    routing and TLS: ``neo4j://``, ``bolt://``; ``+s`` verifies the certificate, ``+ssc`` takes a self-signed
    one.
    """
    uri = os.environ.get("NEO4J_URI", "").strip()
    if not uri:
        return None
    scheme = uri.partition("://")[0]
    if "://" not in uri or scheme not in SCHEMES:
        known = ", ".join(f"{name}://" for name in SCHEMES)
        raise InputError(
            Text(
                f"NEO4J_URI={uri} 应以其中之一开头：{known}",
                f"NEO4J_URI={uri}: use one of {known}",
            )
        )
    user = os.environ.get("NEO4J_USERNAME", "neo4j")
    password = os.environ.get("NEO4J_PASSWORD") or _secret("NEO4J_PASSWORD_FILE")
    if not password and (both := _secret("NEO4J_AUTH_FILE")):
        user, _, password = both.partition("/")
    if not password:
        raise InputError(
            Text(
                "已设 NEO4J_URI，但没有密码：请设 NEO4J_PASSWORD、NEO4J_PASSWORD_FILE 或 NEO4J_AUTH_FILE。",
                "NEO4J_URI is set but no password: set NEO4J_PASSWORD, NEO4J_PASSWORD_FILE or "
                "NEO4J_AUTH_FILE",
            )
        )
    return Address(uri, user, password, os.environ.get("NEO4J_DATABASE", "neo4j"))
