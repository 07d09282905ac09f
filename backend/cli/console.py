"""What every command shares: JSON to standard output, everything else to standard error, exit codes."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text as Cell

from graph_schema.errors import EngineError, InputError, NotFound, UplineError
from graph_schema.language import spoken
from graph_schema.language import terminal_language as terminal_language
from graph_schema.language import told as told
from graph_schema.store import room

if TYPE_CHECKING:
    from etl.writing.load import Progress
    from graph_schema.store import Store

DONE, WITH_REJECTS, WRONG_USE, NOTHING_DONE = 0, 1, 2, 3
"""0 done; 1 done, with rejected rows or refused files; 2 wrong use; 3 nothing could be done."""

err = Console(stderr=True, soft_wrap=True)
out = Console(width=None if sys.stdout.isatty() else 120)


def say(zh: str, en: str) -> None:
    """One line for the person at the terminal."""
    err.print(told(zh, en), highlight=False, markup=False)


def emit(value: object) -> None:
    """The JSON answer of a command, in UTF-8 whatever the console's own encoding is."""
    text = json.dumps(value, ensure_ascii=False, indent=1 if sys.stdout.isatty() else None)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def _shown(cell: object) -> str:
    return spoken(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def show(title: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    """A table for the eye, on standard output; headings in the language of the terminal."""
    table = Table(title=Cell(spoken(title)), title_justify="left")
    for column in columns:
        table.add_column(Cell(spoken(column)), overflow="ellipsis" if column.endswith("file") else "fold")
    for (
        row
    ) in rows:  # as Cell: a plain string would be read as markup and emoji names, "bank:" a picture of a bank
        table.add_row(*(Cell(_shown(cell)) for cell in row))
    out.print(table)


class AsOf:
    """The load up to which this command asks; None for now."""

    load: ClassVar[int | None] = None


@contextmanager
def store() -> Iterator[Store]:
    """The store of this UPLINE_HOME, as of the load given.

    Says so where the database has to be fetched or started first, and where the graph of the past is made first.
    """
    from backend.runs.as_of import open_as_of, prepare
    from graph_schema.store import Store

    with Store.connect() as connected:
        if AsOf.load is None:
            yield connected
            return
        progress = ProgressLine()
        prepare(connected, AsOf.load, progress)
        progress.end()
        then = open_as_of(connected, AsOf.load)
        if then is None:
            yield connected
            return
        with then:
            say(f"截至第 {AsOf.load} 批导入的数据", f"as of load {AsOf.load}")
            yield then


@contextmanager
def errors() -> Iterator[None]:
    """Turn Upline's own errors into one clear line and an exit code; anything else is a bug and shows itself."""
    try:
        yield
    except NotFound as error:
        err.print(f"{error.code}: {spoken(error.text)}", style="yellow", markup=False)
        raise typer.Exit(NOTHING_DONE) from None
    except InputError as error:
        err.print(f"{error.code}: {spoken(error.text)}", style="red", markup=False)
        raise typer.Exit(WRONG_USE) from None
    except (EngineError, UplineError) as error:
        err.print(f"{error.code}: {spoken(error.text)}", style="red", markup=False)
        raise typer.Exit(NOTHING_DONE) from None
    except Exception as error:
        if not room.is_full(error):
            raise
        told_of = room.full(error)
        err.print(f"{told_of.code}: {spoken(told_of.text)}", style="red", markup=False)
        raise typer.Exit(NOTHING_DONE) from None


class ProgressLine:
    """Progress on standard error: one changing line on a terminal, a line every few seconds elsewhere."""

    WORDS: ClassVar = {
        "reading": ("读取", "reading"),
        "matching": ("比对", "matching"),
        "writing": ("写入", "writing"),
        "checking": ("核对", "checking"),
        "computing": ("研判", "computing"),
        "publishing": ("发布", "publishing"),
        "indexes": ("建立索引", "indexes"),
        "resumed": ("接续上次", "resumed"),
        "table": ("建立事件表", "making the event table"),
    }

    def __init__(self) -> None:
        self._last = 0.0
        self._stage = ""

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        pause = 0.1 if err.is_terminal else 5.0
        if progress.stage == self._stage and now - self._last < pause:
            return
        self._last, self._stage = now, progress.stage
        word, detail = (
            told(*self.WORDS.get(each, (each, each))) for each in (progress.stage, progress.detail)
        )
        of = f"/{progress.total:,}" if progress.total else ""
        line = f"{word} {progress.done:,}{of} {detail}"
        if err.is_terminal:
            err.print(
                "\r" + line[: max(20, err.width - 1)].ljust(err.width - 1),
                end="",
                markup=False,
                highlight=False,
            )
        else:
            err.print(line, markup=False, highlight=False)

    def end(self) -> None:
        if err.is_terminal and self._stage:
            err.print()
