"""What a declaration consists of: labels, relationship types and their properties, with display text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Layer = Literal["observed", "derived", "decision"]
Hue = Literal["talk", "money", "goods", "words", "move", "ink", "text"]
Shape = Literal["circle", "rounded", "square", "hull", "list"]
PropertyType = Literal["string", "integer", "float", "boolean", "strings", "integers"]
Match = Literal["exact", "window"]

PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "float": (float, int),
    "boolean": (bool,),
    "strings": (list, tuple),
    "integers": (list, tuple),
}
_ITEM_TYPES: dict[str, type] = {"strings": str, "integers": int}


class Strict(BaseModel):
    """Base of all parts of a declaration: a misspelt key is an error, what was loaded cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DeclaredText(Strict):
    """One text in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Property(Strict):
    """One property; times are integers of unit ms (epoch, UTC), money integers of unit fen."""

    type: PropertyType
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    unit: str = ""
    note: str = ""
    note_zh: str = ""
    values: tuple[str, ...] = ()

    def problem(self, value: object) -> str | None:
        """Say what is wrong with a value, or None."""
        allowed = PYTHON_TYPES[self.type]
        if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
            return f"is {type(value).__name__}, not {self.type}"
        item = _ITEM_TYPES.get(self.type)
        if item is not None and isinstance(value, list | tuple):
            wrong = next((v for v in value if not isinstance(v, item)), None)
            return None if wrong is None else f"holds {wrong!r}, which is not {item.__name__}"
        if self.values and value not in self.values:
            return f"is {value!r}, not one of {', '.join(self.values)}"
        return None


class Described(Strict):
    """What labels and relationship types have in common.

    ``circle`` names readers of their own: to everybody else such a thing exists and is sealed.
    """

    name: str
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    about: DeclaredText
    layer: Layer = "observed"
    hue: Hue
    circle: Literal["care"] | None = None
    sort: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    properties: dict[str, Property] = Field(default_factory=dict)

    def problems(self, props: Mapping[str, object]) -> list[str]:
        """Say what is wrong with some properties: undeclared, wrong type, value outside a closed list."""
        found = []
        for name, value in props.items():
            declared = self.properties.get(name)
            text = "is not declared" if declared is None else declared.problem(value)
            if text is not None:
                found.append(f"{self.name}.{name} {text}")
        return found


class Label(Described):
    """A node label; ``key`` names its one unique string property. ``identifier``: a person can hold it."""

    key: str
    icon: str
    icons: dict[str, str] = Field(default_factory=dict)
    shape: Shape = "rounded"
    identifier: bool = False
    caption: tuple[str, ...] = ()
    text_indexes: tuple[str, ...] = ()


class Relationship(Described):
    """A relationship type. ``event``: it has an ``event_id``, unique in its type, a time and evidence rows.

    ``amount`` and ``text`` name the properties that take a leg's amount (fen, seconds, milligrams) and text.
    ``circle_ends``: only towards these labels the type belongs to its circle (all where none is named).
    """

    starts: tuple[str, ...] = Field(min_length=1)
    ends: tuple[str, ...] = Field(min_length=1)
    circle_ends: tuple[str, ...] = ()
    event: bool = False
    match: Match | None = None
    amount: str | None = None
    text: str | None = None


Colour = Annotated[str, Field(pattern="^#[0-9A-F]{6}$")]


class Tone(Strict):
    """A colour on light and on dark ground."""

    light: Colour
    dark: Colour


class HueText(DeclaredText):
    """An evidence hue and its tone."""

    tone: str


class RoleText(DeclaredText):
    """A role: tones of disc, glyph and outline; ``radius`` in px, never by degree."""

    glyph_zh: str
    glyph_en: str
    fill: str
    on: str
    line: str | None = None
    radius: int


class StateText(DeclaredText):
    """A state of a result: its words in full, on a chip, and on the button that leads to it."""

    chip: DeclaredText
    act: DeclaredText | None = None


class StrengthText(DeclaredText):
    """A word for scores below a bound; the last has none."""

    below: float | None = None


class PatternText(DeclaredText):
    """A shape of payments: its name, and in a few words what is paid to whom."""

    about: DeclaredText


class Legend(Strict):
    """What is shown beside the graph."""

    tones: dict[str, Tone]
    hues: dict[str, HueText]
    roles: dict[str, RoleText]
    states: dict[str, StateText]
    strengths: tuple[StrengthText, ...]
    tiers: dict[str, DeclaredText]
    role_classes: dict[str, DeclaredText]
    layers: dict[str, DeclaredText]
    patterns: dict[str, PatternText]

    @model_validator(mode="after")
    def tones_are_declared(self) -> Legend:
        """Refuse a hue or role in a tone nobody declared."""
        named = {hue.tone for hue in self.hues.values()}
        named |= {tone for role in self.roles.values() for tone in (role.fill, role.on, role.line) if tone}
        if missing := named - set(self.tones):
            raise ValueError(f"no such tone: {', '.join(sorted(missing))}")
        return self


class Declaration(Strict):
    """Everything declared, by name."""

    labels: dict[str, Label]
    relationships: dict[str, Relationship]
    legend: Legend

    def identifiers(self) -> list[str]:
        """Labels a person can hold."""
        return [label.name for label in self.labels.values() if label.identifier]

    def events(self) -> list[str]:
        """Relationship types that are events."""
        return [rel.name for rel in self.relationships.values() if rel.event]
