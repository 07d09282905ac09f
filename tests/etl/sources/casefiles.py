"""The invented case files of ``tests/etl/cases``, one folder per kind of misreading, and what came of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from etl.reading import Unreadable
from tests.etl.opened import Facts, facts_of

FOLDER = Path(__file__).parents[1] / "cases"


def files(case: str) -> list[Path]:
    """The files of a case, in the order of their names."""
    return sorted(path for path in (FOLDER / case).rglob("*") if path.is_file())


def sheets(case: str) -> list[Facts]:
    """The facts of all sheets of all files of a case."""
    root = FOLDER / case
    return [facts for path in files(case) for facts in facts_of(path, str(path.relative_to(root)))]


def refusal(path: Path) -> Unreadable | None:
    """Why a file is refused, None where it is not."""
    try:
        facts_of(path)
    except Unreadable as error:
        return error
    return None


def paid(facts: Facts) -> list[tuple[str, str, int, str | None]]:
    """Payments as (payer, payee, fen, currency), the ends by the last four signs of their numbers."""
    return [
        (end(leg["start"]), end(leg["end"]), leg["amount"], leg["currency"]) for leg in facts.legs_of("PAID")
    ]


def end(ref: str) -> str:
    return ref.partition("@")[0][-4:]


def beijing(leg: dict[str, Any]) -> str:
    moment = datetime.fromtimestamp(leg["at"] / 1000, UTC) + timedelta(hours=8)
    return moment.strftime("%Y-%m-%d %H:%M:%S")
