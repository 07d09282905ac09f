"""The published weights: read strictly from ``weights.yaml``, each with its reason and source."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

import yaml

from backend.analysis.model.parameters import both_languages
from graph_schema.errors import InputError
from graph_schema.language import Text

DEFAULT = Path(__file__).with_name("weights.yaml")


@dataclass(frozen=True)
class Weight:
    """One signal's weights: ``retail`` where the buyer buys for himself, ``restock`` where he sells on."""

    name: str
    retail: float
    restock: float
    zh: str
    en: str
    reason_zh: str
    reason_en: str
    source: Text

    def shown(self) -> dict[str, object]:
        """As shown in a weight file and by the service."""
        reason = {"zh": self.reason_zh, "en": self.reason_en}
        source = {"zh": self.source.zh, "en": self.source.en}
        plain = {each: getattr(self, each) for each in ("name", "retail", "restock", "zh", "en")}
        return {**plain, "reason": reason, "source": source}


@dataclass(frozen=True)
class Bias:
    """Log-odds a candidate starts with, before and after the other candidates' scores are known."""

    first: float
    second: float


@dataclass(frozen=True)
class Arrival:
    """Log-odds that a chain leads to the organiser or the major case.

    ``start``, plus ``hops`` times the log-odds of the product of its hops' scores, plus ``major`` where it reaches a
    major case, else ``known`` where it reaches another case, a fugitive or the organiser of a gang candidate.
    """

    start: float
    hops: float
    major: float
    known: float


@dataclass(frozen=True)
class Weights:
    version: str
    retail: Bias
    restock: Bias
    arrival: Arrival
    signals: dict[str, Weight] = field(default_factory=dict)


FIELDS = {"retail", "restock", "zh", "en", "reason", "source"}


def load_weights(path: Path = DEFAULT) -> Weights:
    """Reads a weight file; unknown, missing or non-numeric entries are an InputError that names them."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict) or set(raw) != {"version", "bias", "chain", "signals"}:
        raise InputError(f"{path.name}: needs exactly version, bias, chain and signals 权重文件须恰有这四项")
    signals = {}
    for name, entry in raw["signals"].items():
        if not isinstance(entry, dict) or set(entry) != FIELDS:
            raise InputError(f"{path.name}: signal {name} needs exactly {sorted(FIELDS)} 该信号字段不符")
        reason = both_languages(path, f"{name}.reason", entry["reason"])
        signals[name] = Weight(
            name=str(name),
            retail=_number(path, name, entry["retail"]),
            restock=_number(path, name, entry["restock"]),
            **{key: str(entry[key]) for key in ("zh", "en")},
            **{f"reason_{each}": text for each, text in reason.items()},
            source=_source(path, name, entry["source"]),
        )
    return Weights(
        version=str(raw["version"]),
        retail=_bias(path, raw["bias"], "retail"),
        restock=_bias(path, raw["bias"], "restock"),
        arrival=_arrival(path, raw["chain"]),
        signals=signals,
    )


def _source(path: Path, name: str, raw: object) -> Text:
    """A calibration of an earlier version says its source in one language."""
    return Text(raw, raw) if isinstance(raw, str) else Text(**both_languages(path, f"{name}.source", raw))


def _bias(path: Path, raw: object, kind: str) -> Bias:
    entry = raw.get(kind) if isinstance(raw, dict) else None
    if not isinstance(entry, dict) or set(entry) != {"first", "second"}:
        raise InputError(f"{path.name}: bias.{kind} needs exactly first and second 起点缺项")
    return Bias(_number(path, kind, entry["first"]), _number(path, kind, entry["second"]))


def _arrival(path: Path, raw: object) -> Arrival:
    names = {each.name for each in fields(Arrival)}
    if not isinstance(raw, dict) or set(raw) != names:
        raise InputError(f"{path.name}: chain needs exactly {sorted(names)} 链条权重缺项")
    return Arrival(**{name: _number(path, f"chain.{name}", raw[name]) for name in names})


def _number(path: Path, name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"{path.name}: {name} has weight {value!r}, which is no number 权重须为数字")
    return float(value)


def signal_name(name: str) -> Text:
    """What a published signal is called; a signal known only to an older run goes by its code."""
    known = default_weights().signals.get(name)
    return Text(known.zh, known.en) if known else Text(name, name)


@cache
def default_weights() -> Weights:
    """The published default."""
    return load_weights()
