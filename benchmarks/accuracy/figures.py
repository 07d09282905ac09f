"""The figures of one district and of many: per method and preset the mean over seeds with its range, beside what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from backend.demo.score import Matcher, calibration_error, chain_claims, score, supply_claims
from backend.demo.score_people import ROLES, bins
from backend.demo.score_shapes import LINES, by_shape
from benchmarks.accuracy.answer import Answer
from benchmarks.accuracy.prepared import Prepared
from benchmarks.accuracy.series import series_figures

PRESETS = ("base", "shifted", "sparse", "adversarial")


@dataclass(frozen=True)
class Figure:
    """One line of the table: what it is called and what is asked of it per preset (None: nothing)."""

    key: str
    title: str
    asked: tuple[float | None, ...]
    part: str  # the part of an answer it is taken from
    most: bool = False  # asked is the most it may be

    def kept(self, preset: str, value: float) -> bool | None:
        """Whether what is asked is reached; None where nothing is."""
        bar = dict(zip(PRESETS, self.asked, strict=True)).get(preset)
        if bar is None:
            return None
        return value <= bar + 1e-9 if self.most else value >= bar - 1e-9


FIGURES = (
    Figure(
        "organiser_in_top_three",
        "organiser in top 3 chains (data can show)",
        (0.87, 0.84, 0.9, 0.79),
        "chains",
    ),
    Figure("organiser_or_collector_in_three", "he or who collects for him", (None,) * 4, "chains"),
    Figure("organiser_in_first", "organiser in the first chain", (None,) * 4, "chains"),
    Figure("major_case_reached", "true major case reached", (0.87, 0.80, 0.82, 0.80), "chains"),
    Figure(
        "unrelated_wrongly_chained",
        "unrelated cases wrongly chained",
        (0.06, 0.12, 0.06, 0.14),
        "chains",
        True,
    ),
    Figure(
        "first_chain_ends_innocent",
        "first chains that end with an innocent",
        (0.05, 0.15, 0.15, 0.15),
        "chains",
        True,
    ),
    Figure("chain_calibration_error", "calibration error, chains", (0.1,) * 4, "chains", True),
    Figure("supplier_first", "true supplier first", (0.9, 0.88, 0.88, 0.88), "supplies"),
    Figure("supplier_in_three", "true supplier in first 3", (0.97, 0.93, 0.93, 0.93), "supplies"),
    Figure("one_supplier_first", "the first is a true supplier (any)", (None,) * 4, "supplies"),
    Figure("one_supplier_in_three", "a true supplier in first 3 (any)", (None,) * 4, "supplies"),
    Figure("supply_precision", "supplies above 0.5: precision", (0.92, 0.9, 0.9, 0.9), "supplies"),
    Figure("supply_recall", "supplies above 0.5: recall", (0.87, 0.74, 0.82, 0.71), "supplies"),
    Figure("innocent_pairs_claimed", "pairs of two innocents claimed", (5.0,) * 4, "supplies", True),
    Figure("innocents_named", "innocents named in claims", (8.0, 15.0, 15.0, 15.0), "supplies", True),
    Figure("supply_calibration_error", "calibration error, supplies", (0.08,) * 4, "supplies", True),
    Figure("gangs_found", "gangs found (Jaccard >= 0.5)", (0.85, 0.6, 0.6, 0.6), "gangs"),
    Figure("organiser_among_first_three", "organiser in first 3 of gang", (0.85, 0.6, 0.6, 0.6), "gangs"),
    Figure("innocents_in_gangs", "innocents standing in gangs", (5.0, 10.0, 10.0, 10.0), "gangs", True),
    *(
        Figure(f"role_right_{role}", f"right among those called {role}", (0.85, 0.7, 0.7, 0.7), "gangs")
        for role in ROLES
    ),
    Figure("innocents_called_heads", "innocents among organisers, wholesalers", (0.03,) * 4, "gangs", True),
    Figure("organisers_called_so", "organisers in gangs called so", (0.8, 0.65, 0.65, 0.65), "gangs"),
    Figure("wholesalers_called_so", "wholesalers in gangs called so", (0.8, 0.65, 0.65, 0.65), "gangs"),
    Figure("series_pairs_right", "pairs within a series: right", (0.85, 0.7, 0.7, 0.7), "series"),
    Figure(
        "series_pairs_found", "pairs with a packet case: in one series", (0.6, 0.45, 0.45, 0.45), "series"
    ),
    Figure("unrelated_in_series", "unrelated cases in a series", (0.05,) * 4, "series", True),
)
POOLED = ("chain_calibration_error", "supply_calibration_error")
"""Taken over all seeds of a preset together: a dozen chains of one district fill no ten bins."""


@dataclass
class Marks:
    """What one method reached in one district."""

    figures: dict[str, float | None]
    counts: dict[str, int]
    claims: dict[str, list[tuple[float, bool]]] = field(default_factory=dict)
    shapes: dict[str, list[tuple[bool, ...]]] = field(default_factory=dict)


def marks(district: Prepared, found: Answer, scored: bool = True) -> Marks:
    """Hold an answer against the truth; ``scored`` says that its scores are meant as probabilities."""
    persons = {"persons": district.persons}
    chains, supplies, gangs = found.chains or {}, found.supplies or {}, found.gangs or {}
    all_figures: dict[str, Any] = score(district.truth, chains, supplies, gangs, persons)
    counts = all_figures.pop("counts")
    answered = {
        f.key for f in FIGURES if getattr(found, f.part) is not None and (scored or f.key not in POOLED)
    }
    if found.series is not None:
        all_figures.update(series_figures(district.truth, found.series))
    claims: dict[str, list[tuple[float, bool]]] = {}
    matcher = Matcher(district.truth, district.persons)
    if scored:
        claims["chain_calibration_error"] = chain_claims(district.truth, chains, matcher)
        claims["supply_calibration_error"] = supply_claims(district.truth, supplies, matcher)
    shapes = by_shape(district.truth, chains, matcher) if found.chains is not None else {}
    return Marks(
        {key: value for key, value in all_figures.items() if key in answered}, counts, claims, shapes
    )


@dataclass(frozen=True)
class Cell:
    """One figure of one method over the seeds of a preset."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.2f} ({self.low:.2f}-{self.high:.2f})"


def cell(key: str, seeds: Sequence[Marks]) -> Cell | None:
    """Mean and range over seeds; None where no seed has the figure."""
    values = [value for each in seeds if (value := each.figures.get(key)) is not None]
    if not values:
        return None
    mean = fmean(values)
    if key in POOLED:
        pooled = calibration_error([claim for each in seeds for claim in each.claims.get(key, ())])
        mean = mean if pooled is None else pooled
    return Cell(mean, min(values), max(values))


def table(results: dict[str, dict[str, list[Marks]]], presets: Iterable[str]) -> list[str]:
    """Lines of the table from method → preset → marks of its seeds; the first method is the one asked of."""
    columns = list(presets)
    lines = [f"{'':44s}" + "".join(f"{preset:>20s}" for preset in columns)]
    first = next(iter(results))
    for figure in FIGURES:
        lines.append(figure.title)
        for method, by_preset in results.items():
            cells = {preset: cell(figure.key, by_preset[preset]) for preset in columns}
            if all(each is None for each in cells.values()):
                continue
            shown = "".join(_shown(figure, preset, cells[preset], method == first) for preset in columns)
            lines.append(f"    {method:40s}{shown}")
        bars = dict(zip(PRESETS, figure.asked, strict=True))
        sign = "<=" if figure.most else ">="
        asked = "".join(
            f"{f'{sign} {bars[p]:.2f}' if bars.get(p) is not None else '-':>20s}" for p in columns
        )
        lines.append(f"    {'asked':40s}{asked}")
    return lines


def _shown(figure: Figure, preset: str, found: Cell | None, asked: bool) -> str:
    if found is None:
        return f"{'-':>20s}"
    missed = asked and figure.kept(preset, found.mean) is False
    return f"{str(found) + ('*' if missed else ' '):>20s}"


def reliability(results: dict[str, list[Marks]]) -> list[str]:
    """Per preset and tenth of score: supplies named, and the share of them that is true."""
    lines = []
    for preset, seeds in results.items():
        counted = bins(claim for each in seeds for claim in each.claims.get("supply_calibration_error", ()))
        cells = [f"{right / total:.2f}/{total}" if total else "-" for total, right in counted]
        lines.append(f"    {preset:12s}" + "".join(f"{each:>11s}" for each in cells))
    return lines


def shapes(results: dict[str, dict[str, list[Marks]]]) -> list[str]:
    """Per shape of organisation and method, over all presets and seeds: where the chains of its packet cases lead."""
    lines = [f"    {'':56s}" + " ".join(title for title, *_ in LINES)]
    kinds = sorted(
        {shape for by in results.values() for seeds in by.values() for m in seeds for shape in m.shapes}
    )
    for kind in kinds:
        for method, by_preset in results.items():
            cases = [c for seeds in by_preset.values() for m in seeds for c in m.shapes.get(kind, ())]
            if cases:
                shares = "".join(f"{fmean(column):>8.2f}" for column in zip(*cases, strict=True))
                lines.append(f"    {f'{kind} ({len(cases)})':20s}{method:36s}{shares}")
    return lines


def missed(results: dict[str, dict[str, list[Marks]]], method: str) -> list[str]:
    """What is asked and not reached, in words."""
    out = []
    for figure in FIGURES:
        for preset, seeds in results[method].items():
            found = cell(figure.key, seeds)
            if found is not None and figure.kept(preset, found.mean) is False:
                out.append(f"{preset}: {figure.title} {found}")
    return out
