"""Saved views of the workbench: what was asked for and where it stands, on stable ids; opening one asks anew.

A view is a small JSON file in the folder ``views`` of its graph's home. It holds ids, places and filters, never names or
rows, so that who opens it sees what his own rights give. A chart for a meeting is a view with what somebody drew and
wrote over it: those words are his, so only he may open it, and where he shares it in a case, whoever may see that case.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import orjson

from backend.answers.chains import no_case
from backend.contract.charts import Chart
from backend.contract.session import View, ViewNamed
from backend.security.errors import Forbidden
from graph_schema.errors import InputError, NotFound
from graph_schema.language import Text
from graph_schema.shared_file import locked, put
from graph_schema.store import Store, Viewer

LARGEST = 4_000_000
"""Bytes of one view."""
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Drawn:
    """What a view is kept of: ``chart`` with what is drawn by hand, ``case_no`` where that is shared in a case."""

    kind: str
    name: str
    body: dict[str, object]
    chart: Chart | None = None
    case_no: str | None = None


def save_view(store: Store, viewer: Viewer, drawn: Drawn, view_id: str | None = None) -> View:
    """Keep a view, new or in place of ``view_id``, and return it.

    Raises ``NotFound`` for an id that is none and for a case the viewer may not see, ``Forbidden`` for a view that
    somebody else keeps, ``InputError`` for a chart without a name, for a view that is too large or holds what no
    answer can carry (a number beyond 64 bits, half a character).
    """
    _whole(drawn)
    if drawn.case_no is not None and not _sees(store, viewer, drawn.case_no):
        raise no_case()
    kept: View = {
        "id": view_id or secrets.token_hex(8),
        "kind": drawn.kind,
        "name": drawn.name,
        "author": viewer.user,
        "saved_at": int(time.time() * 1000),
        "case_no": drawn.case_no,
        "body": drawn.body,
        "chart": drawn.chart,
    }
    text = _text(kept)
    with locked(_folder(store)):
        if view_id is not None:
            _own(read_view(store, viewer, view_id), viewer)
        put(_folder(store) / f"{kept['id']}.json", text.decode())
    return kept


def _whole(drawn: Drawn) -> None:
    """A chart has a name and what is drawn; what somebody wrote is kept in no other view, which all may open."""
    if drawn.kind == "chart":
        if drawn.chart is None or not drawn.name:
            raise InputError(
                Text("会商图要有名称和图上标注。", "A chart needs a name and what is drawn by hand.")
            )
    elif drawn.chart is not None or drawn.case_no is not None:
        raise InputError(
            Text("标注和案件只能存在会商图中。", "Only a chart keeps what is drawn by hand, and a case.")
        )


def _text(kept: View) -> bytes:
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
    return text


def _own(kept: View, viewer: Viewer) -> None:
    if kept["author"] != viewer.user:
        raise Forbidden(
            Text(
                f"这个视图由 {kept['author']} 保存，请另存为新视图。",
                f"{kept['author']} keeps this view: save yours as a new one.",
            )
        )


def delete_view(store: Store, viewer: Viewer, view_id: str) -> View:
    """Take a view of one's own away and return it; raises as ``save_view`` does."""
    with locked(_folder(store)):
        kept = read_view(store, viewer, view_id)
        _own(kept, viewer)
        (_folder(store) / f"{view_id}.json").unlink()
    return kept


def read_view(store: Store, viewer: Viewer, view_id: str) -> View:
    """A kept view; ``NotFound`` where there is none of that id, or it is somebody else's chart and not shared."""
    path = _folder(store) / f"{view_id}.json"
    kept = _read(path) if _ID.fullmatch(view_id) and path.is_file() else None
    if kept is None or not _may_open(store, viewer, kept):
        raise NotFound(Text("没有这个视图，或无权查看。", "There is no such view, or you may not see it."))
    return kept


def list_views(store: Store, viewer: Viewer, kind: str | None = None) -> list[ViewNamed]:
    """All views the viewer may open (of one kind), without their bodies, newest first."""
    found: list[ViewNamed] = []
    seen: dict[str, bool] = {}
    for path in _folder(store).glob("*.json"):
        kept = _read(path)
        if kind in (None, kept["kind"]) and _may_open(store, viewer, kept, seen):
            found.append(
                {
                    "id": kept["id"],
                    "kind": kept["kind"],
                    "name": kept["name"],
                    "author": kept["author"],
                    "saved_at": kept["saved_at"],
                    "case_no": kept["case_no"],
                }
            )
    return sorted(found, key=lambda view: (-view["saved_at"], view["id"]))


def _read(path: Path) -> View:
    kept: View = json.loads(path.read_text(encoding="utf-8"))
    kept.setdefault("case_no", None)  # views kept before there were charts
    kept.setdefault("chart", None)
    return kept


def _may_open(store: Store, viewer: Viewer, kept: View, seen: dict[str, bool] | None = None) -> bool:
    """Whether a view is the viewer's to open; ``seen`` keeps which cases were asked for already."""
    if kept["kind"] != "chart" or kept["author"] == viewer.user:
        return True
    case_no, known = kept["case_no"], {} if seen is None else seen
    if case_no is None:
        return False
    if case_no not in known:
        known[case_no] = _sees(store, viewer, case_no)
    return known[case_no]


def _sees(store: Store, viewer: Viewer, case_no: str) -> bool:
    return bool(store.read(viewer, "case.one", case_no=case_no, run=""))


def _folder(store: Store) -> Path:
    return Path(store.home) / "views"
