"""Widths, cuts and wraps of text."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viz.text import measure
from viz.text.fonts import FontMissing, font_files


def advances(path: Path) -> dict[int, int]:
    """Advance width per code point: tables cmap (format 12), hhea and hmtx of a TrueType file."""
    data = path.read_bytes()
    count = struct.unpack(">H", data[4:6])[0]
    entries = [data[12 + 16 * i : 28 + 16 * i] for i in range(count)]
    table = {entry[:4].decode(): struct.unpack(">I", entry[8:12])[0] for entry in entries}
    glyphs: dict[int, int] = {}
    start = table["cmap"]
    for i in range(struct.unpack(">H", data[start + 2 : start + 4])[0]):
        sub = start + struct.unpack(">I", data[start + 8 + 8 * i : start + 12 + 8 * i])[0]
        if struct.unpack(">H", data[sub : sub + 2])[0] != 12:
            continue
        for group in range(struct.unpack(">I", data[sub + 12 : sub + 16])[0]):
            first, last, glyph = struct.unpack(">III", data[sub + 16 + 12 * group : sub + 28 + 12 * group])
            glyphs.update((code, glyph + code - first) for code in range(first, last + 1))
    metrics = struct.unpack(">H", data[table["hhea"] + 34 : table["hhea"] + 36])[0]
    at = {code: table["hmtx"] + 4 * min(glyph, metrics - 1) for code, glyph in glyphs.items()}
    return {code: struct.unpack(">H", data[place : place + 2])[0] for code, place in at.items()}


@pytest.mark.parametrize("bold", [False, True])
def test_widths_are_those_of_the_font(bold: bool) -> None:
    """Trap: text longer than its box, because the font was changed and the constants were not."""
    try:
        file = font_files()[bold]
    except FontMissing as error:
        pytest.skip(str(error))
    real = advances(file)
    for char in [*map(chr, range(32, 127)), *"甲乙丙案件（）：，。·→…“”¥–"]:
        assert measure.width(char, 1000, bold) == pytest.approx(real[ord(char)], abs=30), char


def test_cut_keeps_both_ends() -> None:
    """Trap: account numbers differ in their last digits; a cut at the end makes them all alike."""
    short = measure.cut("6217990000000000000000000123", 13, 120)
    assert short.startswith("62179")
    assert short.endswith("123")
    assert measure.width(short, 13) <= 120
    assert measure.cut("头" + "中" * 900 + "尾", 13, 120)[-1] == "尾"


def test_sentences_are_cut_at_the_end() -> None:
    """Trap: the file a row stands in is lost, its last digits stay."""
    short = measure.cut_end("TenpayTrades.txt / 第 68 行：" + "交易" * 200, 12, 300)
    assert short.startswith("TenpayTrades.txt / 第 68 行：")
    assert short.endswith("…")
    assert measure.width(short, 12) <= 300
    assert measure.cut_end("短", 12, 300) == "短"


@given(st.text(max_size=200), st.integers(min_value=30, max_value=400))
def test_nothing_is_lost_by_wrapping(text: str, limit: int) -> None:
    """Trap: a character dropped at the end of a line."""
    lines = measure.wrap(text, 13, limit)
    assert "".join(lines).replace(" ", "") == measure.clean(text).replace(" ", "")


@given(st.text(min_size=1, max_size=200), st.integers(min_value=60, max_value=400))
def test_lines_fit(text: str, limit: int) -> None:
    """Trap: one long word that runs out of the sheet; closing signs alone may hang over."""
    for line in measure.wrap(text, 13, limit):
        assert measure.width(line.rstrip("，。、；：！？）》」』”’…,.;:!?)]}·"), 13) <= limit + 13


def test_punctuation_stays_where_it_belongs() -> None:
    """Trap: a line that begins with a full stop or ends with an opening bracket."""
    for limit in range(40, 200, 7):
        for line in measure.wrap("持有人未知（微信）；另有二人，均已到案。（第三人在逃）", 13, limit):
            assert line[0] not in "，。；）"
            assert line[-1] not in "（"


def test_clean_takes_out_what_a_picture_cannot_show() -> None:
    """Trap: a right-to-left override makes ``exe.gnp`` read as ``png.exe``."""
    assert measure.clean("a\0b\u202ec\ud800d\ne\u2028f") == "a\ufffdb\ufffdc\ufffdd e f"
    assert measure.clean("乙二 𠮷 👨‍👩‍👧") == "乙二 𠮷 👨‍👩‍👧"
