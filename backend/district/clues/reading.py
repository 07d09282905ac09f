"""Clues from the graph, and what the graph knows of what they name: holders, payments, parcels, requests, case side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from backend.answers.runs import Run
from backend.answers.shape import person, reference
from backend.contract.person import Person
from backend.district.clues.keys import Clue, account_of, clue_of, value_of
from backend.district.clues.needs import GroupKnown
from backend.district.rows import rows_of
from graph_schema.store import Row, Store, Viewer

TIMEOUT = 60.0
MOST_CHAINS = 200
MOST_PERSONS = 20
"""Persons of one group whose chains and gangs are looked up."""


def clues(store: Store, viewer: Viewer) -> list[Clue]:
    """Every clue with its keys; one that follows another account's clue is a forwarded one."""
    read = store.read(viewer, "clues.all", timeout=TIMEOUT)
    rows = rows_of(store, viewer, [f"Clue:{row['clue']['clue_id']}" for row in read])
    accounts = {row["clue"]["clue_id"]: _account(row["posted"]) for row in read}
    return [
        clue_of(
            row["clue"],
            [_flat(each) for each in row["posted"]],
            [_flat(each) for each in row["mentions"]],
            [{**each["props"], "evidence": each["evidence"]} for each in row["pictures"]],
            rows.get(f"Clue:{row['clue']['clue_id']}", []),
            next((found for up in row["clue"].get("upstream") or () if (found := accounts.get(up))), None),
        )
        for row in read
    ]


def _account(posted: Sequence[Row]) -> str | None:
    return next((found for each in posted if (found := account_of(each["props"]))), None)


def _shown(props: Row) -> str | None:
    value = props.get("number") or props.get("raw")
    return str(value) if value else None


def _flat(each: Row) -> Row:
    """An identifier with its reference beside its properties."""
    props = each["props"]
    return {
        **props,
        "ref": reference(each["label"], props),
        "number": _shown(props),
        "text": each.get("text"),
        "evidence": each["evidence"],
    }


class Around:
    """What the graph knows of the keys of some clues, asked once for all of them."""

    def __init__(self, store: Store, viewer: Viewer, run: Run, asked: Sequence[Clue]) -> None:
        wanted = [each.clue_id for each in asked]
        self._holders: dict[str, list[tuple[Row, list[str]]]] = defaultdict(list)
        if run.name is not None and wanted:
            read = store.read(viewer, "clues.holders", run=run.run_id, clues=wanted, timeout=TIMEOUT)
            for row in read:
                self._holders[_key(row)].append((row["person"], list(row["evidence"] or ())))
        self._paid: dict[str, list[str]] = {}
        for row in store.read(viewer, "clues.paid", clues=wanted, timeout=TIMEOUT) if wanted else ():
            self._paid[_key(row)] = [each for found in row["evidence"] for each in found or ()]
        parcels = store.read(viewer, "clues.parcels", clues=wanted, timeout=TIMEOUT) if wanted else []
        self._parcels = {_key(row): row for row in parcels}
        sent = rows_of(store, viewer, [f"Parcel:{row['props']['waybill']}" for row in parcels])
        self._sent = {ref: rows for ref, rows in sent.items() if rows}
        self._asked = tuple(
            str(row["subject"]) for row in store.read(viewer, "clues.requests", timeout=TIMEOUT)
        )

    def persons(self, own: Sequence[Clue]) -> tuple[Person, ...]:
        """Who holds an account, phone or payee of the clues, by the published run."""
        found = {row["person_id"]: row for value in _values(own) for row, _ in self._holders.get(value, ())}
        return tuple(person(found[key]) for key in sorted(found))

    def known(self, own: Sequence[Clue]) -> GroupKnown:
        """What of the needs of a case the graph has."""
        values = list(_values(own))
        named = [
            row
            for value in values
            for each, rows in self._holders.get(value, ())
            if each.get("resident_id")
            for row in rows
        ]
        parcels = [value for value in values if value in self._parcels and value in self._sent]
        addresses = [
            (str(address), tuple(self._sent[value]))
            for value in parcels
            for address in (
                self._parcels[value]["props"].get(name) for name in ("from_address", "to_address")
            )
            if address
        ]
        return GroupKnown(
            named=tuple(dict.fromkeys(named)),
            paid=tuple(row for value in values for row in self._paid.get(value, ())),
            sent=tuple(row for value in parcels for row in self._sent[value]),
            addresses=tuple(addresses),
            asked=self._asked,
        )


def _key(row: Row) -> str:
    return value_of(_flat({**row, "evidence": None}))


def _values(own: Iterable[Clue]) -> dict[str, None]:
    return dict.fromkeys(key.value for clue in own for key in clue.keys)


def case_side(
    store: Store, viewer: Viewer, run: Run, persons: Sequence[Person]
) -> tuple[list[str], list[str]]:
    """Chains and gangs these persons stand in."""
    chains: set[str] = set()
    gangs: set[str] = set()
    for each in persons[:MOST_PERSONS]:
        key = run.key(each["id"])
        read = store.read(viewer, "person.chains", key=key, limit=MOST_CHAINS, bodies=False)
        chains |= {str(row["id"]) for row in read}
        gangs |= {str(row["id"]) for row in store.read(viewer, "person.gangs", key=key)}
    return sorted(chains), sorted(gangs)
