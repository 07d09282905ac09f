"""One seller's offers as an item: its clues, why they are joined, what speaks against it, what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backend.contract.district.clues import OfferItem, OfferJoin, OfferSubstance
from backend.contract.district.common import Reason, Rule, Subject
from backend.contract.person import Person
from backend.district.clues import needs
from backend.district.clues.joining import MOST_GROUPS, Bridge, ClueGroup, Join
from backend.district.clues.keys import Clue, Left
from backend.district.clues.needs import GroupKnown
from backend.district.days import day_of, day_text
from backend.district.reasons import reason
from graph_schema.language import Text

JOIN = "same_offer@1"
RULES: tuple[Rule, ...] = (
    {"id": JOIN, "example": False, "source": "先以账号、电话、收款账号、运单等串并，再以近似文本和图片"},
    {"id": needs.RULE, "example": False, "source": needs.SOURCE},
)
SAME_HOLDER_DAYS = 365
"""Days after which a phone number alone may be another person's."""
KINDS: Mapping[str, Text] = {
    "account": Text("账号相同", "same account"),
    "phone": Text("电话相同", "same phone"),
    "payee": Text("收款账号相同", "same payee"),
    "waybill": Text("运单号相同", "same waybill"),
    "file": Text("文件校验值相同", "same file digest"),
    "text": Text("文字相同或近似", "texts equal or nearly equal"),
    "picture": Text("图片相同或近似", "pictures equal or nearly equal"),
    "judged": Text("经人工认定为同一卖家", "judged to be one seller"),
}
POSTERS: Mapping[str, Text] = {
    "buyer": Text("求购信息，发布人不是卖家", "Somebody wants to buy; the poster is no seller"),
    "forwarder": Text(
        "转发的信息，不作为转发人的供货信息", "A forwarded post is no offer of who forwards it"
    ),
    "reporter": Text("举报材料，账号是举报人的", "A report; the account is the reporter's"),
    "officer": Text("公安机关或宣传账号", "An account of the police or of a campaign"),
}
LEFT: Mapping[str, Text] = {
    "courier": Text("快递人员电话，不作串并依据", "a courier's phone, joins nothing"),
    "buyer": Text("买家电话，不作串并依据", "a buyer's number, joins nothing"),
    "officer": Text("民警或举报电话，不作串并依据", "a number of the police, joins nothing"),
    "service": Text("服务号码，不作串并依据", "a service number, joins nothing"),
    "platform": Text("支付平台账户，不作串并依据", "an account of a payment platform, joins nothing"),
    "group": Text("群，不作串并依据", "a group, joins nothing"),
    "receiver": Text("收货人，不作串并依据", "a receiver, joins nothing"),
    "poster": Text("不是卖家的标识，不作串并依据", "not the seller's, joins nothing"),
    "masked": Text("号码不完整，不作串并依据", "not read whole, joins nothing"),
}


@dataclass(frozen=True)
class GroupContext:
    """What is known of a group beside its clues."""

    substances: tuple[OfferSubstance, ...] = ()
    persons: tuple[Person, ...] = ()
    known: GroupKnown = field(default_factory=GroupKnown)
    unverified: tuple[str, ...] = ()  # substances whose control date is to be verified


def item(group: ClueGroup, clues: Mapping[str, Clue], beside: GroupContext) -> OfferItem:
    """One group; its rank is that among all."""
    own = [clues[clue_id] for clue_id in group.clues]
    wanted = needs.needs(own, beside.substances, beside.known)
    accounts = dict.fromkeys(each.account for each in own if each.account and each.poster == "seller")
    return {
        "id": group.clues[0],
        "rank": 0,
        "score": float(len(group.clues)),
        "subjects": [_subject(each) for each in own],
        "reasons": [_reason(join) for join in group.joins],
        "against": _against(group, own),
        "missing": [*needs.missing(wanted), *_unverified(beside.unverified)],
        "review": None,
        "evidence": list(dict.fromkeys(row for each in own for row in each.rows)),
        "clues": list(group.clues),
        "accounts": list(accounts),
        "persons": list(beside.persons),
        "joined_by": [_joined(join) for join in group.joins],
        "substances": list(beside.substances),
        "case_needs": wanted,
        "last_on": max((day for each in own if (day := day_text(each.at))), default=None),
        "chains": [],
        "gangs": [],
    }


def _subject(clue: Clue) -> Subject:
    name = clue.props.get("platform_name")
    return {"label": "Clue", "id": clue.clue_id, "name": str(name) if name else None}


def _joined(join: Join) -> OfferJoin:
    return {"a": join.a, "b": join.b, "key": join.kind, "value": join.shown, "score": join.score}


def _reason(join: Join) -> Reason:
    words = KINDS[join.kind]
    said = f"：{join.shown}" if join.shown else ""
    return _told(
        f"{join.a} 与 {join.b} {words.zh}{said}",
        f"{join.a} and {join.b}: {words.en}{said.replace('：', ', ')}",
        join.evidence,
        join.score,
    )


def _told(
    zh: str, en: str, rows: Sequence[str], value: float | None = None, threshold: float | None = None
) -> Reason:
    return reason(JOIN, zh, en, rows, value, threshold)


def _against(group: ClueGroup, own: Sequence[Clue]) -> list[Reason]:
    found = [_bridge(bridge) for bridge in group.bridges]
    found += [_refused(join) for join in group.refused]
    days = {each.clue_id: day_of(each.at) for each in own}
    found += [each for join in group.joins if (each := _changed_hands(join, days)) is not None]
    for clue in own:
        if clue.poster in POSTERS:
            words = POSTERS[clue.poster]
            found.append(_told(f"{clue.clue_id}：{words.zh}", f"{clue.clue_id}: {words.en}", clue.rows))
    found += [_left(each) for each in dict.fromkeys(each for clue in own for each in clue.left)]
    return found


def _bridge(bridge: Bridge) -> Reason:
    shown, count = bridge.shared.shown, len(bridge.groups)
    some = bridge.groups[:MOST_GROUPS]
    rows = [row for clue in bridge.groups for row in bridge.shared.evidence.get(clue, ())]
    words = KINDS[bridge.shared.kind]
    return _told(
        f"{words.zh}：{shown}，涉及 {count} 组互不相关的线索（{'、'.join(some)} 等），视为共用，未经人工认定不作串并依据",
        f"{words.en}, {shown}: on {count} otherwise separate groups "
        f"({', '.join(some)} …), so shared; joins nothing until confirmed",
        rows,
        float(count),
        float(MOST_GROUPS),
    )


def _refused(join: Join) -> Reason:
    words = KINDS[join.kind]
    return _told(
        f"{join.a} 与 {join.b} {words.zh}（{join.shown}），但经人工认定不是同一卖家",
        f"{join.a} and {join.b}: {words.en} ({join.shown}), but judged not to be one seller",
        join.evidence,
        join.score,
    )


def _changed_hands(join: Join, days: Mapping[str, dt.date | None]) -> Reason | None:
    """A number given up is handed out again: long after, the same one may be another's."""
    a, b = days.get(join.a), days.get(join.b)
    if join.kind != "phone" or a is None or b is None or (apart := abs((b - a).days)) <= SAME_HOLDER_DAYS:
        return None
    return _told(
        f"{join.a} 与 {join.b} 相隔 {apart} 天，电话 {join.shown} 可能已换人使用，须核机主起止时间",
        f"{join.a} and {join.b} are {apart} days apart: {join.shown} may have changed hands; ask since when it is held",
        join.evidence,
        float(apart),
        float(SAME_HOLDER_DAYS),
    )


def _left(left: Left) -> Reason:
    words = LEFT[left.why]
    return _told(f"{left.shown}：{words.zh}", f"{left.shown}: {words.en}", left.evidence)


def _unverified(names: Sequence[str]) -> list[Reason]:
    return [
        {
            **_told(f"{name} 的列管日期须以公报核实", f"The control date of {name} is to be verified", ()),
            "rule": "controlled_since",
        }
        for name in names
    ]


def ranked(groups: Sequence[ClueGroup], clues: Mapping[str, Clue]) -> list[ClueGroup]:
    """Most clues first, then the latest, then by number."""

    def last(group: ClueGroup) -> int:
        return max((clues[clue_id].at or 0 for clue_id in group.clues), default=0)

    return sorted(groups, key=lambda group: (-len(group.clues), -last(group), group.clues[0]))


def reached(clue: Clue, on: dt.date) -> bool:
    """Whether a clue had come in by the end of a day: by its receipt, else by its post."""
    day = day_text(clue.props.get("received_at") or clue.at)
    return day is None or day <= on.isoformat()
