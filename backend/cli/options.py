"""Options that several commands take."""

from __future__ import annotations

from typing import Annotated

import typer

DAYS = ["%Y-%m-%d"]
"""How a day is written."""

Json = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]
Reason = Annotated[str, typer.Option("--reason", help="理由，必填 / reason, required")]
Limit = Annotated[int | None, typer.Option(min=1, help="最多条数 / show at most this many")]
