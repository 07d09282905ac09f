"""What the terminal can show: one language at a time, and no text that fails over a character it lacks."""

from __future__ import annotations

import os
import re
import sys
from io import TextIOWrapper

_HAN = re.compile(r"[\u3400-\u9fff]")
_HEADING = re.compile(r"(?P<zh>.*[\u3400-\u9fff]\S*) (?P<en>[A-Za-z][^\u3400-\u9fff]*)")


def lenient() -> None:
    """Let a console that lacks a character (GBK has no ✓) show its code in its place instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def chinese() -> bool:
    """True where the terminal speaks Chinese (UPLINE_LANG, else the locale)."""
    language = os.environ.get("UPLINE_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return language.lower().startswith("zh")


def told(zh: str, en: str) -> str:
    """A text in the language of the terminal."""
    return zh if chinese() else en


def spoken(text: str) -> str:
    """The half of "Chinese / English" (or the other way round) that the terminal speaks; any other text whole.

    A name may stand in the half of the other language, and " / " in a half: it is parted where one side alone
    has Chinese, else at the first place with Chinese before it.
    """
    pieces = text.split(" / ")
    cuts = [(" / ".join(pieces[:n]), " / ".join(pieces[n:])) for n in range(1, len(pieces))]
    for left, right in cuts:
        if bool(_HAN.search(left)) != bool(_HAN.search(right)):
            return told(left, right) if _HAN.search(left) else told(right, left)
    for left, right in cuts:
        if _HAN.search(left):
            return told(left, right)
    return text


def heading(text: str) -> str:
    """A heading of a table, written "Chinese English" or "Chinese / English", in the language of the terminal."""
    match = None if " / " in text else _HEADING.fullmatch(text)
    return told(match["zh"], match["en"]) if match else spoken(text)
