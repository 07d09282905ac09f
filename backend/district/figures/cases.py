"""Lists of case work: cases, persons caught and dealt with, registered users found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from backend.district.figures.entries import Counted, CountedPeriod, Entry, person, thing
from backend.district.figures.told import FactsAsOf, LinkRow
from graph_schema.language import Text

CRIMINAL = ("刑事拘留", "刑拘", "逮捕", "批捕", "取保", "监视居住", "直诉", "起诉")
"""What makes a suspect 打处 (刑拘, 逮捕, 取保, 直诉), once each."""
PROSECUTED = ("起诉", "移诉", "直诉")
GANG_FROM = 6


def _drugs(facts: FactsAsOf) -> dict[str, str]:
    """What was seized in each case."""
    found: dict[str, set[str]] = defaultdict(set)
    for leg in facts.legs:
        if leg.rel == "SEIZED_IN":
            seized = facts.one(leg.start)
            if seized and seized.props.get("substance"):
                found[leg.end].add(seized.props["substance"])
    return {case: "；".join(sorted(drugs)) for case, drugs in found.items()}


def _cases(facts: FactsAsOf, span: CountedPeriod, field: str) -> Iterator[Entry]:
    drugs = _drugs(facts)
    for case in facts.of("Case"):
        at = case.props.get(field)
        if span.holds(at) and case.props.get("opened_at") is not None:
            props = case.props
            made = thing(
                case, at, props.get("unit"), name=props.get("case_name"), kind=props.get("class_text")
            )
            yield _with(made, drugs.get(case.ref, ""))


def _with(entry: Entry, drug: str) -> Entry:
    return Entry(**{**entry.__dict__, "drug": drug})


def opened(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
    return _cases(facts, span, "opened_at")


def solved(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
    return _cases(facts, span, "closed_at")


def _suspects(facts: FactsAsOf, span: CountedPeriod, words: tuple[str, ...]) -> Iterator[Entry]:
    drugs = _drugs(facts)
    for leg in facts.legs:
        at = leg.props.get("arrested_at")
        if leg.rel != "INVOLVED_IN" or not span.holds(at) or leg.props.get("role_class") == "witness":
            continue
        if words and not _measured(leg, words):
            continue
        case = facts.one(leg.end)
        props = case.props if case else {}
        made = person(leg, at, props.get("unit"), (leg.evidence,), props.get("class_text"))
        yield _with(made, drugs.get(leg.end, ""))


def _measured(leg: LinkRow, words: tuple[str, ...]) -> bool:
    measure = str(leg.props.get("measure") or "")
    return any(word in measure for word in words) and "不起诉" not in measure


def caught(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
    return _suspects(facts, span, ())


def dealt_with(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
    return _suspects(facts, span, CRIMINAL)


def prosecuted(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
    return _suspects(facts, span, PROSECUTED)


def gangs(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
    """Cases in which at least six were dealt with; the day is that of the sixth."""
    by_case: dict[str, dict[str, LinkRow]] = defaultdict(dict)
    for leg in facts.legs:
        if leg.rel == "INVOLVED_IN" and leg.props.get("arrested_at") and _measured(leg, CRIMINAL):
            by_case[leg.end].setdefault(leg.person, leg)
    for ref, legs in sorted(by_case.items()):
        case = facts.one(ref)
        days = sorted(leg.props["arrested_at"] for leg in legs.values())
        if case and len(days) >= GANG_FROM and span.holds(days[GANG_FROM - 1]):
            yield thing(case, days[GANG_FROM - 1], case.props.get("unit"), name=case.props.get("case_name"))


def users_found(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
    """Rows of 涉毒人员 by the day and the unit that found the person."""
    for leg in facts.users:
        at = leg.props.get("found_at")
        if span.holds(at):
            made = person(leg, at, leg.props.get("found_unit"), (leg.evidence,))
            yield _with(made, str(leg.props.get("drug_kind") or ""))


LISTS = (
    Counted("立案案件数", Text("案件，按立案日期", "cases by the day opened"), opened),
    Counted("破案案件数", Text("案件，按破案日期", "cases by the day solved"), solved),
    Counted("抓获人数", Text("涉案人员，按到案日期", "persons by the day caught"), caught, persons=True),
    Counted(
        "打处人数",
        Text(
            "采取刑事强制措施或起诉的人员，按到案日期", "persons with a criminal measure, by the day caught"
        ),
        dealt_with,
        persons=True,
    ),
    Counted(
        "移送起诉人数",
        Text("强制措施栏记有起诉的人员，按到案日期", "persons prosecuted, by the day caught"),
        prosecuted,
        persons=True,
    ),
    Counted("打处六人以上团伙数", Text("打处六人以上的案件", "cases with six or more dealt with"), gangs),
    Counted(
        "查处吸毒人数",
        Text("涉毒人员，按查获日期", "registered users by the day found"),
        users_found,
        persons=True,
    ),
    Counted("查处吸毒人次", Text("查获次数，按查获日期", "times users were found"), users_found),
)
