"""The gang report: 团伙分析报告 of a gang candidate or gang: who, how, who supplies whom, what removal would change."""

from __future__ import annotations

from backend import answers
from backend.answers.gang_measures import removals
from backend.answers.gangs import standing
from backend.drawings import draw_gang, run_of
from backend.reports import gang_parts as gp
from backend.reports import gang_tables as gt
from backend.reports.composition import composed, figure, numbered_parts
from backend.reports.material import material
from graph_schema.language import Text
from graph_schema.store import Store, Viewer
from viz.report.model import Block, Furniture, Paragraph, Report


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
    names = {m["person"]["id"]: stuff.telling.name(m["person"]) for m in gang["members"]}
    word = Text("团伙", "Gang") if gang["status"] == "confirmed" else Text("团伙候选", "Gang candidate")
    parts = gp.Parts(stuff, gang, shown, supplies, bodies, names, extent, buyers)
    numbered: list[tuple[Text, list[Block]]] = [
        (Text("团伙概况", "Overview"), [Paragraph(tuple(gp.overview(parts, word.of(language))))]),
        (Text("成员及分工", "Members and roles"), [Paragraph((gp.note(parts),)), gt.members(parts)]),
        (
            Text("组织结构与联络方式", "Structure"),
            [Paragraph((gp.structure(parts),)), gt.structure_table(parts, gone)],
        ),
        (Text("供货链条", "Supply chain"), [gt.supply_table(parts)]),
        (Text("资金情况", "Money"), [Paragraph(tuple(gp.money(parts)))]),
        (Text("活动规律", "Pattern of activity"), [Paragraph(tuple(gp.pattern(parts)))]),
        (Text("打击建议", "Recommended action"), [Paragraph((gp.advice(parts),))]),
    ]
    drawing = draw_gang(store, viewer, gang_id, language)
    caption, n = Text(f"{word.zh} {gang_id}", f"{word.en} {gang_id}"), len(gang["members"])
    return composed(
        store,
        viewer,
        stuff,
        [*numbered_parts(language, numbered), *figure(language, caption, drawing)],
        title=Text("团伙分析报告（简版）", "Gang report, short form")
        if short
        else Text("团伙分析报告", "Gang report"),
        subject=Text(f"{caption.zh}（{n} 人）", f"{caption.en} ({n} persons)"),
        status=gang["status"],
        review=gang["review"],
        run=run,
        furniture=furniture,
    )
