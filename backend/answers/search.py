"""Search: names, pinyin, initials, parts of numbers, plates, case numbers; every hit says why it is one.

Not a full-text index: that finds neither a single Chinese character nor the last four digits of a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from backend.answers.runs import Run, on_run
from backend.answers.shape import caption, person, reference
from backend.contract.graph import Hit, HitsFound
from backend.security.audited import audited
from graph_schema.declaration import load_declaration
from graph_schema.language import Text
from graph_schema.store import Props, Store, Viewer

PART_FROM = 4
"""Numbers are searched by parts from this many characters on; shorter parts fit too many."""
MOST_OF_A_KIND = 200
LONGEST = 200

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[a-z]+(?:[ '·]*[a-z]+)*")
_GAPS = re.compile(r"[\s·•\-—_.]")

# label → properties a part of which finds it
_PLACES = {
    "ResidentId": ("number",),
    "Phone": ("number",),
    "Account": ("account_id",),
    "Vehicle": ("vehicle_id",),
    "Case": ("case_no", "case_name"),
    "Parcel": ("waybill",),
    "Clue": ("clue_id",),
    "Company": ("uscc", "name"),
    "Sim": ("imsi",),
    "Device": ("imei14",),
}
_NAMED = {("Case", "case_name"), ("Company", "name")}

EXACT, ENDS, STARTS, CONTAINS = "exact", "ends", "starts", "contains"
NAME, NAME_PART, PINYIN, INITIALS = "name", "name_part", "pinyin", "initials"
_RANKS = {EXACT: 100, NAME: 95, PINYIN: 85, ENDS: 80, STARTS: 70, INITIALS: 65, NAME_PART: 60, CONTAINS: 50}
_WHY = {
    EXACT: Text("完全一致", "exact"),
    ENDS: Text("末尾一致", "ends with it"),
    STARTS: Text("开头一致", "starts with it"),
    CONTAINS: Text("包含", "contains it"),
    NAME: Text("姓名一致", "same name"),
    NAME_PART: Text("姓名包含", "part of the name"),
    PINYIN: Text("拼音一致", "pinyin"),
    INITIALS: Text("拼音首字母一致", "pinyin initials"),
}


@dataclass(frozen=True)
class SearchForms:
    """A question in the forms it is compared in; an empty form is not asked."""

    text: str
    spaced: str  # Chinese characters with blanks between them, as Person.search has them
    latin: str  # small letters without blanks, as pinyin and initials have them
    number: str  # letters and digits without separators

    @classmethod
    def of(cls, query: str) -> SearchForms:
        text = unicodedata.normalize("NFKC", query).strip()[:LONGEST]
        letters = "".join(_HAN.findall(text))
        folded = text.casefold()
        latin = re.sub(r"[^a-z]", "", folded) if _LATIN.fullmatch(folded) else ""
        return cls(text, " ".join(letters), latin, _GAPS.sub("", text))

    def forms(self, label: str, name: str) -> list[str]:
        """How the question may stand in one property; none where it is too short for it."""
        if (label, name) in _NAMED:
            return [self.text] if _HAN.search(self.text) else []
        least = 1 if label == "Case" and _HAN.search(self.text) else PART_FROM
        both = (self.text, self.number)
        forms = dict.fromkeys(form for text in both for form in (text, text.lower(), text.upper()))
        return [form for form in forms if len(form) >= least]


@audited("search")
@on_run
def search(
    store: Store, viewer: Viewer, run: Run, query: str, *, limit: int = 20, skip: int = 0
) -> HitsFound:
    """Persons, numbers, accounts, vehicles, cases and more that fit ``query``, best first.

    ``why`` of a hit says what fitted; ``truncated`` that more fitted than was looked at.
    """
    hits, cut = ranked(store, viewer, run, query)
    shown = hits[skip : skip + limit]
    return {
        "query": query,
        "hits": shown,
        "total": len(hits),
        "truncated": cut,
        "run": run.name,
    }


def ranked(store: Store, viewer: Viewer, run: Run, query: str) -> tuple[list[Hit], bool]:
    """All hits, best first, and whether some kind had more than ``MOST_OF_A_KIND``."""
    asked = SearchForms.of(query)
    if not asked.text:
        return [], False
    persons = list(_persons(store, viewer, run, asked))
    nodes = [
        list(_nodes(store, viewer, run, asked, label, name)) for label in _PLACES for name in _PLACES[label]
    ]
    cut = any(len(found) >= MOST_OF_A_KIND for found in (persons, *nodes))
    best: dict[tuple[str, str], Hit] = {}
    for hit in (*persons, *(hit for found in nodes for hit in found)):
        key = hit["kind"], hit["id"]
        if key not in best or hit["score"] > best[key]["score"]:
            best[key] = hit
    return sorted(
        best.values(), key=lambda hit: (-hit["score"], hit["kind"] != "person", hit["kind"], hit["id"])
    ), cut


def _persons(store: Store, viewer: Viewer, run: Run, asked: SearchForms) -> Iterator[Hit]:
    rows = store.read(
        viewer,
        "search.persons",
        run=run.run_id,
        key=run.key(asked.text),
        text=asked.text,
        spaced=asked.spaced or None,  # nothing contains nothing; everything contains an empty text
        latin=asked.latin or None,
        limit=MOST_OF_A_KIND,
    )
    for row in rows:
        found = row["person"]
        how = _fit_of_name(found, asked)
        if how is not None:
            named = found["name"] or found["person_id"]
            hit = _hit("person", found["person_id"], named, how, "姓名 / name", found)
            # Of people who fit alike, those with a part in a case are more likely meant.
            yield {**hit, "score": hit["score"] + (4 if found["case_roles"] else 0)}


def _fit_of_name(found: Props, asked: SearchForms) -> str | None:
    """How a person fits; None where the parts found stand in two different names of his."""
    names = found["names"] or ()
    if found["person_id"] == asked.text:
        return EXACT
    if asked.text in names:
        return NAME
    if asked.latin and asked.latin in (found["pinyin"] or "").split():
        return PINYIN
    if asked.latin and any(each.startswith(asked.latin) for each in (found["initials"] or "").split()):
        return INITIALS
    if asked.latin and any(asked.latin in each for each in (found["pinyin"] or "").split()):
        return PINYIN if len(asked.latin) > 3 else CONTAINS
    plain = asked.spaced.replace(" ", "")
    return NAME_PART if plain and any(plain in name for name in names) else None


def _nodes(
    store: Store, viewer: Viewer, run: Run, asked: SearchForms, label: str, name: str
) -> Iterator[Hit]:
    forms = asked.forms(label, name)
    if not forms:
        return
    rows = store.read(
        viewer,
        "search.nodes",
        labels={"label": label, "property": name},
        forms=forms,
        run=run.run_id,
        limit=MOST_OF_A_KIND,
    )
    declared = load_declaration().labels[label]
    field = f"{declared.zh} / {declared.en}"
    for row in rows:
        value = str(row["props"][name])
        kept = value.partition(":")[2] if label == "Account" else value
        how = _fit_of_number(kept, forms)
        ref = reference(label, row["props"])
        shown = caption(label, row["props"])
        hit = _hit(
            label.lower(),
            row["props"][declared.key] if label == "Case" else ref,
            shown,
            how,
            field,
            row["person"],
        )
        yield {**hit, "identifier": ref}


def _fit_of_number(value: str, forms: list[str]) -> str:
    bare = value.removeprefix("+86").partition("|")[0].partition("@")[0]
    if value in forms or bare in forms:
        return EXACT
    if any(bare.endswith(form) for form in forms):
        return ENDS
    return STARTS if any(bare.startswith(form) for form in forms) else CONTAINS


def _hit(kind: str, key: str, label: str, how: str, field: str, holder: Props | None) -> Hit:
    return {
        "kind": kind,
        "id": key,
        "label": label,
        "person": person(holder) if holder is not None else None,
        "how": how,
        "why": f"{field}: {_WHY[how]}",
        "score": _RANKS[how],
    }
