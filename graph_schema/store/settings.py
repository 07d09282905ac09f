"""Settings of the embedded server: memory fitted to the machine, everything that listens or reports off."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import psutil

from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store.places import Places

MB = 1024 * 1024
SIGN_OF_LIFE = 5
"""Seconds between two signs of life the server sends while it works on a query."""
SIGNS_MISSED = 3
"""Signs a client waits for in vain before it takes the connection for lost."""


@dataclass(frozen=True)
class Memory:
    """Megabytes for the Java heap and for the page cache."""

    heap: int
    pages: int


def _megabytes(name: str) -> int | None:
    """Read ``512m`` or ``2g`` from the environment."""
    text = os.environ.get(name, "").strip().lower()
    if not text:
        return None
    match = re.fullmatch(r"(\d+)([mg])", text)
    if match is None:
        raise InputError(
            Text(
                f"{name}={text}：应带单位，例如 512m 或 4g。",
                f"{name}={text}: give megabytes or gigabytes, for example 512m or 4g",
            )
        )
    return int(match[1]) * (1024 if match[2] == "g" else 1)


def memory() -> Memory:
    """Return an eighth of the machine's memory each for heap and pages, between 512 MB and 8 GB.

    The rest stays with the analyses, which run beside the server. ``UPLINE_DB_HEAP`` and ``UPLINE_DB_PAGES``
    override; a heap given alone takes a quarter of itself for pages (small profile for tests).
    """
    share = max(512, min(8192, psutil.virtual_memory().total // MB // 8))
    heap = _megabytes("UPLINE_DB_HEAP")
    pages = _megabytes("UPLINE_DB_PAGES") or (max(64, heap // 4) if heap else share)
    return Memory(heap or share, pages)


def _conf(port: int, size: Memory) -> dict[str, str]:
    return {
        # relative to the home given at the start: Neo4j misreads a path here that is not ASCII
        "server.directories.data": "data",
        "server.directories.logs": "logs",
        "server.directories.import": "import",
        "server.directories.plugins": "plugins",
        "server.logs.config": "server-logs.xml",
        "server.logs.user.config": "user-logs.xml",
        "server.default_listen_address": "127.0.0.1",
        "server.default_advertised_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.bolt.connection_keep_alive": f"{SIGN_OF_LIFE}s",
        "server.bolt.connection_keep_alive_probes": str(SIGNS_MISSED),
        "server.bolt.connection_keep_alive_streaming_scheduling_interval": f"{SIGN_OF_LIFE}s",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "server.bolt.telemetry.enabled": "false",
        "server.fleet_discovery.enabled": "false",
        "dbms.fleet_manager.enabled": "false",
        "dbms.usage_report.enabled": "false",
        "dbms.security.auth_enabled": "true",
        "dbms.security.procedures.allowlist": "db.index.fulltext.*",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
        "db.transaction.timeout": "30m",  # a backstop; every read sets its own, far shorter one
        "db.lock.acquisition.timeout": "60s",
        # room for what is logged is taken beforehand: on a full disk the log ends whole, and recovery reads it
        "db.tx_log.preallocate": "true",
        "db.tx_log.rotation.size": "32M",
        "db.tx_log.rotation.retention_policy": "256M size",
        "server.memory.heap.initial_size": f"{size.heap}m",
        "server.memory.heap.max_size": f"{size.heap}m",
        "server.memory.pagecache.size": f"{size.pages}m",
        # without this every stop waits ten seconds for connections that are closed already
        "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
    }


_LOGS = """<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="ERROR" packages="org.neo4j.logging.log4j">
  <Appenders>
    <RollingRandomAccessFile name="file" fileName="${{config:server.directories.logs}}/{name}.log"
                             filePattern="${{config:server.directories.logs}}/{name}.log.%02i">
      <Neo4jDebugLogLayout pattern="%d{{yyyy-MM-dd HH:mm:ss.SSSZ}}{{GMT+0}} %-5p [%c{{1.}}] %m%n"/>
      <Policies><SizeBasedTriggeringPolicy size="10 MB"/></Policies>
      <DefaultRolloverStrategy fileIndex="min" max="4"/>
    </RollingRandomAccessFile>
  </Appenders>
  <Loggers><Root level="{level}"><AppenderRef ref="file"/></Root></Loggers>
</Configuration>
"""


def write(places: Places, port: int) -> Memory:
    """Write the configuration of a start on ``port``; return the memory it grants."""
    size = memory()
    for folder in (places.conf, places.logs, places.neo4j / "import", places.neo4j / "plugins"):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lines = [f"{name}={value}" for name, value in _conf(port, size).items()]
    _put(places.conf / "neo4j.conf", "\n".join(lines) + "\n")
    _put(places.conf / "server-logs.xml", _LOGS.format(name="debug", level="INFO"))
    _put(places.conf / "user-logs.xml", _LOGS.format(name="neo4j", level="INFO"))
    return size


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
