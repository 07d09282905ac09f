"""Answers about the risk net: the list, one firm, what is wrong with the data, and the random share to measure against."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

from backend.contract.district.common import Checked, Reason
from backend.contract.district.risk import RiskChecked, RiskItem, Risks
from backend.district.answering import Listing, asked_day, cut, envelope, one, plain
from backend.district.risk.checking import findings
from backend.district.risk.items import items_of, two_sided
from backend.district.risk.looked import answered, checked, looks_of, reviews
from backend.district.risk.net import Net, net_on
from backend.district.risk.reading import district
from backend.district.risk.told import District
from backend.security.audited import audited
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

FIRM = Text("企业", "firm")
RANDOM = "random_inspection"
RANDOM_SHARE = 0.1
"""At least so much of a plan is drawn at random: only there a rule's precision is measured without its own bias."""


@dataclass(frozen=True)
class NetFilter:
    """What of the net a list shows: firms with facts of both sides, one-sided ones too, a random share beside them."""

    one_sided: bool = False
    plan: bool = False


LEADS = NetFilter()


@audited("risk.list")
def risk_list(store: Store, viewer: Viewer, asked: Listing, wanted: NetFilter = LEADS) -> Risks:
    """Firms that need a look; the unit is the park, the period bounds the days of their facts."""
    day = asked_day(store, viewer, asked.on)
    net = net_on(day)
    items, told, found = _items(store, viewer, day, net)
    parks = {firm.uscc: firm.park for firm in told.firms}
    pool = [each for each in items if asked.unit in (None, parks[each["uscc"]])]
    kept = [each for each in pool if (two_sided(each) or (wanted.one_sided and each["reasons"]))]
    kept = [each for each in kept if _within(each, told, net, asked)]
    shown, _ = cut(kept, asked.limit)
    if wanted.plan:
        shown += drawn(shown, pool, day, net)
    said = asked.asked(all=wanted.one_sided or None, plan=wanted.plan or None)
    about = envelope(store, viewer, "risk list", said, day, net.said(), len(shown), len(items) - len(shown))
    return {**about, "items": shown, "checked": found}


@audited("risk.show", "uscc")
def risk_show(store: Store, viewer: Viewer, uscc: str, *, on: dt.date | None = None) -> Risks:
    """One firm with its facts, or the absence of any. Raises ``NotFound``."""
    day = asked_day(store, viewer, on)
    net = net_on(day)
    items, _, found = _items(store, viewer, day, net)
    item = one(items, uscc.strip().upper(), FIRM)
    asked = plain({"id": uscc, "on": on})
    about = envelope(store, viewer, "risk show", asked, day, net.said(), 1, len(items) - 1)
    return {**about, "items": [item], "checked": found}


@audited("risk.check")
def risk_check(store: Store, viewer: Viewer, *, on: dt.date | None = None) -> Checked:
    """Gaps, impossible values, and rows that name a firm no table has."""
    day = asked_day(store, viewer, on)
    net = net_on(day)
    found = findings(
        district(store, viewer, day, net), net, store.read(viewer, "risk.strangers", timeout=60.0)
    )
    about = envelope(store, viewer, "risk check", plain({"on": on}), day, net.said(), len(found), 0)
    return {**about, "items": found}


def _items(
    store: Store, viewer: Viewer, day: dt.date, net: Net
) -> tuple[list[RiskItem], District, RiskChecked]:
    leads = answered(store, viewer)
    told = district(store, viewer, day, net, looks_of(leads))
    return items_of(told, net, reviews(store, viewer)), told, checked(leads)


def _within(item: RiskItem, told: District, net: Net, asked: Listing) -> bool:
    """Whether any month behind the facts of a firm lies in the period."""
    if asked.first is None and asked.last is None:
        return True
    rows = {row for each in item["reasons"] for row in each["evidence"]}
    firm = next(each for each in told.firms if each.uscc == item["uscc"])
    days = [month.at for month in firm.months if not rows.isdisjoint(month.evidence)]
    days += [deal.day for deal in told.deals if not rows.isdisjoint(deal.evidence)]
    days += [stay.first for stay in told.stays if not rows.isdisjoint(stay.evidence)]
    return any(asked.within(day.isoformat()) for day in days)


def drawn(shown: Sequence[RiskItem], pool: Sequence[RiskItem], day: dt.date, net: Net) -> list[RiskItem]:
    """Firms drawn at random to be inspected beside those listed; the same month draws the same firms."""
    count = math.ceil(RANDOM_SHARE * len(shown) / (1 - RANDOM_SHARE)) or 1
    listed = {each["uscc"] for each in shown}
    others = sorted(
        (each for each in pool if each["uscc"] not in listed), key=lambda each: _lot(each["uscc"], day)
    )
    reason: Reason = {
        "rule": f"{RANDOM}@{net.version}",
        "zh": "随机抽查，用于衡量各规则的查实率，不因任何异常",
        "en": "Drawn at random to measure the rules against; not for any anomaly",
        "value": None,
        "threshold": RANDOM_SHARE,
        "unit": "",
        "kind": "event",
        "evidence": [],
    }
    return [{**each, "reasons": [reason]} for each in others[:count]]


def _lot(uscc: str, day: dt.date) -> str:
    return hashlib.sha256(f"{day:%Y-%m}/{uscc}".encode()).hexdigest()
