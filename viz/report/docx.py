"""A report as DOCX: page, fonts and spacing of GB/T 9704-2012, a footer that proves it, nothing embedded but pictures."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor, Twips

from graph_schema.xmltext import NOT_XML
from viz.render.static import render_png
from viz.report import model
from viz.report.model import Heading, Paragraph, Picture, Report, RowNumbers, Seal, Table

TITLE, BODY, SECOND, FIRST, LATIN = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "Times New Roman"
"""Fonts by name only, as the standard and custom ask; an office program takes its own where one is missing."""

HEADINGS = {1: FIRST, 2: SECOND}
"""Font of a heading by its level."""

MARGINS = {"top": 2098, "right": 1474, "bottom": 1984, "left": 1587}  # twips: 37, 26, 35, 28 mm
TYPE_AREA = Mm(156)


def render_docx(report: Report, seal: Seal) -> bytes:
    """Return ``report`` as a DOCX file."""
    document = Document()
    _page(document, report, seal)
    _head(document, report)
    numbers = RowNumbers(report)
    for block in report.blocks:
        if isinstance(block, Heading):
            _heading(document, block)
        elif isinstance(block, Paragraph):
            _paragraph(document, block, numbers)
        elif isinstance(block, Table):
            _table(document, block, numbers, report.language)
        else:
            _picture(document, block)
    _evidence(document, report, numbers)
    _line(document, f"{report.run}\nSHA-256 {seal.digest}", 8)
    _about(document, report)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _about(document: Any, report: Report) -> None:
    """What the file says of itself: nothing is left of the template it begins with."""
    about = document.core_properties
    about.title, about.author, about.comments = report.title, report.furniture.author, ""
    about.created = about.modified = datetime.now(UTC)


def _page(document: Any, report: Report, seal: Seal) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", Twips(width))
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    _named(normal.font, normal.element.get_or_add_rPr(), BODY)
    normal.paragraph_format.space_after = Pt(0)
    for level, font in HEADINGS.items():
        _heading_style(document.styles[f"Heading {level}"], font)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for name, value in (("type", "linesAndChars"), ("linePitch", "579"), ("charSpace", "-848")):
        grid.set(qn(f"w:{name}"), value)
    head = section.header.paragraphs[0]
    _run(head, f"{model.HEADER.of(report.language)}　{report.chip()}", 9, FIRST)
    foot = section.footer.paragraphs[0]
    _run(foot, f"{model.footer(report, seal)}　— ", 9, BODY)
    _field(foot, "PAGE")
    _run(foot, " / ", 9, BODY)
    _field(foot, "NUMPAGES")
    _run(foot, " —", 9, BODY)


def _heading_style(style: Any, font: str) -> None:
    """A heading of the template as the standard sets it: contents pages and outlines go by the style."""
    style.font.size, style.font.bold, style.font.color.rgb = Pt(16), False, RGBColor(0, 0, 0)
    _named(style.font, style.element.get_or_add_rPr(), font)
    fonts = style.element.rPr.rFonts
    for name in [each for each in fonts.attrib if each.endswith("Theme")]:
        del fonts.attrib[name]  # a theme's font would go before the one named
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.keep_with_next, layout.first_line_indent = True, Pt(32)


def _head(document: Any, report: Report) -> None:
    if report.furniture.marking:
        _run(document.add_paragraph(), report.furniture.marking, 16, FIRST)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, report.title, 22, TITLE)
    for text in (report.subject, f"〔{report.chip()}〕"):
        line = document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(line, text, 14, SECOND)
    _line(document, "　".join(model.furniture_lines(report)), 10.5)
    _line(document, report.lead, 10.5)


def _heading(document: Any, block: Heading) -> None:
    paragraph = document.add_paragraph(style=f"Heading {block.level}")
    _run(paragraph, block.text, 16, HEADINGS[block.level])


def _paragraph(document: Any, block: Paragraph, numbers: RowNumbers) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(32)
    for sentence in block.sentences:
        _run(paragraph, sentence.text, 16, BODY)
        mark = numbers.mark(sentence.evidence)
        if mark:
            _run(paragraph, mark, 10, BODY).font.superscript = True


def _table(document: Any, block: Table, numbers: RowNumbers, language: str) -> None:
    caption = document.add_paragraph()
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    _run(caption, block.caption, 12, FIRST)
    heads, rows = list(block.heads), [list(row) for row in block.rows]
    widths = list(block.widths) or [1.0] * len(heads)
    if block.evidence:
        heads.append(model.EVIDENCE_HEAD.of(language))
        rows = [[*row, numbers.mark(refs)] for row, refs in zip(rows, block.evidence, strict=True)]
        widths.append(0.7)
    _grid(document, heads, rows, widths)


def _evidence(document: Any, report: Report, numbers: RowNumbers) -> None:
    if not len(numbers):
        return
    document.add_page_break()
    _heading(document, Heading(model.EVIDENCE_TITLE.of(report.language)))
    _line(document, model.EVIDENCE_NOTE.of(report.language), 10.5)
    for table in model.evidence_tables(report, numbers):
        caption = document.add_paragraph()
        caption.paragraph_format.keep_with_next = True
        _run(caption, table.caption, 10.5, FIRST)
        _grid(document, list(table.heads), [list(row) for row in table.rows], list(table.widths), 7)


def _grid(
    document: Any, heads: list[str], rows: list[list[str]], widths: list[float], points: int = 9
) -> None:
    """A table written as XML directly: python-docx's cell objects take seconds for a thousand rows."""
    table = document.add_table(rows=0, cols=len(heads))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    total = sum(widths)
    sizes = [str(int(TYPE_AREA.twips * width / total)) for width in widths]
    for column, size in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), sizes, strict=True):
        column.set(qn("w:w"), size)
    for n, row in enumerate([heads, *rows]):
        table._tbl.append(_row(row, sizes, head=n == 0, points=points))


def _row(cells: list[str], sizes: list[str], head: bool, points: int) -> Any:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    for text, size in zip(cells, sizes, strict=True):
        cell, about, width = OxmlElement("w:tc"), OxmlElement("w:tcPr"), OxmlElement("w:tcW")
        width.set(qn("w:w"), size)
        width.set(qn("w:type"), "dxa")
        about.append(width)
        cell.append(about)
        for part in text.split("\n"):
            cell.append(_small(part, FIRST if head else BODY, points))
        row.append(cell)
    return row


def _small(text: str, font: str, points: int) -> Any:
    paragraph, run, about = OxmlElement("w:p"), OxmlElement("w:r"), OxmlElement("w:rPr")
    fonts = OxmlElement("w:rFonts")
    for slot, name in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{slot}"), name)
    size = OxmlElement("w:sz")
    size.set(qn("w:val"), str(2 * points))
    about.append(fonts)
    about.append(size)
    run.append(about)
    content = OxmlElement("w:t")
    content.text = _clean(text)
    content.set(qn("xml:space"), "preserve")
    run.append(content)
    paragraph.append(run)
    return paragraph


def _picture(document: Any, block: Picture) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    picture = paragraph.add_run().add_picture(io.BytesIO(render_png(block.drawing)), width=TYPE_AREA)
    picture._inline.docPr.set("descr", _clean(block.caption))
    tallest = Mm(200)
    if picture.height > tallest:
        picture.width, picture.height = int(picture.width * tallest / picture.height), tallest
    caption = document.add_paragraph()
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(caption, block.caption, 12, FIRST)


def _line(document: Any, text: str, size: float) -> None:
    paragraph = document.add_paragraph()
    _run(paragraph, text, size, BODY)


def _run(paragraph: Any, text: str, size: float, font: str) -> Any:
    run = paragraph.add_run(_clean(text))
    run.font.size = Pt(size)
    run.font.color.rgb = RGBColor(0, 0, 0)
    _named(run.font, run._r.get_or_add_rPr(), font)
    return run


def _named(font: Any, properties: Any, east_asian: str) -> None:
    font.name = LATIN
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), east_asian)


def _field(paragraph: Any, code: str) -> None:
    """A number the office program works out, in the type of the line it stands in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    field.append(_run(paragraph, "1", 9, BODY)._r)
    paragraph._p.append(field)


def _clean(text: str) -> str:
    """XML 1.0 has no place for most control characters; they are shown as U+FFFD instead of breaking the file."""
    return NOT_XML.sub("\ufffd", text)
