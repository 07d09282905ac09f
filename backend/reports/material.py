"""What both forms of report start from: pages of persons, words for them, source rows, the run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from typing_extensions import TypedDict

from backend import answers
from backend.answers.shape import unknown_person
from backend.contract.evidence import SourceRow
from backend.contract.person import Person
from backend.contract.persons import CaseRole, Held, RecordShown
from backend.drawings import RunShown
from backend.reports.happened import event_rows
from backend.reports.telling import Telling, stage_word
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer
from viz.report.model import Block, Event, Source, cited

MOST_ASKED = 900
"""Source rows asked for at once; the answers take at most a thousand."""


class PageTold(TypedDict):
    """What a report tells of a person: part of his page."""

    person: Person
    registered_user: bool
    cases: list[CaseRole]
    holds: list[Held]
    records: list[RecordShown]


@dataclass(frozen=True)
class Material:
    """Persons of a report by id, each with his page, and how the report speaks of them."""

    pages: Mapping[str, PageTold]
    telling: Telling

    def person(self, person_id: str) -> Person:
        return self.pages[person_id]["person"]

    def name(self, person_id: str) -> str:
        return self.telling.name(self.person(person_id))

    def holders(self) -> dict[str, str]:
        """The name of who holds a number, of these persons."""
        people = [page["person"] for page in self.pages.values()]
        return {
            number: str(each["name"])
            for each in people
            if each.get("name")
            for number in (*each["phones"], *each["accounts"])
        }


def material(
    store: Store,
    viewer: Viewer,
    persons: Sequence[str],
    roles: Mapping[str, str],
    language: str,
    confirmed: Iterable[str] = (),
) -> Material:
    """Pages of the persons, in order; a person of an older run is described by his id alone."""
    pages: dict[str, PageTold] = {}
    for person_id in dict.fromkeys(persons):
        try:
            pages[person_id] = answers.person_page(store, viewer, person_id)
        except NotFound:
            pages[person_id] = {
                "person": unknown_person(person_id),
                "registered_user": False,
                "cases": [],
                "holds": [],
                "records": [],
            }
    words = {
        person_id: stage_word(page["cases"], page["registered_user"], language)
        for person_id, page in pages.items()
    }
    return Material(pages, Telling(language, roles, words, frozenset(confirmed)))


def person_rows(page: PageTold, most: int = 6) -> tuple[str, ...]:
    """The rows that prove who a person is: his cases first, then what ties his identifiers to him."""
    refs = [ref for each in page["cases"] for ref in each["evidence"] or ()]
    refs += [ref for held in page["holds"] for ref in held["evidence"][:1]]
    if not refs:
        refs = [f"{r['file']}/{r.get('sheet') or '-'}/{r['row']}" for r in page["records"]]
    return tuple(dict.fromkeys(refs))[:most]


def sources(store: Store, viewer: Viewer, blocks: Iterable[Block], stuff: Material) -> dict[str, Source]:
    """The source rows behind every sentence and table row, with what each says happened."""
    refs = cited(blocks)
    rows: list[SourceRow] = []
    for start in range(0, len(refs), MOST_ASKED):
        rows += answers.evidence(store, viewer, refs[start : start + MOST_ASKED])["rows"]
    events = event_rows(store, rows, stuff.holders(), stuff.telling.language)
    return {row["evidence"]: _source(row, events.get(row["evidence"])) for row in rows}


def _source(row: SourceRow, event: Event | None) -> Source:
    ref = str(row["evidence"])
    if not row["found"]:
        return Source(ref, "", "", 0, found=False)
    cells = [
        f"{heading}={cell}" if heading else str(cell)
        for heading, cell in zip_longest(row["headings"], row["cells"], fillvalue="")
        if cell.strip()
    ]
    return Source(
        ref,
        str(row["file"]),
        row["sheet"] or "",
        int(row["row"]),
        "" if event else "；".join(cells),
        row["basis"] or "",
        row["unit"] or "",
        event=event,
    )


def run_line(run: RunShown, language: str) -> str:
    """Run, rules and data cut-off: with them the report can be computed again."""
    if language == "en":
        return f"Run {run['id']}, rules {run['rules']}, data to {run['data_to']}, reproducible."
    return f"研判批次 {run['id']}，规则版本 {run['rules']}，数据截至 {run['data_to']}，可重复计算。"


def lead(language: str) -> str:
    """The sentence that every report begins with."""
    return Text(
        "本报告为数据研判结果，仅作侦查线索，不作为认定依据；仅依据当前有权查看的数据计算。角色由行为特征推断，不代表法律上的主从犯认定。",
        "Result of an analysis: a lead, not a finding, computed from the data the author may see. "
        "Roles are inferred from behaviour; they do not say who is a principal or an accessory.",
    ).of(language)
