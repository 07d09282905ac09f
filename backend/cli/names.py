"""How persons, gangs and source rows are named on the terminal."""

from __future__ import annotations

from backend.cli.console import told
from backend.contract.gangs import Gang
from backend.contract.person import Person
from viz.text.words import CHIP


def name_of(person: Person) -> str:
    """How a person is called on the terminal: name, else 持有人未知 and an identifier."""
    known = [*person["phones"], *person["accounts"]]
    held = known[0] if known else person["id"]
    return str(person["name"] or told(f"持有人未知（{held}）", f"holder unknown ({held})"))


def gang_title(gang: Gang) -> tuple[str, str]:
    """What a gang is called: a candidate until somebody confirms it; other decisions stand beside it."""
    status, name = gang["status"], gang["id"]
    if status == "confirmed":
        return f"团伙 {name}（已确认）", f"Gang {name} (confirmed)"
    zh, en = ("", "") if status == "candidate" else (f"（{CHIP[status].zh}）", f" ({CHIP[status].en})")
    return f"团伙候选 {name}{zh}", f"Gang candidate {name}{en}"


def few(evidence: list[str]) -> str:
    """The first rows, one a line, and how many there are."""
    more = told(f"… 共 {len(evidence)} 行", f"… {len(evidence)} rows in all")
    return "\n".join([*evidence[:3], *([more] if len(evidence) > 3 else [])])
