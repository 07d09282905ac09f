"""Where the embedded server keeps its files inside an ``UPLINE_HOME``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Places:
    """The paths of one home's database, all under ``<home>/db``."""

    home: Path

    @property
    def db(self) -> Path:
        """Where the whole database stands."""
        return self.home / "db"

    @property
    def neo4j(self) -> Path:
        """Home folder of the server."""
        return self.db / "neo4j"

    @property
    def data(self) -> Path:
        """Folder of its stores."""
        return self.neo4j / "data"

    @property
    def conf(self) -> Path:
        """Folder of its settings."""
        return self.neo4j / "conf"

    @property
    def logs(self) -> Path:
        """Folder of its logs."""
        return self.neo4j / "logs"

    @property
    def password(self) -> Path:
        """The database password, readable by its owner only."""
        return self.db / "password"

    @property
    def server(self) -> Path:
        """The lock file of the running server: process id, port, version, start."""
        return self.db / "server.json"

    @property
    def start_lock(self) -> Path:
        """Held while somebody starts, joins or stops the server: one at a time."""
        return self.db / "start.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper process as long as it lives."""
        return self.db / "keeper.lock"

    @property
    def leases(self) -> Path:
        """Folder with a file for each process that uses the database."""
        return self.db / "leases"

    @property
    def restore(self) -> Path:
        """Moves of a restore that is complete but not yet wholly put in place."""
        return self.db / "restore.json"


def read_json(path: Path) -> dict[str, Any] | None:
    """Return the object in ``path``; None where it is absent or was cut off by a kill."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return body if isinstance(body, dict) else None
