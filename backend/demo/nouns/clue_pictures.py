"""Invented pictures of the demo's clues: shapes on a ground, saved in several ways."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw

from backend.demo.truth import FileTruth

SIZE = (160, 120)


class Album:
    """Pictures by number; each variant is a file of its own."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._originals: list[Image.Image] = []
        self._files: list[bytes] = []

    def fresh(self) -> int:
        """A new picture, and its number."""
        rng = self._rng
        picture = Image.new("RGB", SIZE, _colour(rng))
        draw = ImageDraw.Draw(picture)
        for _ in range(40):
            x, y, w, h = (
                rng.randrange(-10, SIZE[0]),
                rng.randrange(-10, SIZE[1]),
                rng.randrange(5, 50),
                rng.randrange(5, 50),
            )
            draw.ellipse((x, y, x + w, y + h), fill=_colour(rng))
        self._originals.append(picture)
        return len(self._originals) - 1

    def variant(self, number: int) -> str:
        """The picture as it is, framed, mirrored or smaller; returns its path beside the table."""
        picture = self._originals[number]
        way = self._rng.randrange(4)
        if way == 1:
            framed = Image.new("RGB", (SIZE[0] + 16, SIZE[1] + 12), (255, 255, 255))
            framed.paste(picture, (8, 6))
            picture = framed
        elif way == 2:
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        elif way == 3:
            picture = picture.resize((SIZE[0] // 2, SIZE[1] // 2))
        raw = io.BytesIO()
        picture.save(raw, "PNG")
        self._files.append(raw.getvalue())
        return f"图片/{len(self._files):04d}.png"

    def write(self, folder: Path, under: str) -> list[FileTruth]:
        """Write all variants; none of them is a table."""
        found = []
        for n, raw in enumerate(self._files, start=1):
            path = f"{under}/图片/{n:04d}.png"
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(raw)
            found.append(FileTruth(path=path, kind="picture", rows=0, fine=0))
        return found


def _colour(rng: Random) -> tuple[int, int, int]:
    return rng.randrange(256), rng.randrange(256), rng.randrange(256)
