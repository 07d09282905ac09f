"""How good an answer is: the command line's JSON held against a district's truth.

Persons of the JSON are found in the truth through their identifiers, unnamed holders too. A person who
holds identifiers of several true persons counts as the one most of them belong to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from backend.demo.score_people import Figures, Json, claims_on_innocents, gang_people, innocents, share
from backend.demo.truth import CaseTruth, OrganisationTruth, Truth

CHAINS = 3  # chains looked at per case
PERSONS = 8  # persons looked at per chain
THRESHOLD = 0.5  # of a supply that counts as claimed
OVERLAP = 0.5  # Jaccard from which a gang counts as found
BINS = 10


class Matcher:
    """Finds the true person behind a person of the JSON."""

    def __init__(self, truth: Truth, persons: Iterable[Json]) -> None:
        self._truth = {_bare(k): v for k, v in truth.identifiers().items()}
        self._residents = {_bare(p.resident_id): p.id for p in truth.persons}
        self._known = {str(p["id"]): p for p in persons}

    def find(self, person: Json) -> str | None:
        """The true person, or None where no identifier belongs to one."""
        whole = self._known.get(str(person.get("id")), person)
        for source in (person, whole):
            resident = self._residents.get(_bare(source.get("resident_id") or ""))
            if resident is not None:
                return resident
        numbers: set[str] = set()
        for source in (person, whole):
            numbers.update(map(_bare, [*(source.get("phones") or ()), *(source.get("accounts") or ())]))
        votes = Counter(self._truth[n] for n in sorted(numbers) if n in self._truth)
        return min(votes, key=lambda p: (-votes[p], p)) if votes else None


def score(
    truth: Truth, chains_json: Json, supplies_json: Json, gangs_json: Json, persons_json: Json
) -> Figures:
    """All figures; shares are 0 to 1, a figure is None where there was nothing to take it over.

    ``counts`` says over how many cases, edges or organisations each share was taken.
    """
    matcher = Matcher(truth, persons_json.get("persons", ()))
    figures: Figures = {"counts": {}}
    for part in (
        _chains(truth, chains_json.get("cases", ()), matcher),
        _supplies(truth, supplies_json.get("edges", ()), matcher),
        _gangs(truth, gangs_json.get("gangs", ()), matcher),
    ):
        figures["counts"].update(part.pop("counts"))
        figures.update(part)
    return figures


# -- chains --------------------------------------------------------------------------------------


def _chains(truth: Truth, cases: Iterable[Json], matcher: Matcher) -> Figures:
    answers = answers_of({"cases": cases})
    linked = [c for c in truth.cases if c.kind == "packet" and c.organisation is not None]
    shown = [c for c in linked if c.shown]
    with_major = [c for c in shown if c.major_cases]
    unrelated = [c for c in truth.cases if c.organisation is None]
    claims = _chain_claims(truth, answers, matcher)
    return {
        "organiser_in_top_three": share(meets(c, answers, matcher) for c in shown),
        "organiser_in_first": share(meets(c, answers, matcher, 1) for c in shown),
        "organiser_or_collector_in_three": share(
            meets(c, answers, matcher, others=collectors(truth, c)) for c in shown
        ),
        "first_chain_ends_innocent": share(_ends_innocent(truth, answers, matcher)),
        "organiser_in_top_three_all": share(meets(c, answers, matcher) for c in linked),
        "major_case_reached": share(_reaches(c, answers) for c in with_major),
        "unrelated_wrongly_chained": share(_strays(c, answers) for c in unrelated),
        "chain_calibration_error": calibration_error(claims),
        "counts": {
            "packet_cases": len(linked),
            "packet_cases_shown": len(shown),
            "packet_cases_shown_with_major": len(with_major),
            "unrelated_cases": len(unrelated),
            "chains": len(claims),
        },
    }


def chain_claims(truth: Truth, chains_json: Json, matcher: Matcher) -> list[tuple[float, bool]]:
    """Score of each chain looked at, and whether it leads where it should; for pooling over districts."""
    return _chain_claims(truth, answers_of(chains_json), matcher)


def _chain_claims(
    truth: Truth, answers: Mapping[str, Sequence[Json]], matcher: Matcher
) -> list[tuple[float, bool]]:
    return [
        (float(chain["score"]), _right(case, chain, matcher))
        for case in truth.cases
        if case.kind == "packet"
        for chain in answers.get(case.case_no, ())
    ]


def answers_of(chains_json: Json) -> dict[str, list[Json]]:
    """Case number → its chains looked at, the best first."""
    return {str(c["case_no"]): _best(c.get("chains", ())) for c in chains_json.get("cases", ())}


def _best(chains: Iterable[Json]) -> list[Json]:
    return sorted(chains, key=lambda c: -float(c["score"]))[:CHAINS]


def _persons(chain: Json, matcher: Matcher) -> list[str | None]:
    return [matcher.find(p) for p in chain.get("persons", ())[:PERSONS]]


def meets(
    case: CaseTruth,
    answers: Mapping[str, Sequence[Json]],
    matcher: Matcher,
    among: int = CHAINS,
    others: Iterable[str] = (),
) -> bool:
    """The organiser, or one of ``others``, stands in one of the first ``among`` chains."""
    wanted = {case.organiser, *others}
    return any(wanted & {*_persons(c, matcher)} for c in answers.get(case.case_no, ())[:among])


def collectors(truth: Truth, case: CaseTruth) -> list[str]:
    """Who takes the money for the organiser of the case."""
    return [o.collector for o in truth.organisations if o.organiser == case.organiser and o.collector]


def _ends_innocent(truth: Truth, answers: Mapping[str, Sequence[Json]], matcher: Matcher) -> list[bool]:
    """Of each case with a chain: whether its first one ends with somebody who has nothing to do with drugs."""
    clean = innocents(truth)
    return [
        matcher.find(chains[0]["persons"][-1]) in clean
        for chains in answers.values()
        if chains and chains[0].get("persons")
    ]


def _reaches(case: CaseTruth, answers: Mapping[str, Sequence[Json]]) -> bool:
    return any(set(c.get("reaches", ())) & set(case.major_cases) for c in answers.get(case.case_no, ()))


def _strays(case: CaseTruth, answers: Mapping[str, Sequence[Json]]) -> bool:
    return any(set(c.get("reaches", ())) - {case.case_no} for c in answers.get(case.case_no, ()))


def _right(case: CaseTruth, chain: Json, matcher: Matcher) -> bool:
    """A chain is right if it leads to the true organiser or the true major case."""
    if case.organiser is None:
        return False
    return case.organiser in _persons(chain, matcher) or bool(
        set(chain.get("reaches", ())) & set(case.major_cases)
    )


# -- supplies ------------------------------------------------------------------------------------


def _supplies(truth: Truth, edges: Iterable[Json], matcher: Matcher) -> Figures:
    """The true supplier of a retailer is the one he had most from; ``one_supplier``: any who truly supplied him."""
    true = {(s.supplier, s.buyer) for s in truth.supplies}
    shown = {(s.supplier, s.buyer) for s in truth.supplies if s.shown}
    claimed: dict[tuple[str | None, str | None], float] = {}
    edges = list(edges)
    claims = supply_claims(truth, {"edges": edges}, matcher)
    for edge in edges:
        pair = (matcher.find(edge["supplier"]), matcher.find(edge["buyer"]))
        claimed[pair] = max(claimed.get(pair, 0.0), float(edge["score"]))
    above = {pair for pair, value in claimed.items() if value >= THRESHOLD}
    ranks: dict[str, list[str | None]] = {}
    for (supplier, buyer), value in sorted(claimed.items(), key=lambda item: (-item[1], str(item[0]))):
        if buyer is not None and value > 0:
            ranks.setdefault(buyer, []).append(supplier)
    arrested = {
        c.suspect: c.supplier for c in truth.cases if c.kind == "packet" and (c.supplier, c.suspect) in shown
    }
    return {
        "supplier_first": share(ranks.get(b, [])[:1] == [s] for b, s in arrested.items()),
        "supplier_in_three": share(s in ranks.get(b, [])[:3] for b, s in arrested.items()),
        "one_supplier_first": share(any((s, b) in true for s in ranks.get(b, [])[:1]) for b in arrested),
        "one_supplier_in_three": share(any((s, b) in true for s in ranks.get(b, [])[:3]) for b in arrested),
        "supply_precision": share(pair in true for pair in above) or 0.0,  # nothing claimed is nothing right
        "supply_recall": share(pair in above for pair in shown),
        "supply_calibration_error": calibration_error(claims),
        **claims_on_innocents(truth, above),
        "counts": {
            "retailers_shown": len(arrested),
            "supplies_claimed": len(above),
            "supplies_shown": len(shown),
            "supply_edges": len(claims),
        },
    }


def supply_claims(truth: Truth, supplies_json: Json, matcher: Matcher) -> list[tuple[float, bool]]:
    """Score of each supply named, and whether it is true; for pooling over districts."""
    true = {(s.supplier, s.buyer) for s in truth.supplies}
    return [
        (float(edge["score"]), (matcher.find(edge["supplier"]), matcher.find(edge["buyer"])) in true)
        for edge in supplies_json.get("edges", ())
    ]


# -- gangs ---------------------------------------------------------------------------------------


def _gangs(truth: Truth, gangs: Iterable[Json], matcher: Matcher) -> Figures:
    visible = {p.id for p in truth.persons if p.visible}
    users = {pid for o in truth.organisations for pid, role in o.members.items() if role == "user"}
    found = [[(matcher.find(m["person"]), m) for m in gang.get("members", ())] for gang in gangs]
    cores = [{pid or f"?{id(m)}" for pid, m in gang if m.get("role") != "user"} - users for gang in found]
    known = [o for o in truth.organisations if o.organiser in visible]
    return {
        "gangs_found": share(_overlap(o, visible, cores) >= OVERLAP for o in truth.organisations),
        "organiser_among_first_three": share(_leads(o, found) for o in known),
        **gang_people(truth, found),
        "counts": {"organisations": len(truth.organisations), "organisers_visible": len(known)},
    }


def _overlap(org: OrganisationTruth, visible: set[str], cores: Iterable[set[str]]) -> float:
    """Best Jaccard index of the organisation's visible members, users left out, with any gang."""
    core = {pid for pid, role in org.members.items() if role != "user" and pid in visible}
    return max((len(core & c) / len(core | c) for c in cores if core | c), default=0.0)


def _leads(org: OrganisationTruth, found: Iterable[Sequence[tuple[str | None, Json]]]) -> bool:
    """Whether the organiser is among the first three of the gang that shares most members with his."""
    his = [gang for gang in found if org.organiser in {pid for pid, _ in gang}]
    if not his:
        return False
    gang = max(his, key=lambda g: len({pid for pid, _ in g} & set(org.members)))
    first = sorted(
        gang, key=lambda item: (int(item[1].get("rank", len(gang))), -float(item[1].get("score", 0)))
    )
    return org.organiser in [pid for pid, _ in first[:3]]


# -- figures -------------------------------------------------------------------------------------


def calibration_error(claims: Sequence[tuple[float, bool]]) -> float | None:
    """Expected calibration error in ten bins of equal width; None where nothing was claimed."""
    if not claims:
        return None
    error = 0.0
    for k in range(BINS):
        inside = [(s, right) for s, right in claims if min(int(s * BINS), BINS - 1) == k]
        if inside:
            mean = sum(s for s, _ in inside) / len(inside)
            error += abs(mean - sum(right for _, right in inside) / len(inside)) * len(inside)
    return error / len(claims)


def _bare(identifier: str) -> str:
    """An identifier without spaces and country prefix, letters in one case."""
    plain = identifier.strip().upper()
    digits = plain.removeprefix("+")
    if digits.isdigit() and len(digits) == 13 and digits.startswith("86"):
        return digits[2:]
    return plain
