"""Terminal output: one language at a time, and no failure over a character the terminal lacks."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import Literal


class Text(str):
    """One text in both languages: reads as "Chinese / English", and each alone for who asked for it."""

    zh: str
    en: str

    def __new__(cls, zh: str, en: str) -> Text:
        text = super().__new__(cls, f"{zh} / {en}")
        text.zh, text.en = zh, en
        return text

    def __reduce__(self) -> tuple[type[Text], tuple[str, str]]:
        """So that a copy, or one from another process, is a text in both languages as well."""
        return Text, (self.zh, self.en)

    def of(self, language: str) -> str:
        """In ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


def in_language(text: str, language: str) -> str:
    """A text in ``zh`` or ``en``; what has only one language as it is."""
    return text.of(language) if isinstance(text, Text) else text


def lenient() -> None:
    """Let a console that lacks a character (GBK has no ✓) show its code in its place instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def chinese() -> bool:
    """True where the terminal speaks Chinese (UPLINE_LANG, else the locale)."""
    language = os.environ.get("UPLINE_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return language.lower().startswith("zh")


def terminal_language() -> Literal["zh", "en"]:
    """``zh`` or ``en``, as the terminal speaks."""
    return "zh" if chinese() else "en"


def told(zh: str, en: str) -> str:
    """A text in the language of the terminal."""
    return zh if chinese() else en


def spoken(text: str) -> str:
    """A text in the language of the terminal; what has only one language as it is."""
    return in_language(text, terminal_language())
