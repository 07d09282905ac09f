"""The chart: run lengths of the reference, false alarms as stated, jumps within two samples, censored values."""

from __future__ import annotations

import math
from random import Random

import pytest

from backend.district.water import run_lengths
from backend.district.water.chart import charts
from backend.district.water.items import decided_before
from backend.district.water.series import Sample, series_of
from tests.backend.district.waters import given, run


@pytest.mark.parametrize(
    ("weight", "limit", "after"),
    [
        (0.4, 3.054, (71.2, 14.3, 3.5)),
        (0.2, 2.962, (41.8, 10.5, 3.7)),
        (0.1, 2.814, (31.3, 10.3, 4.4)),
    ],
)
def test_run_lengths_of_the_ewma(weight: float, limit: float, after: tuple[float, ...]) -> None:
    """Trap: a chart is tuned by eye; these are Lucas and Saccucci's values (reference F5)."""
    assert run_lengths.ewma(weight, limit) == pytest.approx(500, rel=0.005)
    found = [run_lengths.ewma(weight, limit, shift=shift) for shift in (0.5, 1, 2)]
    assert found == pytest.approx(after, abs=0.05)


def test_run_lengths_of_the_other_charts() -> None:
    """Trap: one side of a CUSUM told as both (reference F5)."""
    assert run_lengths.shewhart(3) == pytest.approx(370.4, abs=0.05)
    assert run_lengths.cusum(0.5, 4) == pytest.approx(167.7, rel=0.005)
    assert run_lengths.cusum(0.5, 4, 1) == pytest.approx(8.38, rel=0.005)
    assert run_lengths.cusum(0.5, 5) == pytest.approx(465.4, rel=0.005)
    assert run_lengths.cusum(0.5, 5, 1) == pytest.approx(10.38, rel=0.005)
    assert run_lengths.pair(3.5, math.inf) == pytest.approx(run_lengths.shewhart(3.5))
    assert run_lengths.ewma(0.2, 2.962, 4.0) == pytest.approx(489.5, abs=1)


def _many(
    series: int, samples: int, every: int, seed: int, jump: int | None = None, season: float = 0.0
) -> list[Sample]:
    """Series of one target that spread differently; from sample ``jump`` on four times as much."""
    draw = Random(seed)
    made: list[Sample] = []
    for number in range(series):
        sigma = 0.2 * draw.uniform(0.7, 1.3)
        values = [
            40
            * math.exp(draw.gauss(0, sigma) + season * math.cos(2 * math.pi * place * every / 365.25))
            * (4 if jump is not None and place >= jump else 1)
            for place in range(samples)
        ]
        made += run(values, every, site=f"示例厂{number}")
    return made


@pytest.mark.parametrize(
    ("series", "samples", "every", "season"),
    [(120, 60, 7, 0.0), (120, 36, 30, 0.0), (120, 12, 91, 0.0), (4, 52, 7, 0.5), (30, 52, 7, 0.6)],
)
def test_false_alarms_are_as_rare_as_stated(series: int, samples: int, every: int, season: float) -> None:
    """Traps: limits for a known spread used on one guessed from few samples: alarms twice as often as printed; in
    the first year a season that all sites show raises an alarm at each of them."""
    found = charts(series_of(_many(series, samples, every, seed=5, season=season)), given())
    judged = sum(point.z is not None for each in found for point in each.chart.points)
    begun = sum(
        point.alarm and not before.alarm
        for each in found
        for before, point in zip(each.chart.points, each.chart.points[1:], strict=False)
    )
    stated = judged / found[0].chart.arl0
    assert begun <= stated + 3 * math.sqrt(stated) + 1
    assert found[0].chart.arl0 > 400


@pytest.mark.parametrize(
    ("samples", "every", "season"), [(60, 7, 0.0), (11, 7, 0.0), (36, 30, 0.0), (13, 91, 0.0), (21, 91, 0.3)]
)
def test_jumps_are_found_within_two_samples(samples: int, every: int, season: float) -> None:
    """Trap: the first sample of a jump teaches the chart that the second is usual; the season hides a jump."""
    jump = samples - 2
    found = charts(series_of(_many(40, samples, every, 6, jump, season)), given())
    within = sum(each.chart.start in (jump, jump + 1) for each in found)
    assert within >= 0.9 * len(found)


def test_a_slow_rise_of_one_site_alone_is_still_found() -> None:
    """Trap: what neighbours do not show is taken for the season as well."""
    samples = _many(5, 40, 7, 4) + run(_steps(40, 30, 0.5), 7, site="示例厂A")
    (rising,) = [each for each in charts(series_of(samples), given()) if each.series.site == "示例厂A"]
    assert rising.alarm and rising.up


def _steps(samples: int, rise: int, by: float) -> list[float]:
    draw = Random(11)
    return [40 * math.exp(draw.gauss(0, 0.2) + (by if place >= rise else 0)) for place in range(samples)]


def test_a_jump_stands_while_it_lasts() -> None:
    """Trap: the chart learns the jump and falls silent; the alarm is dated to its newest sample."""
    (of,) = charts(series_of(run([40, 43, 38, 41, 45, 39, 42, 300, 280, 310, 290, 305], 91)), given())
    assert of.chart.start == 7 and of.alarm and of.up
    (over,) = charts(series_of(run([40, 43, 38, 41, 45, 39, 42, 300, 280, 41], 91)), given())
    assert over.chart.start is None


def test_values_below_the_limit_raise_nothing_by_themselves() -> None:
    """Trap: half the limit is charted, so a better limit looks like a fall and a worse one like a rise."""
    limits = [2.0] * 8 + [10.0, 10.0, 0.5, 0.5]
    samples = [
        each for place, limit in enumerate(limits) for each in run([0.0] * 12, 91, limit)[place : place + 1]
    ]
    (of,) = charts(series_of(samples), given())
    assert not any(point.alarm for point in of.chart.points)
    assert all(point.z in (None, 0.0) for point in of.chart.points)
    (jumped,) = charts(series_of(run([0.0] * 10 + [60.0], 91, 2.0)), given())
    assert jumped.chart.start == 10, "thirty times the limit after ten samples below it"


def test_a_season_known_from_the_years_before_is_no_alarm() -> None:
    """Trap: each winter is news again."""
    draw = Random(3)
    values = [40 * math.exp(draw.gauss(0, 0.15)) * (3 if place % 4 == 0 else 1) for place in range(25)]
    (of,) = charts(series_of(run(values, 91)), given())
    assert not of.chart.points[-1].alarm
    (again,) = charts(series_of(run([*values[:-1], values[-1] * 4], 91)), given())
    assert again.chart.start == 24


def test_medicines_and_markers_are_charted_but_raise_no_alarm() -> None:
    """Trap: a flu wave passes for heroin: morphine is mostly medicine (reference F3)."""
    values = [40, 43, 38, 41, 45, 39, 42, 300, 280]
    (morphine,) = charts(series_of(run(values, 91, target="吗啡")), given())
    (heroin,) = charts(series_of(run(values, 91, target="O6-单乙酰吗啡")), given())
    assert morphine.chart.start == heroin.chart.start == 7
    assert not morphine.alarm and heroin.alarm


def test_a_decision_is_about_the_alarm_it_was_made_for() -> None:
    """Trap: an alarm rejected in spring silences the one of autumn."""
    item = {"at": "2024-09-01", "review": {"at": "2024-04-01T09:00:00+08:00", "decision": "rejected"}}
    assert decided_before(item)  # type: ignore[arg-type]  # only what it looks at
    item["review"] = {"at": "2024-09-01T09:00:00+08:00", "decision": "rejected"}
    assert not decided_before(item)  # type: ignore[arg-type]  # only what it looks at
