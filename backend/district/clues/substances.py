"""What a clue offers, and whether that was a drug on the day of the act.

A word proves neither substance nor illegality: one with several meanings is never resolved, an everyday word counts only
beside another sign, and what was tested stands above what was said. The status is that of the day of the act, not of today.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from backend.contract.district.clues import LegalStatus, OfferSubstance
from backend.district.clues.texts import plain
from backend.district.days import day_of, happened
from backend.district.rules import RuleRow, Rules
from graph_schema.dictionaries import substance as listed
from graph_schema.store import Props

RELISTED = dt.date(2025, 7, 28)
"""The latest day named for the list of 2025, which the shipped list of substances is."""
EVERYDAY = 3


@dataclass(frozen=True)
class StatusOnDay:
    """The legal status of a substance on a day, since when, and whether the date still is to be verified."""

    status: LegalStatus
    since: dt.date | None
    verified: bool


UNKNOWN = StatusOnDay("unknown", None, True)


def status_of(name: str | None, day: dt.date | None, dates: Rules) -> StatusOnDay:
    """Whether a substance was controlled on a day."""
    if not name or day is None:
        return UNKNOWN
    named, classed = _rows(name, dates)
    held = [row for row in (*named, *classed) if row.holds(day)]
    controlled = [row for row in (*named, *classed) if row.text("status") == "controlled"]
    if any(row in controlled for row in held):
        first = min(row.valid_from or dt.date.min for row in controlled if _begun(row, day))
        sure = any(row.text("verified") == "yes" for row in held)
        return StatusOnDay("controlled", None if first == dt.date.min else first, sure)
    if held:
        return StatusOnDay("not_controlled", None, all(row.text("verified") == "yes" for row in held))
    if any(row in controlled for row in named):
        sure = all(row.text("verified") == "yes" for row in named)
        return StatusOnDay("not_controlled", None, sure)
    if listed(name) is not None and day >= RELISTED and not named:
        return StatusOnDay("controlled", None, True)
    return UNKNOWN


def _begun(row: RuleRow, day: dt.date) -> bool:
    return row.valid_from is None or row.valid_from <= day


def _rows(name: str, dates: Rules) -> tuple[list[RuleRow], list[RuleRow]]:
    """Rows of the substance itself, and of classes its name belongs to."""
    plain_name, entry = _plain(name), listed(name)
    named: list[RuleRow] = []
    classed: list[RuleRow] = []
    for row in dates.rows:
        own = row.text("substance")
        if plain_name == _plain(own) or (entry is not None and entry == listed(own)):
            named.append(row)
        elif row.text("scope") == "class" and _plain(own).removesuffix("类") in plain_name:
            classed.append(row)
    return named, classed


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "").casefold()


def offered(props: Props, words: Rules, dates: Rules, on: dt.date) -> list[OfferSubstance]:
    """One line for every word of a clue that may mean a drug; one for what was tested or suspected where no word does."""
    day = day_of(props.get("at"))
    tested_at, tested = props.get("tested_at"), str(props.get("tested_substance") or "").strip() or None
    if tested_at is not None and not happened(tested_at, on):
        tested = None
    suspected = str(props.get("suspected") or "").strip() or None
    said = _said(str(props.get("text") or ""), suspected, props.get("price_fen") is not None, words, day)
    if not said and (tested or suspected):
        said = {suspected: listed(suspected) if suspected else None}
    found: list[OfferSubstance] = []
    for word, meaning in said.items():
        status = status_of(tested or meaning, day, dates)
        found.append(
            {
                "clue": str(props["clue_id"]),
                "act_on": day.isoformat() if day else None,
                "word": word,
                "substance": meaning,
                "tested": tested,
                "status": status.status,
                "since": status.since.isoformat() if status.since else None,
            }
        )
    return found


def _said(
    text: str, suspected: str | None, priced: bool, words: Rules, day: dt.date | None
) -> dict[str | None, str | None]:
    """Words met with what each means, None where it means several things or does not say."""
    rows = [row for row in words.rows if day is None or row.holds(day)]
    meanings: dict[str, list[RuleRow]] = defaultdict(list)
    for row in rows:
        meanings[row.text("word")].append(row)
    rest, met = plain(text).exact + "\n" + plain(suspected or "").exact, []
    for word in sorted(meanings, key=lambda each: (-len(each), each)):
        bare = plain(word).exact
        if bare and bare in rest:
            met.append(word)
            rest = rest.replace(bare, "\n")
    signs = sum(_ambiguity(meanings[word]) < EVERYDAY for word in met) + priced
    found: dict[str | None, str | None] = {}
    for word in sorted(met):
        if _ambiguity(meanings[word]) < EVERYDAY or signs:
            found[word] = _meaning(meanings[word], len(met) > 1 or priced)
    return found


def _ambiguity(rows: list[RuleRow]) -> int:
    return max(int(row.number("ambiguity") or EVERYDAY) for row in rows)


def _meaning(rows: list[RuleRow], beside: bool) -> str | None:
    """What a word means: one meaning, and for a word of class 2 another sign beside it."""
    meant = {row.text("meaning") for row in rows}
    sure = _ambiguity(rows) == 1 or (_ambiguity(rows) == 2 and beside)
    return meant.pop() if len(meant) == 1 and sure else None
