"""docker-compose.yml and Dockerfile keep their promises; checked without Docker, which not every machine has."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Literal

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field

from graph_schema.store import jars, settings

ROOT = Path(__file__).resolve().parents[1]


class Strict(BaseModel):
    """Unknown keys are refused: a misspelt ``healthcheck`` is silently ignored by Docker."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Healthcheck(Strict):
    test: list[str] = Field(min_length=2)
    interval: str
    timeout: str
    retries: int
    start_period: str


class LogOptions(Strict):
    size: str = Field(alias="max-size")
    files: str = Field(alias="max-file")


class Logging(Strict):
    driver: Literal["json-file"]
    options: LogOptions


class Depends(Strict):
    condition: Literal["service_healthy"]


class Service(Strict):
    image: str
    build: str | None = None
    command: list[str] = []
    restart: Literal["unless-stopped"]
    environment: dict[str, str]
    secrets: list[str]
    volumes: list[str] = Field(min_length=1)
    networks: list[str]
    ports: list[str] = []
    depends_on: dict[str, Depends] = {}
    healthcheck: Healthcheck
    stop_grace_period: str = ""
    read_only: bool = False
    tmpfs: list[str] = []
    cap_drop: list[str] = []
    security_opt: list[str]
    logging: Logging


class Network(Strict):
    internal: bool = False


class Secret(Strict):
    file: str


class Compose(Strict):
    name: str
    services: dict[Literal["neo4j", "backend"], Service] = Field(min_length=2)
    networks: dict[str, Network]
    volumes: dict[str, dict[str, str]]
    secrets: dict[str, Secret]


@pytest.fixture(scope="module")
def compose() -> Compose:
    return Compose.model_validate(yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8")))


def test_nothing_is_published_beyond_this_machine(compose: Compose) -> None:
    """Trap: ``8765:8765`` opens the port to the whole network, past the host's firewall."""
    assert compose.services["neo4j"].ports == []
    assert compose.services["neo4j"].networks == ["inside"]
    assert compose.networks["inside"].internal
    assert all(re.fullmatch(r"127\.0\.0\.1:\d+:\d+", port) for port in compose.services["backend"].ports)


def test_secrets_come_from_files(compose: Compose) -> None:
    """Trap: a password in the environment shows in ``docker inspect`` and ends in the repository."""
    for service in compose.services.values():
        assert service.secrets == ["neo4j_auth"]
        assert service.environment["NEO4J_AUTH_FILE"] == "/run/secrets/neo4j_auth"
        assert not [name for name in service.environment if re.search("PASSWORD|TOKEN|AUTH$", name)]
    assert compose.secrets["neo4j_auth"].file.startswith("./secrets/")


def test_the_container_has_the_settings_of_the_embedded_server(compose: Compose, tmp_path: Path) -> None:
    """Trap: server mode forgets a setting that the embedded database keeps, telemetry first of all."""
    given = {
        name.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_"): value
        for name, value in compose.services["neo4j"].environment.items()
        if not name.endswith("_FILE")
    }
    ours = settings._conf(7687, settings.Memory(512, 512))
    local = re.compile(r"directories|logs|listen|advertised|memory|tx_log|lock\.|quiet|auth_enabled")
    for name, value in ours.items():
        if not local.search(name):
            assert given.get(name) == value, name


def test_versions_and_volumes_agree(compose: Compose) -> None:
    """Traps: another Neo4j than the locked one; a volume that is not declared and is lost with its container."""
    assert compose.services["neo4j"].image == f"neo4j:{jars.load_lock().version}-community"
    for service in compose.services.values():
        assert {volume.partition(":")[0] for volume in service.volumes} <= compose.volumes.keys()
    assert "neo4j-data:/data" in compose.services["neo4j"].volumes
    assert (
        f"upline-home:{compose.services['backend'].environment['UPLINE_HOME']}"
        in compose.services["backend"].volumes
    )


def test_the_image_is_built_from_the_lock_and_runs_unprivileged() -> None:
    """Traps: unpinned packages in the image; the service as root; state or secrets copied into it."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    for lock in ("requirements.lock", "requirements-run.lock"):
        assert f"RUN pip install --require-hashes -r {lock}" in lines
    assert "USER upline" in lines
    assert lines.index("USER upline") < next(n for n, line in enumerate(lines) if line.startswith("CMD"))
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[0] == "*"
    assert "!secrets" not in ignored
    copied = [line.split()[1] for line in lines if line.startswith("COPY") and "--from=" not in line]
    assert all(f"!{name}" in ignored for name in copied)


def test_nothing_that_builds_or_tests_is_in_the_image() -> None:
    """Trap: the image that runs at a site carries pytest, a browser driver and a compiler's worth of packages."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    last = lines[max(n for n, line in enumerate(lines) if line.startswith("FROM")) :]
    assert [line for line in last if "requirements" in line] == [
        "COPY requirements-run.lock ./",
        "RUN pip install --require-hashes -r requirements-run.lock",
    ]
    run, every = (_locked(ROOT / f"requirements{name}.lock") for name in ("-run", ""))
    assert run.items() <= every.items(), "the same versions and hashes as are tested"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted, dev = (
        {re.split(r"[^\w-]", each.lower())[0] for each in part}
        for part in (project["dependencies"], project["optional-dependencies"]["dev"])
    )
    assert wanted <= run.keys() and not (dev - wanted) & run.keys() - {"networkx", "pycryptodomex"}


def _locked(path: Path) -> dict[str, str]:
    """Version and hashes by package."""
    parts = re.split(r"^(?=[\w-]+==)", path.read_text(encoding="utf-8"), flags=re.M)[1:]
    return {part.split("==")[0]: part.split("==", 1)[1] for part in parts}
