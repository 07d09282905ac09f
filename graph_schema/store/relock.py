"""Writes the lock of the database program: resolves Neo4j with ``jgo`` and records every jar."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jgo
from jgo.maven import POM, MavenContext

NEO4J = "2026.08.1"
LEFT_OUT = {"neo4j-push-to-cloud"}  # uploads databases to a hosted service: has no place here
"""Artifacts the server runs without and we do not want."""
HOMES = {"hadoop-common": "https://github.com/apache/hadoop"}
"""Project pages the POMs do not tell."""


def _about(context: MavenContext, artifact: Any) -> tuple[str, str]:
    """Return licence names and project page from the artifact's POM, or the first parent that says so."""
    pom: Any = POM(artifact.component.artifact(packaging="pom").resolve())
    licence = home = ""
    while pom is not None and not (licence and home):
        licence = licence or " / ".join(
            name.strip() for name in pom.values("licenses/license/name") if isinstance(name, str)
        )
        for place in ("scm/url", "url"):
            url = pom.value(place) or ""
            if not home and url.startswith("http") and "${" not in url and "maven" not in url:
                home = url
        pom = context.pom_parent(pom)
    return licence, home or HOMES.get(artifact.artifactId, "")


def _entry(context: MavenContext, artifact: Any) -> dict[str, Any]:
    path = Path(artifact.resolve())
    licence, home = _about(context, artifact)
    return {
        "group": artifact.groupId,
        "artifact": artifact.artifactId,
        "version": artifact.version,
        "classifier": artifact.classifier or "",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "size": path.stat().st_size,
        "licence": licence,
        "home": home,
    }


def relock(target: Path, version: str = NEO4J) -> None:
    """Resolve Neo4j ``version`` and write its jars with checksums to ``target``; takes about a minute."""
    context = MavenContext()
    artifacts = [a for a in jgo.resolve(f"org.neo4j:neo4j:{version}") if a.artifactId not in LEFT_OUT]
    with ThreadPoolExecutor(8) as pool:
        jars = list(pool.map(lambda artifact: _entry(context, artifact), artifacts))
    body = {"neo4j": version, "jars": jars}
    lines = json.dumps(body, indent=1, ensure_ascii=False)
    target.write_text(lines + "\n", encoding="utf-8")
    print(
        f"{target.name}: Neo4j {version}, {len(jars)} jars, {sum(jar['size'] for jar in jars) / 1e6:.0f} MB"
    )
