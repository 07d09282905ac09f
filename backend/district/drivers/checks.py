"""What is wrong with the data barred drivers are judged from, and who of heavy classes needs a look at the register."""

from __future__ import annotations

from collections.abc import Iterable

from backend.contract.district.common import Finding
from backend.district.drivers.clones import tell
from backend.district.drivers.fit import judge
from backend.district.drivers.licences import contradicted, for_drugs
from backend.district.drivers.speed import jumps
from backend.district.drivers.ties import Vehicle
from backend.district.drivers.told import DriverData, lost_on
from graph_schema.store import Props

_COMMUNITY = ("社区戒毒", "强制隔离戒毒", "社区康复")


def findings(told: DriverData, heavy: Iterable[Props], see_care: bool) -> list[Finding]:
    """All findings: register, vehicles, plates, cameras, heavy classes."""
    found = [each for person in sorted(told.entries) for each in _register(told, person)]
    found += [each for car in told.vehicles for each in _vehicle(told, car)]
    found += [
        _finding(
            "clock_drift",
            f"卡口时钟约{'快' if ahead > 0 else '慢'} {abs(ahead):.0f} 秒，判断车速时已校正",
            f"The clock of this camera is about {abs(ahead):.0f} s {'ahead' if ahead > 0 else 'behind'}; "
            "put right where speeds are judged",
            camera,
        )
        for camera, ahead in sorted(told.drift.items())
    ]
    found += [
        _finding(
            "two_places",
            f"卡口坐标前后不一，相距 {km:.1f} 千米，未用于判断车速",
            f"This camera stands at places {km:.1f} km apart; no speed is judged by it",
            camera,
        )
        for camera, km in told.moved.items()
    ]
    passed = {read.camera for reads in told.reads.values() for read in reads}
    found += [
        _finding(
            "no_coordinates",
            "卡口无坐标，无法判断车速",
            "No coordinates of this camera: speeds cannot be judged",
            camera,
        )
        for camera in sorted(passed - set(told.roads.where) - set(told.moved))
    ]
    return [*found, *_heavy(heavy, see_care)]


def _finding(code: str, zh: str, en: str, about: str, rows: Iterable[str] = ()) -> Finding:
    return {"code": code, "zh": zh, "en": en, "id": about, "evidence": list(dict.fromkeys(rows))}


def _register(told: DriverData, person: str) -> list[Finding]:
    entries, found = told.entries[person], []
    rows = [row for each in entries for row in each.get("evidence") or ()]
    words = told.rule.words("drug_reason")
    if any(
        lost_on(each) and not each.get("reason") and not for_drugs(each.get("state"), words)
        for each in entries
    ):
        found.append(
            ("no_reason", "注销原因未写，不能认定涉毒", "No reason for the loss: drugs cannot be told")
        )
    if contradicted(entries, told.on) and any(for_drugs(each.get("reason"), words) for each in entries):
        found.append(
            (
                "state_contradicts",
                "注销后状态为正常，无恢复日期，未列为线索",
                "Lost, yet in order, without a date of restoration; no lead is made",
            )
        )
    if any(each.get("restored_at") and each["restored_at"] < (each.get("lost_at") or 0) for each in entries):
        found.append(("restored_before_lost", "恢复日期早于注销日期", "Restored before it was lost"))
    return [_finding(code, zh, en, person, rows) for code, zh, en in found]


def _vehicle(told: DriverData, car: Vehicle) -> list[Finding]:
    rows = [row for each in car.holds for row in each.evidence]
    found = []
    if not any(each.kind == "owner" for each in car.holds):
        found.append(("not_registered", "机动车登记中无此车", "The register of vehicles does not have it"))
    if car.disputed:
        found.append(
            (
                "two_owners",
                "登记所有人不止一人，先后不明",
                "More than one registered owner, in no known order",
            )
        )
    if car.gone:
        found.append(
            (
                "not_at_hand",
                f"车辆状态为“{car.status}”，未列为线索",
                f"Its status is “{car.status}”; no lead is made",
            )
        )
    reads = told.reads.get(car.id, ())
    verdicts = {read: judge(read, car.car, told.rule) for read in reads}
    fitting = [read for read, verdict in verdicts.items() if verdict == "fits"]
    strange = [read for read, verdict in verdicts.items() if verdict == "differs"]
    plate = tell(fitting, strange, jumps([*fitting, *strange], told.roads, told.rule), told.rule)
    if plate is not None and plate.state == "suspected_clone":
        found.append(
            (
                "plate_clone",
                "疑似套牌；登记所有人不因此被怀疑",
                "The plate may be cloned; the registered owner is not suspected",
            )
        )
        rows = [row for read in plate.odd for row in read.evidence]
    return [_finding(code, zh, en, car.id, rows) for code, zh, en in found]


def _heavy(rows: Iterable[Props], see_care: bool) -> list[Finding]:
    """Holders of heavy classes with a record of treatment: to whoever may see care; else of case data alone."""
    found = []
    for row in rows:
        controls = [each for each in row["controls"] if any(word in each for word in _COMMUNITY)]
        regimes = [each for each in row["regimes"] if any(word in each for word in _COMMUNITY)]
        if controls or (regimes and see_care):
            found.append(
                _finding(
                    "heavy_class",
                    f"持 {row['licence_class']} 且有戒毒措施记录：按公安部令第162号第十八条第四项核查",
                    f"Holds {row['licence_class']} with a record of treatment: to be checked by order 162 art. 18(4)",
                    row["person"],
                    row["evidence"],
                )
            )
    return found
