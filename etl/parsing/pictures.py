"""Perceptual hashes of a picture: what stays the same when it is saved anew, made smaller, turned, cut or given a border.

Definition: pHash is the sign of the 64 lowest frequencies of a 32 × 32 picture in grey against their median. Quality is that of
PDQ: the sum of the steps between neighbours of a 64 × 64 picture, at most 100.

Reference: C. Zauner, Implementation and benchmarking of perceptual image hash functions, 2010; quality: Facebook, PDQ, 2019.

Cost: one decoding and 35 small transforms.

Against it: a piece cut from two sides unequally is another picture, and so is one that was cut and turned; a picture
without detail resembles every other, so it gets no hash.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import imagehash
import numpy as np
from PIL import Image, UnidentifiedImageError

MOST_BYTES = 64 << 20
MOST_PIXELS = 80_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")
LEAST_QUALITY = 50
SIDE = 512
"""A picture is first made as small as this: hashes need no more."""
FLAT = 24
"""Levels of grey an edge of one colour may differ by: it was saved with losses."""
LEAST_SIDE = 32
_CENTRES = (0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.22)
_EDGES = (0.06, 0.12, 0.18, 0.25)
"""Shares of width and height that are cut off: at all four edges, or at one. A step of 2 % stays within six bits."""
_TURNS = (
    Image.Transpose.ROTATE_90,
    Image.Transpose.ROTATE_180,
    Image.Transpose.ROTATE_270,
    Image.Transpose.FLIP_LEFT_RIGHT,
    Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.TRANSPOSE,
    Image.Transpose.TRANSVERSE,
)


@dataclass(frozen=True)
class Hashes:
    """Of one picture; ``turns`` begins with the picture as it is, ``crops`` are of it cut at its edges.

    Without enough detail there are none.
    """

    width: int
    height: int
    quality: int
    turns: tuple[str, ...]
    crops: tuple[str, ...] = ()


def sha256_of(file: Path) -> str | None:
    """The digest of a file that is no larger than a picture should be; None where it cannot be read."""
    try:
        if file.stat().st_size > MOST_BYTES:
            return None
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return None


def hashes(file: Path) -> Hashes | None:
    """The hashes of a picture; None where it is none, is damaged or too large."""
    try:
        with Image.open(io.BytesIO(file.read_bytes()), formats=FORMATS) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                return None
            opened.draft("L", (SIDE, SIDE))
            grey = opened.convert("L")
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    grey.thumbnail((SIDE, SIDE))
    grey = trimmed(grey)
    found = quality(grey)
    if found < LEAST_QUALITY:
        return Hashes(width, height, found, ())
    turned = (grey, *(grey.transpose(turn) for turn in _TURNS))
    return Hashes(width, height, found, _phashes(turned), _phashes(cropped(grey)))


def _phashes(pictures: Iterable[Image.Image]) -> tuple[str, ...]:
    return tuple(str(imagehash.phash(each)) for each in pictures)


def cropped(grey: Image.Image) -> Iterator[Image.Image]:
    """The picture with a share cut off at all its edges, then at each of them alone."""
    ways: list[tuple[float, ...]] = [(each,) * 4 for each in _CENTRES]
    ways += [tuple(each if side == k else 0.0 for k in range(4)) for each in _EDGES for side in range(4)]
    width, height = grey.size
    for left, top, right, bottom in ways:
        yield grey.crop(
            (
                round(left * width),
                round(top * height),
                round((1 - right) * width),
                round((1 - bottom) * height),
            )
        )


def trimmed(grey: Image.Image) -> Image.Image:
    """The picture without edges of one colour; as it is where little else would be left."""
    cells = np.asarray(grey, np.int16)
    rows = np.flatnonzero(np.ptp(cells, axis=1) > FLAT)
    columns = np.flatnonzero(np.ptp(cells, axis=0) > FLAT)
    if not len(rows) or not len(columns):
        return grey
    box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    small = min(box[2] - box[0], box[3] - box[1]) < min(LEAST_SIDE, *grey.size)
    return grey if small else grey.crop(box)


def quality(grey: Image.Image) -> int:
    """How much detail there is, 0 to 100."""
    cells = np.asarray(grey.resize((64, 64), Image.Resampling.BOX), np.float64)
    steps = sum(int(np.abs((np.diff(cells, axis=axis) * 100 / 255).astype(int)).sum()) for axis in (0, 1))
    return min(100, steps // 90)
