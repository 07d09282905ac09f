"""The database program, whole and verified: taken from where it is, else fetched once for all homes.

Jars are looked for in the shared cache, then in an existing local Maven repository, then fetched through
``jgo``. ``UPLINE_JARS`` names a folder to take them from instead, for closed networks (``upline bundle``).
"""

from __future__ import annotations

import os
from pathlib import Path

from graph_schema.errors import EngineError
from graph_schema.language import Text
from graph_schema.store import jars
from graph_schema.store.locks import FileLock
from graph_schema.store.say import Say, say_on_stderr


def ensure(say: Say = say_on_stderr, source: Path | None = None) -> list[Path]:
    """Return the class path, fetching and verifying what is not there yet; raise EngineError."""
    lock, folder = jars.load_lock(), jars.jars_folder()
    paths = [folder / jar.path for jar in lock.jars]
    if jars.verified(folder, lock):
        return paths
    if os.environ.get("UPLINE_JARS"):
        bad = [jar.file for jar in lock.jars if not jars.right(folder / jar.path, jar)]
        if bad:
            raise EngineError(
                Text(
                    f"UPLINE_JARS={folder}：{len(lock.jars)} 个 jar 中有 {len(bad)} 个缺失或损坏，"
                    f"首个为 {bad[0]}；请指向完整安装包的 jars 文件夹，或取消该变量以重新获取。",
                    f"UPLINE_JARS={folder}: {len(bad)} of {len(lock.jars)} jars are missing or "
                    f"damaged, first {bad[0]}; point it to the folder jars of a whole bundle, or "
                    "unset it to fetch them",
                )
            )
    else:
        from graph_schema.store.fetching import fetch  # its libraries are needed once, starts are many

        with FileLock(folder / "fetch.lock").acquire(1800, "fetching Neo4j"):
            fetch(lock, folder, say, source.absolute() if source else None)
    jars.keep_verified(folder, lock)
    return paths
