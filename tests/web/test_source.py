"""The sources of the workbench stay readable."""

from __future__ import annotations

import json

from graph_schema.generate import ROOT

WEB = ROOT / "viz" / "web"
_LONGEST, _MOST_LINES = 110, 260
# Paths of vendored icons are data.
_DATA = {"src/icons/icons.ts"}


def _sources() -> dict[str, list[str]]:
    found = {
        path.relative_to(WEB).as_posix(): path.read_text(encoding="utf-8").splitlines()
        for folder in ("src", "tests")
        for path in sorted((WEB / folder).rglob("*"))
        if path.suffix in (".ts", ".tsx", ".css")
    }
    assert len(found) > 200
    return {name: lines for name, lines in found.items() if name not in _DATA}


def test_no_line_is_over_110_characters() -> None:
    """Trap: Biome wraps code and leaves texts and comments; a sentence of 250 characters hides its end."""
    long = [
        f"{name}:{number}"
        for name, lines in _sources().items()
        for number, line in enumerate(lines, 1)
        if len(line) > _LONGEST
    ]
    assert long == []


def test_no_file_has_two_purposes() -> None:
    """Trap: a page grows to 400 lines again, one component after the other in one file."""
    long = {
        name: len(lines)
        for name, lines in _sources().items()
        if len(lines) > _MOST_LINES and not name.startswith("src/generated/") and not name.endswith(".css")
    }
    assert long == {}


def test_the_lock_names_no_host_and_serves_every_system() -> None:
    """Trap: a lock written on one machine installs nowhere else: no formatter on macOS, a registry in its lines."""
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in lock.items() if "resolved" in package] == []
    tools = {"@biomejs/cli-{}": ("linux-x64", "darwin-arm64", "win32-x64"), "@esbuild/{}": ("linux-x64",)}
    tools["@esbuild/{}"] += ("darwin-arm64", "win32-x64")
    wanted = {f"node_modules/{tool.format(system)}" for tool, systems in tools.items() for system in systems}
    assert wanted <= set(lock)
