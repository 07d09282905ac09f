"""The tables of a chain report: its persons from the packet case upward, and the requests to make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backend.contract.base import Tongue
from backend.contract.board import Addressed
from backend.contract.chains import Chain
from backend.reports.composition import NUMBER, ReportColumn, table
from backend.reports.material import Material, person_rows
from backend.reports.telling import minute
from graph_schema.language import Text
from viz.report.model import Block, Paragraph, Table

PERSONS = (
    NUMBER,
    ReportColumn(Text("姓名、身份证号", "Name, resident id"), 1.5),
    ReportColumn(Text("号码、账户", "Phones, accounts"), 1.6),
    ReportColumn(Text("角色", "Role"), 0.75),
    ReportColumn(Text("涉及案件", "Cases"), 1.7),
)
REQUESTS = (
    NUMBER,
    ReportColumn(Text("调取单位", "Body"), 1.0),
    ReportColumn(Text("持有人、标识", "Holder, identifier"), 1.4),
    ReportColumn(Text("期间", "Period"), 0.8),
    ReportColumn(Text("内容", "Content"), 1.5),
    ReportColumn(Text("理由", "Reason"), 1.9),
)


def persons_table(stuff: Material, chain: Chain) -> Table:
    t = stuff.telling
    rows, proof = [], []
    for place, entry in enumerate(chain["persons"], start=1):
        page = stuff.pages[entry["id"]]
        person = page["person"]
        cases = "\n".join(f"{each['case_no']} {each['role'] or ''}" for each in page["cases"])
        rows.append(
            (
                str(place),
                t.card(person),
                "\n".join([*person["phones"], *person["accounts"]][:8]),
                t.role(person["id"]) + t.pick("（推断）", " (inferred)"),
                cases or t.pick("无在册案件", "none recorded"),
            )
        )
        proof.append(person_rows(page))
    caption = Text("表 1　人员情况表（自零包案向上）", "Table 1. Persons, from the packet case upward")
    return table(t, caption, PERSONS, rows, proof)


def requests_part(stuff: Material, asked: Sequence[Addressed]) -> Iterator[Block]:
    t = stuff.telling
    if not asked:
        yield Paragraph((t.say("暂无补证建议。", "No requests at present."),))
        return
    yield Paragraph(
        (
            t.say(
                "建议调取下列材料（仅供内部拟稿，不具法律效力；须经审批并使用本单位正式文书）。",
                "Requests to draft (internal, no legal effect; they need approval and the unit's own form):",
            ),
        )
    )
    said: Tongue = "en" if t.language == "en" else "zh"
    rows = tuple(
        (
            str(place),
            ask["body"][said],
            f"{t.bare(ask['holder'])}\n{ask['identifier']}",
            f"{minute(ask['from'])[:10]} – {minute(ask['to'])[:10]}",
            ask["content"][said],
            ask["reason"][said],
        )
        for place, ask in enumerate(asked, start=1)
    )
    yield table(t, Text("表 2　补证建议表", "Table 2. Requests"), REQUESTS, rows)
