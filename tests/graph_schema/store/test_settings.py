"""Settings of the embedded server: memory fitted to the machine, bad values refused with a word."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from graph_schema.errors import InputError
from graph_schema.store import doctor, settings
from graph_schema.store.places import Places


@pytest.fixture(autouse=True)
def no_override(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPLINE_DB_HEAP", raising=False)
    monkeypatch.delenv("UPLINE_DB_PAGES", raising=False)


@pytest.mark.parametrize(("total_gb", "heap"), [(2, 512), (8, 1024), (16, 2048), (64, 8192), (512, 8192)])
def test_memory_is_an_eighth_within_bounds(monkeypatch: pytest.MonkeyPatch, total_gb: int, heap: int) -> None:
    """Traps: a fixed heap that does not fit a small machine, or takes all of a shared one."""
    total = total_gb * 1024**3
    monkeypatch.setattr(settings.psutil, "virtual_memory", lambda: SimpleNamespace(total=total))
    assert settings.memory() == settings.Memory(heap, heap)


def test_memory_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a number without unit read as bytes."""
    monkeypatch.setenv("UPLINE_DB_HEAP", "2g")
    assert settings.memory() == settings.Memory(2048, 512)
    monkeypatch.setenv("UPLINE_DB_PAGES", "128M")
    assert settings.memory() == settings.Memory(2048, 128)
    monkeypatch.setenv("UPLINE_DB_HEAP", "2000")
    with pytest.raises(InputError, match="UPLINE_DB_HEAP=2000"):
        settings.memory()


def test_logs_rotate_and_configuration_is_private(tmp_path: Path) -> None:
    """Traps: a log that fills the disk; a configuration other users can read."""
    places = Places(tmp_path)
    settings.write(places, 7687)
    for name in ("server-logs.xml", "user-logs.xml"):
        text = (places.conf / name).read_text()
        assert "SizeBasedTriggeringPolicy" in text
        assert 'max="4"' in text
    assert all(path.stat().st_mode & 0o077 == 0 for path in places.conf.iterdir())


def test_doctor_names_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a diagnosis that itself fails, starts something, or hides the remedy."""
    monkeypatch.delenv("NEO4J_URI", raising=False)
    tmp_path.chmod(0o700)
    monkeypatch.setenv("UPLINE_JARS", str(tmp_path / "nothing"))
    found = {check.name: check for check in doctor.examine(tmp_path)}
    assert found["java"].ok
    assert found["home"].ok
    assert found["neo4j"].ok is False
    assert "upline bundle" in found["neo4j"].advice
    assert found["fast_start"].ok is None
    assert not (tmp_path / "db").exists()
    monkeypatch.setenv("UPLINE_DB_HEAP", "much")
    assert {check.name: check for check in doctor.examine(tmp_path)}["memory"].ok is False
