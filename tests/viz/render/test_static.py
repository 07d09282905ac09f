"""SVG and PNG: well formed, escaped, complete, with the marks of the workbench."""

from __future__ import annotations

import struct
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.viz import samples
from viz.model import theme
from viz.model.drawing import Drawing, Edge, Node
from viz.render.static import render_png, render_svg
from viz.text.fonts import FontMissing, font_files

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"svg", "title", "desc", "rect", "circle", "path", "polygon", "text"}


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in fromstring(svg).iter(f"{SVG}text")]


def elements(svg: str, name: str) -> list[Element]:
    return list(fromstring(svg).iter(SVG + name))


@pytest.mark.parametrize("layout", ["roles", "force", "chain"])
def test_hostile_texts_stay_texts(layout: str) -> None:
    """Trap: an SVG is a document that can run script and fetch pictures."""
    root = fromstring(render_svg(samples.hostile(layout)))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= SHAPES
    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or "href" in name or name == "style"}


@given(st.text(st.characters(exclude_categories=()), max_size=60))
@settings(max_examples=80, deadline=None)
def test_any_name_gives_well_formed_xml(name: str) -> None:
    """Trap: XML has no NUL and no lone surrogates; one such name would spoil the whole picture."""
    svg = render_svg(Drawing(name, name, [Node(name, name)], [], notes=[name]))
    fromstring(svg.encode("utf-8"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_name_banner_and_footer_is_there(language: str) -> None:
    """Trap: a name left out without a word."""
    drawing = samples.gang(language)
    shown = texts(render_svg(drawing))
    assert {node.label for node in drawing.nodes} <= set(shown)
    assert drawing.title in shown
    assert drawing.banner in shown
    assert drawing.run in shown
    assert drawing.frame in shown


def test_candidate_is_dashed_and_confirmed_is_solid() -> None:
    """Trap: a candidate drawn like a fact."""
    ink, ring, solid = theme.LIGHT["ink"], theme.LIGHT["lineS"], theme.LIGHT["t1"]
    drawing = samples.gang()
    svg = render_svg(drawing)
    supplies = [path for path in elements(svg, "path") if path.get("stroke") == ink]
    confirmed = [edge for edge in drawing.edges if edge.kind == "supply" and edge.confirmed]
    legend = 1
    assert len([path for path in supplies if not path.get("stroke-dasharray")]) == len(confirmed) + legend
    rings = [c for c in elements(svg, "circle") if c.get("r") in ("21", "19", "18", "17", "14")]
    assert len([c for c in rings if c.get("stroke") == solid and not c.get("stroke-dasharray")]) == 1
    assert len([c for c in rings if c.get("stroke") == ring and c.get("stroke-dasharray")]) == 19


def test_confirmed_gang_has_a_solid_hull() -> None:
    """Trap: status by colour only; in print the hull must tell."""
    hulls = [
        next(r for r in elements(render_svg(samples.gang(status=status)), "rect") if r.get("rx") == "24")
        for status in ("candidate", "confirmed")
    ]
    assert hulls[0].get("stroke-dasharray") == "8 6"
    assert hulls[1].get("stroke-dasharray") is None


def test_chain_cards_say_amount_count_period_score_and_the_weakest() -> None:
    """Trap: a chain as strong as it looks; the weakest hop must be said as loudly as the find."""
    svg = render_svg(samples.chain())
    shown = texts(svg)
    for text in (
        "第 2 跳",
        "0.83",
        "资金 5 笔 ¥22,600",
        "通话 15 通",
        "2026-09-08 – 2026-11-05",
        "最弱",
        "依据 3 行",
    ):
        assert text in shown
    assert any(text.startswith("TenpayTrades_测试.txt / 第 1208 行：") for text in shown)
    amber = [
        r for r in elements(svg, "rect") if r.get("fill") == theme.LIGHT["warnw"] and r.get("width") == "560"
    ]
    assert len(amber) == 1
    assert "补证清单" in shown
    assert "微信 wxid_tst_q7" in shown


def test_force_layout_says_that_distance_means_nothing() -> None:
    """Trap: closeness on a free layout read as evidence."""
    assert any("远近没有含义" in text for text in texts(render_svg(samples.network(12, "force"))))
    assert not any("远近没有含义" in text for text in texts(render_svg(samples.network(12))))


def test_dark_theme_uses_dark_tokens() -> None:
    """Trap: a dark picture with the lightness of roles the wrong way round."""
    svg = render_svg(samples.gang(), "dark")
    assert theme.DARK["canvas"] in svg
    assert theme.DARK["organiser"] in svg
    assert theme.LIGHT["canvas"] not in svg


def test_no_red_anywhere() -> None:
    """Trap: red for a person or a gang. What somebody draws over a chart by hand may be red: it is his own mark."""
    own = theme.PENS["red"]
    for colour in [
        tone for tones in (theme.LIGHT, theme.DARK) for name, tone in tones.items() if name != own
    ]:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        assert not (red > 150 and green < 50 and blue < 50)


@pytest.mark.parametrize("tones", [theme.LIGHT, theme.DARK])
def test_contrast_of_text_and_marks(tones: dict[str, str]) -> None:
    """Trap: a token mistyped; WCAG 2.2 AA asks 4.5 for text and 3 for marks."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def ratio(a: str, b: str) -> float:
        high, low = sorted((light(tones[a]), light(tones[b])), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for text in ("t1", "t2", "t3", "talk", "money", "goods", "words", "move", "ink", "warn"):
        assert ratio(text, "s1") >= 4.5, text
    for fill, glyph in (
        ("organiser", "on-role"),
        ("wholesaler", "on-role"),
        ("retailer", "on-role"),
        ("user", "on-user"),
    ):
        assert ratio(fill, glyph) >= 4.5, fill
    assert ratio("warn", "warnw") >= 4.5
    assert ratio("lineS", "canvas") >= 3


def test_edge_without_an_end_is_refused() -> None:
    """Trap: an edge silently dropped is a proof silently lost."""
    with pytest.raises(ValueError, match="ends at no node"):
        render_svg(Drawing("t", "b", [Node("a", "A")], [Edge("a", "b", "call")]))
    with pytest.raises(ValueError, match="unique"):
        render_svg(Drawing("t", "b", [Node("a", "A"), Node("a", "B")], []))


def test_empty_drawing_still_says_what_it_is() -> None:
    """Trap: a crash where an honest empty picture is the answer."""
    assert "没有成员" in texts(render_svg(Drawing("没有成员", "候选", [], [])))


def needs_font() -> None:
    try:
        font_files()
    except FontMissing as error:
        pytest.skip(str(error))


def size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_png_is_set_in_the_font_of_the_set_up() -> None:
    """Trap: empty boxes for Han characters where the machine has no Chinese font."""
    needs_font()
    pictures = [render_png(Drawing(name, "候选", [Node("a", name)], [])) for name in ("甲", "乙", "甲")]
    assert pictures[0] == pictures[2]
    assert pictures[0] != pictures[1]


def test_png_scale() -> None:
    """Trap: a blurred picture in a printed report."""
    needs_font()
    drawing = samples.gang()
    small, large = size(render_png(drawing, 1)), size(render_png(drawing, 2))
    assert all(abs(b - 2 * a) <= 2 for a, b in zip(small, large, strict=True))
