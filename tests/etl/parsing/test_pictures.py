"""Hashes of pictures: the same after being saved anew, with a border, or turned; none for what has no detail."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from etl.parsing.pictures import hashes


def drawn(seed: int, size: tuple[int, int] = (400, 300)) -> Image.Image:
    """An invented picture with shapes of all sizes."""
    rng = np.random.default_rng(seed)
    picture = Image.new("RGB", size, tuple(int(x) for x in rng.integers(0, 255, 3)))
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y, w, h = (int(v) for v in rng.integers(0, 300, 4))
        colour = tuple(int(v) for v in rng.integers(0, 255, 3))
        draw.ellipse((x, y, x + w // 2 + 4, y + h // 2 + 4), fill=colour)
    return picture


def saved(tmp_path: Path, picture: Image.Image, name: str, **how: int) -> Path:
    picture.save(tmp_path / name, **how)
    return tmp_path / name


def apart(a: str, b: str) -> int:
    return (int(a, 16) ^ int(b, 16)).bit_count()


def test_saved_anew_smaller_and_with_a_border(tmp_path: Path) -> None:
    """Trap: a border of 5 % moves a hash by 14 to 20 bits unless it is cut off (district reference A4)."""
    first = hashes(saved(tmp_path, drawn(1), "1.png"))
    assert first is not None and first.quality >= 50 and len(first.turns) == 8
    bordered = Image.new("RGB", (440, 330), (255, 255, 255))
    bordered.paste(drawn(1), (20, 15))
    for n, (picture, how) in enumerate(
        [
            (drawn(1), {"quality": 30}),
            (drawn(1).resize((200, 150)), {"quality": 70}),
            (bordered, {"quality": 80}),
        ]
    ):
        other = hashes(saved(tmp_path, picture, f"{n}.jpg", **how))
        assert other is not None and apart(first.turns[0], other.turns[0]) <= 8, n
    assert other is not None


@pytest.mark.parametrize("turn", list(Image.Transpose))
def test_turned_and_mirrored(tmp_path: Path, turn: Image.Transpose) -> None:
    """Trap: a mirror image is 30 bits away (district reference A4): all eight positions are kept."""
    first = hashes(saved(tmp_path, drawn(2), "1.png"))
    other = hashes(saved(tmp_path, drawn(2).transpose(turn), "2.png"))
    assert first is not None and other is not None
    assert min(apart(each, other.turns[0]) for each in first.turns) <= 8


def test_other_pictures_are_far(tmp_path: Path) -> None:
    """Trap: two unrelated pictures called the same because one of eight positions comes near."""
    found = [hashes(saved(tmp_path, drawn(seed), f"{seed}.png")) for seed in range(10, 40)]
    near = [
        (a, b)
        for i, a in enumerate(found)
        for b in found[i + 1 :]
        if a and b and min(apart(each, b.turns[0]) for each in a.turns) <= 8
    ]
    assert near == []


def test_no_detail_no_hash_and_no_picture_nothing(tmp_path: Path) -> None:
    """Trap: blank and flat pictures resemble each other; a damaged or disguised file ends the load."""
    flat = hashes(saved(tmp_path, Image.new("RGB", (300, 300), (250, 250, 250)), "flat.png"))
    assert flat is not None and flat.turns == () and flat.quality < 50
    (tmp_path / "no.jpg").write_bytes(b"<html>no picture</html>")
    assert hashes(tmp_path / "no.jpg") is None and hashes(tmp_path / "missing.jpg") is None
    raw = io.BytesIO()
    drawn(3).save(raw, "PNG")
    (tmp_path / "cut.png").write_bytes(raw.getvalue()[: len(raw.getvalue()) // 3])
    assert hashes(tmp_path / "cut.png") is None
