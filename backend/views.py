"""Saved views of the workbench: what was asked for and where it stands, on stable ids; opening one asks anew.

A view is a small JSON file under ``UPLINE_HOME/views``. It holds ids, places and filters, never names or rows, so that
who opens it sees what his own rights give.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from pathlib import Path

import orjson

from backend.contract.session import View, ViewNamed
from backend.security.errors import Forbidden
from graph_schema.errors import InputError, NotFound
from graph_schema.home import upline_home
from graph_schema.language import Text
from graph_schema.shared_file import locked, put

LARGEST = 4_000_000
"""Bytes of one view."""
_ID = re.compile(r"[0-9a-f]{16}")


def save_view(author: str, kind: str, name: str, body: dict[str, object], view_id: str | None = None) -> View:
    """Keep a view, new or in place of ``view_id``, and return it.

    Raises ``NotFound`` for an id that is none, ``Forbidden`` for a view that somebody else keeps, ``InputError`` for one
    that is too large or holds what no answer can carry (a number beyond 64 bits, half a character).
    """
    kept: View = {
        "id": view_id or secrets.token_hex(8),
        "kind": kind,
        "name": name,
        "author": author,
        "saved_at": int(time.time() * 1000),
        "body": body,
    }
    try:
        text = orjson.dumps(kept)
    except orjson.JSONEncodeError as error:
        raise InputError(
            Text(
                "视图中有无法保存的数字或字符。", "The view holds a number or character that cannot be kept."
            )
        ) from error
    if len(text) > LARGEST:
        raise InputError(
            Text("视图过大，先隐藏或折叠一部分。", "The view is too large: hide or fold a part of it.")
        )
    with locked(_folder()):
        if view_id is not None:
            _own(read_view(view_id), author)
        put(_folder() / f"{kept['id']}.json", text.decode())
    return kept


def _own(kept: View, author: str) -> None:
    if kept["author"] != author:
        raise Forbidden(
            Text(
                f"这个视图由 {kept['author']} 保存，请另存为新视图。",
                f"{kept['author']} keeps this view: save yours as a new one.",
            )
        )


def read_view(view_id: str) -> View:
    """A kept view; ``NotFound`` where there is none of that id."""
    path = _folder() / f"{view_id}.json"
    if not _ID.fullmatch(view_id) or not path.is_file():
        raise NotFound(Text("没有这个视图，或无权查看。", "There is no such view, or you may not see it."))
    kept: View = json.loads(path.read_text(encoding="utf-8"))
    return kept


def list_views() -> list[ViewNamed]:
    """All kept views without their bodies, newest first."""
    found: list[ViewNamed] = []
    for path in _folder().glob("*.json"):
        kept: View = json.loads(path.read_text(encoding="utf-8"))
        found.append(
            {
                "id": kept["id"],
                "kind": kept["kind"],
                "name": kept["name"],
                "author": kept["author"],
                "saved_at": kept["saved_at"],
            }
        )
    return sorted(found, key=lambda view: (-view["saved_at"], view["id"]))


def _folder() -> Path:
    return upline_home() / "views"
