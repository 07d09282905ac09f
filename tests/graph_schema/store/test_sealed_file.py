"""Files under a password: whole and right, or refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from graph_schema.errors import InputError
from graph_schema.store import sealed_file
from graph_schema.store.sealed_file import SealedReader, SealedWriter, check_secret, is_sealed

SECRET = "一个很长的备份密码-4711"
BODY = bytes(range(256)) * 40


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sealed file of ten whole parts of 1,024 bytes, so that its last part is a whole one too."""
    monkeypatch.setattr(sealed_file, "_PART", 1024)
    path = tmp_path / "state"
    with path.open("wb") as file, SealedWriter(file, SECRET) as out:
        for start in range(0, len(BODY), 999):
            out.write(BODY[start : start + 999])
    assert is_sealed(path)
    return path


def _read(content: bytes, secret: str = SECRET) -> bytes:
    inside = SealedReader(io.BufferedReader(io.BytesIO(content)), secret, "state")  # type: ignore[arg-type]
    return io.BufferedReader(inside).read()


def test_what_went_in_comes_out(sealed: Path) -> None:
    """Trap: the last part lost where it is as long as the others; plain text in the file."""
    content = sealed.read_bytes()
    assert _read(content) == BODY and BODY[:64] not in content


def test_what_was_changed_is_refused(sealed: Path) -> None:
    """Traps: a part left out at the end, swapped or doubled; a changed head; another password."""
    content = sealed.read_bytes()
    start, part = len(content) - 10 * 1040, 1040
    first, second = content[start : start + part], content[start + part : start + 2 * part]
    wrong = {
        "cut at a part": content[:-part],
        "cut in a part": content[:-1],
        "cut to nothing": content[:start],
        "swapped": content[:start] + second + first + content[start + 2 * part :],
        "doubled": content + content[-part:],
        "left out": content[:start] + content[start + part :],
        "changed": content[:-20] + bytes([content[-20] ^ 1]) + content[-19:],
        "salt": content[:20] + bytes([content[20] ^ 1]) + content[21:],
    }
    for name, each in wrong.items():
        with pytest.raises(InputError, match="changed or cut off"):
            _read(each)
            pytest.fail(name)
    with pytest.raises(InputError, match="password is wrong"):
        _read(content, SECRET + "x")


def test_a_short_password_is_none() -> None:
    """Trap: a backup on a stick under 123456."""
    with pytest.raises(InputError, match="12"):
        check_secret("123456")
