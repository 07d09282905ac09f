"""Features of the scored model: one row per holder, from his records and numbers.

Region serves identity only; no analysis of conduct ever sees it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pyarrow as pa

from etl.resolve.model import Mention, Person
from etl.resolve.swaps import DAY, Swap
from etl.storage.refs import key_of, label_of
from graph_schema.dictionaries import name_search
from graph_schema.dictionaries.names import confusable, surname

MOST_SHARED = 5
"""A number, account, address or handset of more holders than this says nothing about one of them."""
STRONG_SHARED, STRONG_SHARE = 3, 0.3
"""A succession with so many contacts in common, and so large a share of all, is a strong one."""

_PUNCTUATION = re.compile(r"[\W_]+")
_BIRTH = re.compile(r"^(?:19|20)\d{6}$")
_LISTS = ("names", "sounds", "shapes", "phones", "cards", "addresses", "handsets", "after", "strong", "weak")
_TEXTS = ("unique_id", "resident_id", "name", "sorted", "surname", "birth", "sex", "region")
SCHEMA = pa.schema(
    [(name, pa.string()) for name in _TEXTS] + [(name, pa.list_(pa.string())) for name in _LISTS]
)


@dataclass(frozen=True, slots=True)
class Traits:
    """What a record says of its person beyond name and identifiers."""

    aliases: tuple[str, ...] = ()
    sex: str | None = None
    birth: str | None = None
    region: str | None = None
    address: str | None = None


@dataclass(frozen=True)
class NumberHistory:
    """What numbers and handsets say: which were worn together, when each was seen, which follow each other."""

    worn: Sequence[tuple[str, str, int]] = ()
    spans: Mapping[str, tuple[int, int]] = ()  # type: ignore[assignment]
    swaps: Sequence[Swap] = ()


@lru_cache(maxsize=65536)
def shape(name: str) -> str:
    """A name with each character replaced by one that stands for all it is easily mistaken for."""
    return "".join(min({character, *confusable(character)}) for character in name)


@lru_cache(maxsize=65536)
def sounds(name: str) -> tuple[str, ...]:
    """How a name may be read; nothing for one that is not known whole (测某某)."""
    return name_search(name).pinyin if len(name) > 1 and "某" not in name and "*" not in name else ()


def plain_address(address: str) -> str | None:
    """An address without spaces and marks; None where it is too short to tell anything."""
    text = _PUNCTUATION.sub("", address)
    return text if len(text) >= 6 and any(character.isdigit() for character in text) else None


def table(
    people: Sequence[Person],
    mentions: Iterable[Mention],
    told: Mapping[str, Traits],
    network: NumberHistory,
    alone: frozenset[str],
) -> pa.Table:
    """One row per holder but the platforms', sorted by person id; see ``SCHEMA``."""
    states = {mention.record_id: mention.states for mention in mentions}
    shared = _Shared(people, states, told, network, alone)
    columns: dict[str, list[Any]] = {name: [] for name in (*_TEXTS, *_LISTS)}
    for n, person in enumerate(people):
        if person.holds and all(held.ref in alone for held in person.holds):
            continue
        if not (person.records or person.names or person.resident_id) and n not in shared.some:
            # A number nobody has described: most of a town's.
            for name, column in columns.items():
                column.append(person.person_id if name == "unique_id" else None if name in _TEXTS else [])
            continue
        for name, value in {**_said(person, told), **shared.of(n)}.items():
            columns[name].append(value)
    return pa.table(columns, schema=SCHEMA)


def _said(person: Person, told: Mapping[str, Traits]) -> dict[str, Any]:
    """Names, birth, sex and region: from the resident id where there is one, else from the records."""
    records = [told[record] for record in person.records if record in told]
    names = list(dict.fromkeys([*person.names, *(alias for each in records for alias in each.aliases)]))
    rid = person.resident_id
    births = sorted({b for each in records if (b := _birth(each.birth))})
    sexes = {each.sex for each in records if each.sex}
    regions = sorted({r for each in records if (r := _region(each.region))})
    sex = (
        ("male" if int(rid[16]) % 2 else "female") if rid else next(iter(sexes)) if len(sexes) == 1 else None
    )
    return {
        "unique_id": person.person_id,
        "resident_id": rid,
        "name": person.name,
        "names": names,
        "sounds": sorted({sound for name in names for sound in sounds(name)}),
        "shapes": sorted({shape(name) for name in names if len(name) > 1}),
        "sorted": "".join(sorted(person.name)) if person.name and len(person.name) > 1 else None,
        "surname": surname(person.name) if person.name else None,
        "birth": rid[6:14] if rid else births[0] if len(births) == 1 else None,
        "sex": sex,
        "region": rid[:6] if rid and not regions else regions[0] if len(regions) == 1 else None,
    }


def _birth(text: str | None) -> str | None:
    digits = re.sub(r"\D", "", text or "")
    return digits if _BIRTH.match(digits) else None


def _region(text: str | None) -> str | None:
    return _PUNCTUATION.sub("", text)[:24] or None if text else None


class _Shared:
    """Tokens of what several holders have in common; what too many have, or one alone, is left out."""

    def __init__(
        self,
        people: Sequence[Person],
        states: Mapping[str, tuple[tuple[str, str], ...]],
        told: Mapping[str, Traits],
        network: NumberHistory,
        alone: frozenset[str],
    ) -> None:
        self._tokens: dict[str, dict[int, list[str]]] = {}
        holder = {held.ref: n for n, person in enumerate(people) for held in person.holds}
        found: dict[str, dict[str, set[int]]] = {
            kind: defaultdict(set) for kind in ("phones", "cards", "addresses", "handsets")
        }
        for n, person in enumerate(people):
            for record in person.records:
                for ref, how in states.get(record, ()):
                    if ref not in alone and how != "nickname" and label_of(ref) in ("Phone", "Account"):
                        kind = "phones" if label_of(ref) == "Phone" else "cards"
                        found[kind][ref] |= {n, holder.get(ref, n)}
                address = plain_address(told[record].address or "") if record in told else None
                if address:
                    found["addresses"][address].add(n)
        carriers: dict[str, set[str]] = defaultdict(set)
        for carrier, thing, _ in network.worn:
            if label_of(thing) == "Device" and carrier in holder:
                found["handsets"][thing].add(holder[carrier])
                carriers[thing].add(carrier)
        for kind, tokens in found.items():
            self._keep(kind, tokens)
        self._keep("after", _one_after_another(carriers, network.spans, holder))
        for kind, strong in (("strong", True), ("weak", False)):
            chosen = [each for each in network.swaps if is_strong(each) == strong]
            ends = {f"{key_of(s.old)}>{key_of(s.new)}": {holder[s.old], holder[s.new]} for s in chosen}
            self._keep(kind, ends)

        self.some = {n for kept in self._tokens.values() for n in kept}
        """Holders that have anything in common with others."""

    def _keep(self, kind: str, tokens: Mapping[str, set[int]]) -> None:
        kept: dict[int, list[str]] = defaultdict(list)
        for token in sorted(token for token, members in tokens.items() if 1 < len(members) <= MOST_SHARED):
            for member in tokens[token]:
                kept[member].append(token)
        self._tokens[kind] = kept

    def of(self, n: int) -> dict[str, list[str]]:
        """The tokens of one holder, by kind."""
        return {kind: kept.get(n, []) for kind, kept in self._tokens.items()}


def is_strong(swap: Swap) -> bool:
    """Whether a succession is a strong one."""
    return swap.shared >= STRONG_SHARED and swap.share >= STRONG_SHARE


def _one_after_another(
    carriers: Mapping[str, set[str]], spans: Mapping[str, tuple[int, int]], holder: Mapping[str, int]
) -> dict[str, set[int]]:
    """Handsets in which one number followed another without overlap."""
    found = {}
    for device, numbers in carriers.items():
        seen = sorted((spans[number], number) for number in numbers if number in spans)
        for ((_, last), old), ((first, _), new) in pairwise(seen):
            if last <= first + DAY and len(numbers) <= MOST_SHARED:
                found[f"{key_of(device)}:{key_of(old)}>{key_of(new)}"] = {holder[old], holder[new]}
    return found
