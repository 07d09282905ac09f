"""Saved mappings: layouts of one UPLINE_HOME, each for tables with exactly the headings it was made for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from etl.layouts.heading import unique_headings
from etl.layouts.layout import Layout
from etl.layouts.recognise import Recognised, read_preamble
from etl.layouts.registry import heading_key, layouts, parted
from etl.layouts.said import CURRENCY
from etl.reading.grid import RawSheet
from etl.reading.limits import LIMITS
from graph_schema.declaration.strict_yaml import DeclarationError, read
from graph_schema.errors import InputError, NotFound
from graph_schema.home import upline_home
from graph_schema.language import Text
from graph_schema.shared_file import locked, put

_NAME = re.compile(r"^[\w\u3400-\u9fff-]{1,40}$")


def folder() -> Path:
    return upline_home() / "mappings"


def path_of(name: str) -> Path:
    """The file of a mapping. Raises ``InputError`` for a name that cannot be one."""
    if not _NAME.match(name) or name in layouts():
        raise InputError(
            Text(
                f"映射名“{name}”不能使用：限文字、数字、“-”和“_”，40 字以内，且不同于内置表名。",
                f"{name!r} cannot name a mapping: letters, digits, - and _, at most 40, and no known "
                "kind of table.",
            )
        )
    return folder() / f"{name}.yaml"


def all_saved() -> dict[str, Layout]:
    """Every saved mapping by name."""
    files = sorted(folder().glob("*.yaml")) if folder().is_dir() else []
    return {path.stem: _read(path, path.stat().st_mtime_ns, path.stat().st_size) for path in files}


def one(name: str) -> Layout:
    """A saved mapping. Raises ``NotFound``."""
    found = all_saved().get(name) if path_of(name).exists() else None
    if found is None:
        raise NotFound(Text(f"没有名为“{name}”的映射。", f"There is no mapping {name!r}."))
    return found


@cache
def _read(path: Path, _changed: int, _size: int) -> Layout:
    try:
        layout = Layout.model_validate(read(path))
    except (ValidationError, DeclarationError, yaml.YAMLError) as error:
        raise InputError(
            Text(
                f"映射文件 {path.name} 有误，请改正或用 upline mappings --delete {path.stem} 删除：{error}",
                f"Mapping {path.name} is wrong; mend it or delete it: {error}",
            )
        ) from error
    if layout.name != path.stem or layout.mapped is None:
        raise InputError(
            Text(
                f"映射文件 {path.name} 的 name 应为“{path.stem}”，且须有 mapped 一节。",
                f"{path.name}: its name has to be {path.stem!r}, and it needs the part `mapped`.",
            )
        )
    return layout


def write(layout: Layout) -> Path:
    """Keep a mapping under its name, whole or not at all."""
    target = path_of(layout.name)
    body = layout.model_dump(mode="json", exclude_defaults=True)
    text = yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=110)
    with locked(folder()):
        put(target, text, lambda part: Layout.model_validate(read(part)))
    return target


def delete(name: str) -> None:
    """Forget a mapping; files loaded by it stay loaded. Raises ``NotFound``."""
    target = path_of(name)
    with locked(folder()):
        if not target.exists():
            raise NotFound(Text(f"没有名为“{name}”的映射。", f"There is no mapping {name!r}."))
        target.unlink()


def find(sheet: RawSheet) -> Recognised | None:
    """The saved mapping whose headings a row of the sheet has, all of them and no other; else None."""
    known = all_saved()
    if not known:
        return None
    for view in sheet.views:
        for at, row in enumerate(view.head[: LIMITS.head_rows]):
            # the columns of a list of rejects stand behind the table's own
            headings = {h for h in unique_headings(row) if h and not h.startswith("__")}
            for layout in known.values():
                if layout.mapped is not None and headings == set(layout.mapped.headings):
                    return under(layout, sheet, sheet.views.index(view), at)
    return None


def under(layout: Layout, sheet: RawSheet, view: int, header: int) -> Recognised:
    """A sheet seen under a mapping, its heading in row ``header`` (from 0) of a view."""
    assert layout.mapped is not None
    headings = unique_headings(sheet.views[view].head[header])
    fields = {name: headings.index(heading) for name, heading in layout.mapped.fields.items()}
    beside = {name: parted(heading_key(heading)) for name, heading in layout.mapped.fields.items()}
    units = {name: each.unit for name, each in beside.items() if each.unit}
    found = Recognised(headings, fields, units, layout=layout, view=sheet.views[view], header=header)
    found.lines = (tuple(sheet.views[view].head[header]),)
    currencies = {each.currency for each in beside.values() if each.currency}
    if len(currencies) == 1:
        found.hints[CURRENCY] = currencies.pop()
    read_preamble(found)
    return found
