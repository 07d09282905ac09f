"""What a lead says for and against, in both languages: always of the vehicle, never of who drove it."""

from __future__ import annotations

from backend.contract.district.common import Reason, Rule, Subject
from backend.district.days import day_of, day_text
from backend.district.drivers.leads import BarredLead
from backend.district.drivers.parameters import Parameters
from backend.district.reasons import reason

LOST, TIED, SEEN = "licence_lost@1", "vehicle_tie@1", "passes_after_loss@1"
WINDOW, CLONE, HEAVY = "stop_window@1", "plate_clone@1", "heavy_class@1"
RULES: tuple[Rule, ...] = (
    {"id": LOST, "example": False, "source": "公安部令第162号第七十九条第六项"},
    {"id": TIED, "example": False, "source": "机动车登记、车辆使用登记"},
    {"id": SEEN, "example": False, "source": "GA/T 497-2009；过车只说明车辆"},
    {
        "id": CLONE,
        "example": False,
        "source": "GA/T 832-2014；华东师范大学学报 2018，10.3969/j.issn.1000-5641.2018.02.007",
    },
    {"id": WINDOW, "example": False, "source": "近几周同一卡口、方向、星期、半小时"},
    {"id": HEAVY, "example": False, "source": "公安部令第162号第十八条第四项"},
)


def who(found: BarredLead) -> Subject:
    """The person as a subject."""
    return {"label": "ResidentId", "id": found.person.id, "name": found.person.name}


def for_it(found: BarredLead, rule: Parameters) -> list[Reason]:
    """Why the vehicle is worth a look."""
    loss, rows = found.person.loss, [row for each in found.passes for row in each.evidence]
    days, cameras = (
        len({day_of(each.at) for each in found.passes}),
        len({each.camera for each in found.passes}),
    )
    lost, times = day_text(loss.lost_at), len(found.passes)
    of = f"（{loss.licence_class}）" if loss.licence_class else ""
    told = [
        reason(
            LOST,
            f"驾驶证{of}于 {lost} 因“{loss.reason}”失效，至查询日未恢复",
            f"The licence{f' ({loss.licence_class})' if loss.licence_class else ''} was lost on {lost} "
            f"({loss.reason}) and is not restored",
            loss.evidence,
            subject=who(found),
        ),
        _tie(found),
        reason(
            SEEN,
            f"此后该车过车 {times} 次，涉及 {days} 天、{cameras} 个卡口；过车只说明车辆，不说明由谁驾驶",
            f"Passes of the vehicle since: {times} (days: {days}, cameras: {cameras}); "
            "a pass tells of the vehicle, not of who drove it",
            rows,
            float(max(days, cameras)),
            rule.number("least_reads"),
        ),
    ]
    hits, chances = found.back_test
    if chances:
        weeks = int(rule.number("window_weeks"))
        told.append(
            reason(
                WINDOW,
                f"按更早几周推算的时段，在最近 {weeks} 周内 {chances} 次中出现 {hits} 次",
                f"Windows made from earlier weeks were hit {hits} of {chances} times in the last {weeks} weeks",
                rows,
                round(hits / chances, 3),
            )
        )
    return told


def _tie(found: BarredLead) -> Reason:
    if found.hold.kind == "owner":
        return reason(
            TIED, "该车登记所有人", "Registered owner of the vehicle", found.hold.evidence, subject=who(found)
        )
    basis = found.hold.basis or ""
    return reason(
        TIED, f"车辆使用依据：{basis}", f"Uses the vehicle: {basis}", found.hold.evidence, subject=who(found)
    )


def against(found: BarredLead) -> list[Reason]:
    """What speaks against it: others who may have driven, and reads that are not of this car."""
    told = []
    others = [
        each for each in found.vehicle.others(found.person.id) if _at_hand(found, each.first, each.last)
    ]
    if others:
        told.append(
            reason(
                TIED,
                f"另有 {len(others)} 人登记为所有人或使用人，可能由他人驾驶",
                f"Other owners or users of the vehicle: {len(others)}; somebody else may have driven",
                [row for each in others for row in each.evidence],
                float(len(others)),
            )
        )
    reads = found.reads
    if reads.in_custody:
        told.append(
            reason(
                SEEN,
                f"此人不可能驾驶的日子该车也过车 {reads.in_custody} 次：另有他人驾驶，这些过车未计入",
                f"The vehicle also passed {reads.in_custody} times on days this person cannot have driven: "
                "somebody else drives it; those passes are left out",
                (),
                float(reads.in_custody),
            )
        )
    return [*told, *_not_this_car(found), *_clone(found)]


def _at_hand(found: BarredLead, first: object, last: object) -> bool:
    """Whether a time of holding meets the time of the passes."""
    begin, end = day_text(found.passes[0].at) or "", day_text(found.passes[-1].at) or ""
    return (first is None or str(first) <= end) and (last is None or str(last) >= begin)


def _not_this_car(found: BarredLead) -> list[Reason]:
    reads, told = found.reads, []
    if reads.strange:
        told.append(
            reason(
                CLONE,
                f"{len(reads.strange)} 次过车的号牌颜色、车型、品牌或颜色与登记不符，未计入",
                f"{len(reads.strange)} passes differ from the register in plate colour, type, make or colour; "
                "left out",
                [row for each in reads.strange for row in each.evidence],
                float(len(reads.strange)),
            )
        )
    if reads.unsure:
        told.append(
            reason(
                SEEN,
                f"{reads.unsure} 次过车识别不可靠，未计入",
                f"{reads.unsure} passes were not read well enough; left out",
                (),
                float(reads.unsure),
            )
        )
    if count := sum(reads.neighbours.values()):
        told.append(
            reason(
                CLONE,
                f"{count} 次过车更可能是相差一字的号牌误识，未计入",
                f"{count} passes are better explained by a plate one character apart; left out",
                (),
                float(count),
            )
        )
    return told


_STATES = {
    "suspected_clone": ("疑似套牌", "the plate may be cloned"),
    "misread": ("误识", "one read is of another car"),
    "to_check": ("待核", "to be checked"),
}


def _clone(found: BarredLead) -> list[Reason]:
    told = found.told
    if told is None:
        return []
    zh, en = _STATES[told.state]
    rows = [row for each in told.odd for row in each.evidence]
    if told.jump is None:
        return [
            reason(
                CLONE,
                f"{zh}：外观不同的车多次使用此号牌；登记所有人不因此被怀疑",
                f"{en[:1].upper()}{en[1:]}: a car of other looks keeps coming under it; the registered owner is not suspected",
                rows,
            )
        ]
    jump = told.jump
    return [
        reason(
            CLONE,
            f"{zh}：{jump.km:.1f} 公里仅隔 {jump.seconds:.0f} 秒，时速至少 {jump.least_kmh:.0f} 公里；登记所有人不因此被怀疑",
            f"{en[:1].upper()}{en[1:]}: {jump.km:.1f} km in {jump.seconds:.0f} s, at least {jump.least_kmh:.0f} km/h; "
            "the registered owner is not suspected",
            rows,
            round(jump.least_kmh, 2),
            None,
            "km/h",
        )
    ]


def missing(found: BarredLead, located: bool) -> list[Reason]:
    """What is not known and has to be asked before anything else."""
    car = found.vehicle.car
    told = [reason(SEEN, "由谁驾驶不明，须当场核实", "Who drove is not known; to be verified on the spot")]
    if not any(each.picture for each in found.passes):
        told.append(reason(SEEN, "过车无图片可核", "No picture of the passes to check"))
    if car.colour is None and car.brand is None:
        told.append(
            reason(
                CLONE,
                "登记中无品牌和车身颜色，无法比对",
                "The register gives neither make nor colour to compare",
            )
        )
    if not located:
        told.append(
            reason(CLONE, "卡口无坐标，无法判断车速", "Cameras without coordinates: speeds cannot be judged")
        )
    return told
