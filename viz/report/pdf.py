"""A report or a drawing as PDF, set by Typst with the installed CJK font: no browser, no office program.

Texts reach the template as JSON data, never as markup, so that no name can change the page.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import typst

from viz.model import theme
from viz.model.drawing import Drawing
from viz.render.static import render_svg
from viz.report import model
from viz.report.model import Heading, Paragraph, Report, RowNumbers, Seal, Table
from viz.text import fonts

TEMPLATES = Path(__file__).parent.parent / "templates"
PAPERS = ("a4", "a3", "a2", "a1", "a0")


def render_report(report: Report, seal: Seal) -> bytes:
    """Return ``report`` as an A4 PDF (margins of GB/T 9704-2012)."""
    pictures: dict[str, str] = {}
    numbers = RowNumbers(report)
    data = {
        "language": report.language,
        "title": report.title,
        "subject": report.subject,
        "marking": report.furniture.marking,
        "chip": report.chip(),
        "header": f"{model.HEADER.of(report.language)}　{report.chip()}",
        "lead": report.lead,
        "furniture": model.furniture_lines(report),
        "footer": model.footer(report, seal),
        "digest": seal.digest,
        "run": report.run,
        "blocks": [_block(block, numbers, pictures) for block in report.blocks],
        "evidence": {
            "title": model.EVIDENCE_TITLE.of(report.language),
            "note": model.EVIDENCE_NOTE.of(report.language),
            "tables": [
                {
                    "caption": table.caption,
                    "heads": list(table.heads),
                    "rows": [list(row) for row in table.rows],
                    "widths": list(table.widths),
                }
                for table in model.evidence_tables(report, numbers)
            ],
        },
        "rows_head": model.EVIDENCE_HEAD.of(report.language),
    }
    return _compiled("report.typ", data, pictures)


def render_pdf(drawing: Drawing, paper: str = "a4") -> bytes:
    """Return ``drawing`` as one page, A4 or an A3 wall chart, in the direction that shows it larger."""
    picture = render_svg(drawing)
    width, height = _size(picture)
    data = {"paper": paper, "flipped": width > height, "language": drawing.language, "title": drawing.title}
    return _compiled("drawing.typ", data, {"drawing.svg": picture})


def _block(block: model.Block, numbers: RowNumbers, pictures: dict[str, str]) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text, "level": block.level}
    if isinstance(block, Paragraph):
        sentences = [{"text": each.text, "mark": numbers.mark(each.evidence)} for each in block.sentences]
        return {"kind": "paragraph", "sentences": sentences}
    if isinstance(block, Table):
        return {
            "kind": "table",
            "caption": block.caption,
            "heads": list(block.heads),
            "rows": [list(row) for row in block.rows],
            "marks": [numbers.mark(refs) for refs in block.evidence],
            "widths": list(block.widths),
        }
    name = f"picture-{len(pictures)}.svg"
    pictures[name] = render_svg(block.drawing)
    width, height = _size(pictures[name])
    return {"kind": "picture", "file": name, "caption": block.caption, "wide": width > height}


def _size(picture: str) -> tuple[float, float]:
    width, height = picture.split('viewBox="0 0 ', 1)[1].split('"', 1)[0].split()
    return float(width), float(height)


def _compiled(template: str, data: dict[str, Any], pictures: dict[str, str]) -> bytes:
    faces = fonts.font_files()
    with tempfile.TemporaryDirectory(prefix="upline-report-") as name:
        folder = Path(name)
        (folder / template).write_bytes((TEMPLATES / template).read_bytes())
        (folder / "data.json").write_text(
            json.dumps(data | {"font": fonts.FAMILY, "ink": theme.THEMES["light"]["t1"]}, ensure_ascii=False),
            encoding="utf-8",
        )
        for file, text in pictures.items():
            (folder / file).write_text(text, encoding="utf-8")
        result = typst.compile(
            str(folder / template),
            root=name,
            font_paths=[str(face.parent) for face in faces],
            ignore_system_fonts=True,
            format="pdf",
        )
    return bytes(result)
