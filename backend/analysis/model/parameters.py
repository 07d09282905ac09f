"""The parameters of the analysis: read strictly from ``parameters.yaml``, each with unit, reason and source.

A parameter is a number somebody chose: a threshold, a window of time, a share, a bound of work. Modules bind theirs to a
name when they are imported (``RARE = parameter("identity.beside_payments.rare")``), so a test can still replace one.

No parameters, and so left in the code:

- mathematical identities, units and the calendar: 24 hours, 100 fen, the half of a symmetric sum, the exponent of a formula;
- numerical guards that no input of any size reaches: the 1e-9 that keeps a division or a logarithm finite;
- digits of rounding, lengths of hashes, seeds of random choices, numbers of a catalogue;
- factors that pack two numbers into one key, shapes of arrays;
- zero, one and two where they mean none, one, and more than one;
- words and lists of words.

Weights of signals stand in ``weights.yaml``, thresholds of the suites in ``suites/common/presets.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import yaml

from graph_schema.errors import InputError

DEFAULT = Path(__file__).with_name("parameters.yaml")
FIELDS = {"value", "unit", "source", "reason"}
Words = dict[str, str]  # zh, en


@dataclass(frozen=True)
class Parameter:
    """One number, or a rising list of them: what it is counted in, why it is so, and where that comes from."""

    name: str  # package.module.name
    value: float | tuple[float, ...]  # what is whole in the file stays an int
    unit: Words
    reason: Words
    source: Words

    def shown(self) -> dict[str, object]:
        """As the service gives it."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {**asdict(self), "value": value}


@dataclass(frozen=True)
class Parameters:
    """All parameters by name; ``version`` is that of the file."""

    version: str
    entries: dict[str, Parameter]


def load_parameters(path: Path = DEFAULT) -> Parameters:
    """Reads a parameter file; whatever is missing, unknown or no number is an InputError that names file and key."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict) or set(raw) != {"version", "units", "sources", "parameters"}:
        raise InputError(
            f"{path.name}: needs exactly version, units, sources, parameters 参数文件须恰有这四项"
        )
    units, sources = (_glossary(path, name, raw[name]) for name in ("units", "sources"))
    found = {}
    for name, entry in _entries(path, "", raw["parameters"]):
        if set(entry) != FIELDS:
            raise InputError(f"{path.name}: {name} needs exactly {sorted(FIELDS)} 该参数字段不符")
        found[name] = Parameter(
            name=name,
            value=_value(path, name, entry["value"]),
            unit=_listed(path, f"{name}.unit", entry["unit"], units),
            reason=both_languages(path, f"{name}.reason", entry["reason"]),
            source=_listed(path, f"{name}.source", entry["source"], sources),
        )
    return Parameters(str(raw["version"]), found)


def _glossary(path: Path, name: str, raw: object) -> dict[str, Words]:
    if not isinstance(raw, dict):
        raise InputError(f"{path.name}: {name} is no list of names 须为名称与说明")
    return {str(key): both_languages(path, f"{name}.{key}", words) for key, words in raw.items()}


def both_languages(path: Path, name: str, raw: object) -> Words:
    """A text of the file in Chinese and English; an InputError that names file and key where one is missing."""
    if not isinstance(raw, dict) or set(raw) != {"zh", "en"} or not all(raw.values()):
        raise InputError(f"{path.name}: {name} needs exactly zh and en 须有中英文")
    return {str(each): str(text) for each, text in raw.items()}


def _listed(path: Path, name: str, key: object, known: dict[str, Words]) -> Words:
    if not isinstance(key, str) or key not in known:
        raise InputError(f"{path.name}: {name} is {key!r}, which the file does not explain 文件未说明该项")
    return known[key]


def _entries(path: Path, name: str, raw: object) -> Iterator[tuple[str, dict[str, object]]]:
    """Every entry with its dotted name; whatever has a value is one."""
    if not isinstance(raw, dict):
        raise InputError(f"{path.name}: {name or 'parameters'} holds no parameter 此处没有参数")
    if "value" in raw:
        yield name, raw
        return
    for key, below in raw.items():
        yield from _entries(path, f"{name}.{key}" if name else str(key), below)


def _value(path: Path, name: str, value: object) -> float | tuple[float, ...]:
    several = value if isinstance(value, list) else [value]
    figures = [each for each in several if isinstance(each, int | float) and not isinstance(each, bool)]
    if not figures or len(figures) != len(several) or figures != sorted(set(figures)):
        raise InputError(f"{path.name}: {name} is {value!r}, no number and no rising list of them 须为数字")
    return tuple(figures) if isinstance(value, list) else figures[0]


@cache
def default_parameters() -> Parameters:
    """The published parameters."""
    return load_parameters()


def parameter(name: str) -> float:
    """A parameter as a float."""
    value = _known(name)
    if isinstance(value, tuple):
        raise InputError(f"{DEFAULT.name}: {name} is a list, asked for as one number 须为单个数字")
    return float(value)


def whole_parameter(name: str) -> int:
    """A parameter that counts something."""
    value = _known(name)
    if not isinstance(value, int):
        raise InputError(f"{DEFAULT.name}: {name} is {value!r}, no whole number 须为整数")
    return value


def parameter_list(name: str) -> tuple[float, ...]:
    """A parameter that is a list."""
    value = _known(name)
    if not isinstance(value, tuple):
        raise InputError(f"{DEFAULT.name}: {name} is {value!r}, no list 须为列表")
    return value


def _known(name: str) -> float | tuple[float, ...]:
    found = default_parameters().entries.get(name)
    if found is None:
        raise InputError(f"{DEFAULT.name}: has no parameter {name} 没有该参数")
    return found.value
