"""Pictures of clues that look the same: cut ones are found, unrelated ones never."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from backend.district.clues.pictures import Hashed, alike
from etl.parsing.pictures import hashes
from tests.etl.parsing.test_pictures import drawn, saved


def _cut(picture: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    width, height = picture.size
    return picture.crop(
        (int(left * width), int(top * height), int((1 - right) * width), int((1 - bottom) * height))
    )


def test_cut_at_its_edges(tmp_path: Path) -> None:
    """Trap: cut by a tenth a picture is 20 bits from itself (district reference A4); unrelated ones come as near."""
    whole = [hashes(saved(tmp_path, drawn(seed), f"{seed}.png")) for seed in range(12)]
    known = [
        Hashed(f"w{n:02}", int(each.turns[0], 16), (), tuple(int(c, 16) for c in each.crops))
        for n, each in enumerate(whole)
        if each
    ]
    ways = ((0.1,) * 4, (0.0, 0.14, 0.0, 0.0), (0.2, 0.0, 0.0, 0.0))
    for k, way in enumerate(ways):
        cut = [hashes(saved(tmp_path, _cut(drawn(n), *way), f"{k}-{n}.jpg", quality=80)) for n in range(12)]
        others = [Hashed(f"x{n:02}", int(each.turns[0], 16), ()) for n, each in enumerate(cut) if each]
        pairs = {(a[1:], b[1:]) for a, b, _ in alike([*known, *others])}
        assert all(a == b for a, b in pairs), "no two pictures are called one"
        assert len(pairs) >= 6, way
