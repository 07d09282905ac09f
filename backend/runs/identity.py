"""Who may be who: pairs of holders put to a person, with reasons and weights; nothing is merged here."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import exp, log

import numpy as np

from backend.analysis.model.facts import Events, Facts
from backend.analysis.model.results import CountedAs, Results
from backend.contract.reviews import IdentitySignal
from backend.judgements import ledger
from backend.runs.observed import Observed, columns
from backend.security.sealing import records_of_care
from etl.resolve import IdentityConflict
from etl.resolve.anchors import anchor
from etl.resolve.features import NumberHistory, Traits, table
from etl.resolve.linkage import ScoredPair, score_pairs
from etl.resolve.swaps import DAY, Swap
from etl.resolve.weights import load_weights
from etl.storage.refs import bare, key_of
from graph_schema.arrays import Bools
from graph_schema.store import Store, Viewer

MOST = 5_000
"""Proposals of a run at most; the strongest are kept, and the run says how many there were."""
_CONFLICT_SCORE = 0.9
_COUNTED_SCORE = {"name": 0.95, "number": 0.9, "account": 0.85, "payments": 0.95}
"""How sure each rule is; docs/accuracy.md has the counts. Real names repeat more than invented ones, so a name counts less."""
_CONTACTS_NAMED = 5
_DUE_DAYS = 30.0


@dataclass(frozen=True)
class Proposal:
    """One question to a person: are these two holders (indices into the people) the same?"""

    proposal_id: str
    question: str  # same | conflict
    one: int
    other: int
    score: float
    urgency: float
    signals: tuple[IdentitySignal, ...]
    subjects: tuple[str, ...]


def propose(
    store: Store, viewer: Viewer, observed: Observed, facts: Facts, network: NumberHistory, results: Results
) -> list[Proposal]:
    """Everything that asks who is who, most urgent first: impact times strength times deadline."""
    index = {person.person_id: n for n, person in enumerate(observed.people)}
    people = table(observed.people, observed.mentions, read_told(store, viewer), network, observed.alone)
    questions = _Questions(store, viewer, observed, facts, results)
    found = [
        proposal
        for pair in score_pairs(people)
        if (proposal := questions.pair(index[pair.one], index[pair.other], pair, network))
    ]
    found += [proposal for each in results.counted if (proposal := questions.counted(each))]
    found += [proposal for conflict in observed.conflicts if (proposal := questions.conflict(conflict))]
    unique = {proposal.proposal_id: proposal for proposal in reversed(found)}
    return sorted(unique.values(), key=lambda each: (-each.urgency, each.proposal_id))[:MOST]


def read_told(store: Store, viewer: Viewer) -> dict[str, Traits]:
    """What records say of their persons beyond name and identifiers; nothing of what those of care say."""
    told = columns(store, viewer, "run.told")
    names = ("ids", "aliases", "sexes", "births", "regions", "addresses")
    care = records_of_care(store, viewer)
    return {
        record: Traits(tuple(aliases), sex or None, birth or None, region or None, address or None)
        for record, aliases, sex, birth, region, address in zip(*(told[name] for name in names), strict=True)
        if record not in care
    }


class _Questions:
    """Makes questions of pairs and conflicts; leaves out what has been answered."""

    def __init__(
        self, store: Store, viewer: Viewer, observed: Observed, facts: Facts, results: Results
    ) -> None:
        self._observed = observed
        self._weights = load_weights()
        self._holders = len(observed.people)
        self._impact, self._due = _touched(facts, results)
        self._dealt = _dealt(facts, results.counted)
        self._answered: dict[tuple[int, int], str] = {}
        for about, entry in ledger.current(store, viewer, "identity").items():
            ends = [self.person(reference) for reference in about]
            if None not in ends:
                low, high = sorted(end for end in ends if end is not None)
                self._answered[low, high] = entry.verdict

    def person(self, reference: str) -> int | None:
        """The person a reference belongs to now."""
        if reference.startswith("Record:"):
            return self._observed.person_of_record.get(reference[7:])
        return self._observed.holder.get(reference)

    def pair(self, one: int, other: int, pair: ScoredPair, network: NumberHistory) -> Proposal | None:
        """A question from a scored pair."""
        signals: list[IdentitySignal] = []
        for name, level in pair.levels.items():
            declared = self._weights.comparisons[name]
            text = declared.levels[level]
            detail = _detail(name, level, self._observed, one, other, network)
            signals.append(
                {
                    "name": name,
                    "level": level,
                    "weight": pair.weights[name],
                    "zh": text.zh + (f"：{detail[0]}" if detail else ""),
                    "en": text.en + (f": {detail[1]}" if detail else ""),
                    "evidence": self._evidence(name, one, other),
                }
            )
        signals.sort(key=lambda each: (-each["weight"], each["name"]))
        return self._proposal("same", one, other, pair.probability, signals)

    def counted(self, each: CountedAs) -> Proposal | None:
        """A question about a holder this run counted for another, where a chain or a gang rests on that."""
        if not self._impact[each.counted_as]:
            return None
        people = self._observed.people
        contacts = [people[n].name or people[n].person_id for n in each.contacts[:_CONTACTS_NAMED]]
        rows = self._evidence("name", each.person, each.counted_as)
        if each.reason != "name":
            ends = itertools.product((each.counted_as, each.person), each.contacts[:_CONTACTS_NAMED])
            rows = list(dict.fromkeys([*(row for end in ends for row in self._dealt.get(end, ())), *rows]))
        why, score, n = _COUNTED[each.reason], _COUNTED_SCORE[each.reason], len(each.contacts)
        done = ("本次研判已计为一人", "this run counted them as one")
        if each.number:
            number = key_of(each.number)
            his, user = (people[n].name or people[n].person_id for n in (each.person, each.counted_as))
            done = (
                f"{number} 登记在{his}名下，但与其本人账户的收付款不同步；本次研判将其通话计入{user}，认定不是同一人的不再计入",
                f"{number} is registered to {his}, but does not coincide with his own payments; "
                f"this run counted its calls for {user}; judging them different persons ends this",
            )
        signals: list[IdentitySignal] = [
            {
                "name": "counted",
                "level": each.reason,
                "weight": round(log(score / (1 - score)), 4),
                "zh": f"{why[0]}，{n} 个共同联系人：{'、'.join(contacts)}；{done[0]}",
                "en": f"{why[1]}, {n} contact{'s' * (n != 1)} in common: {', '.join(contacts)}; {done[1]}",
                "evidence": rows,
            }
        ]
        return self._proposal("same", each.person, each.counted_as, score, signals)

    def conflict(self, conflict: IdentityConflict) -> Proposal | None:
        """A question from evidence that would put two resident ids into one person."""
        one, other = self.person(conflict.one), self.person(conflict.other)
        if one is None or other is None or one == other:
            return None
        zh, en = _CONFLICTS[conflict.kind]
        named = bare(conflict.source) if conflict.kind == "two_holders" else conflict.source
        row = self._observed.records.rows.get(conflict.source.removeprefix("Record:"))
        signal: IdentitySignal = {
            "name": "conflict",
            "level": conflict.kind,
            "weight": 0.0,
            "zh": zh.format(named),
            "en": en.format(named),
            "evidence": [row] if row else [],
        }
        return self._proposal("conflict", one, other, _CONFLICT_SCORE, [signal])

    def _proposal(
        self, question: str, one: int, other: int, score: float, signals: list[IdentitySignal]
    ) -> Proposal | None:
        low, high = sorted((one, other))
        answer = self._answered.get((low, high))
        # "same" about two who are still apart was held back: the conflict is asked until it is resolved.
        if answer == "different" or (answer and answer != "unsure" and question == "same"):
            return None
        anchors = sorted(
            anchor((held.ref for held in person.holds), person.records, self._observed.alone)
            for person in (self._observed.people[low], self._observed.people[high])
        )
        digest = hashlib.md5("|".join(anchors).encode(), usedforsecurity=False).hexdigest()[:12]
        impact = 1 + self._impact[low] + self._impact[high]
        due = min(self._due.get(low, _DUE_DAYS), self._due.get(high, _DUE_DAYS))
        urgency = score * impact * (1 + exp(-due / 7)) * (0.1 if answer == "unsure" else 1.0)
        return Proposal(
            f"I-{digest}", question, low, high, score, round(urgency, 6), tuple(signals), tuple(anchors)
        )

    def _evidence(self, name: str, one: int, other: int) -> list[str]:
        """Rows of the two persons' records, for what records say."""
        if name in ("handsets", "succession"):
            return []
        rows = self._observed.records.rows
        people = self._observed.people
        return sorted({rows[record] for n in (one, other) for record in people[n].records[:3]})


def _dealt(facts: Facts, counted: tuple[CountedAs, ...]) -> dict[tuple[int, int], list[str]]:
    """Holder of a number counted for another, or that other, and a contact of both → rows of their first and last call, or
    payment where they never spoke.
    """
    numbers = [each for each in counted if each.reason != "name"]
    wanted = np.zeros(len(facts.person_ids), dtype=np.bool_)
    wanted[[end for each in numbers for end in (each.person, each.counted_as)]] = True
    asked = {
        (end, contact)
        for each in numbers
        for end in (each.person, each.counted_as)
        for contact in each.contacts[:_CONTACTS_NAMED]
    }
    paid, spoken = (_first_and_last(events, wanted, asked) for events in (facts.payments, facts.calls))
    return paid | spoken


def _first_and_last(
    events: Events, wanted: Bools, asked: set[tuple[int, int]]
) -> dict[tuple[int, int], list[str]]:
    """Rows of the first and the last event of each pair ``asked`` for, whoever of the two it came from."""
    found: dict[tuple[int, int], list[int]] = {}
    for n in np.flatnonzero(wanted[events.a] | wanted[events.b]).tolist():
        one, other = int(events.a[n]), int(events.b[n])
        for pair in ((one, other), (other, one)):
            if pair in asked:
                found.setdefault(pair, []).append(n)
    rows = {}
    for pair, his in found.items():
        his.sort(key=lambda n: (int(events.at[n]), n))
        rows[pair] = [row for n in dict.fromkeys((his[0], his[-1])) for row in events.evidence[n]]
    return rows


_COUNTED = {
    "name": ("姓名一致，无同类账号", "same name, nothing of one kind twice"),
    "number": ("旧号停用后新号接续", "one number succeeds the other"),
    "account": (
        "同一买家向同一账户付款前后先后联系的号码",
        "called one after the other by one buyer around payments to one account",
    ),
    "payments": (
        "账户的收款人和付款人在付款前后与该号码通话",
        "people who pay the account, or whom it pays, talk to the number around these payments",
    ),
}

_CONFLICTS = {
    "two_ids_in_record": ("同一条记录写有两个身份证号", "one record gives two resident ids"),
    "two_in_entry": ("同一条记录含两人的号码", "one entry has the numbers of two persons"),
    "two_holders": ("{} 同时登记在两人名下", "{} is claimed for both with equal strength"),
    "judgement": (
        "复核 {} 与其他判断或两个身份证号矛盾",
        "review {} contradicts another, or joins two resident ids",
    ),
}


def _touched(facts: Facts, results: Results) -> tuple[Counter[int], dict[int, float]]:
    """How many chains and gangs a person is in, and the days to the nearest deadline of their cases."""
    impact: Counter[int] = Counter()
    due: dict[int, float] = {}
    # The newest event, not the clock: the same graph gives the same order.
    now = max((int(events.at.max()) for events in (facts.calls, facts.payments) if len(events.at)), default=0)
    for case in results.cases:
        deadline = facts.cases[case.case].deadline
        days = max(0.0, (deadline - now) / DAY) if deadline else _DUE_DAYS
        for chain in case.chains:
            for person in set(chain.persons):
                impact[person] += 2
                due[person] = min(due.get(person, _DUE_DAYS), days)
    for gang in results.gangs:
        impact.update(member.person for member in gang.members)
    return impact, due


def _detail(
    name: str, level: str, observed: Observed, one: int, other: int, network: NumberHistory
) -> tuple[str, str] | None:
    """Figures of a succession, in both languages."""
    if name != "succession" or level == "other":
        return None
    found = [
        swap
        for swap in network.swaps
        if {observed.holder.get(swap.old), observed.holder.get(swap.new)} == {one, other}
    ]
    return _said(max(found, key=lambda swap: swap.rarity)) if found else None


def _said(swap: Swap) -> tuple[str, str]:
    zh, en = between((swap.started - swap.silent) / DAY)
    zh += f"，联系人 {swap.contacts} 个中 {swap.shared} 个相同"
    en += f", {swap.shared} of {swap.contacts} contacts the same"
    if swap.replaced:
        zh += f"（其中 {swap.replaced} 个亦已换号，按新号计）"
        en += f" ({swap.replaced} of them by their new numbers)"
    if swap.strays:
        zh += f"；换号前后有 {swap.strays} 次零星通联"
        en += f"; {swap.strays} stray event{'s' * (swap.strays != 1)} on the wrong side of the change"
    return zh, en


def between(days: float) -> tuple[str, str]:
    """How long after one number fell silent the other began, in whole days; below zero both were in use."""
    whole = round(days)
    if whole == 0:
        return "间隔不足 1 天", "less than a day between"
    said = f"{abs(whole)} day{'' if abs(whole) == 1 else 's'}"
    return (
        (f"间隔 {whole} 天", f"{said} between") if whole > 0 else (f"重叠 {-whole} 天", f"{said} of overlap")
    )


def rows(proposals: Iterable[Proposal], person_ids: list[str], prefix: str) -> Iterator[list[object]]:
    """Proposals as the publisher writes them."""
    for each in proposals:
        yield [
            f"{prefix}{person_ids[each.one]}",
            f"{prefix}{person_ids[each.other]}",
            each.proposal_id,
            each.question,
            round(each.score, 6),
            each.urgency,
            json.dumps(list(each.signals), ensure_ascii=False, sort_keys=True),
            list(each.subjects),
        ]
