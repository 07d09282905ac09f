"""Which drug facts stand for a person, as the run worked them out, each kind with the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable

from backend.answers.runs import Run
from backend.contract.person import Person
from backend.contract.persons import CountedAs, DrugFact
from backend.runs.keep import facts_about
from graph_schema.declaration.drug_facts import load_drug_facts
from graph_schema.store import Store, Viewer


def drug_facts(
    store: Store, viewer: Viewer, run: Run, person_id: str, same: Iterable[CountedAs]
) -> list[DrugFact] | None:
    """Per kind what is known of him; ``of`` names the holder counted for him whose fact it is, null where it is his own.

    What belongs to cases none of which the viewer may see is left out. None where the run kept no facts.
    """
    others = {
        each["person"]["id"]: each["person"]
        for each in same
        if each["number"] is None and each["counted_as"]["id"] == person_id
    }
    kept = facts_about(store.home / "runs" / run.run_id, [person_id, *others])
    if kept is None:
        return None
    found: dict[tuple[str, str], DrugFact] = {}
    for row in kept:
        seen = _seen(viewer, row["cases"])
        if row["cases"] and not seen:
            continue
        told = found.setdefault((row["kind"], row["person"]), _fact(row["kind"], others.get(row["person"])))
        told["cases"] += seen if row["kind"] != "statement" else []
        told["evidence"] += row["evidence"]
    kinds = load_drug_facts().kinds
    order = sorted(found, key=lambda key: ([*kinds].index(key[0]), key[1] != person_id, key[1]))
    return [_once(found[key]) for key in order]


def known_for_drugs(store: Store, viewer: Viewer, run: Run, persons: Iterable[str]) -> set[str]:
    """Those of the persons of whom a drug fact stands on record that the viewer may see."""
    kept = facts_about(store.home / "runs" / run.run_id, list(persons)) or []
    return {row["person"] for row in kept if not row["cases"] or _seen(viewer, row["cases"])}


def _seen(viewer: Viewer, cases: Iterable[str]) -> list[str]:
    return [case for case in cases if viewer.cases is None or case in viewer.cases]


def _fact(name: str, of: Person | None) -> DrugFact:
    """A kind of fact in words, of nothing yet."""
    kind = load_drug_facts().kinds[name]
    return {
        "kind": name,
        "of": of,
        "cases": [],
        "evidence": [],
        "zh": kind.zh,
        "en": kind.en,
        "reason": {"zh": kind.reason.zh, "en": kind.reason.en},
    }


def _once(fact: DrugFact) -> DrugFact:
    """Each case and row once."""
    return {
        **fact,
        "cases": list(dict.fromkeys(fact["cases"])),
        "evidence": list(dict.fromkeys(fact["evidence"])),
    }
