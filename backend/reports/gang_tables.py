"""Tables of a gang report: members, structure and what an arrest would change, supplies with their buyers."""

from __future__ import annotations

from collections.abc import Mapping

from backend.contract.gangs import RemovalShown
from backend.contract.supplies import Signal
from backend.reports.composition import NUMBER, ReportColumn, table
from backend.reports.gang_parts import HABITS, Parts, best, proof, rows_of
from backend.reports.material import person_rows
from graph_schema.language import Text
from viz.report.model import Table
from viz.text.phrases import reason_text
from viz.text.words import ROLE

MEMBERS = (
    NUMBER,
    ReportColumn(Text("姓名（状态）、身份证号", "Name (status), resident id"), 1.5),
    ReportColumn(Text("角色（候选）", "Role (candidate)"), 0.8),
    ReportColumn(Text("依据", "Reasons"), 2.4),
)
STRUCTURE = (
    ReportColumn(Text("人员", "Person"), 1.6),
    ReportColumn(Text("直接联系", "Contacts"), 0.6),
    ReportColumn(Text("居间", "Betweenness"), 0.8),
    ReportColumn(Text("下游人数", "Downstream"), 0.65),
    ReportColumn(Text("到案后：分为几部分", "After: parts"), 0.75),
    ReportColumn(Text("最大部分人数", "largest part"), 0.75),
    ReportColumn(Text("断开的人对", "pairs cut"), 0.7),
    ReportColumn(Text("失去的供货", "supply lost"), 0.7),
)
SUPPLIES = (
    ReportColumn(Text("上家", "Supplier"), 1.1),
    ReportColumn(Text("下家", "Buyer"), 1.6),
    ReportColumn(Text("评分", "Score"), 0.4),
    ReportColumn(Text("时间", "Period"), 0.75),
    ReportColumn(Text("主要依据", "Main signals"), 1.8),
)


def members(of: Parts) -> Table:
    t = of.stuff.telling
    rows, proof = [], []
    for place, member in enumerate(of.shown, start=1):
        person = member["person"]
        reasons = t.pick("；", "; ").join(
            reason_text(reason, t.language, of.names) for reason in member["reasons"]
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
            *rows_of(of, person["id"]),
        ]
        proof.append(tuple(dict.fromkeys(refs)))
    caption = Text("表 1　成员表", "Table 1. Members")
    return table(t, caption, MEMBERS, rows, proof)


def structure_table(of: Parts, gone: Mapping[str, RemovalShown]) -> Table:
    """Of everybody in table 1 but buyers: his place, and what his arrest would change."""
    t, rows = of.stuff.telling, []
    for member in of.shown:
        if member["role"] == "user":
            continue
        person = member["person"]
        body, removal = of.bodies.get(person["id"]), gone[person["id"]]
        central = body["centrality"] if body else None
        broker = t.pick("，居中联络", ", a broker by position") if body and body["broker"] else ""
        rows.append(
            (
                f"{t.name(person)}{broker}",
                f"{central['degree']:.0f}" if central else "-",
                f"{central['betweenness']:.1f}" if central else "-",
                str(central.get("reach_down", 0)) if central else "-",
                str(removal["parts"]),
                str(removal["largest"]),
                f"{removal['pairs_cut']:.0%}",
                f"{removal['supply_lost']:.0%}",
            )
        )
    caption = Text("表 2　结构及到案后的变化（推算）", "Table 2. Structure, and after an arrest (computed)")
    return table(t, caption, STRUCTURE, rows)


def supply_table(of: Parts) -> Table:
    """Supplies by supplier; who only buys is described here, at the first of them."""
    t, names = of.stuff.telling, of.names
    place = {member["person"]["id"]: n for n, member in enumerate(of.gang["members"])}
    shown = sorted(best(of.supplies, of.extent), key=lambda each: (place[each["supplier"]], -each["score"]))
    told: set[str] = set()
    rows, evidence = [], []
    for each in shown:
        new = each["buyer"] in of.buyers and each["buyer"] not in told
        told.add(each["buyer"])
        rows.append(
            (
                names[each["supplier"]],
                _buyer(of, each["buyer"]) if new else names[each["buyer"]],
                f"{each['score']:.2f}",
                f"{(each['from'] or '')[:10]}\n{(each['to'] or '')[:10]}",
                t.pick("；", "; ").join(_signal(of, signal) for signal in each["signals"][:3]),
            )
        )
        known = person_rows(of.stuff.pages[each["buyer"]], min(3, of.extent.rows)) if new else ()
        evidence.append(tuple(dict.fromkeys((*known, *proof(each, of.extent.rows)))))
    caption = Text("表 3　供货关系及购买人（候选）", "Table 3. Supplies and buyers (candidates)")
    if more := len(of.supplies) - len(shown):
        caption = Text(f"{caption.zh}（另有 {more} 条未列）", f"{caption.en} ({more} more not listed)")
    return table(t, caption, SUPPLIES, rows, evidence)


def _buyer(of: Parts, person_id: str) -> str:
    """A buyer as table 1 would show him, with what is known of him beside whom he buys from."""
    t = of.stuff.telling
    member = next(each for each in of.gang["members"] if each["person"]["id"] == person_id)
    more = [
        reason_text(reason, t.language, of.names)
        for reason in member["reasons"]
        if not isinstance(reason, Mapping) or reason.get("code") != "buys_from"
    ]
    role = f"{ROLE[member['role']].of(t.language)} {member['score']:.2f}"
    name, word, known = t.card(member["person"]).split("\n")
    return "\n".join((name, f"{word} {known}", t.pick("；", "; ").join((role, *more))))


def _signal(of: Parts, signal: Signal) -> str:
    """A habit with how often it was seen."""
    t = of.stuff.telling
    often = t.pick(f" {signal['n']} 次", f", {signal['n']} times") if signal["name"] in HABITS else ""
    return f"{t.signal(signal['name'])}{often}"
