"""Whether a pass fits the vehicle of the register: plate colour by kind, type, make, body colour, confidence.

What the camera does not say, or says in a word nobody knows, speaks neither for nor against. Colours that cameras
take for one another (silver for white) fit only beside something else that agrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from backend.district.drivers.parameters import Parameters
from backend.district.passes import Pass
from graph_schema.store import Props

FitVerdict = Literal["fits", "differs", "unclear", "unsure_read"]

_PLATE_COLOURS = ("黄绿", "蓝", "黄", "白", "黑", "绿")
_COLOURS = {
    **{name: name for name in ("白", "灰", "黄", "粉", "红", "紫", "绿", "蓝", "棕", "黑")},
    **{"银": "灰", "金": "黄", "香槟": "黄", "橙": "红", "褐": "棕", "咖啡": "棕", "青": "绿"},
    **dict(zip("ABCDEFGHIJ", ("白", "灰", "黄", "粉", "红", "紫", "绿", "蓝", "棕", "黑"), strict=True)),
}
_NEAR = {
    frozenset(pair)
    for pair in ("白灰", "灰黑", "灰蓝", "黑蓝", "红棕", "黄棕", "红粉", "红紫", "蓝紫", "白黄")
}
_UNKNOWN = ("其他", "其它", "未知", "不明", "未识别", "不确定", "无", "Z", "-")
_BODIES = {
    "摩托": ("摩托",),
    "挂": ("挂车",),
    "货": ("货车", "牵引", "皮卡", "自卸", "罐", "厢式"),
    "大客": ("大型客", "大型普通客", "公交", "大客", "中型客", "中型普通客", "大巴", "中巴"),
    "小客": ("轿车", "小型", "微型", "越野", "SUV", "MPV", "面包", "商务", "小客", "客车"),
}


@dataclass(frozen=True)
class Registered:
    """How the register describes a vehicle."""

    kind: str
    vehicle_type: str | None = None
    brand: str | None = None
    colour: str | None = None


def registered(vehicle: Props) -> Registered:
    """The description out of a vehicle's properties; its kind stands in its key."""
    kind = str(vehicle["vehicle_id"]).rpartition("|")[2]
    return Registered(kind, vehicle.get("vehicle_type"), vehicle.get("brand"), vehicle.get("colour"))


def judge(read: Pass, car: Registered, rule: Parameters) -> FitVerdict:
    """What a pass is worth as a pass of this very vehicle."""
    if read.confidence is not None and share(read.confidence) < rule.number("least_confidence"):
        return "unsure_read"
    said = features(read, car, rule)
    if "differs" in said.values():
        return "differs"
    if "near" in said.values() and "agrees" not in (said["brand"], said["type"]):
        return "unclear"
    return "fits"


def share(confidence: float) -> float:
    """A confidence as a share: 97 and 0.97 are the same."""
    return confidence / 100 if confidence > 1 else confidence


def features(read: Pass, car: Registered, rule: Parameters) -> dict[str, str | None]:
    """By feature: agrees, near, differs; None where one side says nothing."""
    return {
        "plate": _plate(read.plate_colour, rule.words_by_subject("plate_colour").get(car.kind)),
        "type": _same(_body(read.vehicle_type), _body(car.vehicle_type)),
        "brand": _brand(read.brand, car.brand),
        "colour": _colour(_base(read.colour), _base(car.colour)),
    }


def look(read: Pass) -> tuple[str | None, str | None, str | None, str | None]:
    """How the car of a pass looked: passes of one strange car look alike."""
    return _plate_word(read.plate_colour), _body(read.vehicle_type), _said(read.brand), _base(read.colour)


def _said(text: str | None) -> str | None:
    return None if text is None or not text.strip() or text.strip() in _UNKNOWN else text.strip()


@lru_cache(maxsize=4096)
def _plate_word(text: str | None) -> str | None:
    return next((word for word in _PLATE_COLOURS if word in (text or "").replace("底", "")), None)


def _plate(read: str | None, allowed: str | None) -> str | None:
    word = _plate_word(read)
    if word is None or allowed is None:
        return None
    return "agrees" if word in allowed.split("、") else "differs"


@lru_cache(maxsize=4096)
def _body(text: str | None) -> str | None:
    said = _said(text)
    if said is None:
        return None
    return next((body for body, words in _BODIES.items() if any(word in said for word in words)), None)


def _same(a: str | None, b: str | None) -> str | None:
    return None if a is None or b is None else "agrees" if a == b else "differs"


def _brand(read: str | None, register: str | None) -> str | None:
    a, b = ((_said(each) or "").removesuffix("牌").casefold() for each in (read, register))
    if not a or not b:
        return None
    return "agrees" if a in b or b in a else "differs"


@lru_cache(maxsize=4096)
def _base(text: str | None) -> str | None:
    said = _said(text)
    return None if said is None else next((base for word, base in _COLOURS.items() if word in said), None)


def _colour(read: str | None, register: str | None) -> str | None:
    if read is None or register is None:
        return None
    if read == register:
        return "agrees"
    return "near" if frozenset((read, register)) in _NEAR else "differs"
