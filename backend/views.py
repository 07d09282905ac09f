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

from backend.contract.session import View, ViewNamed
from graph_schema.errors import InputError, NotFound
from graph_schema.home import upline_home
from graph_schema.language import Text

LARGEST = 4_000_000
"""Bytes of one view."""
_ID = re.compile(r"[0-9a-f]{16}")


def save_view(author: str, kind: str, name: str, body: dict[str, object], view_id: str | None = None) -> View:
    """Keep a view, new or in place of ``view_id``, and return it; ``NotFound`` for an id that is none."""
    if view_id is not None:
        read_view(view_id)
    kept: View = {
        "id": view_id or secrets.token_hex(8),
        "kind": kind,
        "name": name,
        "author": author,
        "saved_at": int(time.time() * 1000),
        "body": body,
    }
    text = json.dumps(kept, ensure_ascii=False)
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise InputError(
            Text("视图过大，先隐藏或折叠一部分。", "The view is too large: hide or fold a part of it.")
        )
    folder = _folder()
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    part = folder / f".{kept['id']}.{secrets.token_hex(4)}.part"
    part.write_text(text, encoding="utf-8")
    part.replace(folder / f"{kept['id']}.json")
    return kept


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
