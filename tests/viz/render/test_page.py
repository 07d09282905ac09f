"""The page as text: hashes of the policy, complete tables, no way out of a string."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.viz import samples
from viz.model.drawing import Drawing, Edge, Node
from viz.render.page import json_for_html, render_page

ROOT = Path(__file__).parents[3]


class Parsed(HTMLParser):
    """Elements with their attributes, and the text of scripts, styles and table rows."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self.rows: list[str] = []
        self._in: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in.append(tag)
        if tag == "tr":
            self.rows.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._in and self._in.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._in and self._in[-1] in ("script", "style"):
            self.raw.append((self._in[-1], data))
        elif "tr" in self._in:
            self.rows[-1] += data

    def attribute(self, tag: str, name: str) -> list[str]:
        return [str(attrs[name]) for found, attrs in self.tags if found == tag and name in attrs]


def test_policy_allows_exactly_the_scripts_and_the_style_of_the_page() -> None:
    """Trap: 'unsafe-inline' slipped in to make things work, or a hash of something else."""
    page = Parsed(render_page(samples.gang()))
    policy = next(a["content"] for t, a in page.tags if t == "meta" and "http-equiv" in a)
    assert policy is not None
    hashes = {
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for tag, text in page.raw
        if not (tag == "script" and text.startswith("{"))
    }
    assert len(hashes) == 3
    assert set(re.findall(r"'sha256-[^']+'", policy)) == hashes
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_nothing_in_the_page_points_outside() -> None:
    """Trap: a font, an icon or a map tile that calls home from a closed network."""
    page = Parsed(render_page(samples.chain()))
    for attribute in ("src", "href", "action", "data", "poster", "srcset", "xlink:href", "formaction"):
        values = [a[attribute] for _, a in page.tags if attribute in a]
        assert all(value and value.startswith("#") for value in values), (attribute, values)
    assert not {"link", "img", "iframe", "object", "embed", "base", "form"} & {tag for tag, _ in page.tags}
    style = next(text for tag, text in page.raw if tag == "style")
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("drawing", [samples.gang(), samples.chain(), samples.neighbourhood()])
def test_tables_hold_every_node_edge_and_row(drawing: Drawing) -> None:
    """Trap: what is only in the canvas is lost for readers, search and print."""
    rows = Parsed(render_page(drawing)).rows
    for node in drawing.nodes:
        assert any(node.label in row and all(remark in row for remark in node.remarks) for row in rows)
    label = {node.id: node.label for node in drawing.nodes}
    for edge in drawing.edges:
        wanted = (label[edge.source], label[edge.target], edge.label, *edge.remarks)
        assert any(all(text in row for text in wanted) for row in rows)
    for item in [*drawing.nodes, *drawing.edges]:
        for proof in item.evidence:
            assert any(proof.row in row and proof.text in row and proof.file in row for row in rows)


def test_banner_run_and_counts_stand_on_the_page() -> None:
    """Trap: a picture passed on without the word candidate, the run and the data cut-off."""
    html = render_page(samples.gang())
    assert "候选（待核查）：本页为数据研判结果，仅作侦查线索，不作为认定依据。" in html
    assert "Candidate (to verify). Analysis result: a lead, not a finding." in html
    assert "研判批次 R-0231 · 规则版本 2026.1，数据截至 2026-11-23 08:00，可重复计算" in html
    assert "图中 20 个对象 · 23 条关系 · 3 行依据" in html


def test_same_drawing_gives_the_same_bytes_in_another_process() -> None:
    """Trap: sets and hashes in the layout: two print-outs of one run that differ."""
    code = "import hashlib\nfrom tests.viz import samples\nfrom viz.render.page import render_page\n"
    code += "from viz.render.static import render_svg\n"
    code += "for d in (samples.gang(), samples.network(80, 'force')):\n"
    code += "    print(hashlib.sha256((render_page(d) + render_svg(d)).encode()).hexdigest())"
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


def test_hostile_texts_stay_texts() -> None:
    """Trap: ``</script>`` ends a script inside a JSON string; back-ticks and braces are no template."""
    html = render_page(samples.hostile())
    page = Parsed(html)
    assert [tag for tag, _ in page.tags].count("script") == 3 == html.count("</script>")
    assert "sourceMappingURL" not in html, "developer tools would go and fetch it"
    assert "{{7*7}}{% raw %}" in html
    assert "\0" not in html
    assert all(not name.startswith("on") for _, attributes in page.tags for name in attributes)
    html.encode("utf-8")


@given(st.text(st.characters(exclude_categories=()), max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_text_survives_the_data_block(text: str) -> None:
    """Trap: U+2028 ends a line in old scripts, and lone surrogates break the encoder."""
    written = json_for_html({"text": text})
    assert json.loads(written) == {"text": text}
    assert not set("<>&\u2028\u2029") & set(written)
    written.encode("ascii")


@given(label=st.text(max_size=30), fact=st.text(max_size=30))
@settings(max_examples=25, deadline=None)
def test_any_label_gives_a_page_of_one_shape(label: str, fact: str) -> None:
    """Trap: a name that adds an element to the page."""
    drawing = Drawing(
        label, fact, [Node("a", label, remarks=(fact,)), Node("b", fact)], [Edge("a", "b", "call", fact)]
    )
    plain = replace(drawing, title="t", banner="b", nodes=[Node("a", "x", remarks=("y",)), Node("b", "z")])
    tags = [[tag for tag, _ in Parsed(render_page(one)).tags] for one in (drawing, plain)]
    noise = {"text", "span", "bdi"}
    assert [t for t in tags[0] if t not in noise] == [t for t in tags[1] if t not in noise]


def test_a_twin_of_another_graph_is_refused() -> None:
    """Trap: a switch of language that shows other people."""
    drawing = samples.gang()
    assert drawing.twin is not None
    other = replace(drawing.twin, edges=drawing.twin.edges[1:])
    with pytest.raises(ValueError, match="same nodes and edges"):
        render_page(replace(drawing, twin=other))


def test_a_drawing_without_a_twin_switches_the_words_only() -> None:
    """Trap: a page that cannot be drawn because nobody translated the data."""
    html = render_page(replace(samples.gang(), twin=None))
    assert "Persons and objects" in html
    assert "Gang candidate" not in html
