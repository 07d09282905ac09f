"""The declaration as a whole: complete, consistent, in both languages, and strict about mistakes."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pytest

from backend.judgements.words import VERDICTS
from graph_schema.declaration import Declaration, DeclarationError, load_declaration
from graph_schema.declaration.loader import build
from graph_schema.declaration.model import Label, Relationship
from graph_schema.declaration.strict_yaml import parse

LABELS = [
    "Record",
    "ResidentId",
    "Person",
    "Case",
    "Seizure",
    "Phone",
    "Sim",
    "Device",
    "Account",
    "Parcel",
    "Vehicle",
    "Place",
    "Cell",
    "Company",
    "Chemical",
    "Clue",
    "SourceFile",
    "Thing",
    "Gang",
    "Chain",
    "Lead",
    "Watch",
    "Run",
    "Review",
    "View",
]
RELATIONSHIPS = [
    "STATES",
    "INVOLVED_IN",
    "SEIZED_IN",
    "SEIZED_FROM",
    "CALLED",
    "MESSAGED",
    "PAID",
    "SENT",
    "RECEIVED",
    "SEEN_AT",
    "STAYED_AT",
    "USED_WITH",
    "POSTED",
    "MENTIONS",
    "WORKS_FOR",
    "CONTROLS",
    "TRADED",
    "SAYS_SUPPLIER",
    "RELATED_TO",
    "IS",
    "HOLDS",
    "SUPPLIES",
    "MEMBER_OF",
    "LEADS_TO",
    "SAME_BATCH_AS",
    "RATES",
    "STARTS_AT",
    "PASSES",
    "CURRENT",
]
KEYS = {
    "Phone": "number",
    "Account": "account_id",
    "Vehicle": "vehicle_id",
    "Thing": "thing_id",
    "ResidentId": "number",
    "Sim": "imsi",
    "Device": "imei14",
    "Case": "case_no",
    "Seizure": "seizure_id",
    "Parcel": "waybill",
    "Place": "place_id",
    "Cell": "cell_id",
    "Company": "uscc",
    "Chemical": "chemical_id",
    "Clue": "clue_id",
    "Record": "record_id",
    "SourceFile": "sha256",
    "Person": "key",
    "Gang": "key",
    "Chain": "key",
    "Run": "run_id",
    "View": "name",
    "Lead": "lead_id",
    "Watch": "watch_id",
    "Review": "review_id",
}
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN_ONLY_ZH = {"IMSI", "ICCID", "IMEI"}


@pytest.fixture(scope="module")
def declaration() -> Declaration:
    return load_declaration()


def parts(declaration: Declaration) -> list[Label | Relationship]:
    return [*declaration.labels.values(), *declaration.relationships.values()]


def test_whole_schema_table_is_declared(declaration: Declaration) -> None:
    """Trap: a label that is only used by a later part is forgotten and gets no constraint."""
    assert set(LABELS) <= set(declaration.labels)
    assert set(RELATIONSHIPS) <= set(declaration.relationships)
    assert {name: declaration.labels[name].key for name in KEYS} == KEYS


def test_events_carry_time_evidence_and_a_unique_id(declaration: Declaration) -> None:
    """Trap: an event type without event_id could be written twice by two loads."""
    for name in declaration.events():
        rel = declaration.relationships[name]
        assert rel.layer == "observed" and rel.match in ("exact", "window")
        assert {"event_id", "at", "at_precision", "evidence", "aliases"} <= set(rel.properties)
    observed = {rel.name for rel in declaration.relationships.values() if rel.layer == "observed"}
    assert observed - set(declaration.events()) == {"STATES"}


def test_derived_layer_names_its_run(declaration: Declaration) -> None:
    """Trap: a conclusion without its run cannot be taken away with the run."""
    for part in parts(declaration):
        if part.layer == "derived" and part.name not in ("Run", "View", "CURRENT", "RATES"):
            assert "run" in part.properties, part.name
    for rel in declaration.relationships.values():
        layers = {declaration.labels[end].layer for end in (*rel.starts, *rel.ends)}
        assert rel.layer == "derived" or layers == {"observed"}, rel.name


def test_texts_in_both_languages(declaration: Declaration) -> None:
    """Trap: an English word in the Chinese column, a missing text, a note in one language only."""
    for part in parts(declaration):
        assert HAN.search(part.zh) or part.zh in LATIN_ONLY_ZH
        assert HAN.search(part.about.zh) and not HAN.search(part.en + part.about.en)
        assert not part.about.zh.endswith("。") and not part.about.en.endswith(".")
        for name, prop in part.properties.items():
            assert HAN.search(prop.zh) or prop.zh in LATIN_ONLY_ZH, f"{part.name}.{name}"
            assert not HAN.search(prop.en + prop.note), f"{part.name}.{name}"
            assert bool(prop.note) == bool(prop.note_zh), f"{part.name}.{name}"


def test_one_property_name_has_one_type(declaration: Declaration) -> None:
    """Trap: ``platform`` as text here and as yes/no there makes every generic query wrong somewhere."""
    types: dict[str, set[str]] = defaultdict(set)
    for part in parts(declaration):
        for name, prop in part.properties.items():
            types[name].add(prop.type)
    assert {name: kinds for name, kinds in types.items() if len(kinds) > 1} == {}


def test_names_units_and_times(declaration: Declaration) -> None:
    """Trap: a time kept as text, money kept as float yuan, a name that needs quoting in a query."""
    for part in parts(declaration):
        for name, prop in part.properties.items():
            assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
            if name == "at" or name.endswith("_at"):
                assert (prop.type, prop.unit or "ms") == ("integer", "ms"), f"{part.name}.{name}"
            if name == "fen" or name.endswith("_fen"):
                assert (prop.type, prop.unit) == ("integer", "fen"), f"{part.name}.{name}"
    for label in declaration.labels.values():
        assert label.caption and label.sort and label.hue in declaration.legend.hues
    assert declaration.relationships["PAID"].amount == "fen"
    assert declaration.relationships["CALLED"].amount == "seconds"


def test_closed_lists_agree_with_the_legend(declaration: Declaration) -> None:
    """Trap: a role the analysis writes and the drawing does not know."""
    legend = declaration.legend
    assert set(declaration.relationships["MEMBER_OF"].properties["role"].values) == set(legend.roles)
    # A run writes the first; what is judged is laid over answers in the words of the ledger.
    assert set(declaration.labels["Gang"].properties["status"].values) == set(legend.states)
    assert set(legend.states) == {"candidate", *VERDICTS["chain"]}
    assert set(declaration.relationships["RATES"].properties["tier"].values) == set(legend.tiers)
    assert set(declaration.relationships["INVOLVED_IN"].properties["role_class"].values) == set(
        legend.role_classes
    )


@pytest.mark.parametrize(
    ("props", "problem"),
    [
        ({"fen": 100, "memo": "货款"}, None),
        ({"fen": 100.5}, "float"),
        ({"fen": True}, "bool"),
        ({"fenn": 1}, "not declared"),
        ({"at_precision": "hour"}, "not one of"),
        ({"evidence": ["ab/-/1", 2]}, "not str"),
    ],
)
def test_properties_are_checked(
    declaration: Declaration, props: dict[str, object], problem: str | None
) -> None:
    """Trap: fen as float, a misspelt property that the database would silently keep."""
    found = declaration.relationships["PAID"].problems(props)
    assert (found == []) if problem is None else (len(found) == 1 and problem in found[0])


@pytest.mark.parametrize(
    "text",
    ["a: {x: 1}\na: {x: 2}", "a:\n  b: 1\n  b: 2", "- a", "a: [1"],
)
def test_yaml_is_strict(text: str) -> None:
    """Trap: plain YAML keeps the last of two equal keys and loses the first without a word."""
    with pytest.raises(DeclarationError):
        parse(text, "x.yaml")


def test_yaml_words_stay_words() -> None:
    """Trap: YAML 1.1 reads the country code NO and the word off as false."""
    assert parse("a: no\nb: off\nc: true\nd: false") == {"a": "no", "b": "off", "c": True, "d": False}


def label(**changes: Any) -> dict[str, Any]:
    spec = {"type": "string", "zh": "号", "en": "Number"}
    about = {"zh": "甲", "en": "A"}
    base = {
        "zh": "甲",
        "en": "A",
        "about": about,
        "key": "k",
        "hue": "talk",
        "icon": "i",
        "properties": {"k": spec},
    }
    return base | changes


@pytest.mark.parametrize(
    "labels",
    [
        {"A": label(colour="red")},
        {"A": label(key="missing")},
        {"A": label(sort=["-missing"])},
        {"A": label(hue="pink")},
        {"A": label(groups=["nowhere"])},
        {"A": label(en="")},
        {"A": label(properties={"k": {"type": "text", "zh": "号", "en": "N"}})},
    ],
)
def test_mistakes_in_a_declaration_are_errors(labels: dict[str, Any]) -> None:
    """Trap: a misspelt key that is accepted and does nothing."""
    legend = load_declaration().legend.model_dump()
    with pytest.raises(DeclarationError):
        build(labels, {}, {}, legend)
    assert build({"A": label()}, {}, {}, legend).labels["A"].key == "k"


def test_ends_must_be_labels() -> None:
    """Trap: a relationship to a label nobody declared."""
    legend = load_declaration().legend.model_dump()
    about = {"zh": "甲", "en": "a"}
    rel = {"zh": "甲", "en": "a", "about": about, "hue": "talk", "starts": ["A"], "ends": ["B"]}
    with pytest.raises(DeclarationError, match="B is no declared label"):
        build({"A": label()}, {"R": rel}, {}, legend)
