"""The parts of a gang report: who, in which role and why, who supplies whom, what removal would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.reports.material import Material, person_rows
from backend.reports.telling import day
from viz.phrases import reason_fact
from viz.report.model import Sentence, Table
from viz.words import ROLE, STATUS

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Extent:
    """How much a form of the report holds: members, supplies, rows cited for one line, habits told."""

    members: int
    supplies: int
    rows: int
    habits: int


FULL = Extent(60, 60, 4, 12)
"""Members beyond it are counted, and said to be; all rows stand in the system."""
SHORT = Extent(8, 6, 1, 3)
"""At most six pages."""


@dataclass(frozen=True)
class Parts:
    """What all of them start from."""

    stuff: Material
    gang: Json
    shown: Sequence[Json]  # members of table 1
    supplies: Sequence[Json]  # between members
    bodies: Mapping[str, Json]  # by person
    names: Mapping[str, str]
    extent: Extent


def chosen(members: Sequence[Json], extent: Extent) -> list[Json]:
    """Everybody but buyers, then buyers, as many as a table of a report holds; by rank."""
    core = [member for member in members if member["role"] != "user"]
    return [*core, *(member for member in members if member["role"] == "user")][: extent.members]


def overview(of: Parts, word: str) -> Iterator[Sentence]:
    t, gang, supplies = of.stuff.telling, of.gang, of.supplies
    counts = Counter(member["role"] for member in gang["members"])
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
            [ref for each in supplies[: of.extent.habits] for ref in _proof(each, 2)],
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
    t, left = of.stuff.telling, len(of.gang["members"]) - len(of.shown)
    if left <= 0:
        return t.say("全部成员见表 1。", "All members stand in table 1.")
    return t.say(
        f"表 1 列出 {len(of.shown)} 人，其余 {left} 人未列，可在系统中查看。",
        f"Table 1 lists {len(of.shown)}; {left} more are not listed and can be seen in the system.",
    )


def members(of: Parts) -> Table:
    t = of.stuff.telling
    rows, proof = [], []
    for place, member in enumerate(of.shown, start=1):
        person = member["person"]
        reasons = t.pick("；", "; ").join(
            reason_fact(reason, t.language, of.names) for reason in member["reasons"]
        )
        decided = t.decided(member["status"], member["review"])
        rows.append(
            (
                str(place),
                t.card(person),
                f"{ROLE[member['role']].of(t.language)} {member['score']:.2f}",
                "\n".join(filter(None, (reasons or "-", decided))),
            )
        )
        refs = [
            *person_rows(of.stuff.pages[person["id"]], min(3, of.extent.rows)),
            *of.bodies.get(person["id"], {}).get("evidence", [])[: of.extent.rows],
        ]
        proof.append(tuple(dict.fromkeys(refs)))
    return Table(
        t.pick("表 1　成员表", "Table 1. Members"),
        (
            t.pick("序号", "No."),
            t.pick("姓名（状态）、身份证号", "Name (status), resident id"),
            t.pick("角色（候选）", "Role (candidate)"),
            t.pick("依据", "Reasons"),
        ),
        tuple(rows),
        tuple(proof),
        (0.35, 1.5, 0.8, 2.4),
    )


def structure(of: Parts) -> Iterator[Sentence]:
    t = of.stuff.telling
    told = False
    for member in of.shown:
        body = of.bodies.get(member["person"]["id"], {})
        central = body.get("centrality") or {}
        if member["role"] == "user" or not central or member["rank"] > 8:
            continue
        told = True
        broker = t.pick("，居中联络", ", a broker by position") if body.get("broker") else ""
        yield t.say(
            f"{t.name(member['person'])}：直接联系 {central['degree']:.0f} 人，居间 {central['betweenness']:.1f}，"
            f"货可达 {central.get('reach_down', 0)} 人{broker}。",
            f"{t.name(member['person'])}: in touch with {central['degree']:.0f}, betweenness {central['betweenness']:.1f}, "
            f"supplies reach {central.get('reach_down', 0)}{broker}.",
            body.get("evidence", [])[: of.extent.rows],
        )
    if not told:
        yield t.say("成员过少，未作结构分析。", "Too few members to speak of a structure.")
    yield t.say(
        "联系多不等于居首，组织者往往不用电话。",
        "Many contacts do not make a leader: leaders often keep off the phone.",
    )


def supply_table(of: Parts) -> Table:
    t, names = of.stuff.telling, of.names
    best = sorted(of.supplies, key=lambda each: -each["score"])[: of.extent.supplies]
    rows = tuple(
        (
            names[each["supplier"]],
            names[each["buyer"]],
            f"{each['score']:.2f}",
            f"{(each['from'] or '')[:10]} – {(each['to'] or '')[:10]}",
            t.pick("；", "; ").join(t.signal(signal["name"]) for signal in each["signals"][:3]),
        )
        for each in best
    )
    more = len(of.supplies) - len(best)
    rest = t.pick(f"（另有 {more} 条未列）", f" ({more} more not listed)") if more else ""
    return Table(
        t.pick("表 2　供货关系表（候选）", "Table 2. Supplies (candidates)") + rest,
        (
            t.pick("上家", "Supplier"),
            t.pick("下家", "Buyer"),
            t.pick("评分", "Score"),
            t.pick("时间", "Period"),
            t.pick("主要依据", "Main signals"),
        ),
        rows,
        tuple(_proof(each, of.extent.rows) for each in best),
        (1.1, 1.1, 0.5, 1.3, 2.0),
    )


def _proof(supply: Json, most: int) -> tuple[str, ...]:
    refs = [ref for signal in supply["signals"] if signal["weight"] > 0 for ref in signal["evidence"]]
    return tuple(dict.fromkeys(refs))[:most]


def money(of: Parts) -> Iterator[Sentence]:
    t, told = of.stuff.telling, False
    for member in of.shown:
        fen = next((int(r["detail"]) for r in member["reasons"] if r.get("code") == "income_fen"), 0)
        if not fen:
            continue
        told = True
        yield t.say(
            f"{t.name(member['person'])}自成员及购买人收款合计 {fen / 100:,.2f} 元。",
            f"{t.name(member['person'])} received {fen / 100:,.2f} yuan from members and buyers.",
            of.bodies.get(member["person"]["id"], {}).get("evidence", [])[: of.extent.rows],
        )
    if not told:
        yield t.say("未见可归入的收款记录。", "No payments on record that belong here.")
    yield t.say("仅统计已调取的账户。", "Only accounts that were asked for are counted.")


def pattern(of: Parts) -> Iterator[Sentence]:
    t, names = of.stuff.telling, of.names
    habits = [
        (each, signal)
        for each in of.supplies
        for signal in each["signals"]
        if signal["name"] in {"repurchase", "restock", "call_near_payment", "night"} and signal["weight"] > 0
    ]
    habits.sort(key=lambda found: -found[1]["weight"])
    for each, signal in habits[: of.extent.habits]:
        yield t.say(
            f"{names[each['supplier']]}与{names[each['buyer']]}：{t.signal(signal['name'])}（{signal['n']} 次）；",
            f"{names[each['supplier']]} and {names[each['buyer']]}: {t.signal(signal['name'])} ({signal['n']} times);",
            signal["evidence"][: of.extent.rows],
        )
    if not habits:
        yield t.say("数据不足以看出规律。", "The data do not show a pattern.")


def advice(of: Parts) -> Sentence:
    return of.stuff.telling.say(
        "下表仅为结构推算：某人到案后其余人员之间的联系如何变化，不是处置建议；时机和顺序由办案部门决定。",
        "The table computes structure only: how the rest hang together when one is gone. It is no advice; "
        "when and whom is for the unit to decide.",
    )


def removal_table(of: Parts, gone: Mapping[str, Json]) -> Table:
    t = of.stuff.telling
    found = [(m, gone[m["person"]["id"]]) for m in of.shown if m["role"] != "user"]
    rows = tuple(
        (
            t.name(member["person"]),
            str(removal["parts"]),
            str(removal["largest"]),
            f"{removal['pairs_cut']:.0%}",
            f"{removal['supply_lost']:.0%}",
        )
        for member, removal in found
    )
    return Table(
        t.pick("表 3　到案后的结构变化（推算）", "Table 3. Structure after an arrest (computed)"),
        (
            t.pick("人员", "Person"),
            t.pick("分为几部分", "Parts"),
            t.pick("最大部分人数", "Largest part"),
            t.pick("断开的人对", "Pairs cut"),
            t.pick("失去的供货", "Supply lost"),
        ),
        rows,
        (),
        (1.4, 0.8, 0.9, 0.9, 1.0),
    )
