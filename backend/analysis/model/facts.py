"""Input of the analysis: columns read once from the store.

Persons are numbered 0 … n-1 in the order of ``person_ids`` (sorted, so that a run is reproducible).
Evidence is held once, as the row references of each event; results name events by index. All times are
epoch milliseconds UTC (sources are Beijing time, UTC+8); money is in fen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph_schema.arrays import Bools, Ints

PRECISIONS = ("day", "minute", "second")


class References(Sequence[list[str]]):
    """Row references of each event as one block of text, which takes a fifth of the memory of lists."""

    KIND = pa.large_list(pa.large_string())

    def __init__(self, held: pa.LargeListArray) -> None:
        self._held = held

    def __len__(self) -> int:
        return len(self._held)

    @overload
    def __getitem__(self, at: int) -> list[str]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[str]]: ...
    def __getitem__(self, at: int | slice) -> list[str] | list[list[str]]:
        found: list[str] | list[list[str]] = (
            self._held[at].to_pylist() if isinstance(at, slice) else self._held[at].as_py()
        )
        return found

    def take(self, order: Ints) -> References:
        """Those at ``order``, in that order."""
        return References(self._held.take(pa.array(order)))


@dataclass
class Events:
    """Person-to-person events of one channel, in no particular order; ``evidence[i]`` are its row references.

    Events of a person with himself (本人互转) are already left out; events with a platform or service
    number are kept and flagged in ``service`` (either end is no person in the sense of an analysis).
    """

    a: Ints  # caller | payer | sender | speaker
    b: Ints  # called | payee | receiver | person named
    at: Ints  # -1 where unknown
    precision: npt.NDArray[np.int8]  # index into PRECISIONS
    amount: Ints  # seconds | fen | 0
    service: Bools
    a_ref: list[str]  # identifier used at each end, "Phone:+86…"
    b_ref: list[str]
    evidence: Sequence[list[str]]

    def __len__(self) -> int:
        return len(self.a)


@dataclass
class Case:
    """One case as far as the analysis needs it. ``tier`` is packet | small | major | unknown, computed or overridden."""

    case_no: str
    tier: str
    opened_at: int | None  # epoch ms
    grams: dict[str, float]  # substance as in the list → net grams seized
    target_level: str | None = None
    deadline: int | None = None
    drugs: bool = True  # False for another kind of case, such as theft: it is not a drug fact


@dataclass
class Involvement:
    """A person's role in a case as recorded: the raw text 涉案身份 and its class."""

    person: int
    case: int
    # dealing | carrying | making | holding | hosting | using | brokering | laundering | witness | other
    role: str
    arrested_at: int | None
    evidence: list[str] = field(default_factory=list)


@dataclass
class Seizure:
    person: int  # -1 unknown
    case: int
    at: int
    substance: str
    grams: float
    packets: int
    batch: str | None  # 特征批次
    packaging: str | None
    evidence: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class DrugFact:
    """A drug fact about a person other than cases, seizures and statements; the kinds are declared."""

    person: int
    kind: str  # user (the register, or a positive test) | clue | parcel | words
    evidence: list[str]
    cases: tuple[str, ...] = ()  # what a parcel was seized in


@dataclass(frozen=True)
class Succession:
    """换号: a number fell silent and another began with its contacts; the persons who hold them."""

    old: int
    new: int
    share: float  # of the contacts of whichever has fewer
    rarity: float  # of the contacts in common
    lead: float  # rarity before the next best pair of either


@dataclass
class Facts:
    """Everything a run is computed from."""

    person_ids: list[str]
    named: Bools  # a name or resident id is known
    registered_user: Bools
    fugitive: Bools
    platform: Bools  # pass-through payers, shops, service numbers
    asked: Bools  # a return (bank, wallet or carrier) exists for at least one of his identifiers
    calls: Events  # voice and messages
    payments: Events
    parcels: Events  # sender → receiver
    statements: Events  # speaker → person he names as his supplier (供述上家, 毒品来源): low confidence
    cases: list[Case]
    involvements: list[Involvement]
    seizures: list[Seizure]
    refs: list[list[str]]  # identifiers each person holds
    coverage: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """identifier → periods (ms, ms) for which a return was received."""
    names: list[str | None] = field(default_factory=list)  # of each person, the one he is known by
    successions: list[Succession] = field(default_factory=list)
    drug_facts: list[DrugFact] = field(default_factory=list)
    apart: frozenset[tuple[int, int]] = frozenset()
    """Pairs (smaller number first) somebody judged to be two persons."""
