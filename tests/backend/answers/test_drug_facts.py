"""Which drug facts stand for a person: in words, with rows, and only what the viewer may see."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq

from backend import answers
from graph_schema.store import LOCAL, Store
from tests.backend.conftest import MAJOR, PACKET, Builder


def keep(store: Store, rows: list[tuple[str, str, list[str], list[str]]]) -> None:
    """Facts as a run keeps them: person, kind, cases, rows."""
    folder = store.home / "runs" / "R-0001"
    folder.mkdir(parents=True)
    columns = [list(each) for each in zip(*rows, strict=True)] or [[], [], [], []]
    pq.write_table(pa.table(dict(zip(("person", "kind", "cases", "evidence"), columns, strict=True))),
                   folder / "drug_facts.parquet")  # fmt: skip


def told(
    store: Store, person: str, cases: frozenset[str] | None = None
) -> list[tuple[str, list[str], list[str]]]:
    page = answers.person_page(store, replace(LOCAL, cases=cases), person)
    return [(each["kind"], each["cases"], each["evidence"]) for each in page["drug_facts"]]


def test_each_kind_once_with_all_its_cases_and_rows(district: Store) -> None:
    """Trap: one line for each row of a return; another man's facts; kinds without words in one language."""
    keep(
        district,
        [
            ("P-seller", "statement", [PACKET], ["s/-/4"]),
            ("P-seller", "case", [PACKET], ["c/-/2"]),
            ("P-seller", "case", [MAJOR], ["c/-/3", "c/-/2"]),
            ("P-whole", "clue", [], ["k/-/1"]),
        ],
    )
    assert told(district, "P-seller") == [
        ("case", [PACKET, MAJOR], ["c/-/2", "c/-/3"]),
        ("statement", [], ["s/-/4"]),
    ]
    page = answers.person_page(district, LOCAL, "P-seller")
    assert all(each["zh"] and each["en"] and each["reason"]["zh"] for each in page["drug_facts"])
    why = [
        each for each in answers.explain(district, LOCAL, "P-seller")["sentences"] if "涉毒材料" in each["zh"]
    ]
    assert [each["evidence"] for each in why] == [["c/-/2", "c/-/3"], ["s/-/4"]]
    assert PACKET in why[0]["zh"] and "recorded in a drug case" in why[0]["en"]


def test_what_belongs_to_cases_of_others_is_not_told(district: Store) -> None:
    """Trap: a case the viewer may not see shows through as a fact about the man, by number, by row or by being counted."""
    keep(
        district,
        [
            ("P-seller", "case", [PACKET], ["c/-/2"]),
            ("P-seller", "case", [MAJOR], ["c/-/3"]),
            ("P-seller", "seizure", [MAJOR], ["z/-/1"]),
            ("P-seller", "parcel", [MAJOR], ["p/-/1"]),
            ("P-seller", "statement", [MAJOR], ["s/-/4"]),
            ("P-seller", "user", [], ["u/-/9"]),
        ],
    )
    everything = ["case", "seizure", "user", "parcel", "statement"]
    assert [kind for kind, _, _ in told(district, "P-seller")] == everything
    assert told(district, "P-seller", frozenset({PACKET})) == [
        ("case", [PACKET], ["c/-/2"]),
        ("user", [], ["u/-/9"]),
    ]
    assert told(district, "P-seller", frozenset()) == [("user", [], ["u/-/9"])]
    limited = replace(LOCAL, cases=frozenset({PACKET}))
    lines = str(answers.explain(district, limited, "P-seller")["sentences"])
    assert not any(hidden in lines for hidden in (MAJOR, "c/-/3", "z/-/1", "p/-/1", "s/-/4"))


def test_facts_of_a_holder_counted_for_him_say_whose_they_are(district: Store) -> None:
    """Trap: what is known of a holder nobody merged stands on another's page as his own."""
    Builder(district).do(
        "MATCH (p:Person {key: 'R-0001/P-user'}) SET p.counted_as = 'P-whole', p.counted_why = 'name', p.common_contacts = []"
    )
    keep(district, [("P-user", "user", [], ["u/-/1"]), ("P-whole", "clue", [], ["k/-/1"])])
    facts = answers.person_page(district, LOCAL, "P-whole")["drug_facts"]
    assert [(each["kind"], each["of"] and each["of"]["id"]) for each in facts] == [
        ("user", "P-user"),
        ("clue", None),
    ]
    assert [each["kind"] for each in answers.person_page(district, LOCAL, "P-user")["drug_facts"]] == ["user"]


def test_a_run_that_kept_no_facts_does_not_say_there_are_none(district: Store) -> None:
    """Trap: after an update, and before the next run, everybody is without facts."""
    assert answers.person_page(district, LOCAL, "P-zeng")["drug_facts"] is None
    keep(district, [("P-seller", "clue", [], ["k/-/1"])])
    assert answers.person_page(district, LOCAL, "P-zeng")["drug_facts"] == []
