"""How persons, gangs and source rows are named on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from backend.cli.console import terminal_language, told
from graph_schema.language import Text
from viz.text.phrases import TIER, minute, number_text
from viz.text.words import CHIP, EDGE

if TYPE_CHECKING:
    from backend.contract.gangs import Gang
    from backend.contract.person import Person
    from graph_schema.declaration.model import Property


def name_of(person: Person) -> str:
    """How a person is called on the terminal: name, else 持有人未知 and an identifier."""
    known = [*person["phones"], *person["accounts"]]
    held = known[0] if known else person["id"]
    return str(person["name"] or told(f"持有人未知（{held}）", f"holder unknown ({held})"))


def gang_title(gang: Gang) -> Text:
    """What a gang is called: a candidate until somebody confirms it; other decisions stand beside it."""
    status, name = gang["status"], gang["id"]
    if status == "confirmed":
        return Text(f"团伙 {name}（已确认）", f"Gang {name} (confirmed)")
    zh, en = ("", "") if status == "candidate" else (f"（{CHIP[status].zh}）", f" ({CHIP[status].en})")
    return Text(f"团伙候选 {name}{zh}", f"Gang candidate {name}{en}")


def names_of(persons: Iterable[Person]) -> dict[str, str]:
    """Names by person id; namesakes carry their id."""
    names = {person["id"]: name_of(person) for person in persons}
    often = Counter(names.values())
    return {each: f"{name} ({each})" if often[name] > 1 else name for each, name in names.items()}


def number_of(reference: str) -> str:
    """A node reference as people say it: kind and number; other text stays."""
    return number_text(reference, terminal_language())


def tier_word(tier: str) -> str:
    """A tier in words."""
    return TIER[tier].of(terminal_language())


def link_word(kind: str) -> str:
    """A kind of relationship in words: as drawings call it, else as the declaration does."""
    from graph_schema.declaration import load_declaration

    if kind in EDGE:
        return EDGE[kind].of(terminal_language())
    declared = load_declaration().relationships[kind]
    return told(declared.zh, declared.en)


_UNITS = {"g": Text("克", "g"), "kg": Text("千克", "kg")}


def described(label: str, properties: Mapping[str, object]) -> list[list[object]]:
    """Properties of a node as rows (heading, value), in the order and the words of the declaration."""
    from graph_schema.declaration import load_declaration

    declared = load_declaration().labels[label].properties
    return [
        [_heading(declared[name]), _plain(properties[name])]
        for name in declared
        if properties.get(name) not in (None, "", []) and name != "at_precision"
    ]


def _heading(declared: Property) -> str:
    unit = _UNITS.get(declared.unit)
    return told(
        f"{declared.zh}（{unit.zh}）" if unit else declared.zh,
        f"{declared.en} ({unit.en})" if unit else declared.en,
    )


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return "\n".join(f"{key}：{each}" for key, each in value.items())
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return minute(value).removesuffix(" 00:00")  # a day as the file has it


def few(evidence: list[str]) -> str:
    """The first rows, one a line, and how many there are."""
    more = told(f"… 共 {len(evidence)} 行", f"… {len(evidence)} rows in all")
    return "\n".join([*evidence[:3], *([more] if len(evidence) > 3 else [])])
