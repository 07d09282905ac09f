"""The glossary names only what is declared."""

from __future__ import annotations

import re

from graph_schema.declaration import load_declaration
from graph_schema.generate import ROOT

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| 中文")
]


def test_every_term_stands_once_in_both_languages() -> None:
    """Trap: one Chinese term with two English ones."""
    assert len(ROWS) > 100 and all(len(row) == 5 and row[0] and row[1] and row[2] for row in ROWS)
    terms = [row[0] for row in ROWS]
    assert len(terms) == len(set(terms))


def test_labels_types_and_properties_of_the_glossary_are_declared() -> None:
    """Trap: the glossary promises a label that the graph calls otherwise."""
    declaration = load_declaration()
    for row in ROWS:
        for name in re.findall(r"`([^`]+)`", row[2]):
            part, dot, prop = name.partition(".")
            if re.fullmatch(r"[A-Z][A-Z_]+", part):
                assert part in declaration.relationships, name
            elif part[0].isupper():
                assert part in declaration.labels, name
                assert not dot or prop.partition("=")[0] in declaration.labels[part].properties, name
