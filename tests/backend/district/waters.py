"""Invented samples and settings for the tests of waste water."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from backend.district.water.series import Sample
from backend.district.water.settings import Settings, settings

START = dt.date(2022, 1, 5)


def given() -> Settings:
    return settings(dt.date(2026, 1, 1))


def sample(
    day: dt.date = START,
    ng_l: float = 200.0,
    below: float | None = None,
    target: str = "甲基苯丙胺",
    site: str = "示例厂",
    flow: float | None = 50_000.0,
    pipe: float | None = 200_000.0,
    **more: object,
) -> Sample:
    """One sample; ``below`` makes it one below that limit."""
    low, high = (0.0, below) if below is not None else (ng_l, ng_l)
    own = dict.fromkeys(("cotinine", "ammonium", "node", "way", "weather", "laboratory"))
    fields = {**own, "domestic": 1.0, "extra": {}, "rows": (f"{site}/{target}/{day}",), **more}
    return Sample(site, target, day, low, high, flow, pipe, **fields)  # type: ignore[arg-type]  # by name


def run(values: Sequence[float], every: int, limit: float = 0.0, **more: object) -> list[Sample]:
    """Samples at even distance; what is under ``limit`` lies below it."""
    days = [START + dt.timedelta(days=every * place) for place in range(len(values))]
    return [
        sample(day, value, limit if value < limit else None, **more)  # type: ignore[arg-type]  # by name
        for day, value in zip(days, values, strict=True)
    ]
