"""The command line on consoles of every kind: GBK, ASCII, redirected; one language at a time."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.cli import app
from tests.backend.cli.test_languages import HAN, LATIN, tables, texts

ROOT = Path(__file__).parents[3]


def upline(home: Path, encoding: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line with its output redirected, on a console of this encoding; file names stay UTF-8."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "UPLINE_HOME": str(home), "UPLINE_LANG": "zh"}
    return subprocess.run(
        [sys.executable, "-m", "backend.cli", *arguments],
        env={**environment, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "0", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=400,
    )


@pytest.mark.parametrize("encoding", ["gbk", pytest.param("ascii", marks=pytest.mark.long)])
def test_no_console_lacks_a_character(encoding: str, tmp_path: Path) -> None:
    """Traps: a diagnosis that ends in a UnicodeEncodeError; JSON in GBK that no program reads."""
    home = tmp_path / "é 😀 中文"  # GBK has no 😀
    told = upline(home, encoding, "doctor")
    assert told.returncode == 0, told.stderr.decode(errors="replace")
    assert b"Traceback" not in told.stderr
    assert ("正常" in told.stdout.decode(encoding)) is (encoding != "ascii")
    as_json = upline(home, encoding, "doctor", "--json")
    checks = {check["name"]: check for check in json.loads(as_json.stdout.decode("utf-8"))["checks"]}
    assert str(home) in checks["home"]["detail"]
    refused = upline(home, encoding, "db", "restore", str(home / "没有.tar"))
    assert refused.returncode == 2 and b"E-INPUT" in refused.stderr and b"Traceback" not in refused.stderr


def test_the_version_is_told() -> None:
    """Trap: somebody asks for help, and nobody can say which version he has."""
    result = CliRunner().invoke(app, ["--version"])
    assert result.exit_code == 0 and result.output == f"upline {version('upline')}\n"


def test_headings_speak_one_language() -> None:
    """Trap: a table whose headings carry both languages, at twice the width, or one of them only."""
    lists = [call.args[1] for _, call in tables()]
    assert sum(ast.unparse(columns).count("Text(") for columns in lists) > 100
    assert [text for columns in lists for text in texts(columns) if HAN.search(text)] == []
    titles = [text for _, call in tables() for text in texts(call.args[0])]
    assert [text for text in titles if HAN.search(text) and LATIN.search(text)] == []


def test_refusals_of_the_store_are_in_both_languages() -> None:
    """Trap: a terminal in Chinese that refuses in English."""
    lacking = []
    for path in sorted((ROOT / "graph_schema" / "store").glob("*.py")):
        if path.name in {"catalogue.py", "relock.py"}:
            continue  # mistakes in our own code, which no user makes
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                text = "".join(texts(node.exc.args[0]))
                name = getattr(node.exc.func, "id", "")
                if (
                    name in {"InputError", "EngineError", "Busy"}
                    and LATIN.search(text)
                    and not HAN.search(text)
                ):
                    lacking.append(f"{path.name}:{node.lineno}: {text[:60]}")
    assert lacking == []
