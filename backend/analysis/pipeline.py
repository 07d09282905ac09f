"""The one entry point of the analysis: facts in, results out, the same bytes for the same facts, seed and
weights.
"""

from __future__ import annotations

from collections.abc import Callable

from backend.analysis.cases.tiers import case_tiers, person_tiers, ranked_tiers, told_by_law
from backend.analysis.chains.ranking import find_chains
from backend.analysis.groups.damping import damped
from backend.analysis.groups.detection import find_gangs
from backend.analysis.groups.ties import gang_graph, selling_together
from backend.analysis.identity.hands import score_as_one
from backend.analysis.identity.same_holder import counted_as
from backend.analysis.model.facts import Facts
from backend.analysis.model.results import (
    Previous,
    Results,
)
from backend.analysis.model.weights import Weights, default_weights
from backend.analysis.supply.intermediaries import lot_links, owner_links, payee_links, runner_links
from backend.analysis.supply.scoring import supply_edges, unlikely_pairs

Progress = Callable[[str], None]


def run(
    facts: Facts,
    seed: int = 7,
    weights: Weights | None = None,
    previous: Previous | None = None,
    progress: Progress | None = None,
) -> Results:
    """Supplies, helpers, gangs, tiers and chains of one view. Holders that are probably one person are
    counted as one for supplies, gangs and chains, not for what a person is charged with.

    ``seed`` feeds the community search only. ``previous`` keeps gang ids; ``progress`` hears the name of each
    stage.
    """
    weights = weights or default_weights()
    tell = progress or (lambda _: None)
    tell("persons")
    given = facts
    same = counted_as(facts)
    charged = person_tiers(facts)
    tell("supplies")
    facts, scored, same = score_as_one(facts, same, weights)
    supplies = supply_edges(scored, weights)
    tell("helpers")
    payees, runners, owners = payee_links(scored), runner_links(scored), owner_links(scored)
    tell("gangs")
    people = scored.scene.people
    graph = gang_graph(facts, people, supplies, payees, runners, lot_links(scored))
    gangs, cut = find_gangs(facts, people, graph, payees, runners, seed, previous)
    tell("chains")
    tiers = case_tiers(facts)
    ranked = ranked_tiers(facts, tiers)
    cases = told_by_law(
        find_chains(facts, people, ranked, supplies, payees, owners, gangs, weights.arrival), tiers
    )
    return Results(
        rules=weights.version,
        seed=seed,
        supplies=supplies,
        unlikely=unlikely_pairs(scored, weights),
        payees=payees,
        runners=runners,
        owners=owners,
        gangs=gangs,
        cases=cases,
        persons=charged,
        cut=cut,
        damped=damped(given, selling_together(facts, people)),
        counted=same,
    )
