"""Names of files one takes away: what it is, which one, candidate or confirmed, the day; never a person's name."""

from __future__ import annotations

import re

from graph_schema import beijing

_UNFIT = re.compile(r"[^A-Za-z0-9.]+")


def file_name(form: str, *parts: str | int) -> str:
    """``upline-chain-0417-1-candidate-20261130.png``: parts in order, what no file system likes left out."""
    told = [_UNFIT.sub("-", str(part)).strip("-.") for part in parts]
    day = beijing.now().strftime("%Y%m%d")
    return "-".join(("upline", *(part for part in told if part), day)) + f".{form}"


def short_case(case_no: str) -> str:
    """The end of a case number, as pages call it."""
    return case_no[-4:]


def attached(name: str) -> dict[str, str]:
    """The header that makes a browser keep an answer under this name."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
