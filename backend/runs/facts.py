"""From the observed graph to the arrays an analysis is computed from."""

from __future__ import annotations

import duckdb
import numpy as np

from backend.analysis.model.facts import Case, Facts, Involvement, Seizure
from backend.runs.channels import MONEY, TALK, Channels
from backend.runs.drug_facts import read_drug_facts
from backend.runs.observed import TIMEOUT, Observed
from graph_schema.arrays import Bools
from graph_schema.store import Store, Viewer


def read_facts(store: Store, viewer: Viewer, observed: Observed, table: duckdb.DuckDBPyConnection) -> Facts:
    """Read everything a run is computed from; see ``backend.analysis.model.facts.Facts``.

    ``table`` has the view ``events`` (``etl.writing.tabled``).
    """
    channels = Channels(table, observed)
    asked = channels.asked()
    cases = _cases(store, viewer)
    number = {case.case_no: n for n, case in enumerate(cases)}
    involvements, fugitives = _involvements(store, viewer, observed, number)
    seized = _seized(store, viewer, observed, number)
    _weigh(cases, seized)
    size = len(observed.people)
    people = observed.people
    of = observed.person_of_record

    def flags(indices: set[int]) -> Bools:
        mask = np.zeros(size, dtype=np.bool_)
        mask[sorted(indices)] = True
        return mask

    return Facts(
        person_ids=[person.person_id for person in people],
        named=np.array([bool(person.name or person.resident_id) for person in people], dtype=np.bool_),
        registered_user=flags({of[r] for r in observed.records.registered_users if r in of}),
        fugitive=flags(fugitives | {of[r] for r in observed.records.fugitives if r in of}),
        platform=flags({observed.holder[ref] for ref in observed.alone if ref in observed.holder}),
        asked=flags({observed.holder[ref] for ref in asked if ref in observed.holder}),
        calls=channels.between(TALK),
        payments=channels.between(MONEY),
        parcels=channels.parcels(),
        statements=channels.statements(),
        cases=cases,
        involvements=involvements,
        seizures=list(seized.values()),
        refs=[[held.ref for held in person.holds] for person in people],
        coverage={ref: [period] for ref, period in sorted(asked.items())},
        names=[person.name for person in people],
        apart=frozenset(observed.apart),
        drug_facts=read_drug_facts(store, viewer, observed, table),
    )


def _cases(store: Store, viewer: Viewer) -> list[Case]:
    return [
        Case(
            case_no=row["case_no"],
            tier="unknown",
            opened_at=row["opened_at"],
            grams={},
            target_level=row["target_level"],
            deadline=row["deadline"],
            drugs=_about_drugs(row["class_code"], row["class_text"]),
        )
        for row in store.read(viewer, "run.cases", timeout=TIMEOUT)
    ]


def _about_drugs(code: str | None, text: str | None) -> bool:
    """A case of a drug class (0607…), or one whose class is not said; a squad's own table is about drugs."""
    if code:
        return code.startswith("0607")
    return not text or "毒" in text


def _involvements(
    store: Store, viewer: Viewer, observed: Observed, number: dict[str, int]
) -> tuple[list[Involvement], set[int]]:
    found: list[Involvement] = []
    fugitives: set[int] = set()
    for row in store.stream(viewer, "run.involvements", timeout=TIMEOUT):
        person = observed.person_of_record[row["record"]]
        arrested = row["arrested"] if row["arrested"] >= 0 else None
        found.append(Involvement(person, number[row["case_no"]], row["class"], arrested, row["evidence"]))
        if "追逃" in row["measure"] or "在逃" in row["measure"]:
            fugitives.add(person)
    found.sort(key=lambda item: (item.case, item.person, item.role, item.evidence))
    return found, fugitives


def _seized(
    store: Store, viewer: Viewer, observed: Observed, number: dict[str, int]
) -> dict[tuple[str, int, int], Seizure]:
    """What was seized, by its id, case and person: one person once, however many records of his name it."""
    found: dict[tuple[str, int, int], Seizure] = {}
    for row in store.read(viewer, "run.seizures", timeout=TIMEOUT):
        if row["case_no"] is None:
            continue
        person = -1
        if row["label"] == "Record":
            person = observed.person_of_record.get(row["holder"], -1)
        elif row["label"]:
            person = observed.holder.get(f"{row['label']}:{row['holder']}", -1)
        case = number[row["case_no"]]
        found.setdefault(
            (row["seizure_id"], case, person),
            Seizure(
                person=person,
                case=case,
                at=row["at"] if row["at"] is not None else -1,
                substance=row["substance"] or "",
                grams=float(row["net_g"] or 0.0),
                packets=int(row["packets"] or 0),
                batch=row["batch"],
                packaging=row["packaging"],
                evidence=row["evidence"] or [],
            ),
        )
    return found


def _weigh(cases: list[Case], seized: dict[tuple[str, int, int], Seizure]) -> None:
    """Add up what was seized in each case, each seizure once, whoever it was seized from; the tier is the analysis' to say."""
    for seizure in {key[:2]: each for key, each in seized.items()}.values():
        grams = cases[seizure.case].grams
        grams[seizure.substance] = grams.get(seizure.substance, 0.0) + seizure.grams
