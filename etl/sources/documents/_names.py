"""What other programs call kind, title, time and weight of a node or link."""

from __future__ import annotations

from collections.abc import Mapping

_KINDS = ("type", "kind", "labels", "category", "schema", "entity_type", "类型", "种类")
_TITLES = ("title", "name", "label", "caption", "description", "姓名", "名称")
_TIMES = ("time", "date", "datetime", "timestamp", "start", "at", "时间", "日期")
_WEIGHTS = ("weight", "value", "权重")


def _first(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    plain = {name.strip().lower(): text for name, text in said.items()}
    return next((plain[name].strip() for name in names if plain.get(name, "").strip()), "")


def kind_of(said: Mapping[str, str], *more: str) -> str:
    """The kind an element gives itself, blank where it gives none."""
    return _first(said, (*_KINDS, *more)).lstrip(":")


def title_of(said: Mapping[str, str]) -> str:
    """What an element is called, blank where it says nothing."""
    return _first(said, _TITLES)


def time_of(said: Mapping[str, str]) -> str:
    """The time of an element as written, blank where it has none."""
    return _first(said, _TIMES)


def weight_of(said: Mapping[str, str]) -> str:
    """The weight of a link as written, blank where it has none."""
    return _first(said, _WEIGHTS)
