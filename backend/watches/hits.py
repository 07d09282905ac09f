"""Asking a watch: what it finds in the graph now, each hit under a key that stays the same from look to look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from backend import answers
from backend.answers.chains import filled, no_case
from backend.answers.endpoints import held_by
from backend.answers.people import people
from backend.answers.runs import Run
from backend.answers.shape import caption, time_text
from backend.contract.chains import Chain
from backend.contract.person import Person
from backend.watches import kinds
from backend.watches.district import listed
from graph_schema.declaration import load_declaration
from graph_schema.errors import InputError, NotFound
from graph_schema.language import Text
from graph_schema.store import Row, Store, Viewer
from viz.text.words import PATTERN

MOST_ROWS = 5_000
"""Places of an identifier, or events of a person, that one look goes through; the newest."""
MOST_PEOPLE = 200
MOST_PATTERNS = 500
TIMEOUT = 60.0
_RELS = {"call": "CALLED", "message": "MESSAGED", "payment": "PAID", "parcel": "PARCEL"}
_STEPS = {
    "CALLED": ("通话", "call"),
    "MESSAGED": ("聊天", "message"),
    "PAID": ("付款", "payment"),
    "PARCEL": ("寄递", "parcel"),
}
NOUNS = {
    "clues": Text("线索串并", "Clues of one seller"),
    "risk": Text("风险企业", "Firm at risk"),
    "chemicals": Text("易制毒化学品", "Precursors"),
    "drivers": Text("失驾人员", "Barred driver"),
    "water": Text("污水预警", "Waste water"),
    "figures": Text("上报数与清单不符", "Reported otherwise"),
    "tasks": Text("任务逾期", "Task overdue"),
}


@dataclass(frozen=True)
class WatchHit:
    """One thing a watch found: ``key`` names it among the hits of this watch, ``at`` is when it happened (ms).

    ``rules`` are those of the district it rests on, as ``rule@version``.
    """

    key: str
    zh: str
    en: str
    subjects: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    at: int | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class WatchGround:
    """Where a watch is asked."""

    store: Store
    viewer: Viewer
    run: Run

    def read(self, query: str, **asked: Any) -> list[Row]:  # parameters of any query
        return self.store.read(self.viewer, query, timeout=TIMEOUT, **asked)


def hits(ground: WatchGround, asked: kinds.WatchQuestion) -> list[WatchHit]:
    """Everything the watch finds now. Raises ``NotFound`` and ``InputError`` for a target that means nothing."""
    return list(_ASK[asked.kind](ground, asked))


def named(asked: kinds.WatchQuestion, given: Mapping[str, object]) -> str:
    """What a watch is called where nobody names it: by its target as it was typed."""
    if asked.kind == "district":
        noun = NOUNS[asked.target]
        of = f" · {asked.unit}" if asked.unit else ""
        return Text(f"{noun.zh}{of}", f"{noun.en}{of}")
    if asked.kind == "pattern":
        return PATTERN[asked.target]
    return str(given.get("target") or given.get("query") or Text("全部案件", "all cases"))


def _appears(ground: WatchGround, asked: kinds.AppearsWatch) -> Iterator[WatchHit]:
    held: dict[str, list[str]] = {}
    for label, key in _identifiers(ground, asked.target):
        held.setdefault(label, []).append(key)
    declared = load_declaration().relationships
    # leads are read by whoever works on cases, so a watch never looks into care
    rels = sorted(name for name, each in declared.items() if each.layer == "observed" and not each.circle)
    for label, keys in held.items():
        labels = {"label": label, "rels": rels}
        rows = ground.read("watch.seen", labels=labels, keys=keys, limit=MOST_ROWS)
        prefixes = sorted({row["file"] for row in rows})
        paths = {row["prefix"]: row["path"] for row in ground.read("coverage.files", prefixes=prefixes)}
        for row in rows:
            shown, file = caption(label, {load_declaration().labels[label].key: row["key"]}), row["file"]
            named = paths.get(file, file)
            yield WatchHit(
                f"{label}:{row['key']} {file}",
                f"{shown} 出现在“{named}”，{row['n']} 行",
                f"{shown} appears in {named}, {row['n']} rows",
                (f"{label}:{row['key']}",),
                tuple(row["evidence"]),
                row["last"],
            )


def _identifiers(ground: WatchGround, target: str) -> list[tuple[str, str]]:
    """What stands for a target: all a person holds, or his holder holds; the node alone where nobody holds it."""
    label, key = held_by(ground.store, ground.viewer, ground.run, target)
    if label != "Person":
        if not load_declaration().labels[label].identifier:
            raise InputError(
                Text(f"{label} 不是人员，也不是标识。", f"A {label} is neither a person nor an identifier.")
            )
        return [(label, key)]
    held = ground.read("person.holds", key=ground.run.key(key), limit=2_000)
    keys = load_declaration().labels
    return [
        (row["label"], str(row["props"][keys[row["label"]].key]))
        for row in held
        if not row["props"].get("platform")
    ]


def _sequence(ground: WatchGround, asked: kinds.SequenceWatch) -> Iterator[WatchHit]:
    wanted = [_RELS[step] for step in asked.steps]
    span = int(asked.hours * 3_600_000)
    for person in _persons(ground, asked.target):
        events = _dealings(ground, person, set(wanted), int(asked.least_yuan * 100))
        names = _names(ground, [person, *events])
        for other, theirs in sorted(events.items()):
            for found in occurrences(theirs, wanted, span):
                first, last = found[0]["at"], found[-1]["at"]
                zh = "→".join(_STEPS[kind][0] for kind in wanted)
                en = " → ".join(_STEPS[kind][1] for kind in wanted)
                hours = (last - first) / 3_600_000
                yield WatchHit(
                    " ".join([person, other, *(str(event["id"]) for event in found)]),
                    f"{names[person]} 与 {names[other]}：{zh}，{hours:.1f} 小时内，始于 {_minute(first)}",
                    f"{names[person]} and {names[other]}: {en} within {hours:.1f} h, from {_minute(first)}",
                    (f"Person:{person}", f"Person:{other}"),
                    tuple(dict.fromkeys(row for event in found for row in event["evidence"] or ())),
                    last,
                )


def occurrences(events: list[Row], wanted: list[str], span: int) -> Iterator[list[Row]]:
    """Times at which ``wanted`` kinds follow each other within ``span`` ms; no event counts twice.

    ``events`` have ``kind`` and ``at``, oldest first. Of a beginning that cannot be completed in time the next
    one is tried, so an early call does not hide a later one that fits.
    """
    begin = 0
    while begin < len(events):
        if events[begin]["kind"] != wanted[0]:
            begin += 1
            continue
        found, at = [events[begin]], begin
        for kind in wanted[1:]:
            at = next(
                (
                    n
                    for n in range(at + 1, len(events))
                    if events[n]["kind"] == kind and events[n]["at"] - found[0]["at"] <= span
                ),
                -1,
            )
            if at < 0:
                break
            found.append(events[at])
        if len(found) == len(wanted):
            yield found
            begin = at + 1
        else:
            begin += 1


def _persons(ground: WatchGround, target: str) -> list[str]:
    """A person, or everybody involved in a case."""
    label, key = held_by(ground.store, ground.viewer, ground.run, target)
    if label == "Case":
        rows = ground.read("case.people", case_no=key, run=ground.run.run_id, limit=MOST_PEOPLE)
        return sorted({row["person"]["person_id"] for row in rows if row["person"]})
    return [key] if label == "Person" else []


def _dealings(ground: WatchGround, person: str, wanted: set[str], least_fen: int) -> dict[str, list[Row]]:
    """Events of the wanted kinds between a person and each other one, oldest first."""
    key = ground.run.key(person)
    rows: list[Row] = []
    if rels := sorted(wanted - {"PARCEL"}):
        more = ground.read(
            "watch.dealings", labels={"rels": rels}, key=key, run=ground.run.run_id, limit=MOST_ROWS
        )
        rows += [row for row in more if row["kind"] != "PAID" or (row["fen"] or 0) >= least_fen]
    if "PARCEL" in wanted:
        rows += ground.read("watch.parcels", key=key, run=ground.run.run_id, limit=MOST_ROWS)
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row["at"], row["kind"], str(row["id"]))):
        found.setdefault(row["other"], []).append(row)
    return found


def _supplier(ground: WatchGround, asked: kinds.SupplierWatch) -> Iterator[WatchHit]:
    for person in _persons(ground, asked.target):
        found = answers.buyers(ground.store, ground.viewer, person, min_score=asked.min_score)
        for each in found["suppliers"]:
            supplier = each["supplier"]
            yield WatchHit(
                f"{supplier['id']} {person}",
                f"{_name(found['person'])} 有新的上家候选 {_name(supplier)}，强度 {each['score']:.2f}",
                f"{_name(found['person'])} has a new supplier candidate {_name(supplier)}, score {each['score']:.2f}",
                (f"Person:{supplier['id']}", f"Person:{person}"),
            )


def _member(ground: WatchGround, asked: kinds.MemberWatch) -> Iterator[WatchHit]:
    gang = asked.target.removeprefix("Gang:")
    if not ground.read("gang.one", key=ground.run.key(gang)):
        raise NotFound(
            Text(f"没有团伙 {gang}，或无权查看。", f"There is no gang {gang}, or you may not see it.")
        )
    for row in ground.read("watch.members", key=ground.run.key(gang)):
        named = row["name"] or row["person"]
        yield WatchHit(
            row["person"],
            f"团伙候选 {gang} 有新成员 {named}（{row['role']}）",
            f"Gang candidate {gang} has a new member {named} ({row['role']})",
            (f"Gang:{gang}", f"Person:{row['person']}"),
        )


def _chain(ground: WatchGround, asked: kinds.ChainWatch) -> Iterator[WatchHit]:
    run = ground.run.run_id
    if asked.target is None:
        rows = ground.read("chain.page", run=run, k=5, skip=0, limit=100_000)
    else:
        rows = ground.read("chain.case", case_no=asked.target.removeprefix("Case:"), run=run, k=5)
        if not rows:
            raise no_case()
    for case in filled(ground.store, ground.viewer, ground.run, rows, kept=False):
        best: dict[str, Chain] = {}
        for chain in case["chains"]:
            for reached in chain["reaches"]:
                if chain["score"] >= asked.min_score and chain["status"] != "rejected":
                    best.setdefault(reached, chain)
        for reached, chain in sorted(best.items()):
            yield WatchHit(
                f"{case['case_no']} {reached}",
                f"案件 {case['case_no']} 的链条通向 {reached}，强度 {chain['score']:.2f}",
                f"A chain from case {case['case_no']} reaches {reached}, score {chain['score']:.2f}",
                (f"Case:{case['case_no']}", f"Case:{reached}", f"Chain:{chain['id']}"),
            )


def _path(ground: WatchGround, asked: kinds.PathWatch) -> Iterator[WatchHit]:
    ends = [
        ":".join(held_by(ground.store, ground.viewer, ground.run, each))
        for each in (asked.target, asked.other)
    ]
    found = answers.path(
        ground.store,
        ground.viewer,
        *ends,
        ordered=asked.ordered,
        max_hops=asked.max_hops,
        k=20,
    )
    for path in found["paths"]:
        ids = [each["id"] for each in path["stations"]]
        way = " → ".join(each["caption"] for each in path["stations"])
        yield WatchHit(
            " ".join(ids),
            f"出现新的连接：{way}",
            f"A new connection: {way}",
            tuple(
                f"Person:{each['id']}" if each["label"] == "Person" else each["id"]
                for each in path["stations"]
            ),
            tuple(dict.fromkeys(row for hop in path["hops"] for row in hop["evidence"])),
        )


def _search(ground: WatchGround, asked: kinds.SearchWatch) -> Iterator[WatchHit]:
    found = answers.search(ground.store, ground.viewer, asked.query, limit=1_000)
    for hit in found["hits"]:
        about = f"Person:{hit['id']}" if hit["kind"] == "person" else hit["identifier"]
        yield WatchHit(
            about,
            f"查询“{asked.query}”有新结果：{hit['label']}",
            f"The search for {asked.query} finds {hit['label']}",
            (about,),
        )


def _pattern(ground: WatchGround, asked: kinds.PatternWatch) -> Iterator[WatchHit]:
    """A hit is remembered by the first payment: it stays when the pattern grows."""
    found = answers.patterns(ground.store, ground.viewer, asked.target, limit=MOST_PATTERNS)
    names = {person["id"]: _name(person) for person in found["persons"]}
    word = PATTERN[asked.target]
    for each in found["patterns"]:
        events = [event for stage in each["stages"] for event in stage]
        who = [names.get(person, person) for person in each["known"][:3]]
        yield WatchHit(
            f"{asked.target} {events[0]['event']}",
            f"{word.zh}：{'、'.join(who)} 等，{each['events']} 笔",
            f"{word.en}: {', '.join(who)} and others, payments: {each['events']}",
            tuple(f"Person:{person}" for person in each["known"]),
            tuple(dict.fromkeys(row for event in events for row in event["evidence"])),
        )


def _district(ground: WatchGround, asked: kinds.DistrictWatch) -> Iterator[WatchHit]:
    noun = NOUNS[asked.target]
    for each in listed(ground.store, ground.viewer, asked.target, asked.unit):
        yield WatchHit(
            each.key,
            "：".join(part for part in (noun.zh, each.named, each.why.zh) if part),
            ": ".join(part for part in (noun.en, each.named, each.why.en) if part),
            each.subjects,
            tuple(each.item["evidence"]),
            each.at,
            each.rules,
        )


def _names(ground: WatchGround, ids: list[str]) -> dict[str, str]:
    """How persons are called; by their number where nobody knows a name."""
    known = people(ground.store, ground.viewer, ground.run, ids)
    return {each: _name(known[each]) if each in known else each for each in ids}


def _name(person: Person) -> str:
    return str(person["name"] or next(iter([*person["phones"], *person["accounts"]]), person["id"]))


def _minute(at: int) -> str:
    return str(time_text(at))[:16].replace("T", " ")


_ASK: dict[str, Callable[[WatchGround, Any], Iterator[WatchHit]]] = {  # each takes its own kind of watch
    "appears": _appears,
    "sequence": _sequence,
    "supplier": _supplier,
    "member": _member,
    "chain": _chain,
    "path": _path,
    "search": _search,
    "pattern": _pattern,
    "district": _district,
}
