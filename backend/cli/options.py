"""Options that several commands take."""

from __future__ import annotations

from typing import Annotated

import typer

DAYS = ["%Y-%m-%d"]
"""How a day is written."""

Compartment = Annotated[
    str | None,
    typer.Option(help="知悉范围，只有其中的用户知道这些文件 / compartment: only its users know of them"),
]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]
Reason = Annotated[str, typer.Option("--reason", help="理由，必填 / reason, required")]
Limit = Annotated[int | None, typer.Option(min=1, help="最多条数 / show at most this many")]
