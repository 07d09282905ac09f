"""Values that stand outside the rows: above the heading, in sheet, file and folder names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from etl.layouts import said
from etl.layouts.layout import Layout
from etl.layouts.recognise import Recognised
from etl.parsing.text import folded
from etl.reading.members import shown
from etl.storage.facts import FileOrigin
from graph_schema.identifiers import bank_card, resident_id

_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d{9})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}-\d{7,8})(?!\d)")
_CARD = re.compile(r"(?<!\d)(\d{16,19})(?!\d)")
_NUMBERED = re.compile(r"^[^\d/]{0,12}?(\d{16,19})(?:[-_ ]?[^\d/]{0,12})?$")
_MOMENT = re.compile(r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_RESIDENT = re.compile(r"(?<![0-9A-Za-z])(\d{17}[\dXx])(?![0-9A-Za-z])")
_WXID = re.compile(r"(?<![0-9A-Za-z])(wxid_[0-9A-Za-z_-]+)")
_OPERATORS = ("移动", "联通", "电信", "广电")


def constants(
    layout: Layout, hints: Mapping[str, str], names: Sequence[str], named_owner: bool = True
) -> dict[str, str]:
    """Fields of the layout whose value, or whose default for blank cells, stands outside the rows.

    Without ``named_owner`` sheet and file names say nothing of the owner: the lines of a section do.
    """
    out: dict[str, str] = {}
    theirs = said.owner_fields(layout)
    for field, column in layout.columns.items():
        if column.fallback is None:
            continue
        keys = [folded(key) for key in column.fallback.preamble]
        value = next((hints[key] for key in keys if hints.get(key)), None)
        path = column.fallback.path if named_owner or field not in theirs else None
        if value is None and path is not None:
            value = next((text for name in names if (text := in_name(name, path))), None)
        value = value if value is not None else column.fallback.unnamed
        if value is not None:
            out[field] = value
    return out


def places(found: Recognised, sheet: str, path: Path, origin: FileOrigin) -> list[str]:
    """Every name a value may stand in, the nearest first."""
    return [*_of_reject_list(found), *names_around(sheet, path, origin)]


def _of_reject_list(found: Recognised) -> list[str]:
    """Sheet and file a corrected list of rejected rows came from, as its own columns say."""
    rows = found.view.head[found.header + 1 :]
    out: list[str] = []
    for heading in ("__工作表", "__文件"):
        if heading in found.headings:
            at = found.headings.index(heading)
            text = next((row[at] for row in rows if len(row) > at and row[at].strip()), "")
            out += reversed(PurePosixPath(unicodedata.normalize("NFKC", text)).parts)
    return out


def names_around(sheet: str, path: Path, origin: FileOrigin) -> list[str]:
    """Sheet name, then file name, then folders from the inside out, at last the real folder's name."""
    parts = PurePosixPath(unicodedata.normalize("NFKC", origin.path)).parts
    inside = list(reversed(parts))
    outside = [shown(path.resolve().parent.name)] if len(parts) == 1 else []
    return [unicodedata.normalize("NFKC", sheet), *inside, *outside]


def _whole_number(name: str) -> str | None:
    """The account number a name consists of, beside a holder's name or a few words; no moment, no person."""
    found = _NUMBERED.match(name.strip())
    plain = None if found is None or _MOMENT.match(found[1]) else found[1]
    return None if plain is None or resident_id.is_valid(plain) else plain


def in_name(name: str, kind: str) -> str | None:
    """The one value of a kind a name holds; two different ones are no answer."""
    if kind == "operator":
        found = [word for word in _OPERATORS if word in name]
    elif kind == "phone":
        found = _PHONE.findall(name) or _LANDLINE.findall(name)
    elif kind == "card" and (whole := _whole_number(name)):
        found = [whole]
    elif kind == "card":
        found = [
            text
            for text in _CARD.findall(name)
            if bank_card.is_valid(text) and not resident_id.is_valid(text)
        ]
    elif kind == "resident_id":
        found = [text for text in _RESIDENT.findall(name) if resident_id.is_valid(text)]
    else:
        found = _WXID.findall(name)
    distinct = list(dict.fromkeys(found))
    return distinct[0] if len(distinct) == 1 else None
