"""The loop of leads: a unit accepts a lead and answers it; what came of each rule. Each call leaves one audit record."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Sequence

from backend.contract import watches as contract
from backend.contract.district.common import AskedOf
from backend.district.answering import Listing, envelope
from backend.district.days import day_of, day_text
from backend.district.leads.course import Course, courses, end_of, result_of
from backend.district.leads.limits import limits_on
from backend.district.leads.yields import yields
from backend.district.rules import rules
from backend.district.words import RESULTS
from backend.judgements import ledger
from backend.reviews.answers import judge
from backend.security.audited import audited
from backend.watches.answers import described
from graph_schema import beijing
from graph_schema.errors import Conflict, InputError
from graph_schema.language import Text
from graph_schema.store import Row, Store, Viewer

BY_HAND, CLUE = "by_hand@1", "clue@1"
MOST_PERSONS = 10_000


@audited("lead.accept", "lead_id", changes=True)
def accept_lead(store: Store, viewer: Viewer, lead_id: str, reason: str = "") -> contract.OneLead:
    """The unit has received a lead that was sent to it. Raises ``Conflict`` where it was not sent or is accepted."""
    stands = described(store, viewer, lead_id)["lead"]["status"]
    if stands != "sent":
        raise Conflict(
            Text(
                "只有已下发、尚未签收的线索可以签收。",
                "Only a lead that was sent and not accepted yet can be.",
            )
        )
    judge(store, viewer, "lead", "accepted", [lead_id], reason.strip() or "签收")
    return described(store, viewer, lead_id)


@audited("lead.answer", "lead_id", changes=True)
def answer_lead(
    store: Store, viewer: Viewer, lead_id: str, result: str, *, reason: str = "", persons: int | None = None
) -> contract.OneLead:
    """What the unit found: 查实, 部分查实, 查否, 无法核实 or 重复, and how many persons were dealt with.

    Raises ``InputError`` for any other result, ``Conflict`` where the lead waits for no answer.
    """
    code = result_of(result)
    if code is None:
        words = "、".join(RESULTS)
        raise InputError(
            Text(
                f"结果应为 {words}：{result}",
                f"the result is one of {', '.join(RESULTS.values())}, not {result}",
            )
        )
    if persons is not None and not 0 <= persons <= MOST_PERSONS:
        raise InputError(Text("处理人数不对。", "The number of persons cannot be right."))
    stands = described(store, viewer, lead_id)["lead"]["status"]
    if stands not in ("sent", "accepted", "answered", "sent_back"):
        raise Conflict(Text("线索尚未下发，或已办结。", "The lead was not sent yet, or is closed."))
    seen = {"result": code, **({"persons": persons} if persons is not None else {})}
    judge(store, viewer, "lead", "answered", [lead_id], reason.strip() or result.strip(), seen=seen)
    return described(store, viewer, lead_id)


@audited("lead.rules")
def lead_rules(store: Store, viewer: Viewer, asked: Listing | None = None) -> contract.LeadRules:
    """Yield and precision of every rule, on leads and clues sent out within the period."""
    listing = asked or Listing()
    today = beijing.now().date()
    end = end_of(listing.on) if listing.on else int(time.time() * 1000)
    ways = [
        (named, way)
        for named, way in [*_leads(store, viewer, today, end), *_clues(store, viewer, today, end)]
        if listing.within(day_text(way.sent_at or way.answered_at or way.judged_at))
        and listing.unit in (None, way.unit)
    ]
    found = yields(ways, end)
    shown = found if listing.limit is None else found[: listing.limit]
    options: AskedOf = listing.asked()
    said = [rules("time_limits").said()]
    about = envelope(
        store, viewer, "leads rules", options, listing.on or today, said, len(shown), len(found) - len(shown)
    )
    return {**about, "items": shown}


Sent = Iterator[tuple[Sequence[str], Course]]


def _leads(store: Store, viewer: Viewer, today: dt.date, end: int) -> Sent:
    """Leads that were sent or judged, with the rules they came from."""
    entries = [each for each in ledger.entries(store, viewer, "lead") if each.at <= end]
    ways = courses(entries, limits_on(today))
    kinds = {row["watch"]["watch_id"]: row["watch"]["kind"] for row in store.read(viewer, "watch.all")}
    for row in store.read(viewer, "watch.leads", watch_id=None, timeout=60.0):
        way = ways.get(f"Lead:{row['lead']['lead_id']}")
        if way and (way.sent_at is not None or way.outcome is not None):
            yield _rules_of(row["lead"], kinds), way


def _rules_of(lead: Row, kinds: dict[str, str]) -> Sequence[str]:
    """The rules of a lead: those it was handed over with, else its watch, else by hand."""
    if lead.get("rule_ids"):
        return [str(rule) for rule in lead["rule_ids"]]
    return [f"watch_{kinds[lead['watch']]}@1"] if lead.get("watch") in kinds else [BY_HAND]


def _clues(store: Store, viewer: Viewer, today: dt.date, end: int) -> Sent:
    """The rows of 线索反馈: clues that were sent to a unit."""
    limits = limits_on(today)
    for row in store.read(viewer, "watch.clue_answers", timeout=60.0):
        sent = row["sent_at"]
        if sent is None or sent > end:
            continue
        accepted, answered = (
            at if at is not None and at <= end else None for at in (row["accepted_at"], row["answered_at"])
        )
        due = row["due_at"]
        hours = limits.answer.get("normal")
        by_rule = sent + round(hours * 3_600_000) if hours is not None else None
        yield (
            [CLUE],
            Course(
                unit=row["unit"],
                sent_at=sent,
                accept_by=sent + round(limits.accept * 3_600_000) if limits.accept is not None else None,
                accepted_at=accepted,
                due_at=end_of(day) if (day := day_of(due)) else by_rule,
                answered_at=answered,
                answer=result_of(row["result"] or "")
                if answered is not None or row["answered_at"] is None
                else None,
            ),
        )
