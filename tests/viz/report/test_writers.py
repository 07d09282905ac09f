"""The two writers: hostile names, marks in order, the same words in both, pictures inside."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from tests.viz import samples
from viz.report.docx import FIRST, render_docx
from viz.report.model import (
    Event,
    Furniture,
    Heading,
    Paragraph,
    Picture,
    Report,
    RowNumbers,
    Seal,
    Sentence,
    Source,
    Table,
    evidence_tables,
)
from viz.report.pdf import render_report

ROWS = [f"{'a' * 12}/-/{n}" for n in range(1, 8)]
HOSTILE = '#read("/etc/passwd") $x$ *bold* <script>alert(1)</script> ]]> \\u{202e} 𠮷 \x07'


def report(text: str = "某", status: str = "candidate") -> Report:
    blocks = (
        Heading("一、标题"),
        Paragraph((Sentence(text, (ROWS[2],)), Sentence("句二。", tuple(ROWS[:3])), Sentence("无依据。"))),
        Table("表 1", ("甲", "乙"), ((text, "1"), ("x", "2")), ((ROWS[4],), tuple(ROWS[4:])), (1.0, 2.0)),
    )
    sources = {ref: Source(ref, "文件.csv", "", n, text) for n, ref in enumerate(ROWS[:6], start=1)}
    return Report("标题", "对象", status, "", "提示", blocks, sources, "研判批次 R-0001", Furniture())


def test_marks_are_ranges_in_order_of_first_mention() -> None:
    """Trap: numbers that jump about, or a range that claims rows in between."""
    numbers = RowNumbers(report())
    assert numbers.mark([ROWS[2]]) == "[1]"
    assert numbers.mark(ROWS[:3]) == "[1–3]"
    assert numbers.mark([ROWS[4], ROWS[6]]) == "[4, 6]"
    assert numbers.mark([ROWS[0], ROWS[1]]) == "[2, 3]"
    assert numbers.mark([]) == ""


@pytest.mark.parametrize("write", [render_docx, render_report])
def test_hostile_text_is_text(write) -> None:  # type: ignore[no-untyped-def]
    """Trap: a name that is markup to the page setter, or a control character that breaks the file."""
    body = write(report(HOSTILE), Seal("0" * 64, 7))
    assert len(body) > 5_000
    if write is render_docx:
        words = "\n".join(p.text for p in docx.Document(io.BytesIO(body)).paragraphs)
        assert '#read("/etc/passwd") $x$ *bold* <script>' in words and "\ufffd" in words


def test_confirmed_and_candidate_differ_in_print() -> None:
    """Trap: the same header whatever a chief decided."""
    heads = [
        docx.Document(io.BytesIO(render_docx(report(status=status), Seal("0" * 64, 1))))
        .sections[0]
        .header.paragraphs[0]
        .text
        for status in ("candidate", "confirmed")
    ]
    assert "候选" in heads[0] and "已确认" in heads[1] and "候选" not in heads[1]


def test_a_missing_row_stays_in_the_list() -> None:
    """Trap: a number in the text that the list of evidence does not have."""
    document = docx.Document(io.BytesIO(render_docx(report(), Seal("0" * 64, 1))))
    listed = document.tables[-2]  # the files stand last
    numbers = [row.cells[0].text for row in listed.rows][1:]
    assert numbers == [str(n) for n in range(1, 7)]
    assert "原始记录已撤出" in listed.rows[-1].cells[1].text


def test_the_list_of_evidence_holds_whole_events_once() -> None:
    """Trap: a serial cut off at some length; one payment told twice because bank and wallet both have it."""
    serial, bank = "1000990202501057556999823545", "2025010599059893262162491138"
    wallet = Event(
        "2025-01-05 14:41:41", "付款", "甲\nwxid_a", "乙\nwxid_b", "2,600.00 元", f"{serial}\n{bank}"
    )
    card = Event("2025-01-05 14:42:22", "付款", "甲\n6200", "财付通", "2,600.00 元", bank, through=True)
    call = Event("2025-01-05 14:28:05", "通话", "甲\n139", "丙\n138", "13 秒", "")
    sources = {
        ref: Source(ref, name, "", n, event=event)
        for n, (ref, name, event) in enumerate(
            zip(ROWS[:3], ("银行.xlsx", "微信.txt", "话单.csv"), (card, wallet, call), strict=True), start=1
        )
    }
    blocks = (Paragraph((Sentence("句。", tuple(ROWS[:4])),)),)
    whole = "；".join(f"列{n}=值{n}" * 3 for n in range(12))
    sources[ROWS[3]] = Source(ROWS[3], "登记.csv", "", 4, whole)
    made = Report("标题", "对象", "candidate", "", "提示", blocks, sources, "研判批次 R-0001", Furniture())
    events, others, files = evidence_tables(made, RowNumbers(made))
    assert [row[0] for row in events.rows] == ["1, 2", "3"]
    assert events.rows[0][1:4] == (wallet.at, wallet.a, wallet.b), "the wallet knows both ends"
    assert serial in events.rows[0][5] and bank in events.rows[0][5]
    assert events.rows[0][6] == "F1 · 1\nF2 · 2"
    assert others.rows == (("4", whole, "F4 · 4"),) and len(files.rows) == 4


def test_digest_covers_words_and_evidence() -> None:
    """Trap: a changed sentence under an unchanged digest."""
    assert report("甲").digest() == report("甲").digest() != report("乙").digest()


def test_docx_is_set_and_named_as_it_is_filed() -> None:
    """Trap: page numbers in the size of the body, a picture nobody hears described, and a file that says of itself
    what the template it began with says."""
    drawn = replace(report(), blocks=(*report().blocks, Picture("图 1", samples.chain())))
    document = docx.Document(io.BytesIO(render_docx(drawn, Seal("0" * 64, 7))))
    footer = document.sections[0].footer.paragraphs[0]._p
    sizes = {size.get(qn("w:val")) for size in footer.iter(qn("w:sz"))}
    fields = [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))]
    assert (fields, sizes) == (["PAGE", "NUMPAGES"], {"18"})
    assert all(field.findall(qn("w:r")) for field in footer.iter(qn("w:fldSimple")))
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == ["图 1"]
    about = document.core_properties
    assert about.comments == "" and about.created is not None and about.created.year >= 2025
    headings = [each.style for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert headings and {each.name for each in headings} <= {"Heading 1", "Heading 2"}
    fonts = headings[0].element.rPr.rFonts
    assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:asciiTheme"))) == (FIRST, None)
    assert headings[0].font.size.pt == 16 and not headings[0].font.bold


def test_docx_keeps_long_numbers_whole() -> None:
    """Trap: a serial of thirty digits is cut, or its cell is a number."""
    serial = "1000050001202603011234567890123456"[:32]
    event = Event("2026-03-01 08:00:00", "付款", "甲\n6200990000000000118", "乙", "300.00 元", serial)
    sources = {ref: replace(each, event=event, text="") for ref, each in report().sources.items()}
    document = docx.Document(io.BytesIO(render_docx(replace(report(), sources=sources), Seal("0" * 64, 7))))
    cells = {text for table in document.tables for row in table.rows for text in (c.text for c in row.cells)}
    assert serial in cells and "甲\n6200990000000000118" in cells


def test_pdf_numbers_hold_no_unseen_characters() -> None:
    """Trap: a long number that breaks at zero-width characters: copied from the paper it is found nowhere."""
    serial = "1000050001202603011234567890123456"[:32]
    event = Event("2026-03-01 08:00:00", "付款", "甲", "乙", "300.00 元", serial)
    sources = {ref: replace(each, event=event, text="") for ref, each in report().sources.items()}
    pages = pypdfium2.PdfDocument(render_report(replace(report(), sources=sources), Seal("0" * 64, 7)))
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert not {"\u200b", "\u2060", "\ufeff"} & set(text)
    assert serial in "".join(text.split())
