"""Reports from the real store: every fact numbered to a row that exists, candidate said everywhere, audited first."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from backend import answers
from backend.cli import app
from backend.drawings import draw_chain, draw_gang
from backend.reports import make_report
from backend.reports.chain import chain_report
from backend.reports.gang import gang_report
from backend.reports.gang_parts import FULL, SHORT
from backend.reports.telling import Telling
from backend.reviews.answers import judge
from backend.security.audit import AuditLog
from graph_schema.errors import InputError, NotFound
from graph_schema.store import LOCAL, Store
from viz.report.model import Furniture, Paragraph, Report, RowNumbers, Table


def text_of(body: bytes) -> str:
    """All words of a DOCX: paragraphs, tables, header, footer."""
    document = docx.Document(io.BytesIO(body))
    parts = [each.text for each in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    section = document.sections[0]
    parts += [section.header.paragraphs[0].text, section.footer.paragraphs[0].text]
    return "\n".join(parts)


@pytest.fixture
def chain_case(district: Store) -> str:
    rows = district.read(LOCAL, "chain.page", run="R-0001", k=3, skip=0, limit=50)
    return next(str(row["case_no"]) for row in rows if row["chains"])


@pytest.fixture
def gang_id(district: Store) -> str:
    rows = district.read(LOCAL, "gang.page", prefix="R-0001/", min_size=1, skip=0, limit=10)
    return str(rows[0]["gang"]["gang_id"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sentences_about_records_carry_rows(district: Store, chain_case: str, language: str) -> None:
    """Trap: a sentence of fact in a report that nobody can trace to a row."""
    report = chain_report(district, LOCAL, chain_case, 1, language, Furniture())
    fact = re.compile("记录，|缴获|立案|付款 " if language == "zh" else "on record|seized|was opened|paid ")
    facts = [
        sentence
        for block in report.blocks
        if isinstance(block, Paragraph)
        for sentence in block.sentences
        if fact.search(sentence.text)
    ]
    assert facts
    assert [each.text for each in facts if not each.evidence] == []


def test_numbers_name_the_rows_in_order_of_mention(district: Store, chain_case: str) -> None:
    """Trap: a bracket in the text that points to another line of the list of evidence."""
    report = chain_report(district, LOCAL, chain_case, 1, "zh", Furniture())
    numbers = RowNumbers(report)
    listed = dict(numbers)
    assert list(listed) == list(range(1, len(numbers) + 1))
    first = next(
        sentence
        for block in report.blocks
        if isinstance(block, Paragraph)
        for sentence in block.sentences
        if sentence.evidence
    )
    assert numbers.mark(first.evidence[:1]) == "[1]"
    assert listed[1] == first.evidence[0]
    assert set(report.sources) == set(listed.values())


def test_every_name_stands_with_its_status(district: Store, chain_case: str) -> None:
    """Trap: a name in print without candidate or confirmed beside it."""
    report = chain_report(district, LOCAL, chain_case, 1, "zh", Furniture())
    tables = [block for block in report.blocks if isinstance(block, Table)]
    names = [row[1].split("\n")[0] for row in tables[0].rows]
    assert names and all(name.endswith(("（候选）", "（已确认）")) for name in names)


def test_docx_says_status_digest_and_audit_number_on_every_page(district: Store, chain_case: str) -> None:
    """Trap: a report that cannot be tied to its record, or a candidate printed as if it were a finding."""
    made = make_report(district, LOCAL, "chain", chain_case, "docx", furniture=Furniture(author="测试员"))
    words = text_of(made.body)
    assert "侦查线索，不作为证据使用" in words and "候选（待核查）" in words
    assert f"摘要 SHA-256 {made.digest[:16]}" in words and f"审计号 {made.audit}" in words
    assert made.digest in words
    assert "测试员" in words and "证据清单" in words


@pytest.mark.parametrize("what", ["chain", "gang"])
def test_pdf_is_written_for_both(district: Store, chain_case: str, gang_id: str, what: str) -> None:
    """Trap: a form of report that exists on paper only."""
    made = make_report(district, LOCAL, what, chain_case if what == "chain" else gang_id, "pdf")
    assert made.body.startswith(b"%PDF-") and len(made.body) > 20_000


def test_the_audit_record_stands_before_the_report(district: Store, chain_case: str) -> None:
    """Trap: a report handed out that the log knows nothing of."""
    made = make_report(district, LOCAL, "chain", chain_case, "docx")
    log = AuditLog(Path(district.home) / "audit")
    record = next(each for each in log.records() if each["seq"] == made.audit)
    assert (record["action"], record["objects"], record["result"]) == ("report", [chain_case], made.digest)


def test_the_same_graph_gives_the_same_digest(district: Store, gang_id: str) -> None:
    """Trap: a digest that changes with the hour proves nothing."""
    first, second = (gang_report(district, LOCAL, gang_id, "zh", Furniture()) for _ in range(2))
    assert first.digest() == second.digest()
    other = gang_report(district, LOCAL, gang_id, "zh", Furniture(author="另一人"))
    assert other.digest() != first.digest()


def test_unknown_objects_and_forms_are_refused(district: Store, chain_case: str) -> None:
    """Trap: an empty report for a case that is not there."""
    with pytest.raises(NotFound):
        make_report(district, LOCAL, "chain", "A9900000000000000000000", "pdf")
    with pytest.raises(NotFound):
        make_report(district, LOCAL, "chain", chain_case, "pdf", n=9)
    with pytest.raises(InputError):
        make_report(district, LOCAL, "chain", chain_case, "odt")


def test_a_row_taken_out_is_said_to_be(district: Store, chain_case: str) -> None:
    """Trap: a report that silently leaves out the proof it can no longer show."""
    report = chain_report(district, LOCAL, chain_case, 1, "zh", Furniture())
    gone = [ref for ref, source in report.sources.items() if not source.found]
    body = _docx(report)
    assert ("原始记录已撤出或不可查看" in body) == bool(gone)


def _docx(report: Report) -> str:
    from viz.report.docx import render_docx
    from viz.report.model import Seal

    return text_of(render_docx(report, Seal(report.digest(), 1)))


def said(report: Report) -> str:
    return "".join(
        each.text for block in report.blocks if isinstance(block, Paragraph) for each in block.sentences
    )


def test_what_somebody_decided_stands_in_text_figure_and_command_line(
    district: Store, chain_case: str, gang_id: str
) -> None:
    """Trap: a confirmed chain whose report still calls everybody a candidate, or does not say who decided and why."""
    before = chain_report(district, LOCAL, chain_case, 1, "zh", Furniture())
    assert "已确认" not in said(before) and "候选" in before.chip()
    chain = answers.case_chains(district, LOCAL, chain_case)["cases"][0]["chains"][0]
    judge(district, LOCAL, "chain", "confirmed", [f"Chain:{chain['id']}"], "供述与流水一致")
    report = chain_report(district, LOCAL, chain_case, 1, "zh", Furniture())
    assert "供述与流水一致" in said(report) and "供述与流水一致" in report.chip()
    assert "（已确认）" in said(report) and "（候选）" not in said(report)
    drawing = draw_chain(district, LOCAL, chain_case)
    assert drawing.status == "confirmed" and "供述与流水一致" in drawing.banner
    printed = CliRunner().invoke(app, ["chain", chain_case]).output
    assert "确认" in printed or "confirmed" in printed
    judge(district, LOCAL, "gang", "rejected", [f"Gang:{gang_id}"], "两伙人")
    gang = gang_report(district, LOCAL, gang_id, "zh", Furniture())
    assert "不成立" in gang.chip() and "两伙人" in said(gang)
    assert "两伙人" in draw_gang(district, LOCAL, gang_id).banner


def test_wording_grows_with_strength() -> None:
    """Trap: 疑似 for a score of 0.08 as for one of 0.95."""
    telling = Telling("zh", {}, {})
    words = [telling.sure(score) for score in (0.08, 0.55, 0.75, 0.95)]
    assert len(set(words)) == 4 and "较弱" in words[0] and "高度" in words[3]


def test_the_short_form_of_a_gang_holds_less(district: Store, gang_id: str) -> None:
    """Trap: a "short" form that is the whole report under another title."""
    short = make_report(district, LOCAL, "gang", gang_id, "pdf", short=True)
    whole = make_report(district, LOCAL, "gang", gang_id, "pdf")
    assert short.digest != whole.digest and short.rows <= whole.rows
    assert len(re.findall(rb"/Type\s*/Page[^s]", short.body)) <= 6
    assert SHORT.members < FULL.members and SHORT.rows < FULL.rows


def test_a_gang_report_says_each_thing_once(district: Store, gang_id: str) -> None:
    """Traps: a buyer told of among the members and again beside his supplier; what somebody received, his contacts and
    his reach told in a table and once more in words; a member left out where buyers moved."""
    report = gang_report(district, LOCAL, gang_id, "zh", Furniture())
    members, structure, supplies = [block for block in report.blocks if isinstance(block, Table)]
    page = answers.gang_page(district, LOCAL, gang_id)
    assert {(each["supplier"], each["buyer"]) for each in page["supplies"]} == {
        ("P-boss", "P-whole"),
        ("P-whole", "P-seller"),
    }
    named = [row[1].split("（")[0] for row in members.rows]
    assert sorted(named) == ["丙三", "乙二", "甲一"] and not any("990101" in row[1] for row in supplies.rows)
    assert len(structure.rows) == len(named), "table 2 has everybody of table 1 who does not only buy"
    with district.driver.session(database=district.database) as session:
        session.run("MATCH (:Person {person_id: 'P-seller'})-[m:MEMBER_OF]->() SET m.role = 'user'").consume()
    report = gang_report(district, LOCAL, gang_id, "zh", Furniture())
    members, structure, supplies = [block for block in report.blocks if isinstance(block, Table)]
    assert [row[1].split("（")[0] for row in members.rows] == ["甲一", "乙二"]
    (bought,) = [row for row in supplies.rows if row[1].startswith("丙三")]
    assert "990101199003070018" in bought[1] and "购买" in bought[1]
    judge(district, LOCAL, "member", "confirmed", [gang_id, "P-seller"], "供述购买")
    report = gang_report(district, LOCAL, gang_id, "zh", Furniture())
    first = next(block for block in report.blocks if isinstance(block, Table))
    assert "供述购买" in first.rows[-1][3], "what a person decided of a member stands in table 1"
