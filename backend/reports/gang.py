"""The gang report: 团伙分析报告 of a gang candidate or gang: who, how, who supplies whom, what removal would change."""

from __future__ import annotations

from backend import answers
from backend.answers.gang_measures import removals
from backend.answers.gangs import standing
from backend.drawings import draw_gang, run_of
from backend.reports import gang_parts as gp
from backend.reports import gang_tables as gt
from backend.reports.material import lead, material, run_line, sources
from graph_schema.store import Store, Viewer
from viz.report.model import Block, Furniture, Heading, Paragraph, Picture, Report


def gang_report(
    store: Store, viewer: Viewer, gang_id: str, language: str, furniture: Furniture, short: bool = False
) -> Report:
    """A gang of the published run as a report, in full or in short; ``NotFound`` where there is none of that id."""
    extent = gp.SHORT if short else gp.FULL
    page = answers.gang_page(store, viewer, gang_id)
    gang, run = page["gang"], run_of(store, viewer)
    roles = {member["person"]["id"]: member["role"] for member in gang["members"]}
    sure = [
        member["person"]["id"]
        for member in gang["members"]
        if "confirmed" in (gang["status"], member["status"])
    ]
    supplies = [each for each in standing(page) if each["supplier"] in roles and each["buyer"] in roles]
    buyers = gp.told_as_buyers(gang["members"], gp.best(supplies, extent))
    shown = gp.chosen(gang["members"], extent, buyers)
    told = [*(member["person"]["id"] for member in shown), *sorted(buyers)]
    stuff = material(store, viewer, told, roles, language, sure)
    gone = removals(store, viewer, page)
    bodies = {body["person"]: body for body in page["body"].get("members", [])}
    t = stuff.telling
    names = {m["person"]["id"]: t.name(m["person"]) for m in gang["members"]}
    word = t.pick("团伙", "Gang") if gang["status"] == "confirmed" else t.pick("团伙候选", "Gang candidate")
    parts = gp.Parts(stuff, gang, shown, supplies, bodies, names, extent, buyers)
    blocks: list[Block] = [
        Heading(t.pick("一、团伙概况", "1. Overview")),
        Paragraph(tuple(gp.overview(parts, word))),
        Heading(t.pick("二、成员及分工", "2. Members and roles")),
        Paragraph((gp.note(parts),)),
        gt.members(parts),
        Heading(t.pick("三、组织结构与联络方式", "3. Structure")),
        Paragraph((gp.structure(parts),)),
        gt.structure_table(parts, gone),
        Heading(t.pick("四、供货链条", "4. Supply chain")),
        gt.supply_table(parts),
        Heading(t.pick("五、资金情况", "5. Money")),
        Paragraph(tuple(gp.money(parts))),
        Heading(t.pick("六、活动规律", "6. Pattern of activity")),
        Paragraph(tuple(gp.pattern(parts))),
        Heading(t.pick("七、打击建议", "7. Recommended action")),
        Paragraph((gp.advice(parts),)),
        Heading(t.pick("附图", "Drawing")),
        Picture(
            f"{t.pick('图 1　', 'Figure 1. ')}{word} {gang_id}", draw_gang(store, viewer, gang_id, language)
        ),
    ]
    return Report(
        title=t.pick("团伙分析报告（简版）", "Gang report, short form")
        if short
        else t.pick("团伙分析报告", "Gang report"),
        subject=t.pick(
            f"{word} {gang_id}（{len(gang['members'])} 人）",
            f"{word} {gang_id} ({len(gang['members'])} persons)",
        ),
        status=gang["status"],
        status_text=t.decided(gang["status"], gang["review"]),
        lead=lead(language),
        blocks=tuple(blocks),
        sources=sources(store, viewer, blocks, stuff),
        run=run_line(run, language),
        furniture=furniture,
        language=language,
    )
