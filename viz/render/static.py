"""Drawings as SVG and PNG: the same marks as the page, with banner, legend.

Requests and footer on one sheet.
"""

from __future__ import annotations

import resvg_py

from viz.model import theme
from viz.model.drawing import Drawing
from viz.model.marks import Box
from viz.render import svg
from viz.render.sheet import Sheet, foot, head
from viz.scene.scene import Scene, build_scene
from viz.text import fonts

MARGIN = 28.0
LEAST_WIDTH = 720.0
LARGEST_PNG = 120_000_000  # pixels: what still fits into memory and opens in an office program


def render_svg(drawing: Drawing, mode: theme.Theme = "light") -> str:
    """Return ``drawing`` as one self-contained SVG document (no script, no font, no outside reference)."""
    scene = build_scene(drawing)
    left, top, right, bottom = scene.extent
    width = max(LEAST_WIDTH, right - left + 2 * MARGIN)
    paint = svg.literal_paint(theme.THEMES[mode])
    sheet = Sheet(width, MARGIN, paint)
    head(sheet, drawing)
    x = MARGIN - left if drawing.layout == "chain" else (width - (right - left)) / 2 - left
    sheet.y += 18.0
    sheet.elements += svg.picture(scene, paint, x, sheet.y - top)
    sheet.y += bottom - top + 26.0
    foot(sheet, drawing)
    ground = svg.mark(Box(0, 0, width, sheet.y, 0, "canvas"), paint)
    body = [ground, *sheet.elements]
    return svg.document(body, width, sheet.y, drawing.title, drawing.banner, drawing.language)


def picture_of(scene: Scene) -> str:
    """Only the graph of ``scene`` as SVG in classes instead of colours, for a page that brings the style."""
    left, top, right, bottom = scene.extent
    body = svg.picture(scene, svg.class_paint, 8 - left, 8 - top)
    drawing = scene.drawing
    size = (right - left + 16, bottom - top + 16)
    return svg.document(body, *size, drawing.title, drawing.banner, drawing.language)


def render_png(drawing: Drawing, scale: float = 2, mode: theme.Theme = "light") -> bytes:
    """Return ``drawing`` as PNG at ``scale`` pixels per px, set in the installed CJK font and no other.

    Very large drawings get a smaller scale, so that the picture stays below 120 million pixels.
    """
    files = [str(path) for path in fonts.font_files()]
    text = render_svg(drawing, mode)
    width, height = (float(value) for value in text.split('viewBox="0 0 ', 1)[1].split('"', 1)[0].split())
    zoom = min(scale, (LARGEST_PNG / (width * height)) ** 0.5)
    picture = resvg_py.svg_to_bytes(
        svg_string=text,
        zoom=zoom,
        skip_system_fonts=True,
        font_files=files,
        font_family=fonts.FAMILY,
        sans_serif_family=fonts.FAMILY,
        monospace_family=fonts.FAMILY,
    )
    return bytes(picture)
