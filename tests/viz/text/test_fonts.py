"""Where the CJK font comes from, and what is said when it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from viz.text import fonts


def test_folder_of_the_site_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: a closed network brings the fonts on a disk, not through npm."""
    deep = tmp_path / "fonts" / "noto"
    deep.mkdir(parents=True)
    for name in fonts.FILES:
        (deep / Path(name).name).write_bytes(b"font")
    monkeypatch.setenv("UPLINE_FONTS", str(tmp_path))
    assert [path.parent for path in fonts.font_files()] == [deep, deep]


def test_missing_font_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Trap: a picture full of empty boxes instead of an error."""
    monkeypatch.delenv("UPLINE_FONTS", raising=False)
    monkeypatch.setattr(fonts, "PACKAGE", tmp_path)
    with pytest.raises(fonts.FontMissing, match="make setup"):
        fonts.font_files()
    assert fonts.main() == 3
    assert "NotoSansSC_400Regular.ttf" in capsys.readouterr().err
    monkeypatch.setenv("UPLINE_FONTS", str(tmp_path))
    with pytest.raises(fonts.FontMissing, match="UPLINE_FONTS"):
        fonts.font_files()


def test_lock_file_names_no_registry() -> None:
    """Trap: a lock file made behind a mirror that nobody else can reach."""
    lock = (Path(fonts.__file__).parent.parent / "web" / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert "http" not in lock
    assert '"integrity": "sha512-' in lock
