"""Evidence requests: which return has not been requested and would strengthen a hop or extend the chain."""

from __future__ import annotations

from backend.analysis.arrays.clock import DAY
from backend.analysis.correlation.identifiers import is_askable
from backend.analysis.correlation.profile import Profiles
from backend.analysis.model.chains import AskFor, Hop
from backend.analysis.model.facts import Facts
from backend.analysis.model.parameters import whole_parameter

MOST = whole_parameter("chains.evidence_requests.most")
EACH = whole_parameter("chains.evidence_requests.each")
AROUND = whole_parameter("chains.evidence_requests.around") * DAY
CONTENT = {
    "Phone": "话单与机主登记 call records and subscriber",
    "Account": "账户交易明细与开户资料 account transactions and registration",
    "Parcel": "寄递详情 parcel details",
}


def ask_for(facts: Facts, hops: tuple[Hop, ...]) -> tuple[AskFor, ...]:
    """Requests per hop, weakest hop first; identifiers and periods already covered are left out."""
    order = sorted(range(len(hops)), key=lambda i: (hops[i].score, i))
    found: list[AskFor] = []
    seen: set[tuple[int, str]] = set()
    for i in order:
        hop = hops[i]
        for person in (hop.end, hop.start):
            for wanted in _wanted(facts, person, hop.first, hop.last, i):
                if (wanted.holder, wanted.identifier) not in seen:
                    seen.add((wanted.holder, wanted.identifier))
                    found.append(wanted)
    return tuple(found[:MOST])


def _wanted(facts: Facts, person: int, first: int | None, last: int | None, hop: int) -> list[AskFor]:
    start = first - AROUND if first is not None else None
    stop = last + AROUND if last is not None else None
    found = []
    for ref in sorted(facts.refs[person]):
        content = CONTENT.get(ref.partition(":")[0])
        if content is None or not is_askable(ref) or _covered(facts, ref, first, last):
            continue
        found.append(AskFor(person, ref, start, stop, content, hop))
    return found[:EACH]


def _covered(facts: Facts, ref: str, first: int | None, last: int | None) -> bool:
    """A return for this identifier covers the time of the hop (any return, where the hop has no time)."""
    periods = facts.coverage.get(ref, [])
    if first is None or last is None:
        return bool(periods)
    return any(start <= first + DAY and last - DAY <= stop for start, stop in periods)


def open_questions(
    facts: Facts, people: Profiles, starts: tuple[int, ...], found: bool
) -> tuple[tuple[str, ...], tuple[AskFor, ...]]:
    """What was checked, in words; without a chain, also the returns that are missing for the starting persons."""
    if not starts:
        return ("案件没有登记涉案人员 no person is recorded in this case",), ()
    notes = []
    missing: list[AskFor] = []
    for person in starts:
        who = facts.person_ids[person]
        if not facts.asked[person]:
            notes.append(f"{who}: 未调取任何账户或话单 no account or call return was requested")
        elif not found:
            notes.append(f"{who}: 账户与话单中没有够格的上家 returns show no supplier above the threshold")
        if not found:
            missing += _wanted(facts, person, None, None, 0)
    del people
    return tuple(notes), tuple(missing[:MOST])
