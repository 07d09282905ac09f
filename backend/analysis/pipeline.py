"""The entry point of the analysis: facts in, results out; the same facts, seed and weights give the same
bytes.

Stages in order, each a package that imports from those before it only:

1. ``identity``: holders of one name, or of successive numbers, count as one;
2. ``correlation``: who is in touch with whom around which payments;
3. ``attribution``: who is behind the accounts that are paid;
4. ``identity`` again: holders whom only these payments show to be one person; then 2 and 3 again, until
   nothing more is found;
5. ``supply``: candidates, features, signals, scores; intermediaries;
6. ``groups``: ties, gangs, roles (with measures of ``network``);
7. ``chains``, with tiers of ``cases``: from each case upwards.
"""

from __future__ import annotations

from collections.abc import Callable

from backend.analysis.attribution.attribute import Attributed, attribute
from backend.analysis.cases.tiers import case_tiers, person_tiers, ranked_tiers, told_by_law
from backend.analysis.chains.ranking import find_chains
from backend.analysis.correlation.correlate import Correlated, correlate
from backend.analysis.groups.damping import damped
from backend.analysis.groups.detection import find_gangs
from backend.analysis.groups.ties import gang_graph, selling_together
from backend.analysis.identity.counting import counted
from backend.analysis.identity.hands import added, hands_behind
from backend.analysis.identity.same_holder import counted_as
from backend.analysis.model.facts import Facts
from backend.analysis.model.gangs import Previous
from backend.analysis.model.parameters import whole_parameter
from backend.analysis.model.results import CountedAs, Results
from backend.analysis.model.weights import Weights, default_weights
from backend.analysis.supply.intermediaries import lot_links, owner_links, payee_links, runner_links
from backend.analysis.supply.scoring import Scored, score_supplies, supply_edges, unlikely_pairs

OnStage = Callable[[str], None]
ROUNDS = whole_parameter("pipeline.rounds")


def run(
    facts: Facts,
    seed: int = 7,
    weights: Weights | None = None,
    previous: Previous | None = None,
    progress: OnStage | None = None,
) -> Results:
    """Supplies, helpers, gangs, tiers and chains of one view. Holders that are probably one person are
    counted as one for supplies, gangs and chains, not for what a person is charged with.

    ``seed`` feeds the community search only. ``previous`` keeps gang ids; ``progress`` hears the name of each
    stage.
    """
    weights = weights or default_weights()
    tell = progress or (lambda _: None)
    tell("persons")
    charged = person_tiers(facts)
    tell("supplies")
    given = facts
    scored, same = scored_supplies(given, weights)
    facts, people = scored.seen.facts, scored.seen.people
    supplies = supply_edges(scored, weights)
    tell("helpers")
    payees, runners, owners = payee_links(scored), runner_links(scored), owner_links(scored)
    tell("gangs")
    graph = gang_graph(facts, people, supplies, payees, runners, lot_links(scored))
    tiers = case_tiers(facts)
    ranked = ranked_tiers(facts, tiers)
    gangs, cut = find_gangs(facts, people, ranked, graph, payees, runners, seed, previous)
    tell("chains")
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


def scored_supplies(facts: Facts, weights: Weights) -> tuple[Scored, tuple[CountedAs, ...]]:
    """Stages 1 to 5: every candidate with its score, and the holders that were counted for another."""
    seen, behind, same = identified(facts)
    return score_supplies(seen, behind, weights), same


def identified(facts: Facts) -> tuple[Correlated, Attributed, tuple[CountedAs, ...]]:
    """Stages 1 to 4: facts with all holders who are one person counted as one. Looked at again as long as that finds any: where
    a buyer's wallets and numbers are one, more have both in common.
    """
    same = counted_as(facts)
    seen = correlate(counted(facts, same))
    behind = attribute(seen)
    for _ in range(ROUNDS):
        more = hands_behind(seen, behind)
        if not more:
            break
        seen = correlate(counted(seen.facts, more))
        behind = attribute(seen)
        same = added(facts, same, more)
    return seen, behind, same
