"""Answers to questions, in the shape of the JSON contract, for the command line and the API alike.

Every function takes ``(store, viewer, …)``, returns a plain dictionary and leaves one audit record.
"""

from backend.answers.board import board
from backend.answers.buyers import buyers
from backend.answers.cases import case_page, cases
from backend.answers.chains import case_chains, chains
from backend.answers.coverage import coverage
from backend.answers.dealings import dealings
from backend.answers.endpoints import find_person
from backend.answers.evidence import checks, evidence, loads
from backend.answers.expand import among, expand, expand_counts
from backend.answers.explain import explain
from backend.answers.gang_measures import gang_measures
from backend.answers.gangs import gang_page, gangs
from backend.answers.lanes import lanes
from backend.answers.news import news
from backend.answers.objects import object_page, objects
from backend.answers.ordered import ordered
from backend.answers.paths import path
from backend.answers.patterns import patterns
from backend.answers.pending import pending
from backend.answers.persons import person_page, persons
from backend.answers.quantities import case_quantities, person_quantities
from backend.answers.runs import runs
from backend.answers.search import search
from backend.answers.series import series
from backend.answers.site_map import site_map, site_tiles
from backend.answers.suites import calls, money
from backend.answers.supplies import supplies
from backend.answers.whereabouts import whereabouts

__all__ = [
    "among",
    "board",
    "buyers",
    "calls",
    "case_chains",
    "case_page",
    "case_quantities",
    "cases",
    "chains",
    "checks",
    "coverage",
    "dealings",
    "evidence",
    "expand",
    "expand_counts",
    "explain",
    "find_person",
    "gang_measures",
    "gang_page",
    "gangs",
    "lanes",
    "loads",
    "money",
    "news",
    "object_page",
    "objects",
    "ordered",
    "path",
    "patterns",
    "pending",
    "person_page",
    "person_quantities",
    "persons",
    "runs",
    "search",
    "series",
    "site_map",
    "site_tiles",
    "supplies",
    "whereabouts",
]
