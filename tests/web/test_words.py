"""No code in the interface: what the service records by a code has a name in the workbench."""

from __future__ import annotations

import re

from graph_schema.generate import ROOT

_MADE = re.compile(r'(?:@audited|recorded)\(\s*(?:[\w.]+,\s*)?"([a-z_.]+)"|_own\("([a-z_.]+)"')


def test_every_recorded_action_has_a_name() -> None:
    """Trap: an auditor reads review.proposal."""
    made = {
        one or other
        for path in (ROOT / "backend").rglob("*.py")
        for one, other in _MADE.findall(path.read_text(encoding="utf-8"))
    }
    named = (ROOT / "viz/web/src/pages/audit/actions.ts").read_text(encoding="utf-8")
    assert len(made) > 60 and {action for action in made if f'"{action}":' not in named} == set()


_SAID = {
    "不成立": {"excluded", "exclude"},
    "存疑": {"unsure"},
    "退回补证": {"sent back", "send back"},
    "复核中": {"under review"},
}


def test_every_state_has_one_english_word() -> None:
    """Trap: 不成立 is excluded in a drawing, refused on a page, rejected on the terminal, and "Refuse" on a button."""
    pair = re.compile(rf'["“]({"|".join(_SAID)})["”],\s*"([^"]+)"')
    sources = [
        path
        for folder in ("backend", "viz", "graph_schema", "etl")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".ts", ".tsx", ".js") and not {"node_modules", "dist"} & set(path.parts)
    ]
    said = [(zh, en.lower()) for path in sources for zh, en in pair.findall(path.read_text(encoding="utf-8"))]
    assert {zh for zh, _ in said} == set(_SAID)
    assert {each for each in said if each[1] not in _SAID[each[0]]} == set()
