"""What is still missing to open a case: seven needs, each met, requested or open, with its rows.

程序规定 178: facts of an offence, liability, own jurisdiction; 174: before that only questions, queries, examinations and tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from backend.contract.district.clues import CaseNeed, Need, OfferSubstance
from backend.contract.district.common import Reason
from backend.district.clues.keys import Clue
from graph_schema.language import Text
from graph_schema.store import Props

RULE = "case_needs@1"
SOURCE = (
    "公安机关办理刑事案件程序规定（2020）第十五至十七、六十六、一百七十四、一百七十八条；刑法第三百四十七条"
)
WORDS: dict[Need, Text] = {
    "account_holder": Text("账号实名", "real name behind the account"),
    "deal": Text("约定的数量和价格", "quantity and price"),
    "delivery": Text("交付", "delivery"),
    "payment": Text("付款", "payment"),
    "substance_tested": Text(
        "检验鉴定，且行为当日已列管", "substance tested, and controlled on the day of the act"
    ),
    "evidence_preserved": Text("电子证据固定及校验值", "evidence preserved, with an integrity value"),
    "jurisdiction": Text("管辖依据", "jurisdiction"),
}
_DISTRICT = re.compile(r"^(.+?[县区市旗])(?:公安|禁毒)")
_SENT = re.compile(r"送检|待检|检验中|鉴定中")


@dataclass(frozen=True)
class GroupKnown:
    """What the graph knows of the identifiers of a group."""

    named: tuple[str, ...] = ()  # rows that give a holder's resident id
    paid: tuple[str, ...] = ()  # rows of payments to payees of the clues
    sent: tuple[str, ...] = ()  # rows of the parcels
    addresses: tuple[tuple[str, tuple[str, ...]], ...] = ()  # of those parcels, with their rows
    asked: tuple[str, ...] = ()  # numbers a request is out for


def needs(clues: Sequence[Clue], substances: Iterable[OfferSubstance], known: GroupKnown) -> list[CaseNeed]:
    """The seven needs of a group, in the order of the rule."""
    return [
        _need("account_holder", known.named, _asked(clues, known, "account", "phone")),
        _need(
            "deal",
            _rows(clues, lambda props: props.get("price_fen") is not None and props.get("price_quantity")),
        ),
        _need("delivery", known.sent, _asked(clues, known, "waybill")),
        _need("payment", known.paid, _asked(clues, known, "payee")),
        _need("substance_tested", _tested(clues, substances), _rows(clues, _sent)),
        _need(
            "evidence_preserved",
            _rows(clues, lambda props: props.get("preserved") and props.get("integrity")),
        ),
        _need("jurisdiction", _here(clues, known)),
    ]


def missing(found: Iterable[CaseNeed]) -> list[Reason]:
    """The needs that are not met, as reasons."""
    return [
        {
            "rule": RULE,
            "zh": f"尚缺：{WORDS[each['need']].zh}{'（已调取，待反馈）' if each['state'] == 'asked' else ''}",
            "en": f"Missing: {WORDS[each['need']].en}{' (requested)' if each['state'] == 'asked' else ''}",
            "value": None,
            "threshold": None,
            "unit": "",
            "kind": "event",
            "evidence": each["evidence"],
        }
        for each in found
        if each["state"] != "yes"
    ]


def _need(need: Need, met: Sequence[str], asked: Sequence[str] = ()) -> CaseNeed:
    rows = list(dict.fromkeys(met or asked))
    return {"need": need, "state": "yes" if met else "asked" if asked else "no", "evidence": rows}


def _rows(clues: Iterable[Clue], holds: Callable[[Props], object]) -> list[str]:
    return [row for clue in clues if holds(clue.props) for row in clue.rows]


def _sent(props: Props) -> bool:
    return _SENT.search(f"{props.get('status') or ''}{props.get('tested_substance') or ''}") is not None


def _asked(clues: Iterable[Clue], known: GroupKnown, *kinds: str) -> list[str]:
    """Rows of identifiers that a request is out for."""
    numbers = " ".join(known.asked)
    return [
        row
        for clue in clues
        for key in clue.keys
        if key.kind in kinds and len(key.shown) > 3 and key.shown in numbers
        for row in key.evidence
    ]


def _tested(clues: Sequence[Clue], substances: Iterable[OfferSubstance]) -> list[str]:
    proven = {each["clue"] for each in substances if each["tested"] and each["status"] == "controlled"}
    return [row for clue in clues if clue.clue_id in proven for row in clue.rows]


def _here(clues: Iterable[Clue], known: GroupKnown) -> list[str]:
    """Rows of parcels from or to the district of the unit that received a clue."""
    units = {
        found[1] for clue in clues if (found := _DISTRICT.match(str(clue.props.get("received_by") or "")))
    }
    return [
        row for address, rows in known.addresses for row in rows if any(unit in address for unit in units)
    ]
