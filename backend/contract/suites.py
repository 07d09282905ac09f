"""The call suite and the money suite as tables, and money followed in time order."""

from __future__ import annotations

from typing import Literal

from backend.analysis.model.kinds import ColumnKind, Flag, PatternKind
from backend.contract.base import Ends, Shape, Words
from backend.contract.person import Person


class TransferShown(Ends, Shape):
    """One payment with its rows; ``from`` and ``to`` are persons or accounts, as the trace runs."""

    event: str
    from_account: str
    to_account: str
    at: str | None
    at_precision: str
    fen: int
    currency: str | None
    cash: bool
    memo: str | None
    evidence: list[str]


class TransferReached(TransferShown):
    """A payment a trace reached: in which layer and by which payment before it."""

    layer: int
    parent: str | None


class LayerCount(Shape):
    """How many payments one layer has."""

    layer: int
    events: int


class FlowShown(Ends, Shape):
    """All payments of one layer between the same two ends in one currency, with the rows of the newest.

    ``cash_fen`` is what of the sum was drawn or paid in as cash.
    """

    layer: int
    payments: int
    fen: int
    cash_fen: int
    currency: str | None
    first: str | None
    last: str | None
    evidence: list[str]


class TraceLimits(Shape):
    """Within what a trace followed; null where nothing bounds it. ``fan`` counts the newest payments of a node in a window."""

    layers: int
    window_hours: float | None
    ratio_least: float | None
    ratio_most: float | None
    first: int | None
    last: int | None
    fan: int
    exchange: bool


class Returned(Shape):
    """Money that came back: payments from the start to the start, and the share that returned.

    ``returned`` is null where it came back in another currency.
    """

    returned: float | None
    events: list[TransferShown]


class KnotShown(Shape):
    """One sum and the parts it was paid on in, or gathered from; ``share`` is parts through whole."""

    share: float
    whole: TransferShown
    parts: list[TransferShown]


class Ordered(Shape):
    """A trace in time order; ``cut`` names nodes of which only the newest payments were followed.

    ``origin`` is the person or account it runs from (null where it runs from one payment), ``flows`` are all payments by
    layer and ends, the largest sums first; of ``flows_total`` the first are given. ``total`` counts payments, each once;
    one known by its day only may stand in several ``layers``, once in each, and so in ``events``. ``persons`` describes
    everybody named by id, ``holders`` says who holds an account or number named.
    """

    start: str
    origin: str | None
    by: Literal["person", "account"]
    direction: Literal["down", "up"]
    limits: TraceLimits
    layers: list[LayerCount]
    flows: list[FlowShown]
    flows_total: int
    total: int
    events: list[TransferReached]
    returns: list[Returned]
    splits: list[KnotShown]
    merges: list[KnotShown]
    truncated: bool
    cut: list[str]
    run: str | None
    persons: list[Person]
    holders: dict[str, str]


class PatternLimits(Shape):
    """Within what patterns were sought; ``least`` counts branches (hops of a cycle, payments passed on)."""

    window_hours: float
    least: int
    ratio_least: float
    ratio_most: float
    layers: int
    exchange: bool
    first: int | None
    last: int | None


class PatternShown(Shape):
    """One pattern of money: by stage the payments, in order of time.

    ``centre`` is whom it turns about, ``known`` are those in it of whom a drug fact stands on record. ``fen`` is what
    the first stage came to (of a cycle its first payment), null where several currencies take part. ``events`` counts
    all payments; of a stage the first 200 are given.
    """

    centre: list[str]
    known: list[str]
    branches: int
    fen: int | None
    currency: str | None
    share: float | None
    first: str | None
    last: str | None
    events: int
    stages: list[list[TransferShown]]


class PatternsFound(Shape):
    """Patterns of one kind over all that is loaded, those with most branches first.

    ``total`` were found, ``known`` of them with somebody of whom a drug fact stands on record. A pattern is a shape of
    payments and no finding.
    """

    kind: PatternKind
    by: Literal["person", "account"]
    limits: PatternLimits
    total: int
    known: int
    patterns: list[PatternShown]
    truncated: bool
    cut: list[str]
    run: str | None
    persons: list[Person]


class ColumnShown(Shape):
    """A column of a table: how it is called and what its values are (money in fen, times as text)."""

    key: str
    zh: str
    en: str
    kind: ColumnKind


class FigureShown(Shape):
    """A figure that stands for a table, with the thresholds it was held against."""

    name: str
    value: float
    flag: Flag
    abnormal: float | None
    high: float | None


class TableShown(Shape):
    """One analysis; each row has the values of its columns, ``n`` events and ``evidence``, the newest rows."""

    key: str
    number: int
    zh: str
    en: str
    note: Words
    columns: list[ColumnShown]
    rows: list[dict[str, object]]
    figures: list[FigureShown]
    parameters: dict[str, float]
    total: int
    truncated: bool


class PresetShown(Words):
    """The thresholds used."""

    name: str
    version: str


class Suite(Shape):
    """All tables of a suite; ``persons`` describes everybody the shown rows name by id, ``words`` says what the
    values of columns of codes mean.
    """

    targets: list[Person]
    preset: PresetShown
    tables: list[TableShown]
    words: dict[str, Words]
    persons: list[Person]
    truncated: bool
    run: str | None
