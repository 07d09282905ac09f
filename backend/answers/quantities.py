"""Legal tier of a case, or of a person over all his cases, and which evidence is missing for the next one.

The tier is that of the versioned rule table (刑法 347, 法释〔2016〕8号); quantities of a person are added up over his cases
(347 para 7). What would lift it is counted, never assumed: seizures without a weight or without a rule, cases without any
seizure, and buyers and sales the money shows that no seizure stands for (347 para 4 with art. 4: 多次 or 多人).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import cast

from backend.analysis.cases.tiers import day_of
from backend.answers.cases import MOST_LISTED
from backend.answers.chains import no_case
from backend.answers.persons import no_person
from backend.answers.runs import Run, on_run
from backend.contract import cases as contract
from backend.security.audited import audited
from graph_schema.dictionaries import rate
from graph_schema.dictionaries.tiers import HEROIN_LARGE_G, HEROIN_MAJOR_G, Rating, Tier
from graph_schema.store import Parameters, Props, Store, Viewer

SEVERAL = 3
"""多次 and 多人: three times, three persons (法释〔2016〕8号 art. 4, read as practice does)."""
SHOWN_FROM = 0.5
"""Buyers count as candidates from this score of their supply."""
_OWN = "UPLINE_HOME/dictionaries/tiers.csv"
_NEXT: Mapping[str, tuple[Tier, float]] = {
    "packet": ("small", HEROIN_LARGE_G),
    "small": ("major", HEROIN_MAJOR_G),
}


@audited("quantities", "person_id")
@on_run
def person_quantities(store: Store, viewer: Viewer, run: Run, person_id: str) -> contract.PersonQuantities:
    """What was seized from a person over all his cases, its tier, and what is missing for the next one.

    Raises ``NotFound`` where the published run has no such person.
    """
    key = run.key(person_id)
    if not store.read(viewer, "person.one", key=key):
        raise no_person()
    seizures = store.read(viewer, "case.seized_from", key=key, limit=MOST_LISTED)
    cases = [row["case_no"] for row in store.read(viewer, "person.cases", key=key, limit=MOST_LISTED)]
    return {
        "person_id": person_id,
        **_answer(seizures, cases, _sales(store, viewer, [key])),
        "run": run.name,
    }


@audited("quantities", "case_no")
@on_run
def case_quantities(store: Store, viewer: Viewer, run: Run, case_no: str) -> contract.CaseQuantities:
    """What was seized in a case, its tier by weight, and what is missing for the next one. Raises ``NotFound``."""
    if not store.read(viewer, "case.one", case_no=case_no, run=run.run_id):
        raise no_case()
    asked: Parameters = {"case_no": case_no, "run": run.run_id, "limit": MOST_LISTED}
    seizures = [{**row, "case_no": case_no} for row in store.read(viewer, "case.seizures", **asked)]
    people = store.read(viewer, "case.people", **asked)
    dealing = [row["person"] for row in people if row["person"] and row["role_class"] == "dealing"]
    sales = _sales(store, viewer, sorted({run.key(person["person_id"]) for person in dealing}))
    return {"case_no": case_no, **_answer(seizures, [case_no], sales), "run": run.name}


def _sales(store: Store, viewer: Viewer, keys: list[str]) -> Props:
    """Candidate buyers of some persons, and direct payments of these to those."""
    return store.read(viewer, "supply.sales", keys=keys, min_score=SHOWN_FROM)[0]


def _answer(seizures: Sequence[Props], cases: Sequence[str], sales: Props) -> contract.Rated:
    grams: dict[str, float] = {}
    for row in seizures:
        each = row["seizure"]
        if each.get("net_g") and each.get("substance"):
            grams[each["substance"]] = grams.get(each["substance"], 0.0) + float(each["net_g"])
    total = {name: round(grams[name], 6) for name in sorted(grams)}
    days = [row["seizure"]["at"] for row in seizures if row["seizure"].get("at") is not None]
    on = day_of(max(days)) if days else dt.date.today()
    rating = rate(total, on)
    return {
        "tier": rating.tier,
        "grams": total,
        "on": on.isoformat(),
        "basis": cast(contract.TierBasis, rating.basis()),  # plain data of the rule table
        "next": _next(rating),
        "missing": _missing(seizures, cases, rating, sales),
        "evidence": list(dict.fromkeys(ref for row in seizures for ref in row["evidence"] or ())),
    }


def _next(rating: Rating) -> contract.NextTier | None:
    """The next tier: how much heroin equivalent is missing, and that much of each substance found so far."""
    if rating.tier not in _NEXT:
        return None
    tier, threshold = _NEXT[rating.tier]
    missing = round(threshold - rating.heroin_equivalent_g, 6)
    large = {rule.value: float(rule.extra["major_g"]) for rule in rating.rules}
    return {
        "tier": tier,
        "heroin_equivalent_g": missing,
        "of_substance_g": {
            name: round(missing * major / HEROIN_MAJOR_G, 6) for name, major in sorted(large.items())
        },
    }


def _missing(
    seizures: Sequence[Props], cases: Sequence[str], rating: Rating, sales: Props
) -> list[contract.MissingEvidence]:
    """Evidence that is not there and would count, each as a kind, how much of it, about what, and in words."""
    found: list[contract.MissingEvidence] = []

    def add(kind: contract.Lack, about: Sequence[str], zh: str, en: str) -> None:
        if about:
            found.append({"kind": kind, "count": len(about), "about": list(about), "zh": zh, "en": en})

    unweighed = [row["seizure"]["seizure_id"] for row in seizures if not row["seizure"].get("net_g")]
    unnamed = [row["seizure"]["seizure_id"] for row in seizures if not row["seizure"].get("substance")]
    seized_in = {row["case_no"] for row in seizures}
    bare = sorted(set(cases) - seized_in)
    add(
        "unweighed",
        unweighed,
        f"{len(unweighed)} 份缴获没有净重，未计入数量；补称量记录。",
        f"{len(unweighed)} seizures have no net weight and are not counted. Add the weighing record.",
    )
    add(
        "unnamed",
        unnamed,
        f"{len(unnamed)} 份缴获没有毒品种类，未计入；补鉴定意见。",
        f"{len(unnamed)} seizures name no substance and are not counted. Add the laboratory report.",
    )
    add(
        "unrated",
        rating.unrated,
        f"{'、'.join(rating.unrated)}：国家没有数量标准，未计入；本单位有标准的，写入 {_OWN}"
        "（工作台：管理，字典“数量档次”），否则由人工认定。",
        f"No national standard for {', '.join(rating.unrated)}: it is not counted. A standard of the site's own goes into "
        f"{_OWN} (workbench: Administration, dictionary of legal quantities); otherwise a person decides.",
    )
    add(
        "no_seizure",
        bare,
        f"{len(bare)} 起案件没有缴获登记；未经处理的贩卖数量应累计（刑法 347 条第 7 款）。",
        f"No seizure on record: {len(bare)} of the cases; unprocessed quantities add up (art. 347 para 7).",
    )
    buyers, times = int(sales["buyers"]), int(sales["times"])
    if rating.tier in ("packet", "unknown") and (buyers >= SEVERAL or times >= SEVERAL):
        add(
            "several",
            [str(each) for each in sales["ids"]],
            f"资金与通联显示下家候选 {buyers} 人、付款 {times} 次；如查实贩卖 {SEVERAL} 人或 {SEVERAL} 次以上，属情节严重"
            "（法释〔2016〕8号第四条），需下家证言与对应缴获。",
            f"Money and calls show {buyers} candidate buyers and {times} payments; {SEVERAL} persons or times, if proved, are "
            "grave circumstances (2016 interpretation, art. 4): the buyers' statements and matching seizures are needed.",
        )
    return found
