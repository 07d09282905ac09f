"""7z, RAR and AES archives: opened like a zip, within the same bounds, by the reading child."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import py7zr
import pytest
import pyzipper

from etl.intake.containers import walk
from etl.reading.limits import LIMITS, ReadLimits
from etl.reading.members import Member
from tests.etl.intake.packing import rar
from tests.etl.intake.test_containers import CSV, zip_with

FILES = {"话单/a.csv": CSV, "b.csv": CSV + b"4,5,6\n"}
PASSWORD = "wo-de-mima"


def seven(entries: dict[str, bytes], password: str | None = None, hidden: bool = False) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password, header_encryption=hidden) as archive:
        for name, data in entries.items():
            archive.writestr(data, name)
    return out.getvalue()


def aes_zip(entries: dict[str, bytes], password: str) -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(
        out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(password.encode())
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def found(path: Path, password: str | None = None, limits: ReadLimits = LIMITS) -> dict[str, Member]:
    return {member.path: member for member in walk([path], password, limits)}


def put(folder: Path, data: bytes, name: str = "a.bin") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


MADE = {"7z": seven(FILES), "rar": rar(FILES)}
LOCKED = {
    "7z": seven(FILES, PASSWORD),
    "7z with hidden names": seven(FILES, PASSWORD, hidden=True),
    "rar": rar(FILES, PASSWORD),
    "zip": aes_zip(FILES, PASSWORD),
}


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("name", ["a.bin", "返回.zip"])
def test_what_is_in_an_archive_is_read(kind: str, name: str, tmp_path: Path) -> None:
    """Trap: an archive is told by its name; its members lose their folders, in which the owner stands."""
    members = found(put(tmp_path, MADE[kind], name))
    assert list(members) == [f"{name}/b.csv", f"{name}/话单/a.csv"]
    for path, member in members.items():
        assert member.refused is None and member.file.read_bytes() == FILES[path.partition("/")[2]]
        assert (len(member.sha256), member.size) == (64, member.file.stat().st_size)


@pytest.mark.parametrize("kind", LOCKED)
def test_a_password_opens_them(kind: str, tmp_path: Path) -> None:
    """Trap: an encrypted return is called damaged, or a wrong password gives a file of rubbish."""
    path = put(tmp_path, LOCKED[kind])
    assert {m.reason for m in found(path).values()} == {"zip_password"}
    assert {m.reason for m in found(path, "wrong").values()} == {"zip_wrong_password"}
    members = found(path, PASSWORD)
    assert [m.file.read_bytes() for m in members.values()] == [FILES["b.csv"], FILES["话单/a.csv"]]


@pytest.mark.parametrize("make", [seven, rar], ids=["7z", "rar"])
def test_bounds_hold_for_them_too(make: object, tmp_path: Path) -> None:
    """Traps: a bomb, too many entries, a path out of the folder, archives in archives in archives."""
    assert callable(make)
    bomb = seven({"a.csv": bytes(80 << 20)}) if make is seven else rar({"a.csv": bytes(2 << 20)})
    small = LIMITS if make is seven else replace(LIMITS, archive_unpacked=1 << 20)
    assert [m.reason for m in found(put(tmp_path, bomb), limits=small).values()] == ["too_large"]
    many = put(tmp_path, make({f"{n}.csv": CSV for n in range(5)}))
    assert [m.reason for m in found(many, limits=replace(LIMITS, archive_entries=4)).values()] == [
        "zip_entries"
    ]
    inner = make({"c.csv": CSV})
    middle = make({"inner.bin": inner})
    members = found(put(tmp_path, make({"inner.bin": inner, "middle.bin": middle})))
    assert members["a.bin/inner.bin/c.csv"].refused is None
    assert members["a.bin/middle.bin/inner.bin"].reason == "zip_nested"
    mixed = found(zip_with(tmp_path / "b.zip", {"x.7z": MADE["7z"], "y.rar": MADE["rar"]}))
    assert {member.refused for member in mixed.values()} == {None} and len(mixed) == 4


def test_unsafe_paths_of_rar(tmp_path: Path) -> None:
    """Trap: an entry that lands outside the folder."""
    members = found(put(tmp_path, rar({"../up.csv": CSV, "fine.csv": CSV})))
    assert {path: member.reason for path, member in members.items()} == {
        "a.bin/../up.csv": "unsafe_path",
        "a.bin/fine.csv": None,
    }


@pytest.mark.parametrize("kind", MADE)
def test_damaged_ones_are_refused(kind: str, tmp_path: Path) -> None:
    """Trap: half a download ends the load, or half a file is loaded as if it were whole."""
    data = MADE[kind]
    for cut in (8, 20, len(data) // 2, len(data) - 30):
        members = found(put(tmp_path, data[:cut])).values()
        whole = [m for m in members if m.reason is None]
        assert all(m.file.read_bytes() in FILES.values() for m in whole)
        assert any(m.reason for m in members), (kind, cut)
    flipped = bytearray(data)
    flipped[data.find(CSV[:8]) + 3 if kind == "rar" else len(data) // 2] ^= 0xFF
    assert any(m.reason for m in found(put(tmp_path, bytes(flipped))).values())
