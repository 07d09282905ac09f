"""A drawing as ONE self-contained HTML page: pyvis builds the network, our own escaped template writes it.

pyvis' stock template loads Bootstrap from a CDN in every mode and can be made to run script from a node
title, so it is never rendered here; vis-network comes out of the installed pyvis package into the page.
The content security policy allows exactly the two scripts and the one style by their hashes and no
request at all.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyvis
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from viz.model import theme
from viz.model.drawing import Drawing
from viz.model.marks import as_json
from viz.render.details import details, plain, table_rows
from viz.render.network import network_data
from viz.render.sheet import counts, sample
from viz.render.static import picture_of
from viz.render.svg import class_paint
from viz.scene.legend import LegendItem, legend_items, legend_notes
from viz.scene.scene import Scene, build_scene
from viz.text import words

TEMPLATES = Path(__file__).parent.parent / "templates"
VIS_NETWORK = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"

SCRIPT_PARTS = ("state", "marks", "network", "panel", "controls")
PAGE_WORDS = (
    "panel.links", "panel.beside", "panel.evidence", "panel.no_evidence", "panel.no_text", "panel.back",
    "rows.cut", "rows.all", "evidence.place", "evidence.place2",
    "announce", "announce.edge", "language", "score", "canvas", "names",
)  # fmt: skip


def render_page(drawing: Drawing) -> str:
    """Return ``drawing`` as HTML; with a ``twin`` the page switches between both languages.

    Raises ValueError for a drawing that does not hang together (see viz.scene.scene) or a twin of another graph.
    """
    drawings = _both(drawing)
    scenes = {language: build_scene(one) for language, one in drawings.items()}
    payload = {
        "language": drawing.language,
        "layout": drawing.layout,
        "words": {
            language: {key: words.TEXT[key].of(language) for key in PAGE_WORDS} for language in ("zh", "en")
        },
        "drawings": {language: _scene_data(scene) for language, scene in scenes.items()},
        **details(drawings),
    }
    style = _file("page.css") + _tokens()
    scripts = [_vis_network(), _script()]
    template = _environment().get_template("page.html.j2")
    html = template.render(
        drawing=drawings[drawing.language],
        drawings=drawings,
        language=drawing.language,
        policy=_policy(scripts, style),
        style=Markup(style),
        vis_network=Markup(scripts[0]),
        script=Markup(scripts[1]),
        payload=Markup(json_for_html(payload)),
        pictures={language: Markup(picture_of(scene)) for language, scene in scenes.items()},
        legend=_legend(drawings),
        legend_notes=legend_notes(drawing),
        rows=table_rows(drawings),
        counts={language: counts(one) for language, one in drawings.items()},
        texts=words.TEXT,
        chip=words.CHIP,
    )
    return plain(html)


def _both(drawing: Drawing) -> dict[str, Drawing]:
    """The drawing per language; without a twin the words of the page change and the data stay."""
    if drawing.language not in ("zh", "en"):
        raise ValueError(f"unknown language {drawing.language!r}: use zh or en")
    other = "en" if drawing.language == "zh" else "zh"
    if drawing.twin is None:
        return {drawing.language: drawing, other: replace(drawing, language=other)}
    same_nodes = [node.id for node in drawing.nodes] == [node.id for node in drawing.twin.nodes]
    ends = [[(edge.source, edge.target, edge.kind) for edge in one.edges] for one in (drawing, drawing.twin)]
    if not same_nodes or ends[0] != ends[1] or drawing.twin.language != other:
        raise ValueError("the twin of a drawing must hold the same nodes and edges in the other language")
    return {drawing.language: drawing, other: drawing.twin}


def _scene_data(scene: Scene) -> dict[str, Any]:
    return {
        **network_data(scene),
        "marks": [as_json(shape.marks) for shape in scene.shapes],
        "labels": [as_json(list(shape.label_marks)) for shape in scene.shapes],
        "reach": [shape.reach for shape in scene.shapes],
        "order": [theme.label_order(node) for node in scene.drawing.nodes],
        "cards": [
            {
                "edge": card.edge,
                "x": card.x,
                "y": card.y,
                "w": card.w,
                "h": card.h,
                "marks": as_json(card.marks),
            }
            for card in scene.cards
        ],
        "frame": as_json(scene.frame),
        "extent": scene.extent,
    }


def json_for_html(value: Any) -> str:
    """JSON that can stand inside a script element.

    No ``<``, ``>``, ``&``, U+2028, U+2029 and no lone surrogate.
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _legend(drawings: Mapping[str, Drawing]) -> list[dict[str, Any]]:
    """Items of the legend: words of both languages and a sample for each, as the glyphs of roles differ."""
    items = {language: legend_items(one) for language, one in drawings.items()}
    return [
        {"words": zh.words, "zh": Markup(_legend_svg(zh)), "en": Markup(_legend_svg(en))}
        for zh, en in zip(items["zh"], items["en"], strict=True)
    ]


def _legend_svg(item: LegendItem) -> str:
    body = "".join(sample(item, class_paint, 1, 12))
    wide = item.width + 2
    return (
        f'<svg width="{wide:g}" height="24" viewBox="0 0 {wide:g} 24" fill="none" aria-hidden="true" '
        f'focusable="false">{body}</svg>'
    )


def _policy(scripts: Iterable[str], style: str) -> str:
    allowed = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'sha256-{_digest(style)}'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@lru_cache
def _file(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@lru_cache
def _script() -> str:
    """Our own script: the parts of templates/page in one scope, so that nothing of it is global."""
    parts = "\n".join(_file(f"page/{name}.js") for name in SCRIPT_PARTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


@lru_cache
def _vis_network() -> str:
    """The library as pyvis ships it; line ends as the HTML parser will see them, so that the hash holds."""
    text = VIS_NETWORK.read_text(encoding="utf-8").replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(
        line for line in text.splitlines(keepends=True) if not line.startswith("//# sourceMappingURL=")
    )
    if "</script" in text.lower() or "<!--" in text:
        raise ValueError(f"{VIS_NETWORK.name} of the installed pyvis cannot stand inside a page")
    return text


@lru_cache
def _tokens() -> str:
    """Custom properties of both themes and one class per tone for inline pictures."""
    light = "".join(f"--{name}:{value};" for name, value in theme.LIGHT.items())
    dark = "".join(f"--{name}:{value};" for name, value in theme.DARK.items())
    tones = "".join(
        f".fill-{name}{{fill:var(--{name})}}.stroke-{name}{{stroke:var(--{name})}}" for name in theme.LIGHT
    )
    return (
        f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"{tones}.fill-none{{fill:none}}.stroke-none{{stroke:none}}"
    )


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
