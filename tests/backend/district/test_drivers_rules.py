"""The rules of barred drivers one by one, with the worked examples of the reference (district.md, part D)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from backend.district.drivers.clones import enough, tell
from backend.district.drivers.custody import custody, inside
from backend.district.drivers.fit import Registered, judge
from backend.district.drivers.licences import Loss, for_drugs, loss_in_force, next_from
from backend.district.drivers.misreads import Neighbours, expected_false, neighbours
from backend.district.drivers.parameters import parameters
from backend.district.drivers.speed import Roads, clock_offsets, distance_km, jumps, kmh_between
from backend.district.drivers.ties import vehicle
from backend.district.drivers.windows import held_out, windows
from backend.district.passes import Pass, Trips, passes_in
from graph_schema.beijing import BEIJING
from tests.backend.district.test_deliveries import at

ON = dt.date(2024, 6, 30)
RULE = parameters(ON)
WORDS = RULE.words("drug_reason")
CAR = Registered("02", "小型轿车", "大众", "白")
WHERE = {"K1": (120.0, 30.0), "K2": (120.0, 30.0 + 12 / 111.19493), "K3": (120.0, 31.0)}
ROADS = Roads(WHERE, {}, {})


def seen(when: str, camera: str = "K1", **said: Any) -> Pass:
    """A pass; what it says beside its place is the register's unless told otherwise."""
    time = dt.datetime.fromisoformat(when).replace(tzinfo=BEIJING)
    looks = {"plate_colour": "蓝", "brand": "大众", "colour": "白", **said}
    return Pass("浙Z99A01|02", int(time.timestamp() * 1000), camera, **looks)


def test_twelve_km_in_300_s_with_the_clocks_error() -> None:
    """Trap (reference D4): 144 km/h, 143.05 to 144.97 with one second at each end; the clock's error left out."""
    least, most = kmh_between(12, 300, 1)
    assert (round(least, 2), round(most, 2)) == (143.05, 144.97)
    assert distance_km(WHERE["K1"], WHERE["K2"]) == pytest.approx(12, abs=0.001)
    [found] = jumps([seen("2024-06-03 10:00:00"), seen("2024-06-03 10:05:00", "K2")], ROADS, RULE)
    assert (round(found.kmh, 1), round(found.least_kmh, 2), found.seconds) == (144.0, 143.05, 300)
    told = tell([found.first, found.second], [], [found], RULE)
    assert told is not None and told.state == "to_check", "fast, but no proof of two cars"
    assert jumps([seen("2024-06-03 10:00:00"), seen("2024-06-03 10:06:05", "K2")], ROADS, RULE) == []


def test_a_road_on_which_all_drive_fast_is_no_clone() -> None:
    """Trap: one speed limit for all roads; here others take as long, or the camera's clock is ahead."""
    reads = [seen("2024-06-03 10:00:00"), seen("2024-06-03 10:05:00", "K2")]
    assert jumps(reads, Roads(WHERE, {("K1", "K2"): Trips(400, 320, 50)}, {}), RULE) == []
    assert jumps(reads, Roads(WHERE, {("K1", "K2"): Trips(900, 700, 50)}, {}), RULE)
    assert jumps(reads, Roads(WHERE, {}, {"K2": -120.0}), RULE) == []


def test_a_drifting_clock_is_found_by_its_neighbours() -> None:
    """Trap: a clock 90 s ahead makes honest cars fly one way and crawl the other; its neighbours are blamed."""
    trips = {}
    for a, b, seconds in (
        ("A", "B", 300),
        ("B", "C", 240),
        ("A", "C", 500),
        ("C", "D", 200),
        ("A", "D", 400),
    ):
        for start, end in ((a, b), (b, a)):
            ahead = 90 * ((end == "B") - (start == "B"))
            trips[start, end] = Trips(seconds + ahead, seconds * 0.8 + ahead, 40)
    assert clock_offsets(trips, 30) == {"B": 90}


@pytest.mark.parametrize(
    ("reason", "drugs"),
    [
        ("吸毒成瘾未戒除", True),
        ("被责令社区戒毒", True),
        ("长期服用依赖性精神药品成瘾尚未戒除", True),
        ("饮酒后驾驶", False),
        ("酒精中毒", False),
        ("非涉毒原因", False),
        ("未发现吸毒，体检不合格", False),
        ("", False),
        (None, False),
    ],
)
def test_only_licences_lost_for_drugs(reason: str | None, drugs: bool) -> None:
    """Trap: 中毒 contains 毒; a denial counts as its contrary; an unstated reason is guessed."""
    assert for_drugs(reason, WORDS) is drugs


def test_dates_of_the_register_both_ways() -> None:
    """Trap: a restored licence still bars; restored in another row; in order without a date; lost anew."""
    lost = {"lost_at": at("2024-03-01"), "reason": "吸毒", "state": "注销", "licence_class": "C1"}
    assert loss_in_force([lost], dt.date(2024, 2, 29), WORDS) is None
    found = loss_in_force([lost], dt.date(2024, 3, 1), WORDS)
    assert found is not None and next_from(found, None, 3) == dt.date(2027, 3, 1)
    assert next_from(found, dt.date(2026, 2, 28), 3) == dt.date(2029, 2, 28), "three years from release"
    back: dict[str, Any] = {"restored_at": at("2024-05-01"), "state": "正常"}
    assert loss_in_force([{**lost, "restored_at": at("2024-05-01")}], dt.date(2024, 5, 1), WORDS) is None
    assert loss_in_force([lost, back], ON, WORDS) is None
    assert loss_in_force([lost, back], dt.date(2024, 4, 30), WORDS) is not None
    assert loss_in_force([lost, {"state": "正常"}], ON, WORDS) is None
    again = {**lost, "lost_at": at("2024-06-01")}
    anew = loss_in_force([lost, back, again], ON, WORDS)
    assert anew is not None and anew.lost_at == at("2024-06-01")


def test_the_day_of_loss_itself_tells_nothing() -> None:
    """Trap (reference D4): cancelled 2024-03-01, pass 2024-02-29; and the drive he was caught on."""
    loss = Loss("C1", "注销", at("2024-03-01"), "吸毒", ())
    assert [loss.after(seen(f"{day} 09:00:00").at) for day in ("2024-02-29", "2024-03-01", "2024-03-02")] == [
        False,
        False,
        True,
    ]
    timed = Loss("C1", "注销", seen("2024-03-01 08:00:00").at, "吸毒", ())
    assert timed.after(seen("2024-03-01 09:00:00").at)


def test_days_in_custody() -> None:
    """Trap: no date of release means free; a suspension of 社区戒毒 is detention; a known release is ignored."""
    spans = custody(
        [
            {"kind": "强制隔离戒毒", "decided_at": at("2022-03-01"), "ended_at": at("2023-03-01")},
            {"kind": "强制隔离戒毒", "decided_at": at("2024-02-29")},
            {
                "kind": "社区戒毒",
                "decided_at": at("2023-05-01"),
                "suspended_from": [at("2023-06-01")],
                "suspended_to": [at("2023-06-14")],
            },
        ],
        [{"arrested_at": at("2023-10-01"), "measure": "刑事拘留"}, {"arrested_at": None, "measure": "逮捕"}],
        RULE,
    )
    days = {
        "2022-02-28": False,
        "2023-03-01": True,
        "2023-03-02": False,
        "2023-06-14": True,
        "2023-06-15": False,
        "2023-11-06": True,
        "2023-11-07": False,
        "2024-02-29": True,
        "2026-02-28": True,
        "2026-03-01": False,
    }
    assert {day: inside(spans, dt.date.fromisoformat(day)) for day in days} == days


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({}, "fits"),
        ({"confidence": 0.97}, "fits"),
        ({"confidence": 97.0}, "fits"),
        ({"confidence": 0.41}, "unsure_read"),
        ({"plate_colour": "绿"}, "differs"),
        ({"plate_colour": None, "brand": None, "colour": None}, "fits"),
        ({"colour": "黑"}, "differs"),
        ({"colour": "银"}, "fits"),
        ({"colour": "银", "brand": None}, "unclear"),
        ({"brand": "上汽大众"}, "fits"),
        ({"brand": "未识别", "colour": "其他"}, "fits"),
        ({"brand": "宝马"}, "differs"),
        ({"vehicle_type": "轿车"}, "fits"),
        ({"vehicle_type": "重型货车"}, "differs"),
    ],
)
def test_a_pass_fits_the_register(said: dict[str, Any], verdict: str) -> None:
    """Trap: silver under a lamp; a word nobody knows speaks against; 97 read as more than certain."""
    assert judge(seen("2024-06-03 10:00:00", **said), CAR, RULE) == verdict


def test_one_odd_read_is_a_misread_and_many_are_a_clone() -> None:
    """Trap: one misread among many makes a clone, or the misread counts as his; a clone blames the owner."""
    days = [seen(f"2024-06-{day:02} 10:00:00") for day in range(3, 15)]
    odd = seen("2024-06-05 10:10:00", "K3")
    one = [*days, odd]
    told = tell(one, [], jumps(one, ROADS, RULE), RULE)
    assert told is not None and (told.state, told.out) == ("misread", (odd,))
    many = [*days, *(seen(f"2024-06-{day:02} 10:10:00", "K3") for day in range(3, 8))]
    clone = tell(many, [], jumps(many, ROADS, RULE), RULE)
    assert clone is not None and clone.state == "suspected_clone"
    black = [seen(f"2024-06-{day:02} 23:10:00", "K3", colour="黑", brand="宝马") for day in range(3, 8)]
    other = tell(days, black, [], RULE)
    assert other is not None and (other.state, other.jump) == ("suspected_clone", None)
    assert tell(days, black[:1], [], RULE) is None, "one strange look is left out without more"
    assert enough(days, RULE) and not enough(days[:1], RULE)
    assert not enough([days[0], seen("2024-06-03 10:00:30")], RULE), "the same camera on the same day"


def test_a_neighbour_one_character_apart_explains_a_read() -> None:
    """Trap (reference D3): a commuter's plate misread now and then is taken for the barred one."""
    other = "浙Z99A07|02"
    assert other in neighbours("浙Z99A01|02") and "浙Z99A01|02" not in neighbours("浙Z99A01|02")
    assert all(each.endswith("|02") for each in neighbours("浙Z99A01|02"))
    regular = [(other, seen(f"2024-06-{day:02} 07:41:00").at, "K1") for day in (3, 4, 6, 7)]
    near = Neighbours(regular)
    assert near.explains(seen("2024-06-05 07:40:00")) == other, "missing on just this day"
    assert near.explains(seen("2024-06-06 07:30:00")) is None, "both came"
    assert near.explains(seen("2024-06-06 07:41:02")) == other, "one car read twice"
    assert near.explains(seen("2024-06-05 07:40:00", "K2")) is None
    assert near.explains(seen("2024-06-05 17:40:00")) is None


def test_expected_false_reads() -> None:
    """Trap (reference D3): 104 false single reads a month with 200 plates; with looks and two reads 0.6."""
    month = (200, 20, 60, 0.10, 1 / 230)
    assert round(expected_false(*month, 1.0, 1)) == 104
    assert round(expected_false(*month, 0.15, 2), 1) == 0.6


def test_owners_follow_each_other_by_date() -> None:
    """Trap: plates after a sale are still the old owner's; two owners without dates are both blamed."""
    sold = vehicle(
        {"vehicle_id": "浙Z99A01|02"},
        [
            {"tie": "owner", "person": "A", "name": "甲", "from_at": at("2020-01-01")},
            {"tie": "owner", "person": "B", "name": "乙", "from_at": at("2024-01-01")},
        ],
    )
    [old], [new] = sold.of("A"), sold.of("B")
    assert old.last == dt.date(2023, 12, 31) and new.last is None and not sold.disputed
    undated = vehicle(
        {"vehicle_id": "浙Z99A01|02"}, [{"tie": "owner", "person": "A"}, {"tie": "owner", "person": "B"}]
    )
    assert undated.disputed


def test_windows_hold_in_weeks_they_were_not_made_from() -> None:
    """Trap: a window at the edge of two half hours; weeks in custody counted as misses; a chance pass makes one."""
    mondays = [dt.date(2024, 4, 1) + dt.timedelta(days=7 * week) for week in range(13)]
    reads = [seen(f"{day} 07:{28 + (n * 5) % 7}:00", direction="由西向东") for n, day in enumerate(mondays)]
    stray = [
        seen("2024-06-12 13:00:00", direction="由西向东"),
        seen("2024-06-19 13:40:00", direction="由西向东"),
    ]
    [found] = windows([*reads, *stray], ON, lambda day: True, RULE)
    assert (found.weekday, found.hits, found.of) == (1, 6, 6)
    assert found.first <= 7 * 60 + 28 and found.last >= 7 * 60 + 34 and found.last - found.first == 29
    assert held_out(reads, ON, lambda day: True, RULE) == (6, 6)
    away = dt.date(2024, 6, 3)
    kept = [read for read in reads if read.at != reads[9].at]
    [fewer] = windows(kept, ON, lambda day: day != away, RULE)
    assert (fewer.hits, fewer.of) == (5, 5), "a week he could not come is not looked at"


def test_a_few_cloned_plates_make_no_road_fast(tmp_path: Path) -> None:
    """Trap: three cars with cloned plates pass two far cameras eight times each; their times are taken for the road's."""
    reads = [
        {"vehicle": f"宁Z0000{car}|02", "at": day * 86_400_000 + second * 1000, "camera": camera}
        for car in range(3)
        for day in range(8)
        for camera, second in (("K1", 0), ("K2", 120))
    ]
    folder = tmp_path / "facts"
    (folder / "passes" / "day=2025-01-01").mkdir(parents=True)
    table = pa.Table.from_pylist([{**read, "at_precision": "second"} for read in reads])
    pq.write_table(table, folder / "passes" / "day=2025-01-01" / "0.parquet")
    with passes_in([folder]) as passes:
        trips = passes.trips()
    assert trips["K1", "K2"].vehicles == 3
    pair = [Pass("宁Z00000|02", 0, "K1"), Pass("宁Z00000|02", 120_000, "K2")]
    assert jumps(pair, Roads(WHERE, trips, {}), RULE)
