"""What would settle an unknown role, one sentence for each way a role can be unknown; nothing else says it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph_schema.language import Text

UNSETTLED = "unsettled"
"""Code of the reason that names the way."""
SETTLES = {
    "number_user": Text(
        "查明号码的实际使用人可定（同机串号、基站轨迹、机主询问）：同一人，或代收",
        "who uses the number settles it (handset, cell sites, the statement of whom it is registered to): one man, or a payee",
    ),
    "sellers": Text(
        "供货给卖家而依据不足，可定的有：其中一名卖家的供述、本人收款账户明细、本人涉毒登记",
        "supplies sellers on too little; what settles it: a statement of one of them, the returns of the accounts he is paid on, "
        "a record of his own for drugs",
    ),
    "payers": Text(
        "其收款账户和号码的明细可定：通话前后付款的若有数人，为零售",
        "the returns of the accounts he is paid on and of his numbers settle it: a retailer where several pay him around calls",
    ),
    "carries": Text(
        "交易时段的基站轨迹、检测或供述可定：取送货，或本人购买",
        "where he was around the sales, a test or a statement settles it: he carries, or buys for himself",
    ),
    "onward": Text(
        "其账户的完整明细和取款人可定：收款后转给谁，即代谁收款",
        "the whole returns of his account and who draws the cash settle it: whom the money goes on to",
    ),
    "behind": Text(
        "收款账户持有人的供述和取款人可定：是否为其代收",
        "the statement of the account's holder and who draws the cash settle it: whether he collects for him",
    ),
    "own_use": Text(
        "本人账户明细和检测可定：有人向其付款为转卖，检测阳性且无人付款为自用",
        "his own returns and a test settle it: he sells on where others pay him; uses himself where none do and the test is "
        "positive",
    ),
    "one_hand": Text(
        "两个号码的同机串号、基站轨迹可定：是否一人使用",
        "the handsets and cell sites of the two numbers settle it: one user, or two",
    ),
    "level": Text(
        "案件只记录其贩毒，层级要看上下家：其号码和账户的明细可定",
        "the case records that he deals, not at which level; the returns of his numbers and accounts settle it",
    ),
    "lots": Text(
        "其账户的完整明细可定：有人向其购买，为零售；收来的钱整笔转出，为代收",
        "the whole returns of his account settle it: a retailer where others buy from him, a payee where the sums he "
        "collects go on",
    ),
    "together": Text(
        "同案人员的供述、同批毒品的来源可定",
        "the statements of those in the same case, and where the same batch came from, settle it",
    ),
}
"""By the way it is unknown, as the analysis names it."""


def settles(reasons: Iterable[Any]) -> dict[str, str] | None:
    """What would settle a role, in both languages, by the reasons given for it; None where nothing is open."""
    ways = [
        each.get("detail") for each in reasons if isinstance(each, dict) and each.get("code") == UNSETTLED
    ]
    said = next((SETTLES[way] for way in ways if way in SETTLES), None)
    return {"zh": said.zh, "en": said.en} if said else None
