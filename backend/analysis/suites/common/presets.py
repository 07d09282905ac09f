"""Presets 零包, 批发 and 洗钱: thresholds with their source, read strictly from ``presets.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from graph_schema.errors import InputError
from graph_schema.language import Text

DEFAULT = Path(__file__).with_name("presets.yaml")
NAMES = ("packet", "wholesale", "laundering")


@dataclass(frozen=True)
class Preset:
    """The thresholds of one preset by name; ``version`` is that of the file."""

    name: str
    version: str
    zh: str
    en: str
    values: dict[str, float]
    sources: dict[str, str]

    def __getitem__(self, name: str) -> float:
        return self.values[name]

    def some(self, *names: str) -> dict[str, float]:
        """Some thresholds, for a table to show."""
        return {name: self.values[name] for name in names}


@cache
def load_presets(path: Path = DEFAULT) -> dict[str, Preset]:
    """All presets; a file with a missing, unknown or non-numeric threshold is an InputError that names it."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict) or set(raw) != {"version", "presets", "thresholds"}:
        raise InputError(
            Text(
                f"{path.name} 须恰有 version、presets、thresholds 三项",
                f"{path.name}: needs exactly version, presets, thresholds",
            )
        )
    found = {}
    for name in NAMES:
        words = raw["presets"][name]
        values, sources = {}, {}
        for threshold, entry in raw["thresholds"].items():
            value = entry.get(name, entry.get("all"))
            if isinstance(value, bool) or not isinstance(value, int | float) or not entry.get("source"):
                raise InputError(
                    Text(
                        f"{path.name}：{threshold} 缺少 {name} 的数值，或缺出处",
                        f"{path.name}: {threshold} has no number for {name}, or no source",
                    )
                )
            values[threshold], sources[threshold] = float(value), str(entry["source"])
        found[name] = Preset(name, str(raw["version"]), words["zh"], words["en"], values, sources)
    return found
