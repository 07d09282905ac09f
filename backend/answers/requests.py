"""Evidence requests of a chain, with addressee, holder and the reason for a letter.

They are drafts for the unit's own form (调取证据通知书); nothing is chosen and nothing is sent.
"""

from __future__ import annotations

from backend.answers.shape import unknown_person
from backend.contract.base import Words
from backend.contract.board import Addressed
from backend.contract.chains import AskFor, Chain, Hop
from graph_schema.dictionaries import card_bin, carrier
from graph_schema.dictionaries.couriers import courier_shapes
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

_TENPAY = Text("财付通支付科技有限公司", "Tenpay")
_ALIPAY = Text("支付宝（中国）网络技术有限公司", "Alipay")
_BANK = Text("开户银行（卡号前缀未收录，须先查明）", "the bank (prefix not listed; find out first)")
_CARRIER = Text("通信运营商（号段未收录，须先查明）", "the carrier (number range not listed; find out first)")
_COURIER = Text("寄递企业（须先查明）", "the courier (find out first)")
_OTHER = Text("账户所属机构（须先查明）", "the institution that holds the account (find out first)")
_CARRIERS = {
    "中国移动": "China Mobile",
    "中国联通": "China Unicom",
    "中国电信": "China Telecom",
    "中国广电": "China Broadnet",
}
_CONTENT = {
    "bank": Text(
        "开户资料（含代办人、预留电话）、账户信息、交易明细（含对手账号、IP 和 MAC 地址）",
        "account opening file with agent and phone, account data, transactions with counter account, IP and MAC",
    ),
    "tenpay": Text(
        "注册信息、绑定银行卡、交易明细、登录 IP、收款码主体",
        "registration, bound cards, transactions, login IP, subject of the payment code",
    ),
    "alipay": Text(
        "注册信息、绑定银行卡、登录日志、账户明细、收货地址",
        "registration, bound cards, login log, account entries, delivery addresses",
    ),
    "phone": Text(
        "机主资料、入网网点、通话详单（含基站和 IMEI）、停复机记录",
        "subscriber, point of sale, call records with cell and IMEI, suspensions",
    ),
    "parcel": Text(
        "面单双方实名信息、轨迹、签收底单、付款方式",
        "real-name data of both sides, track, receipt, way of payment",
    ),
}


def requests(store: Store, viewer: Viewer, case_no: str, chain: Chain) -> list[Addressed]:
    """One entry per request of the chain, in its order."""
    people = {person["id"]: person for person in chain["persons"]}
    accounts = [
        f"{ask.get('kind') or 'card'}:{ask['identifier']}" for ask in chain["ask_for"] if _held(ask) == "bank"
    ]
    rows = store.read(viewer, "chain.banks", accounts=accounts) if accounts else []
    banks = {row["id"]: row["bank"] for row in rows}
    found: list[Addressed] = []
    for ask in chain["ask_for"]:
        hop, holder = chain["hops"][ask["hop"]], people.get(ask["holder"]) or unknown_person(ask["holder"])
        body = _body(ask, banks.get(f"{ask.get('kind') or 'card'}:{ask['identifier']}"))
        content, reason = _CONTENT.get(_held(ask), _CONTENT["bank"]), _reason(case_no, ask, hop)
        found.append(
            {
                "holder": holder,
                "identifier": ask["identifier"],
                "from": ask["from"],
                "to": ask["to"],
                "hop": ask["hop"],
                "body": _words(body),
                "content": _words(content),
                "reason": _words(reason),
            }
        )
    return found


def _words(text: Text) -> Words:
    return {"zh": text.zh, "en": text.en}


def _held(ask: AskFor) -> str:
    """What sort of body holds it: bank, tenpay, alipay, phone, parcel; by its shape where a run did not say."""
    kind, number = ask.get("kind"), str(ask["identifier"])
    known = {"card": "bank", "bank": "bank", "wechat": "tenpay", "tenpay": "tenpay", "qq": "tenpay"}
    if kind:
        return known.get(str(kind), str(kind))
    digits = number.lstrip("+")
    if number.endswith("@wx.tenpay.com") or number.startswith("wxid_"):
        return "tenpay"
    if digits.isdecimal():
        short = digits.removeprefix("86")
        if len(short) == 11 and short.startswith("1"):
            return "phone"
        return "alipay" if len(digits) == 16 and digits.startswith("2088") else "bank"
    return "other"


def _body(ask: AskFor, bank: str | None) -> Text:
    number = str(ask["identifier"])
    held = _held(ask)
    if held == "bank":
        listed = card_bin(number)
        name = listed.bank if listed else bank
        return Text(name, name) if name else _BANK
    if held == "phone":
        name = carrier(number.removeprefix("+86"))
        if name is None:
            return _CARRIER
        return Text(
            f"{name}（按号段，携号转网须核实）",
            f"{_CARRIERS.get(name, name)} (by range; it may have been ported)",
        )
    if held == "parcel":
        shaped = [name for name, shape in courier_shapes() if shape.fullmatch(number)]
        return Text(shaped[0], shaped[0]) if len(shaped) == 1 else _COURIER
    return {"tenpay": _TENPAY, "alipay": _ALIPAY}.get(held, _OTHER)


def _reason(case_no: str, ask: AskFor, hop: Hop) -> Text:
    """Why it is asked for, as a letter may say it: what is on record already, and what has to be found out."""
    of = hop["rows_of"]
    ends = {of["from"]["id"], of["to"]["id"]} if of else {hop["from"], hop["to"]}
    period = (
        f"{(hop['first'] or '')[:10]} 至 {(hop['last'] or '')[:10]}",
        (hop["first"] or "")[:10],
        (hop["last"] or "")[:10],
    )
    known = ("", "")
    if hop["first"] and ask["holder"] in ends:
        if hop["rows"] == "payments":
            money = f"{(hop['fen'] or 0) / 100:,.2f}"
            known = (
                f"已调取的记录显示，{period[0]}，该持有人与涉案人员之间有付款 {hop['count']} 笔，合计 {money} 元；",
                f"Records at hand show {hop['count']} payments, {money} yuan in all, between the holder and a person of the "
                f"case from {period[1]} to {period[2]}. ",
            )
        elif hop["rows"] == "calls":
            known = (
                f"已调取的记录显示，{period[0]}，该持有人与涉案人员通联 {hop['count']} 次；",
                f"Records at hand show {hop['count']} calls between the holder and a person of the case from {period[1]} "
                f"to {period[2]}. ",
            )
    purpose = {
        "phone": ("查明该号码的使用人及通联情况", "who uses the number and with whom it was in touch"),
        "parcel": ("查明寄递双方及物品流向", "who sent and received it and where it went"),
    }.get(_held(ask), ("查明该账户的资金来源和去向", "where money of the account came from and went"))
    return Text(
        f"因侦办 {case_no} 号案件需要。{known[0]}现需{purpose[0]}。",
        f"Needed in case {case_no}. {known[1]}It must be established {purpose[1]}.",
    )
