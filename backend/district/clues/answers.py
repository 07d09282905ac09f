"""Answers about online-sale clues: sellers' offers, one of them, what is wrong with the data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from backend.answers.runs import published
from backend.contract.district.clues import OfferItem, Offers
from backend.contract.district.common import AskedOf, Checked, Envelope, Rule
from backend.district.answering import Listing, asked_day, cut, envelope, plain
from backend.district.clues import checks, items, reading
from backend.district.clues.alike import shared_by
from backend.district.clues.joining import ClueGroup, Pair, joined
from backend.district.clues.keys import Clue
from backend.district.clues.substances import offered, status_of
from backend.district.days import day_text
from backend.district.reviewed import reviewed
from backend.district.rules import rules
from backend.judgements import ledger
from backend.security.audited import audited
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

OFFER = "offer"
"""Kind of the ledger: two clues are one seller's, or are not."""


@audited("clues.list")
def clues_list(store: Store, viewer: Viewer, asked: Listing) -> Offers:
    """Sellers by number of clues; period and unit are those of any of their clues."""
    board = Board(store, viewer, asked_day(store, viewer, asked.on))
    kept = [group for group in board.groups if _wanted(board.of(group), asked)]
    shown, left_out = cut(board.items(kept), asked.limit)
    about = board.envelope("clues list", asked.asked(), len(shown), left_out)
    return {**about, "items": shown}


@audited("clues.show", "clue_id")
def clues_show(store: Store, viewer: Viewer, clue_id: str, *, on: dt.date | None = None) -> Offers:
    """The seller a clue belongs to, with his persons and their chains and gangs. Raises ``NotFound``."""
    board = Board(store, viewer, asked_day(store, viewer, on))
    group = next((each for each in board.groups if clue_id in each.clues), None)
    if group is None:
        raise NotFound(Text(f"没有线索 {clue_id}", f"there is no clue {clue_id}"))
    found = board.items([group])[0]
    chains, gangs = reading.case_side(store, viewer, board.run, found["persons"])
    about = board.envelope("clues show", plain({"id": clue_id, "on": on}), 1, 0)
    return {**about, "items": [{**found, "chains": chains, "gangs": gangs}]}


@audited("clues.check")
def clues_check(store: Store, viewer: Viewer, *, on: dt.date | None = None) -> Checked:
    """Gaps, impossible dates, pictures that are not there, identifiers on too many groups."""
    board = Board(store, viewer, asked_day(store, viewer, on))
    found = checks.findings(board.clues, board.groups)
    return {**board.envelope("clues check", plain({"on": on}), len(found), 0), "items": found}


def judged(store: Store, viewer: Viewer) -> tuple[list[Pair], list[Pair]]:
    """Pairs of clues a person called one seller's, and those called two sellers'."""
    same: list[Pair] = []
    different: list[Pair] = []
    for about, entry in ledger.current(store, viewer, OFFER).items():
        a, b = (each.partition(":")[2] for each in about)
        if entry.verdict in ("confirmed", "rejected"):
            (same if entry.verdict == "confirmed" else different).append((a, b))
    return same, different


class Board:
    """All clues of a day in their groups, the seller with most clues first."""

    def __init__(self, store: Store, viewer: Viewer, day: dt.date) -> None:
        self.store, self.viewer, self.day = store, viewer, day
        self.run = published(store, viewer)
        read = reading.clues(store, viewer)
        self.clues: dict[str, Clue] = {each.clue_id: each for each in read if items.reached(each, day)}
        self.words, self.dates, stock = rules("code_words"), rules("controlled_since"), rules("ad_phrases")
        self.rules: list[Rule] = [*items.RULES, *(each.said() for each in (self.words, self.dates, stock))]
        phrases = [row.text("phrase") for row in stock.on(day)]
        found = joined(self.clues, shared_by(self.clues, phrases), *judged(store, viewer))
        self.groups: list[ClueGroup] = items.ranked(found, self.clues)
        self.ranks = {group.clues[0]: n for n, group in enumerate(self.groups, start=1)}

    def of(self, group: ClueGroup) -> list[Clue]:
        """The clues of a group."""
        return [self.clues[clue_id] for clue_id in group.clues]

    def items(self, groups: Sequence[ClueGroup]) -> list[OfferItem]:
        """Groups with what the graph knows of their identifiers."""
        asked = [clue for group in groups for clue in self.of(group)]
        around = reading.Around(self.store, self.viewer, self.run, asked)
        found: list[OfferItem] = []
        for group in groups:
            own = self.of(group)
            substances = [
                each for clue in own for each in offered(clue.props, self.words, self.dates, self.day)
            ]
            doubtful = {
                name
                for each in substances
                if (name := self._doubtful(each["tested"] or each["substance"], each["act_on"]))
            }
            beside = items.GroupContext(
                tuple(substances), around.persons(own), around.known(own), tuple(sorted(doubtful))
            )
            found.append({**items.item(group, self.clues, beside), "rank": self.ranks[group.clues[0]]})
        return reviewed(self.store, self.viewer, "clues", found, renumber=False)

    def _doubtful(self, name: str | None, day: str | None) -> str | None:
        """The substance where its control date on that day still is to be verified."""
        on = dt.date.fromisoformat(day) if day else None
        return None if status_of(name, on, self.dates).verified else name

    def envelope(self, command: str, asked: AskedOf, count: int, left_out: int) -> Envelope:
        """What stands around an answer."""
        return envelope(
            *(self.store, self.viewer, command, asked, self.day, self.rules, count, left_out, self.run.name)
        )


def _wanted(clues: Sequence[Clue], asked: Listing) -> bool:
    """Whether one of the clues was posted in the period, and one received by the unit."""
    unit = asked.unit is None or any(asked.unit == each.props.get("received_by") for each in clues)
    return unit and any(asked.within(day_text(each.at)) for each in clues)
