"""What the declaration generates: constraints, indexes, ``schema.json`` for the web, the legend, the schema page, node types.

``python -m graph_schema.generate`` writes the files; ``--check`` only says whether they are up to date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph_schema.declaration import Declaration, Label, Property, Relationship, load_declaration
from graph_schema.language import lenient

ROOT = Path(__file__).resolve().parents[1]
SCHEMA_JSON = ROOT / "graph_schema" / "schema.json"
LEGEND = ROOT / "graph_schema" / "legend.py"
SCHEMA_PAGE = ROOT / "docs" / "schema.md"
SHOWN = ROOT / "graph_schema" / "shown.py"
_SHOWN = ("Case", "Record", "Seizure", "SourceFile")
"""Labels whose nodes answers give out with all their properties."""
_TYPES = {
    "string": "str",
    "integer": "int",
    "float": "float",
    "boolean": "bool",
    "strings": "list[str]",
    "integers": "list[int]",
}


def _node_indexes(label: Label) -> list[str]:
    node = f"FOR (n:{label.name})"
    statements = [
        f"CREATE CONSTRAINT key_{label.name} IF NOT EXISTS {node} REQUIRE n.{label.key} IS UNIQUE",
        *(
            f"CREATE TEXT INDEX text_{label.name}_{prop} IF NOT EXISTS {node} ON (n.{prop})"
            for prop in label.text_indexes
        ),
    ]
    for index in label.indexes:
        name, on = "_".join(index), ", ".join(f"n.{prop}" for prop in index)
        statements.append(f"CREATE INDEX range_{label.name}_{name} IF NOT EXISTS {node} ON ({on})")
    return statements


def _relationship_indexes(rel: Relationship) -> list[str]:
    statements = []
    if rel.event:
        statements.append(
            f"CREATE CONSTRAINT event_{rel.name} IF NOT EXISTS "
            f"FOR ()-[r:{rel.name}]-() REQUIRE r.event_id IS UNIQUE"
        )
    for index in rel.indexes:
        name, on = "_".join(index), ", ".join(f"r.{prop}" for prop in index)
        statements.append(
            f"CREATE INDEX range_{rel.name}_{name} IF NOT EXISTS FOR ()-[r:{rel.name}]-() ON ({on})"
        )
    return statements


def constraints(declaration: Declaration) -> list[str]:
    """Return the statements that make keys and event ids unique and look-ups fast; each may be run again."""
    statements = [line for label in declaration.labels.values() for line in _node_indexes(label)]
    return statements + [
        line for rel in declaration.relationships.values() for line in _relationship_indexes(rel)
    ]


def schema_json(declaration: Declaration) -> dict[str, Any]:
    """Return the declaration as plain data, with the legend, for the web and other programs."""
    return {name: _pruned(part) for name, part in declaration.model_dump(mode="json").items()}


def _pruned(value: Any) -> Any:
    """Drop what says nothing: null, blank texts, empty lists and mappings. False and 0 say something."""
    if isinstance(value, dict):
        kept = {name: _pruned(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if part not in (None, "", [], {})}
    return [_pruned(part) for part in value] if isinstance(value, list) else value


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _property_row(name: str, prop: Property, key: str = "") -> str:
    notes = [prop.note_zh, prop.note, *([" · ".join(prop.values)] if prop.values else [])]
    kind = prop.type + (f" ({prop.unit})" if prop.unit else "")
    mark = " 🔑" if name == key else ""
    return (
        f"| `{name}`{mark} | {_cell(prop.zh)} | {_cell(prop.en)} | {_cell(kind)} | "
        f"{_cell('; '.join(n for n in notes if n))} |"
    )


def _property_table(properties: dict[str, Property], key: str = "") -> list[str]:
    if not properties:
        return ["无属性 / No properties.", ""]
    rows = [_property_row(name, prop, key) for name, prop in properties.items()]
    return ["| 属性 property | 中文 | English | type | 说明 note |", "|---|---|---|---|---|", *rows, ""]


def _label_section(label: Label) -> list[str]:
    facts = f"`{label.layer}` · key `{label.key}`" + (" · 标识 identifier" if label.identifier else "")
    return [
        f"### {label.name} · {label.zh} · {label.en}",
        "",
        f"{label.about.zh}。 / {label.about.en}.",
        "",
        facts,
        "",
        *_property_table(label.properties, label.key),
    ]


def _relationship_section(rel: Relationship) -> list[str]:
    ends = f"({', '.join(rel.starts)}) → ({', '.join(rel.ends)})"
    facts = [f"`{rel.layer}`"]
    if rel.event:
        facts.append("事件 event: `event_id` unique")
    if rel.match:
        facts.append(f"match `{rel.match}`")
    facts += [f"{what} `{prop}`" for what, prop in (("amount", rel.amount), ("text", rel.text)) if prop]
    return [
        f"### {rel.name} · {rel.zh} · {rel.en}",
        "",
        f"{rel.about.zh}。 / {rel.about.en}.",
        "",
        " · ".join(facts),
        "",
        ends,
        "",
        *_property_table(rel.properties),
    ]


def schema_page(declaration: Declaration) -> str:
    """Return the schema page in Markdown, Chinese and English beside each other."""
    lines = [
        "# 图谱结构 · Graph schema",
        "",
        "本页由 `graph_schema/declaration` 生成，请勿手工修改：`python -m graph_schema.generate`。",
        "This page is generated from `graph_schema/declaration`; do not edit it by hand.",
        "",
        "节点引用写作 `Label:key`，如 `Phone:+8613800000000`。时间为 UTC 毫秒整数，金额为整数分。",
        "A node reference is `Label:key`. Times are integer milliseconds (UTC), money is integer fen.",
        "",
        "## 节点 · Labels",
        "",
    ]
    for label in declaration.labels.values():
        lines += _label_section(label)
    lines += ["## 关系 · Relationship types", ""]
    for rel in declaration.relationships.values():
        lines += _relationship_section(rel)
    lines += ["## 约束和索引 · Constraints and indexes", "", "```"]
    return "\n".join([*lines, *constraints(declaration), "```", ""])


def _python(value: object) -> str:
    """A literal as ruff writes it."""
    if isinstance(value, tuple):
        return f"({', '.join(map(_python, value))}{',' if len(value) == 1 else ''})"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def _mapping(name: str, kind: str, items: Iterable[tuple[str, object]]) -> str:
    lines = "".join(f"    {_python(key)}: {_python(value)},\n" for key, value in items)
    return f"{name}: dict[str, {kind}] = {{\n{lines}}}\n"


def legend_module(declaration: Declaration) -> str:
    """Return the legend as Python constants, so that a drawing need not read the declaration."""
    legend = declaration.legend
    both = "tuple[str, str]"
    roles, states = legend.roles.items(), legend.states.items()
    bounds = [_python((each.below, each.zh, each.en)) for each in legend.strengths]
    parts = [
        _mapping("TONES", both, ((name, (tone.light, tone.dark)) for name, tone in legend.tones.items())),
        _mapping("ROLES", both, ((name, (role.zh, role.en)) for name, role in roles)),
        _mapping("GLYPHS", both, ((name, (role.glyph_zh, role.glyph_en)) for name, role in roles)),
        _mapping("FILLS", "str", ((name, role.fill) for name, role in roles)),
        _mapping("ON_FILLS", "str", ((name, role.on) for name, role in roles)),
        _mapping("OUTLINES", "str", ((name, role.line) for name, role in roles if role.line)),
        _mapping("RADII", "int", ((name, role.radius) for name, role in roles)),
        _mapping("STATES", both, ((name, (state.zh, state.en)) for name, state in states)),
        _mapping("CHIPS", both, ((name, (state.chip.zh, state.chip.en)) for name, state in states)),
        _mapping("PATTERNS", both, ((name, (each.zh, each.en)) for name, each in legend.patterns.items())),
        "STRENGTHS: tuple[tuple[float | None, str, str], ...] = (\n"
        + "".join(f"    {bound},\n" for bound in bounds)
        + ")\n",
    ]
    head = '"""The legend; written from the declaration by ``python -m graph_schema.generate``, not by hand."""\n'
    return "\n".join([head, "from __future__ import annotations\n", *parts])


def _shown_type(prop: Property) -> str:
    if prop.values and prop.type == "string":
        return f"Literal[{', '.join(json.dumps(value) for value in prop.values)}]"
    return "str" if prop.unit == "ms" else "object" if prop.unit == "JSON" else _TYPES[prop.type]


def shown_types(declaration: Declaration) -> str:
    """Return the module of node types: times as text, JSON as values, nothing there but the key where there is no value."""
    lines = [
        '"""Nodes as answers show them; generated by ``python -m graph_schema.generate``, do not edit."""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Literal, Required",
        "",
        "from typing_extensions import TypedDict",
    ]
    for name in _SHOWN:
        label = declaration.labels[name]
        lines += ["", "", f"class {name}(TypedDict, total=False):", f'    """{label.about.en}."""', ""]
        for prop, spec in label.properties.items():
            kind = _shown_type(spec)
            lines.append(f"    {prop}: {f'Required[{kind}]' if prop == label.key else kind}")
    return "\n".join([*lines, ""])


def outputs(declaration: Declaration) -> dict[Path, str]:
    """Return the committed files and what they must hold."""
    data = json.dumps(schema_json(declaration), ensure_ascii=False, indent=1) + "\n"
    return {
        SCHEMA_JSON: data,
        LEGEND: legend_module(declaration),
        SCHEMA_PAGE: schema_page(declaration),
        SHOWN: shown_types(declaration),
    }


def stale(declaration: Declaration) -> list[Path]:
    """Return the committed files that differ from what the declaration generates."""
    return [
        path
        for path, text in outputs(declaration).items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` say which are out of date."""
    lenient()
    declaration = load_declaration()
    old = stale(declaration)
    if "--check" in arguments:
        for path in old:
            print(
                f"{path.relative_to(ROOT)} 已过期，请运行 / is out of date: python -m graph_schema.generate"
            )
        return 1 if old else 0
    for path, text in outputs(declaration).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{path.relative_to(ROOT)}: {len(text.splitlines())} 行 / lines")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
