"""Folders and archives: everything is named once, nothing escapes, nothing explodes."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from etl.intake.containers import walk
from etl.reading.limits import ReadLimits
from etl.reading.members import Member

CSV = b"a,b,c\n1,2,3\n"


def zip_with(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def found(*paths: Path, password: str | None = None, limits: ReadLimits | None = None) -> dict[str, Member]:
    members = walk(paths, password) if limits is None else walk(paths, password, limits)
    return {member.path: member for member in members}


def test_folder_paths_are_relative_and_in_order(tmp_path: Path) -> None:
    """Trap: the owner of a return stands in the folder path, so the path has to survive."""
    deep = tmp_path / "L-1" / "IDCARD" / "990101199001010019" / "wxid_a"
    deep.mkdir(parents=True)
    (deep / "TenpayTrades.txt").write_bytes(CSV)
    (tmp_path / "a.csv").write_bytes(CSV)
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "~$a.xlsx").write_bytes(b"x")
    paths = [member.path for member in walk([tmp_path])]
    assert paths == ["L-1/IDCARD/990101199001010019/wxid_a/TenpayTrades.txt", "a.csv"]


def test_a_single_file_is_named_by_its_name(tmp_path: Path) -> None:
    """Trap: a call record's subscriber is often only in the file name."""
    path = tmp_path / "13900001234.csv"
    path.write_bytes(CSV)
    [member] = walk([path])
    assert (member.path, member.size, len(member.sha256)) == ("13900001234.csv", len(CSV), 64)


def test_archive_members_survive_a_list(tmp_path: Path) -> None:
    """Trap: members of a finished generator must still be readable."""
    path = zip_with(tmp_path / "a.zip", {"x/b.csv": CSV, "x/": b"", "__MACOSX/._b.csv": b"x"})
    members = list(walk([path]))
    assert [member.path for member in members] == ["a.zip/x/b.csv"]
    assert members[0].file.read_bytes() == CSV


def test_names_from_chinese_windows(tmp_path: Path) -> None:
    """Trap: without the UTF-8 flag the name is GBK, which Python shows as cp437 nonsense."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("XXXXXXXX.csv", CSV)
    raw = path.read_bytes().replace(b"XXXXXXXX", "话单明细".encode("gbk"))
    path.write_bytes(raw)
    assert list(found(path)) == ["a.zip/话单明细.csv"]


@pytest.mark.parametrize("name", ["/etc/passwd", "../up.csv", "a/../../up.csv", "C:/x.csv", "..\\up.csv"])
def test_unsafe_paths_are_not_unpacked(tmp_path: Path, name: str) -> None:
    """Trap: zip slip writes outside the folder."""
    path = zip_with(tmp_path / "a.zip", {name: CSV, "fine.csv": CSV})
    members = found(path)
    assert [m.reason for m in members.values() if m.refused] == ["unsafe_path"]
    assert members["a.zip/fine.csv"].refused is None


def test_symlinks_are_refused(tmp_path: Path) -> None:
    """Trap: a link in a folder or archive leads to files nobody meant to load."""
    secret = tmp_path / "secret.csv"
    secret.write_bytes(CSV)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.csv").symlink_to(secret)
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert {m.path: m.reason for m in walk([folder])} == {"a.zip/link": "symlink", "link.csv": "symlink"}


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """Trap: a megabyte that unpacks to gigabytes."""
    path = zip_with(tmp_path / "a.zip", {"zeros.csv": b"0" * (80 << 20)})
    [member] = walk([path])
    assert member.reason == "too_large"


def test_a_lying_directory_does_not_help_a_bomb(tmp_path: Path) -> None:
    """Trap: the declared sizes of an archive are claims."""
    path = zip_with(tmp_path / "a.zip", {"zeros.csv": b"0" * (4 << 20)})
    raw = bytearray(path.read_bytes())
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 100)
    path.write_bytes(raw)
    [member] = walk([path])
    assert member.refused


def test_limits_of_entries_and_size(tmp_path: Path) -> None:
    """Trap: a million tiny files exhaust the disk's inodes."""
    path = zip_with(tmp_path / "a.zip", {f"{i}.csv": CSV for i in range(5)})
    assert [m.reason for m in walk([path], limits=ReadLimits(archive_entries=4))] == ["zip_entries"]
    assert {m.reason for m in walk([path], limits=ReadLimits(archive_unpacked=30))} == {"too_large"}


def test_nested_archives_one_level(tmp_path: Path) -> None:
    """Trap: an archive within an archive within an archive …"""
    inner = zip_with(tmp_path / "inner.zip", {"c.csv": CSV})
    middle = zip_with(tmp_path / "middle.zip", {"inner.zip": inner.read_bytes()})
    outer = zip_with(
        tmp_path / "outer.zip", {"middle.zip": middle.read_bytes(), "inner.zip": inner.read_bytes()}
    )
    members = found(outer)
    assert members["outer.zip/inner.zip/c.csv"].refused is None
    assert members["outer.zip/middle.zip/inner.zip"].reason == "zip_nested"


def test_encrypted_archive_asks_for_its_password(tmp_path: Path) -> None:
    """Trap: an encrypted return must say what to do, not fail as damaged."""
    path = zip_with(tmp_path / "a.zip", {"a.csv": CSV})
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.rfind(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    assert [m.reason for m in walk([path])] == ["zip_password"]
    assert [m.reason for m in walk([path], password="wrong")] == ["zip_wrong_password"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"Rar!\x1a\x07\x01\x00rest", "broken_zip"),  # archives of these kinds are opened
        (b"7z\xbc\xaf\x27\x1crest", "broken_zip"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0JFIF", "image"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"MZ\x90\x00", "program"),
        (bytes(range(256)) * 20, "binary"),
        (b"PK\x03\x04broken", "broken_zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted_workbook"),
    ],
)
def test_other_containers_are_refused_with_advice(tmp_path: Path, content: bytes, reason: str) -> None:
    """Trap: the name says csv, the content is something else."""
    path = tmp_path / "话单.csv"
    path.write_bytes(content)
    [member] = walk([path])
    assert member.reason == reason
    assert member.refused and " / " in member.refused


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    """Trap: a misspelt path must not pass as an empty load."""
    [member] = walk([tmp_path / "none"])
    assert member.reason == "missing"
