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
