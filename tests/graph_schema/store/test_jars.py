"""The locked database program: complete, verified, taken from where it is, never half installed."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path

import pytest

from graph_schema.errors import EngineError
from graph_schema.store import aot, jars, licences, program
from graph_schema.store.jars import Jar, Lock


def fake_jar(folder: Path, name: str, body: bytes) -> Jar:
    """Put a file where a Maven repository has it and return its lock entry."""
    digest = hashlib.sha256(body).hexdigest()
    jar = Jar("org.example", name, "1.0", "", digest, len(body), "Apache-2.0", "https://example.org")
    (folder / jar.path).parent.mkdir(parents=True, exist_ok=True)
    (folder / jar.path).write_bytes(body)
    return jar


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two invented jars in a local Maven repository, a lock for them and an empty cache."""
    folder = tmp_path / "repository"
    found = tuple(fake_jar(folder, name, name.encode() * 1000) for name in ("one", "two"))
    monkeypatch.setattr(jars, "load_lock", lambda: Lock("1.0", found))
    monkeypatch.setattr(jars, "user_cache_dir", lambda *args, **kwargs: str(tmp_path / "cache"))
    monkeypatch.setenv("M2_REPO", str(folder))
    monkeypatch.delenv("UPLINE_JARS", raising=False)
    return folder


def test_lock_is_whole_and_names_no_registry() -> None:
    """Traps: a jar without checksum; a registry host in a committed file; a jar that phones home."""
    text = jars.LOCK.read_text(encoding="utf-8")
    lock = jars.load_lock()
    assert lock.version == "2026.08.1"
    assert len(lock.jars) > 200
    assert all(re.fullmatch("[0-9a-f]{64}", jar.sha256) and jar.size > 0 for jar in lock.jars)
    assert all(jar.licence and jar.home.startswith("http") for jar in lock.jars)
    assert len({jar.path for jar in lock.jars}) == len(lock.jars)
    assert not re.search(r"repo1?\.maven|sonatype\.org/content|maven2", text)
    assert not [jar.artifact for jar in lock.jars if "push-to-cloud" in jar.artifact]


def test_native_jars_of_other_platforms_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: fetching macOS libraries on Linux, or leaving out our own."""
    kept = {jar.classifier for jar in jars.load_lock().jars}
    assert kept <= {"", jars.platform_classifier()}
    monkeypatch.setattr(jars.sys, "platform", "win32")
    monkeypatch.setattr(jars.platform, "machine", lambda: "AMD64")
    assert jars.platform_classifier() == "windows-x86_64"
    monkeypatch.setattr(jars.sys, "platform", "darwin")
    monkeypatch.setattr(jars.platform, "machine", lambda: "arm64")
    assert jars.platform_classifier() == "osx-aarch_64"


def test_jars_come_from_a_local_repository_with_progress(repository: Path, said: list[str]) -> None:
    """Trap: minutes of silence at the first start."""
    paths = program.ensure(said.append)
    assert [path.read_bytes()[:3] for path in paths] == [b"one", b"two"]
    assert "/ fetching Neo4j Community 1.0" in said[0]
    assert said[-1].startswith("Neo4j: ")
    said.clear()
    assert program.ensure(said.append) == paths
    assert said == []


def test_a_damaged_jar_is_noticed_and_replaced(repository: Path, said: list[str]) -> None:
    """Trap: a jar cut off by a full disk makes the server fail in its own words, every time."""
    paths = program.ensure(said.append)
    paths[0].write_bytes(b"cut off")
    assert program.ensure(said.append)[0].read_bytes() == b"one" * 1000


def test_wrong_bytes_are_never_installed(
    repository: Path, tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Traps: a tampered repository; a fetch that fails without saying what to do instead."""
    (repository / jars.load_lock().jars[1].path).write_bytes(b"two" * 999 + b"bad")
    from jgo.maven import Artifact

    def unreachable(self: object) -> Path:
        raise RuntimeError("network is unreachable")

    monkeypatch.setattr(Artifact, "resolve", unreachable)
    with pytest.raises(EngineError, match=r"could not be fetched.*unreachable.*upline bundle"):
        program.ensure(said.append)
    assert not (tmp_path / "cache" / "jars" / jars.load_lock().jars[1].path).exists()


def test_bundled_jars_are_used_in_place(
    repository: Path, tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: a closed network where a folder brought on a disk is not looked at, or not checked."""
    monkeypatch.setenv("UPLINE_JARS", str(repository))
    assert program.ensure(said.append)[0].is_relative_to(repository)
    (repository / jars.load_lock().jars[0].path).write_bytes(b"x")
    with pytest.raises(EngineError, match=r"1 of 2 jars are missing or damaged, first one-1\.0\.jar"):
        program.ensure(said.append)


def test_a_named_source_is_the_only_one(repository: Path, tmp_path: Path, said: list[str]) -> None:
    """Trap: an installation from a disk that quietly reaches for the network."""
    with pytest.raises(EngineError, match="make the bundle again"):
        program.ensure(said.append, source=tmp_path / "empty")


def test_cache_of_another_program_is_not_used(repository: Path) -> None:
    """Trap: an ahead-of-time cache of former jars slowing down or breaking a start."""
    assert not aot.cache_file().exists()
    assert aot.options() == []


def test_licence_texts_and_sources_are_collected(tmp_path: Path) -> None:
    """Trap: GPL programs handed on without their terms and without the way to their source."""
    wheel = tmp_path / "invented-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(
            "invented-1.0.dist-info/METADATA",
            "Name: invented\nVersion: 1.0\nLicense-Expression: MIT\n"
            "Project-URL: Documentation, https://docs.example.org\nProject-URL: Source, https://code.example.org\n",
        )
        archive.writestr("invented-1.0.dist-info/licenses/LICENSE", "MIT text")
        archive.writestr("invented/code.py", "")
    part = licences.wheel_part(wheel)
    assert (part.name, part.licence, part.home) == ("invented", "MIT", "https://code.example.org")
    font = tmp_path / "node_modules" / "@invented" / "font"
    font.mkdir(parents=True)
    (font / "package.json").write_text(
        '{"name": "@invented/font", "version": "2.0", "license": "OFL-1.1", '
        '"repository": {"url": "git+https://code.example.org/font"}}'
    )
    (font / "LICENSE_FONT").write_text("OFL text")
    licences.collect([part, licences.web_part(font)], tmp_path / "licences")
    assert (tmp_path / "licences" / "web" / "invented.font-2.0" / "LICENSE_FONT").read_text() == "OFL text"
    texts = [
        path.read_text() for path in (tmp_path / "licences" / "python" / "invented-1.0").rglob("LICENSE")
    ]
    assert texts == ["MIT text"]
    assert "https://code.example.org" in (tmp_path / "licences" / "SOURCES.csv").read_text(
        encoding="utf-8-sig"
    )
