"""Finds the openly licensed CJK font (Noto Sans SC, SIL OFL 1.1) that pictures and reports are set in."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from graph_schema.errors import InputError
from graph_schema.language import Text, lenient

FAMILY = "Noto Sans SC"
FILES = ("400Regular/NotoSansSC_400Regular.ttf", "600SemiBold/NotoSansSC_600SemiBold.ttf")
PACKAGE = Path(__file__).parent.parent / "web" / "node_modules" / "@expo-google-fonts" / "noto-sans-sc"


class FontMissing(InputError):
    """No CJK font is installed; the text says how to get it."""

    code = "E-FONT"


def font_files() -> list[Path]:
    """Paths of the regular and the semibold face; raises FontMissing.

    ``UPLINE_FONTS`` names a folder that holds both files (in any depth) and goes before the one of the
    set-up.
    """
    folder = os.environ.get("UPLINE_FONTS")
    if not folder:
        files: list[Path | None] = [path if (path := PACKAGE / name).is_file() else None for name in FILES]
    else:
        files = [_below(Path(folder), Path(name).name) for name in FILES]
    found = [path for path in files if path is not None]
    if len(found) == len(FILES):
        return found
    missing = next(Path(name).name for name, path in zip(FILES, files, strict=True) if path is None)
    if folder:
        raise FontMissing(
            Text(
                f"字体 {missing} 不在 UPLINE_FONTS={folder} 中。改正该路径，或取消后运行 make setup。",
                f"Font {missing} is not in UPLINE_FONTS={folder}. Correct it, or unset it and run "
                "`make setup`.",
            )
        )
    raise FontMissing(
        Text(
            f"未安装字体 {missing}（应在 viz/web/node_modules）。运行 make setup 或 python "
            "bootstrap.py setup，或用 UPLINE_FONTS 指定字体文件夹。",
            f"Font {missing} is not installed under viz/web/node_modules. Run `make setup` or "
            "`python bootstrap.py setup`, or set UPLINE_FONTS to a folder that holds it.",
        )
    )


def _below(folder: Path, name: str) -> Path | None:
    return next(iter(sorted(folder.rglob(name))), None) if folder.is_dir() else None


def main() -> int:
    """Print which files are used, or what to do; exit code 0 or 3."""
    lenient()
    try:
        files = font_files()
    except FontMissing as error:
        print(error, file=sys.stderr)
        return 3
    for path in files:
        print(f"{FAMILY}  {path}  {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
