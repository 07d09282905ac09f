"""The parts of a gang report: who, in which role and why, who supplies whom, what removal would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backend.contract.gangs import Gang, InnerSupply, Member, MemberBody
from backend.reports.material import Material
from backend.reports.telling import day
from viz.report.model import Sentence
from viz.text.words import ROLE, STATUS


@dataclass(frozen=True)
class FormExtent:
    """How much a form of the report holds: members, supplies, rows cited for one line, habits told."""

    members: int
    supplies: int
    rows: int
    habits: int


FULL = FormExtent(60, 60, 4, 12)
"""Members beyond it are counted, and said to be; all rows stand in the system."""
SHORT = FormExtent(8, 6, 1, 3)
"""At most six pages."""


@dataclass(frozen=True)
class Parts:
    """What all of them start from."""

    stuff: Material
    gang: Gang
    shown: Sequence[Member]  # members of table 1
    supplies: Sequence[InnerSupply]  # between members
    bodies: Mapping[str, MemberBody]  # by person
    names: Mapping[str, str]
    extent: FormExtent
    buyers: frozenset[str] = frozenset()  # who only buys, and stands in table 3 beside his supplier


def told_as_buyers(members: Sequence[Member], supplies: Sequence[InnerSupply]) -> frozenset[str]:
    """Who only buys and stands in the table of supplies: said there, and not a second time."""
    bought = {each["buyer"] for each in supplies}
    return frozenset(
        member["person"]["id"]
        for member in members
        if member["role"] == "user" and member["status"] == "candidate" and member["person"]["id"] in bought
    )


def chosen(
    members: Sequence[Member], extent: FormExtent, buyers: frozenset[str] = frozenset()
) -> list[Member]:
    """Everybody but buyers, then buyers no supply tells of, as many as a table of a report holds; by rank."""
    core = [member for member in members if member["role"] != "user"]
    rest = [m for m in members if m["role"] == "user" and m["person"]["id"] not in buyers]
    return [*core, *rest][: extent.members]


def best(supplies: Sequence[InnerSupply], extent: FormExtent) -> list[InnerSupply]:
    """The strongest supplies a table of a report holds."""
    return sorted(supplies, key=lambda each: -each["score"])[: extent.supplies]


def overview(of: Parts, word: str) -> Iterator[Sentence]:
    t, gang, supplies = of.stuff.telling, of.gang, of.supplies
    counts = Counter[str](member["role"] for member in gang["members"])
    parts = [(ROLE[role], counts[role]) for role in ROLE if counts[role]]
    zh = "、".join(f"{role.zh} {n} 名" for role, n in parts)
    en = ", ".join(f"{role.en.lower()} {n}" for role, n in parts)
    since = min((each["from"] for each in supplies if each["from"]), default=None)
    until = max((each["to"] for each in supplies if each["to"]), default=None)
    yield t.say(
        f"{word} {gang['id']} 共 {len(gang['members'])} 人，按角色（候选）分：{zh}。",
        f"{word} {gang['id']} has {len(gang['members'])} persons; by role (candidate): {en}.",
    )
    if since and until:
        yield t.say(
            f"内部供货关系候选 {len(supplies)} 条，时间自{day(since, t.language)}至{day(until, t.language)}。",
            f"{len(supplies)} candidate supplies inside it, {day(since, t.language)} to {day(until, t.language)}.",
            [ref for each in supplies[: of.extent.habits] for ref in proof(each, 2)],
        )
    stable, decided = gang.get("stability"), t.decided(gang["status"], gang["review"])
    told = (
        (f"人工认定：{decided}。", f"Decided by a person: {decided}.")
        if decided
        else (f"状态：{STATUS[gang['status']].zh}。", f"Status: {STATUS[gang['status']].en}.")
    )
    yield t.say(
        f"强度 {t.strength(gang['score'] or 0)}，内聚 {gang.get('cohesion') or 0:.2f}"
        + (f"，重新计算 100 次约 {round(stable * 100)} 次仍是这些人" if stable is not None else "")
        + f"。{told[0]}",
        f"Strength {t.strength(gang['score'] or 0)}, cohesion {gang.get('cohesion') or 0:.2f}"
        + (
            f"; about {round(stable * 100)} of 100 recalculations give the same persons"
            if stable is not None
            else ""
        )
        + f". {told[1]}",
    )


def note(of: Parts) -> Sentence:
    """Where each member stands, so that nobody is said twice."""
    t, placed = of.stuff.telling, {each["person"]["id"] for each in of.shown} | of.buyers
    left = len(of.gang["members"]) - len(placed)
    zh = "表 1 列出成员" + ("，购买人见表 3" if of.buyers else "")
    en = "Table 1 lists the members" + ("; buyers are in table 3" if of.buyers else "")
    if left <= 0:
        return t.say(f"{zh}。", f"{en}.")
    return t.say(
        f"{zh}；其余 {left} 人未列，可在系统中查看。",
        f"{en}; {left} more members can be seen in the system.",
    )


def structure(of: Parts) -> Sentence:
    """What the table of the structure says and what it does not."""
    return of.stuff.telling.say(
        "联系人数、居间、下游人数和到案后的变化均为推算，见表 2。联系多不等于地位高，组织者往往不用电话。",
        "Contacts, betweenness, downstream reach and the effect of an arrest are computed; see table 2. Many contacts "
        "do not make a leader: leaders often avoid the phone.",
    )


def rows_of(of: Parts, person_id: str) -> list[str]:
    """The rows the run keeps of a member."""
    body = of.bodies.get(person_id)
    return body["evidence"][: of.extent.rows] if body else []


def money(of: Parts) -> Iterator[Sentence]:
    """Who received most; what each received stands among his reasons in table 1."""
    t = of.stuff.telling
    received = [
        (int(reason["detail"]), member["person"])
        for member in of.shown
        for reason in member["reasons"]
        if reason.get("code") == "income_fen" and int(reason["detail"])
    ]
    if received:
        fen, person = max(received, key=lambda each: each[0])
        yield t.say(
            f"{len(received)} 人自成员及购买人收款，金额见表 1；最多的是{t.name(person)}，{fen / 100:,.2f} 元。",
            f"{len(received)} persons received money from members and buyers, amounts in table 1; most of all {t.name(person)}, "
            f"{fen / 100:,.2f} yuan.",
            rows_of(of, person["id"]),
        )
    else:
        yield t.say("未见可归入的收款记录。", "No payments on record that belong here.")
    yield t.say("仅统计已调取的账户。", "Only requested accounts are counted.")


HABITS = ("repurchase", "restock", "call_near_payment", "night")


def pattern(of: Parts) -> Iterator[Sentence]:
    """Each habit once, with the pairs that have it."""
    t, names = of.stuff.telling, of.names
    habits = [
        (each, signal)
        for each in of.supplies
        for signal in each["signals"]
        if signal["name"] in HABITS and signal["weight"] > 0
    ]
    found = sorted(habits, key=lambda one: -one[1]["weight"])[: of.extent.habits]
    for habit in HABITS:
        pairs = [(each, signal) for each, signal in found if signal["name"] == habit]
        if pairs:
            zh = "、".join(f"{names[a['supplier']]}与{names[a['buyer']]} {s['n']} 次" for a, s in pairs)
            en = ", ".join(f"{names[a['supplier']]} and {names[a['buyer']]} {s['n']} times" for a, s in pairs)
            rows = [ref for _, signal in pairs for ref in signal["evidence"][: of.extent.rows]]
            word = t.signal(habit)
            yield t.say(f"{word}：{zh}。", f"{word[:1].upper()}{word[1:]}: {en}.", rows)
    if not found:
        yield t.say("数据不足以看出规律。", "The data do not show a pattern.")


def advice(of: Parts) -> Sentence:
    return of.stuff.telling.say(
        "表 2 后四列仅为结构推算：某人到案后其余人员之间的联系如何变化，不是处置建议；时机和顺序由办案部门决定。",
        "The last four columns of table 2 compute structure only: how the rest hang together when one is gone. They are no "
        "advice; the unit decides when to arrest whom.",
    )


def proof(supply: InnerSupply, most: int) -> tuple[str, ...]:
    """Rows of the signals that speak for a supply."""
    refs = [ref for signal in supply["signals"] if signal["weight"] > 0 for ref in signal["evidence"]]
    return tuple(dict.fromkeys(refs))[:most]
