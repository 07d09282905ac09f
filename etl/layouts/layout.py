"""What a source layout is: one strict YAML file names columns, words and what the rows become."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from etl.storage.facts import HOWS
from graph_schema.declaration.model import Strict
from graph_schema.identifiers import KINDS

ColumnType = Literal[
    "text",
    "verbatim",
    "time",
    "month",
    "money",
    "number",
    "integer",
    "grams",
    "kilograms",
    "mass",
    "times",
    "censored",
    "limit",
    "share",
    "paths",
    "sex",
    "role",
    "flag",
    "yes",
]
Unit = Literal["元", "分", "千元", "万元", "百万元", "秒", "分钟", "克", "千克", "毫克"]
SPECIAL_KINDS = ("any", "payee", "platform_account", "typed", "nickname")
Take = Literal["name", "number", "bank", "numbers", "first", "below", "limit"]


class Title(Strict):
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Fallback(Strict):
    """Where a value stands when its column is missing or blank: above the heading, else in a name.

    ``path`` looks for a value of that kind in sheet, file and folder names. ``unnamed`` is what the owner of a
    bill is called that names him nowhere: an unverified reference of this file, which never ties files together.
    """

    preamble: tuple[str, ...] = ()
    path: Literal["phone", "card", "resident_id", "wechat", "operator"] | None = None
    unnamed: str | None = None


class Column(Strict):
    """One field. ``must`` is the * of a template: the heading has to be there and the cell filled.

    ``kind`` makes the cell an identifier: one of ``KINDS``, ``any`` (resident id or company code), ``payee``
    (whatever account the cell looks like), ``typed`` (the cell says its kind itself: ``phone:138…``, see
    ``etl.sources.documents``), ``nickname`` (a display name, never verified). ``take`` is the part of a compound
    cell this field is: two fields may so share a heading. ``beside`` is a second column that belongs to the
    identifier: the plate kind of a plate, the platform of an account. ``many`` splits the cell at semicolons,
    commas and blanks. ``unit`` is what the heading means when it names none. ``verbatim`` text is neither trimmed
    nor read for ways of writing nothing. ``unless`` lets a ``must`` cell be blank where that column is filled (a
    test that is due has no date yet). ``limits`` are the columns of the limits a ``limit`` may refer to: first of
    detection, then of quantification. ``mass`` is whole milligrams, ``times`` and ``paths`` are parted at semicolons.
    """

    aliases: tuple[str, ...] = Field(min_length=1)
    must: bool = False
    kind: str | None = None
    beside: str | None = None
    type: ColumnType = "text"
    take: Take | None = None
    many: bool = False
    unit: Unit | None = None
    fallback: Fallback | None = None
    sample: str = ""
    unless: str | None = None
    limits: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known_kind(self) -> Column:
        if self.kind is not None and self.kind not in (*KINDS, *SPECIAL_KINDS):
            raise ValueError(f"unknown identifier kind {self.kind!r}")
        return self


class Time(Strict):
    """The event's time: one column, or a date and a time of day in two; ``otherwise`` where it is blank."""

    at: str
    date: str | None = None
    otherwise: str | None = None
    needed: bool = True


class Exclude(Strict):
    """Rows that are kept but not analysed. ``words`` names a list of words.yaml."""

    column: str
    words: str
    reason: str


class Ref(Strict):
    column: str
    how: str

    @model_validator(mode="after")
    def _known_how(self) -> Ref:
        if self.how not in HOWS:
            raise ValueError(f"unknown how {self.how!r}")
        return self


class Record(Strict):
    """One mention of a person per row; ``props`` maps declared properties to columns."""

    slot: str
    name: str | None = None
    refs: tuple[Ref, ...] = ()
    props: dict[str, str] = Field(default_factory=dict)
    set: dict[str, str | bool | int] = Field(default_factory=dict)
    extra: bool = False  # columns nobody asked for go into the property ``extra``
    distinct: bool = True  # equal mentions are recorded once


class Node(Strict):
    """One node per row: an identifier column (only those of ``label`` where it is given), or a ``label`` keyed
    by some columns.

    No node where the first key is blank. ``prefix`` tells kinds apart inside the key. ``hashed`` keys by a
    digest, with a running number for equal rows of one file, unless all columns of ``short_key`` are filled.
    """

    name: str
    column: str | None = None
    label: str | None = None
    prefix: str = ""
    key: tuple[str, ...] = ()
    hashed: bool = False
    short_key: tuple[str, ...] = ()
    props: dict[str, str] = Field(default_factory=dict)
    set: dict[str, str | bool | int] = Field(default_factory=dict)
    extra: bool = False


class Leg(Strict):
    """One relationship per row, or per value of a ``many`` column.

    Ends are ``record:slot``, ``node:name`` or an identifier column; ``unless`` leaves out rows where that
    column is filled.
    """

    rel: str
    start: str
    end: str
    at: str | None = None  # a time column; default is the event's time, "none" for a timeless relationship
    amount: str | None = None
    text: str | None = None
    unless: str | None = None
    distinct: tuple[str, ...] = ()
    props: dict[str, str] = Field(default_factory=dict)
    set: dict[str, str | bool | int | float] = Field(default_factory=dict)
    system: str = "table"  # whose books the row belongs to
    side: str | None = None  # a column that says start or end: whose record the row is


class Statement(Strict):
    """Free text that may name a supplier: identifiers inside become legs from the record (or from a node)."""

    column: str
    rel: str
    start: str
    skip: tuple[str, ...] = ()


class Pictures(Strict):
    """A column of picture files beside the table; ``start`` is the node they belong to."""

    column: str
    start: str


class Direction(Strict):
    column: str | None = None
    inflow: tuple[str, ...] = ()
    outflow: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()  # beside the usual words; "" is a blank cell


class Refunds(Strict):
    """How a bill shows that money came back, so that only what was kept counts as paid.

    A refund row (one of the ``returned`` words) reduces the payment whose ``order`` begins its own, else the
    last earlier one of the same counterparty and amount. ``within`` is a column of the payment's own
    row that states the amount that came back (``已退款(￥5.00)``).
    """

    order: str | None = None
    within: str | None = None


class Payment(Strict):
    """A row that is one payment seen from its owner.

    ``both_ends`` says that ``owner`` and ``counter`` columns hold payer and payee; the owner then is the payer
    of outgoing rows and the payee of incoming ones. ``nickname`` says that the counterparty's name is a display
    name, which never merges persons.
    """

    system: str
    directed: bool = False  # owner is always the payer (tables of both ends)
    owner: tuple[str, ...]
    counter: tuple[str, ...]
    counter_name: str | None = None
    merchant: str | None = None  # stands in where the row names no counterparty
    counter_id: str | None = None
    owner_id: str | None = None
    amount: str | None = None
    signed: str | None = None  # an amount whose sign alone says the direction: minus is money out
    income: str | None = None
    expense: str | None = None
    direction: Direction = Direction()
    currency: str | None = None
    serial: str | None = None
    common: tuple[str, ...] = ()
    balance: str | None = None
    counter_balance: str | None = None
    text: str | None = None
    owner_card: str | None = None  # wallet rows: the card that paid or was paid
    counter_card: str | None = None
    own_bank: str | None = None
    counter_bank: str | None = None
    owner_name: str | None = None
    cash: str | None = None
    returned: tuple[str, ...] = ()  # columns that say the payment was reversed
    flags: tuple[str, ...] = ()  # columns that hold nothing but whether it was
    status: str | None = None
    own_move: tuple[str, ...] = ()  # columns that say the owner moved money between wallet and his own card
    refunds: Refunds | None = None
    both_ends: bool = False
    nickname: bool = False
    props: dict[str, str] = Field(default_factory=dict)


class Side(Strict):
    """One end of a call: its number (or IMSI), and ``otherwise`` (an IMEI) where that is blank."""

    number: str
    otherwise: str | None = None
    imsi: str | None = None
    imei: str | None = None
    lac: str | None = None
    ci: str | None = None
    operator: str | None = None
    place: str | None = None
    address: str | None = None  # of the cell
    lon: str | None = None
    lat: str | None = None


class Call(Strict):
    """A row that is one call or message. ``kinds`` are columns that may say direction and kind of call."""

    own: Side
    other: Side
    kinds: tuple[str, ...] = ()
    directed: bool = False  # own is always the caller (tables of both ends)
    duration: str | None = None
    end: str | None = None  # time the call ended, where there is no duration
    text: str | None = None
    serial: str | None = None
    forwarded: str | None = None


class Mapped(Strict):
    """What makes a layout a saved mapping: the kind it maps onto, and the very headings it was made for."""

    of: str
    version: int = Field(ge=1)
    headings: tuple[str, ...] = Field(min_length=1)  # of the whole table: its shape
    fields: dict[str, str] = Field(min_length=1)  # field to heading

    @model_validator(mode="after")
    def _headings_exist(self) -> Mapped:
        if lost := sorted(set(self.fields.values()) - set(self.headings)):
            raise ValueError(f"mapped headings {lost} are not among its headings")
        return self


class Layout(Strict):
    """One known table. ``needs`` are groups of columns of which at least one has to be there.

    ``not_yet`` marks a table that is recognised only to be refused with a clear message; ``refusal`` names a
    message of its own (a key of ``REFUSALS``).
    """

    name: str
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    source: str = ""
    not_yet: bool = False
    refusal: str | None = None
    module: str | None = None  # read by etl.sources.<module> instead of the tables below
    document: bool = False  # made by a module of etl.sources.documents; never guessed from headings
    columns: dict[str, Column]
    example: tuple[str, ...] = ()  # lines of an invented file, where columns alone do not show it
    needs: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()  # headings that only another table has
    time: Time | None = None
    exclude: tuple[Exclude, ...] = ()
    records: tuple[Record, ...] = ()
    nodes: tuple[Node, ...] = ()
    legs: tuple[Leg, ...] = ()
    statements: tuple[Statement, ...] = ()
    pictures: Pictures | None = None
    payment: Payment | None = None
    call: Call | None = None
    mapped: Mapped | None = None

    @property
    def kind(self) -> str:
        """What a file read by it is recognised as; a saved mapping says so, with its version."""
        return self.name if self.mapped is None else f"{self.mapped.of}/{self.name}@{self.mapped.version}"

    @model_validator(mode="after")
    def _columns_exist(self) -> Layout:
        named = set(self.columns) | {"none"}
        for text in self._mentions():
            if text not in named:
                raise ValueError(f"{self.name}: column {text!r} is not among its columns")
        return self

    @model_validator(mode="after")
    def _records_of_legs(self) -> Layout:
        ends = [end for leg in self.legs for end in (leg.start, leg.end)] + [s.start for s in self.statements]
        for record in self.records:
            if record.distinct and f"record:{record.slot}" in ends:
                raise ValueError(f"{self.name}: record {record.slot!r} has legs: it needs distinct: false")
        return self

    def _mentions(self) -> list[str]:
        used = list(self.mapped.fields) if self.mapped else []
        used += [name for group in self.needs for name in group]
        used += [rule.column for rule in self.exclude] + [text.column for text in self.statements]
        used += [column.beside for column in self.columns.values() if column.beside]
        used += [column.unless for column in self.columns.values() if column.unless]
        used += [name for column in self.columns.values() for name in column.limits]
        if self.time is not None:
            used += [name for name in (self.time.at, self.time.date, self.time.otherwise) if name]
        for record in self.records:
            used += [record.name] if record.name else []
            used += [ref.column for ref in record.refs] + list(record.props.values())
        for node in self.nodes:
            used += [
                *([node.column] if node.column else []),
                *node.key,
                *node.short_key,
                *node.props.values(),
            ]
        for leg in self.legs:
            used += [end for end in (leg.start, leg.end) if ":" not in end]
            used += [text for text in (leg.at, leg.amount, leg.text, leg.unless, leg.side) if text]
            used += [*leg.distinct, *leg.props.values()]
        if self.pictures is not None:
            used.append(self.pictures.column)
        if self.payment is not None:
            apart = {"system", "directed", "direction", "props", "both_ends", "nickname"}
            used += _strings(self.payment.model_dump(exclude=apart))
            used += [*self.payment.props.values()]
            used += [self.payment.direction.column] if self.payment.direction.column else []
        if self.call is not None:
            used += _strings(self.call.model_dump(exclude={"directed"}))
        return used


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    if isinstance(value, tuple | list):
        return [text for part in value for text in _strings(part)]
    return []
