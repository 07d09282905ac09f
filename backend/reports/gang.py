"""The gang report: 团伙分析报告 of a gang candidate or gang: who, how, who supplies whom, what removal would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from backend import answers
from backend.drawings import draw_gang, run_of
from backend.reports.material import Material, lead, material, person_rows, run_line, sources
from backend.reports.telling import day
from graph_schema.store import Store, Viewer
from viz.phrases import reason_fact
from viz.report.model import Block, Furniture, Heading, Paragraph, Picture, Report, Sentence, Table
from viz.words import ROLE, STATUS

Json = Mapping[str, Any]
MOST_SHOWN = 60
"""Members with a page of their own in the table; buyers beyond it are counted, and said to be."""
ROWS_EACH = 8
"""Rows cited for one line of a table; the whole list stands in the system."""


def gang_report(store: Store, viewer: Viewer, gang_id: str, language: str, furniture: Furniture) -> Report:
    """A gang of the published run as a report; ``NotFound`` where there is none of that id."""
    page = answers.gang_page(store, viewer, gang_id)
    gang, run = page["gang"], run_of(store, viewer)
    shown = _shown(gang["members"])
    roles = {member["person"]["id"]: member["role"] for member in gang["members"]}
    stuff = material(store, viewer, [member["person"]["id"] for member in shown], roles, language)
    bodies = {body["person"]: body for body in page["body"].get("members", [])}
    t = stuff.telling
    supplies = [each for each in page["supplies"] if each["supplier"] in roles and each["buyer"] in roles]
    names = {m["person"]["id"]: t.name(m["person"]) for m in gang["members"]}
    word = t.pick("团伙", "Gang") if gang["status"] == "confirmed" else t.pick("团伙候选", "Gang candidate")
    blocks: list[Block] = [
        Heading(t.pick("一、团伙概况", "1. Overview")),
        Paragraph(tuple(_overview(stuff, gang, supplies, word))),
        Heading(t.pick("二、成员及分工", "2. Members and roles")),
        Paragraph((_note(stuff, gang, shown),)),
        _members(stuff, shown, bodies, names),
        Heading(t.pick("三、组织结构与联络方式", "3. Structure")),
        Paragraph(tuple(_structure(stuff, shown, bodies))),
        Heading(t.pick("四、供货链条", "4. Who supplies whom")),
        _supplies(stuff, supplies, names),
        Heading(t.pick("五、资金情况", "5. Money")),
        Paragraph(tuple(_money(stuff, shown, bodies))),
        Heading(t.pick("六、活动规律", "6. Pattern of activity")),
        Paragraph(tuple(_pattern(stuff, supplies, names))),
        Heading(t.pick("七、打击建议", "7. What to do")),
        Paragraph((_advice(stuff),)),
        _removal(stuff, shown, bodies),
        Heading(t.pick("附图", "Drawing")),
        Picture(
            f"{t.pick('图 1　', 'Figure 1. ')}{word} {gang_id}", draw_gang(store, viewer, gang_id, language)
        ),
    ]
    return Report(
        title=t.pick("团伙分析报告", "Gang report"),
        subject=t.pick(
            f"{word} {gang_id}（{len(gang['members'])} 人）",
            f"{word} {gang_id} ({len(gang['members'])} persons)",
        ),
        status=gang["status"],
        status_text="",
        lead=lead(language),
        blocks=tuple(blocks),
        sources=sources(store, viewer, blocks),
        run=run_line(run, language),
        furniture=furniture,
        language=language,
    )


def _shown(members: Sequence[Json]) -> list[Json]:
    """Everybody but buyers, then buyers, as many as a table of a report holds; by rank."""
    core = [member for member in members if member["role"] != "user"]
    return [*core, *(member for member in members if member["role"] == "user")][:MOST_SHOWN]


def _overview(stuff: Material, gang: Json, supplies: Sequence[Json], word: str) -> Iterator[Sentence]:
    t = stuff.telling
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
            [ref for each in supplies[:12] for ref in _proof(each, 2)],
        )
    stable = gang.get("stability")
    yield t.say(
        f"强度 {t.strength(gang['score'] or 0)}，内聚 {gang.get('cohesion') or 0:.2f}"
        + (f"，重新计算 100 次约 {round(stable * 100)} 次仍是这些人" if stable is not None else "")
        + f"。状态：{STATUS[gang['status']].zh}。",
        f"Strength {t.strength(gang['score'] or 0)}, cohesion {gang.get('cohesion') or 0:.2f}"
        + (
            f"; about {round(stable * 100)} of 100 recalculations give the same persons"
            if stable is not None
            else ""
        )
        + f". Status: {STATUS[gang['status']].en}.",
    )


def _note(stuff: Material, gang: Json, shown: Sequence[Json]) -> Sentence:
    t, left = stuff.telling, len(gang["members"]) - len(shown)
    if left <= 0:
        return t.say("全部成员见表 1。", "All members stand in table 1.")
    return t.say(
        f"表 1 列出 {len(shown)} 人，其余 {left} 名购买人未列，可在系统中查看。",
        f"Table 1 lists {len(shown)}; {left} more buyers are not listed and can be seen in the system.",
    )


def _members(
    stuff: Material, shown: Sequence[Json], bodies: Mapping[str, Json], names: Mapping[str, str]
) -> Table:
    t = stuff.telling
    rows, proof = [], []
    for place, member in enumerate(shown, start=1):
        person = member["person"]
        reasons = t.pick("；", "; ").join(
            reason_fact(reason, t.language, names) for reason in member["reasons"]
        )
        rows.append(
            (
                str(place),
                t.card(person),
                f"{ROLE[member['role']].of(t.language)} {member['score']:.2f}",
                reasons or "-",
            )
        )
        refs = [
            *person_rows(stuff.pages[person["id"]], 3),
            *bodies.get(person["id"], {}).get("evidence", [])[:ROWS_EACH],
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


def _structure(stuff: Material, shown: Sequence[Json], bodies: Mapping[str, Json]) -> Iterator[Sentence]:
    t = stuff.telling
    told = False
    for member in shown:
        body = bodies.get(member["person"]["id"], {})
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
            body.get("evidence", [])[:ROWS_EACH],
        )
    if not told:
        yield t.say("成员过少，未作结构分析。", "Too few members to speak of a structure.")
    yield t.say(
        "联系多不等于居首，组织者往往不用电话。",
        "Many contacts do not make a leader: leaders often keep off the phone.",
    )


def _supplies(stuff: Material, supplies: Sequence[Json], names: Mapping[str, str]) -> Table:
    t = stuff.telling
    chosen = sorted(supplies, key=lambda each: -each["score"])[:MOST_SHOWN]
    rows = tuple(
        (
            names[each["supplier"]],
            names[each["buyer"]],
            f"{each['score']:.2f}",
            f"{(each['from'] or '')[:10]} – {(each['to'] or '')[:10]}",
            t.pick("；", "; ").join(t.signal(signal["name"]) for signal in each["signals"][:3]),
        )
        for each in chosen
    )
    more = len(supplies) - len(chosen)
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
        tuple(_proof(each, ROWS_EACH) for each in chosen),
        (1.1, 1.1, 0.5, 1.3, 2.0),
    )


def _proof(supply: Json, most: int) -> tuple[str, ...]:
    refs = [ref for signal in supply["signals"] if signal["weight"] > 0 for ref in signal["evidence"]]
    return tuple(dict.fromkeys(refs))[:most]


def _money(stuff: Material, shown: Sequence[Json], bodies: Mapping[str, Json]) -> Iterator[Sentence]:
    t, told = stuff.telling, False
    for member in shown:
        fen = next((int(r["detail"]) for r in member["reasons"] if r.get("code") == "income_fen"), 0)
        if not fen:
            continue
        told = True
        yield t.say(
            f"{t.name(member['person'])}自成员及购买人收款合计 {fen / 100:,.2f} 元。",
            f"{t.name(member['person'])} received {fen / 100:,.2f} yuan from members and buyers.",
            bodies.get(member["person"]["id"], {}).get("evidence", [])[:ROWS_EACH],
        )
    if not told:
        yield t.say("未见可归入的收款记录。", "No payments on record that belong here.")
    yield t.say("仅统计已调取的账户。", "Only accounts that were asked for are counted.")


def _pattern(stuff: Material, supplies: Sequence[Json], names: Mapping[str, str]) -> Iterator[Sentence]:
    t = stuff.telling
    habits = [
        (each, signal)
        for each in supplies
        for signal in each["signals"]
        if signal["name"] in {"repurchase", "restock", "call_near_payment", "night"} and signal["weight"] > 0
    ]
    habits.sort(key=lambda found: -found[1]["weight"])
    for each, signal in habits[:12]:
        yield t.say(
            f"{names[each['supplier']]}与{names[each['buyer']]}：{t.signal(signal['name'])}（{signal['n']} 次）；",
            f"{names[each['supplier']]} and {names[each['buyer']]}: {t.signal(signal['name'])} ({signal['n']} times);",
            signal["evidence"][:ROWS_EACH],
        )
    if not habits:
        yield t.say("数据不足以看出规律。", "The data do not show a pattern.")


def _advice(stuff: Material) -> Sentence:
    return stuff.telling.say(
        "下表仅为结构推算：某人到案后其余人员之间的联系如何变化，不是处置建议；时机和顺序由办案部门决定。",
        "The table computes structure only: how the rest hang together when one is gone. It is no advice; "
        "when and whom is for the unit to decide.",
    )


def _removal(stuff: Material, shown: Sequence[Json], bodies: Mapping[str, Json]) -> Table:
    t = stuff.telling
    found = [(m, bodies.get(m["person"]["id"], {}).get("removal")) for m in shown if m["role"] != "user"]
    rows = tuple(
        (
            t.name(member["person"]),
            str(removal["parts"]),
            str(removal["largest"]),
            f"{removal['fragmentation']:.2f}",
            f"{removal['supply_lost']:.2f}",
        )
        for member, removal in found
        if removal
    )
    return Table(
        t.pick("表 3　到案后的结构变化（推算）", "Table 3. Structure after an arrest (computed)"),
        (
            t.pick("人员", "Person"),
            t.pick("分为几部分", "Parts"),
            t.pick("最大部分人数", "Largest part"),
            t.pick("互不相连比例", "Pairs cut"),
            t.pick("失去的供货份额", "Supply lost"),
        ),
        rows,
        (),
        (1.4, 0.8, 0.9, 0.9, 1.0),
    )
