"""Proposals for the field of each column, with score and reason; nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from etl.layouts.layout import Column, Layout
from etl.layouts.registry import heading_key, without_unit
from etl.mapping.shapes import TITLES, Profile, owner_fields, wanted
from etl.mapping.sides import MARGIN, Sides, tied

LEAST = 0.35
"""A candidate below this is not proposed."""

_BY_SHAPE = 0.6
_BY_NAME = 0.7


@dataclass(frozen=True)
class Candidate:
    """A column that may be a field; ``zh`` and ``en`` say why."""

    field: str
    heading: str
    score: float
    zh: str
    en: str


@dataclass
class Assignment:
    """A kind with the best column for each of its fields; ``missing`` are those it cannot do without."""

    layout: Layout
    fields: dict[str, Candidate] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    undecided: dict[str, float] = field(
        default_factory=dict
    )  # columns of one end or the other, with their score
    questions: list[str] = field(default_factory=list)

    @property
    def lacking(self) -> list[str]:
        """What has to be said before the mapping is whole."""
        return self.missing + self.questions

    @property
    def score(self) -> float:
        """How well the kind fits: the columns it explains, twice for those it needs, less what it lacks."""
        needed = {name for group in self.layout.needs for name in group}
        needed |= {name for name, column in self.layout.columns.items() if column.must}
        found: dict[str, float] = {}
        for name, candidate in self.fields.items():
            weight = candidate.score * (2.0 if name in needed else 1.0)
            found[candidate.heading] = max(found.get(candidate.heading, 0.0), weight)
        open_ones = sum(2.0 * score for score in self.undecided.values())
        return sum(found.values()) + open_ones - 3.0 * len(self.missing)


def assign(layout: Layout, headings: list[str], profiles: list[Profile], fixed: dict[str, str]) -> Assignment:
    """Map columns onto one kind: first what the user said (heading to field, "" for none), then the best scores."""
    candidates = sorted(
        _candidates(layout, headings, profiles), key=lambda c: (-c.score, list(layout.columns).index(c.field))
    )
    chosen: dict[str, Candidate] = {}
    taken = set(fixed)
    for heading, name in fixed.items():
        if name:
            chosen[name] = Candidate(name, heading, 1.0, "人工指定", "set by hand")
    undecided: list[tuple[Candidate, str]] = []
    sides = Sides.of(layout)
    for candidate in candidates:
        if candidate.field in chosen or candidate.heading in taken:
            continue
        rival = _rival(candidate, candidates, sides)
        alike = [] if rival else _alike(candidate, candidates, sides, taken)
        if rival is None and not alike:
            chosen[candidate.field] = candidate
        for each in (candidate, *alike) if rival or alike else ():
            undecided.append((each, rival or _best_of(each.heading, candidates, sides.other(each.field))))
            taken.add(each.heading)
        taken.add(candidate.heading)
    open_questions = _by_elimination(undecided, chosen, sides)
    _signed_amount(layout, headings, profiles, chosen, set(fixed))
    for name, twin in _twins(layout, chosen).items():
        chosen.setdefault(name, twin)
    order = {name: place for place, name in enumerate(layout.columns)}
    chosen = dict(sorted(chosen.items(), key=lambda item: order[item[0]]))
    waiting = {c.heading: c.score for c, _ in undecided} if open_questions else {}
    given = set(chosen) | {name for c, rival in undecided for name in (c.field, rival) if open_questions}
    return Assignment(layout, chosen, candidates, missing(layout, given), waiting, open_questions)


def _rival(candidate: Candidate, candidates: list[Candidate], sides: Sides) -> str | None:
    scores = [(c.field, c.score) for c in candidates if c.heading == candidate.heading]
    return tied(scores, candidate.field, candidate.score, sides)


def _alike(
    candidate: Candidate, candidates: list[Candidate], sides: Sides, taken: set[str]
) -> list[Candidate]:
    """Other columns that fit this end of a row as well: which of them is whose, nothing says."""
    against = sides.other(candidate.field)
    if candidate.score >= 1 or not _best_of(candidate.heading, candidates, against):
        return []
    found: dict[str, Candidate] = {}
    for other in candidates:
        near = abs(other.score - candidate.score) < MARGIN and other.score < 1
        free = other.heading not in taken and other.heading != candidate.heading
        if (
            near
            and free
            and sides.other(other.field) == against
            and _best_of(other.heading, candidates, against)
        ):
            found.setdefault(other.heading, other)
    return list(found.values())


def _best_of(heading: str, candidates: list[Candidate], fields: frozenset[str]) -> str:
    fits = [c for c in candidates if c.heading == heading and c.field in fields]
    return max(fits, key=lambda c: c.score).field if fits else ""


def _by_elimination(
    undecided: list[tuple[Candidate, str]], chosen: dict[str, Candidate], sides: Sides
) -> list[str]:
    """Give the one column left to the end that has none yet; otherwise say what has to be decided."""
    ends = [(candidate.field, rival) for candidate, rival in undecided]
    if len(undecided) == 1:
        [(candidate, rival)] = undecided
        for name in (candidate.field, rival):
            own = sides.one if name in sides.one else sides.two
            against = sides.other(name)
            if chosen.keys() & against and not chosen.keys() & own:
                zh, en = f"{candidate.zh}，另一方已有列", f"{candidate.en}, the other end has its column"
                chosen[name] = Candidate(name, candidate.heading, candidate.score, zh, en)
                return []
    return [
        f"“{candidate.heading}”（{one}/{two} 分不清，请指定 which of both: {candidate.heading}={one} | {two}）"
        for (candidate, _), (one, two) in zip(undecided, ends, strict=True)
    ]


def _signed_amount(
    layout: Layout,
    headings: list[str],
    profiles: list[Profile],
    chosen: dict[str, Candidate],
    fixed: set[str],
) -> None:
    """Amounts with signs and no direction beside them say the direction themselves."""
    spec = layout.payment
    if spec is None or spec.signed is None or spec.amount is None or spec.amount not in chosen:
        return
    amount = chosen[spec.amount]
    told = {spec.direction.column, spec.income, spec.expense} & chosen.keys()
    looks = dict(zip(headings, profiles, strict=True))[amount.heading]
    if told or amount.heading in fixed or not looks.shares.get("signed"):
        return
    del chosen[spec.amount]
    zh, en = (
        "金额有正有负，且无方向列：负为支出",
        "amounts have signs and no direction beside them: minus is out",
    )
    chosen[spec.signed] = Candidate(spec.signed, amount.heading, amount.score, zh, en)


def missing(layout: Layout, given: set[str]) -> list[str]:
    """What the kind cannot do without and nothing is mapped to: usual headings, alternatives joined by /."""
    lacking = [
        column.aliases[0]
        for name, column in layout.columns.items()
        if column.must and name not in given and column.fallback is None
    ]
    return lacking + [
        "/".join(layout.columns[name].aliases[0] for name in group)
        for group in layout.needs
        if not any(name in given or layout.columns[name].fallback is not None for name in group)
    ]


def _twins(layout: Layout, chosen: dict[str, Candidate]) -> dict[str, Candidate]:
    """Fields read from the same column as another one (a role as text and as class)."""
    found = {}
    for name, column in layout.columns.items():
        for other, candidate in chosen.items():
            if other != name and layout.columns[other].aliases == column.aliases:
                found[name] = Candidate(
                    name, candidate.heading, candidate.score, f"同“{other}”列", f"same column as {other}"
                )
    return found


def _candidates(layout: Layout, headings: list[str], profiles: list[Profile]) -> list[Candidate]:
    shapes, owners, sides = wanted(layout), owner_fields(layout), Sides.of(layout)
    directed = bool(layout.payment and layout.payment.directed) or bool(layout.call and layout.call.directed)
    found = []
    for heading, looks in zip(headings, profiles, strict=True):
        if not heading or heading.startswith("__"):
            continue
        for name, column in layout.columns.items():
            candidate = _candidate(name, column, heading, looks, shapes.get(name, ()))
            if name in owners and looks.filled > 5 and candidate.score < 1:
                candidate = _weighed(candidate, looks)
            fitting = sides.fitting(name, heading, candidate.score, directed)
            candidate = replace(candidate, score=fitting)
            if candidate.score >= LEAST:
                found.append(candidate)
    return found


def _candidate(name: str, column: Column, heading: str, looks: Profile, shapes: tuple[str, ...]) -> Candidate:
    share, shape = looks.share(shapes)
    title = TITLES.get(shape, ("", ""))
    seen = f"{share:.0%} 的值为{title[0]}", f"{share:.0%} of the values are {title[1]}"
    likeness, alias = _likeness(heading, column)
    if likeness == 1.0:
        if shapes and looks.filled and share < 0.3:
            return Candidate(
                name,
                heading,
                0.5,
                f"表头为“{alias}”，但值的样子不符",
                f"heading is {alias!r}, but the values do not look like it",
            )
        return Candidate(name, heading, 1.0, f"表头即“{alias}”", f"heading is {alias!r}")
    near = f"表头近似“{alias}”（{likeness:.2f}）", f"heading resembles {alias!r} ({likeness:.2f})"
    if (shapes and likeness >= 0.4 and share >= 0.8) or (likeness >= 0.5 and share >= 0.3):
        score = 0.55 * likeness + 0.4 * share
        return Candidate(name, heading, round(score, 3), f"{near[0]}，{seen[0]}", f"{near[1]}, {seen[1]}")
    if likeness >= 0.5 and not shapes:
        plain = 1.0 if _free(looks) else 0.5
        return Candidate(name, heading, round(_BY_NAME * likeness * plain, 3), *near)
    if likeness >= 0.5:
        # The heading speaks for the field, the values do not: shown, so that rows are rejected, not reinterpreted.
        zh, en = f"{near[0]}，但值的样子不符", f"{near[1]}, but the values do not look like it"
        return Candidate(name, heading, round(0.6 * likeness, 3), zh, en)
    return Candidate(name, heading, round(_BY_SHAPE * share * (shape not in ("name", "number")), 3), *seen)


_FIRM = ("resident_id", "phone", "card", "account", "time", "money", "number", "wechat")


def _free(looks: Profile) -> bool:
    """True for values that may be any text."""
    return looks.share(_FIRM)[0] < 0.8


def _weighed(candidate: Candidate, looks: Profile) -> Candidate:
    """The owner of the books stands in nearly every row: few different values speak for him, many against."""
    few = looks.varied <= 0.2
    zh, en = ("值很少变化", "few different values") if few else ("值多变", "many different values")
    score = round(candidate.score * (1.2 if few else 0.8), 3)
    return Candidate(
        candidate.field, candidate.heading, min(score, 0.99), f"{candidate.zh}，{zh}", f"{candidate.en}, {en}"
    )


def _likeness(heading: str, column: Column) -> tuple[float, str]:
    """1 for an alias, else how similar the heading is to the nearest one."""
    plain = without_unit(heading_key(heading))[0]
    best = 0.0, column.aliases[0]
    for alias in column.aliases:
        key = heading_key(alias)
        if plain == key or heading_key(heading) == key:
            return 1.0, alias
        best = max(best, (SequenceMatcher(None, plain, key).ratio() * 0.95, alias))
    return best
