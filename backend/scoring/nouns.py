"""How the answers of the district's nouns stand against what the demo planted: one line of figures per noun."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from backend.demo.nouns.drivers import LeadTruth
from backend.demo.nouns.tasks import WHOLE
from backend.demo.truth import NounTruth
from backend.demo.world import START
from backend.district.answering import ALL, Listing
from backend.district.care import answers as care
from backend.district.chemicals import answers as chemicals
from backend.district.clues import answers as clues
from backend.district.drivers import answers as drivers
from backend.district.figures import answers as figures
from backend.district.risk import answers as risk
from backend.district.tasks import answers as tasks
from backend.district.water import answers as water
from backend.scoring import care as care_score
from backend.scoring import chemicals as chemicals_score
from backend.scoring import clues as clues_score
from backend.scoring import drivers as drivers_score
from backend.scoring import tasks as tasks_score
from backend.scoring import water as water_score
from backend.scoring.risk import FIRST
from graph_schema.store import LOCAL, Store

Truth = Mapping[str, NounTruth]
NounFigures = dict[str, float]


def noun_scores(store: Store, truth: Truth) -> dict[str, NounFigures]:
    """Figures of each noun the demo has a truth for, asked on the day of the newest row."""
    return {noun: score(store, truth) for noun, score in SCORES.items() if noun in truth}


def _clues(store: Store, truth: Truth) -> NounFigures:
    items = clues.clues_list(store, LOCAL, ALL)["items"]
    told = truth["clues"]
    found = clues_score.score(items, told["sellers"], told["others"], told["tested"])
    return {
        "pairs": found.true,
        "precision": found.precision,
        "recall": found.recall,
        "others_joined": len(found.joined_others),
        "wrong_status": len(found.wrong_status),
    }


def _risk(store: Store, truth: Truth) -> NounFigures:
    first = {each["uscc"] for each in risk.risk_list(store, LOCAL, Listing(limit=FIRST))["items"]}
    planted = {each["uscc"] for each in truth["risk"] if each["what"] == "workshop"}
    share = len(first & planted) / (min(FIRST, len(planted)) or 1)
    return {"planted": len(planted), "among_first_20": share, "false_first": len(first - planted)}


def _chemicals(store: Store, truth: Truth) -> NounFigures:
    workshops = {each["uscc"] for each in truth["risk"] if each["what"] == "workshop"}
    items = [
        each
        for each in chemicals.chemicals_list(store, LOCAL, ALL)["items"]
        if each["kind"] != "balance" or each["company"] not in workshops  # what they divert is missing indeed
    ]
    found = chemicals_score.score(items, truth["chemicals"])
    planted = sum(found.planted.values())
    return {
        "planted": planted,
        "found": sum(found.found.values()) / planted if planted else 1.0,
        "false": found.false_share,
        "clean_named": found.clean_named,
    }


def _drivers(store: Store, truth: Truth) -> NounFigures:
    answer = drivers.drivers_list(store, LOCAL, ALL)
    on = date.fromisoformat(answer["on"][:10])
    found = drivers_score.score(answer["items"], [LeadTruth(**each) for each in truth["drivers"]], on)
    return {"planted": found.planted, "found": found.recall, "blamed": len(found.blamed)}


def _care(store: Store, truth: Truth) -> NounFigures:
    told = care_score.truth_of(truth["care"])
    answer = care.care_list(store, LOCAL, Listing(date.fromisoformat(told.on)))
    found = care_score.score(answer["items"], answer["campaigns"], told)
    return {"persons": found.persons, "due_days": found.days, "wrong": len(found.wrong)}


def _water(store: Store, truth: Truth) -> NounFigures:
    planted = [
        water_score.PlantedJump(each["site"], each["target"], each["days"], each["what"] == "disposal")
        for each in truth["water"]["jumps"]
        if each["what"] in ("use", "disposal")
    ]
    items = water.water_list(store, LOCAL, ALL)["items"]
    found = water_score.score(items, planted, truth["water"]["sewers"], truth["water"]["firms"])
    return {
        "planted": found.planted,
        "found": found.recall,
        "false": len(found.wrong),
        "next_manhole": found.right,
    }


def _tasks(store: Store, truth: Truth) -> NounFigures:
    told = truth["tasks"]
    on = date.fromisoformat(told["on"])
    units = [
        {**each, "units": {unit: value for unit, value in each["units"].items() if unit != WHOLE}}
        for each in told["figures"]  # in the whole other nouns' problems and inspections count too
    ]
    found = tasks_score.score(
        {**told, "figures": units},
        tasks.tasks_list(store, LOCAL, Listing(on))["items"],
        figures.figures_list(store, LOCAL, Listing(on))["items"],
        figures.figures_list(store, LOCAL, Listing(on, START.date(), on))["items"],
        tasks.tasks_check(store, LOCAL, on=on)["items"],
    )
    return {
        "tasks": found.tasks,
        "values": found.values,
        "sums": found.sums,
        "reports_told": found.told,
        "coverage": found.covered,
    }


SCORES: Mapping[str, Callable[[Store, Truth], NounFigures]] = {
    "clues": _clues,
    "risk": _risk,
    "chemicals": _chemicals,
    "drivers": _drivers,
    "care": _care,
    "water": _water,
    "tasks": _tasks,
}
