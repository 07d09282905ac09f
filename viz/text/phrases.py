"""Sentences of drawings made from contract values: money, dates, persons, signals, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from graph_schema.language import Text, in_language
from viz.text import words
from viz.text.settling import SETTLES, UNSETTLED

REASON = {
    "top": Text(
        "供货链下游 {detail} 人，未见其上家",
        "{detail} persons below him in the supply chain, no supplier above",
    ),
    "supplies_sellers": Text("向 {detail} 名卖家供货", "supplies {detail} sellers"),
    "buyers": Text("约有 {detail} 名买家", "about {detail} buyers"),
    "income_fen": Text("收款 {money}", "received {money}"),
    "calls_around_sales": Text("在 {detail} 次交易前后主叫卖方", "calls the seller around {detail} sales"),
    "called_around_sales": Text("交易前后通话 {detail} 次", "{detail} calls around sales"),
    "collects_for": Text("代 {person} 收款", "collects for {person}"),
    "buys_from": Text("向 {person} 购买", "buys from {person}"),
    "pays_in_lots": Text(
        "多次以批量金额付款给有涉毒记录的 {person}",
        "pays {person}, a recorded dealer, amounts for whole lots",
    ),
    "on_days": Text("共 {detail} 天", "on {detail} days"),
    "may_be_one_hand": Text(
        "账户收款与 {person} 的号码通话同步：可能为同一人，也可能代其收款",
        "payments to the account coincide with calls to the number of {person}: one person may hold both, or one "
        "collects for the other",
    ),
    "tied_to": Text("与 {person} 联系最强，角色未定", "strongest tie is to {person}; role unclear"),
    "same_hand": Text("疑与 {person} 为同一人", "probably the same person as {person}"),
    "registered_user": Text("登记吸毒人员", "registered user"),
    "recorded": Text("案件登记身份：{role}", "recorded in a case: {role}"),
    "score": Text("强度 {detail}", "score {detail}"),
}

RECORDED = {
    "dealing": Text("贩卖", "dealing"),
    "carrying": Text("运输", "carrying"),
    "making": Text("制造", "making"),
    "laundering": Text("洗钱", "laundering"),
}

TIER = {
    "packet": Text("零包案", "packet case"),
    "small": Text("小案", "small case"),
    "major": Text("大案", "major case"),
    "unknown": Text("档次未定", "tier not set"),
}

LABEL_KIND = {"phone": "phone", "account": "account", "sim": "sim", "device": "device", "case": "case"}

TEXT = {
    "gang.candidate": Text("团伙候选 {id}（{n} 人）", "Gang candidate {id} ({n} persons)"),
    "gang.confirmed": Text("团伙 {id}（已确认，{n} 人）", "Gang {id} (confirmed, {n} persons)"),
    "gang.frame": Text("{id} {chip} · {n} 人", "{id} {chip} · {n} persons"),
    "gang.cohesion": Text(" · 内聚 {v:.2f}", " · cohesion {v:.2f}"),
    "gang.measures": Text("内聚 {a}，稳定 {b}。", "Cohesion {a}, stability {b}."),
    "chain.candidate": Text(
        "案件 {case} 的候选上溯链 {i}/{k}", "Candidate chain {i} of {k} from case {case}"
    ),
    "chain.confirmed": Text(
        "案件 {case} 的上溯链 {i}/{k}（已确认）", "Chain {i} of {k} from case {case} (confirmed)"
    ),
    "chain.weakest": Text(
        "最弱一跳：第 {i} 跳（{kind}），证据 {n} 条，强度 {score}；全链强度取最弱一跳。",
        "Weakest hop: {i} ({kind}), {n} evidence rows, score {score}; the chain is only as strong as this hop.",
    ),
    "chain.reach": Text("可延伸至：案件 {cases}", "Reaches: {cases}"),
    "chain.organiser": Text(
        "链上有团伙候选 {gangs} 的组织者。", "The organiser of {gangs} is in this chain."
    ),
    "gang.remove": Text(
        "若该人员到案，团伙剩余 {n} 人，分为 {k} 部分。", "Without this person {n} remain, in {k} parts."
    ),
    "chain.ask": Text("补证建议 {n} 项，见补证清单。", "{n} requests would strengthen it; see the list."),
    "person.title": Text("{name}：直接关系", "{name}: direct relations"),
    "banner": Text(
        "{status}：本页为数据研判结果，仅作侦查线索，不作为认定依据。",
        "{status}. Analysis result: a lead, not a finding.",
    ),
    "banner.by": Text("由 {by} 于 {at} 确认，理由：{reason}。", "Confirmed by {by} at {at}: {reason}."),
    "banner.said": Text("由 {by} 于 {at} 认定，理由：{reason}。", "Decided by {by} at {at}: {reason}."),
    "run": Text("研判批次 {id}", "Run {id}"),
    "run.rules": Text("规则版本 {v}", "rules {v}"),
    "run.data": Text("数据截至 {v}", "data up to {v}"),
    "run.again": Text("可重复计算", "reproducible"),
    "role": Text("角色：{role}", "Role: {role}"),
    "rank": Text("排序第 {n}", "rank {n}"),
    "score": Text("强度 {v:.2f}", "score {v:.2f}"),
    "resident_id": Text("证件：{v}", "Resident id: {v}"),
    "phones": Text("号码：{v}", "Phones: {v}"),
    "accounts": Text("账户：{v}", "Accounts: {v}"),
    "phones.n": Text("{n} 个号码", "{n} phones"),
    "accounts.n": Text("{n} 个账户", "{n} accounts"),
    "phones.1": Text("1 个号码", "1 phone"),
    "accounts.1": Text("1 个账户", "1 account"),
    "fugitive": Text("登记在逃人员", "Registered fugitive"),
    "user": Text("登记吸毒人员", "Registered user"),
    "case": Text("案件 {no}", "Case {no}"),
    "signal": Text("{name} {weight}（{n} 条）", "{name} {weight} ({n})"),
    "identifier.unknown": Text("标识未知", "no identifier known"),
}


_TWICE = re.compile(r"(?P<zh>[^\x00-\x7f][^a-zA-Z]*?)(?: / | )(?P<en>[a-zA-Z][\x20-\x7e]*)")


def say(key: str, language: str, **values: object) -> str:
    """The sentence ``key`` in ``language`` with its values."""
    return TEXT[key].of(language).format(**values)


def money(fen: int) -> str:
    """Integer fen as ``¥22,600`` or ``¥22,600.50``."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'−' if fen < 0 else ''}¥{yuan:,}" + (f".{rest:02d}" if rest else "")


def amount(kind: str, count: int | None, fen: int | None, language: str) -> str:
    """``5 笔 ¥22,600``; what is absent or zero is left out."""
    parts = []
    if count:
        parts.append(
            words.count_text("payment" if kind in ("supply", "payee", "paid_for") else kind, count, language)
        )
    if fen:
        parts.append(money(fen))
    return " ".join(parts)


_ROWS = {
    "payments": "payment",
    "calls": "call",
    "parcels": "parcel",
    "statements": "statement",
    "seizures": "seizure",
}
_BETWEEN = {
    "payments": Text("{a} 付给 {b}", "{a} to {b}"),
    "calls": Text("{a} 与 {b} 通联", "{a} and {b}"),
}


def hop_amount(hop: Mapping[str, Any], language: str) -> str:
    """What a hop rests on: ``9 笔 ¥15,500``, ``23 通``; whose, where it is not of its two ends: ``（甲 与 乙 通联）``."""
    rows = str(hop.get("rows") or "")
    told = amount(_ROWS.get(rows, str(hop.get("kind"))), hop.get("count"), hop.get("fen"), language)
    return f"{told}{hop_others(hop, language)}"


def hop_others(hop: Mapping[str, Any], language: str) -> str:
    """Whose events a hop's rows are, in brackets, where they are not those of its two ends."""
    of = hop.get("rows_of")
    if not of:
        return ""
    names = {end: person_name(of[key], language) for end, key in (("a", "from"), ("b", "to"))}
    told = _BETWEEN.get(str(hop.get("rows")), _BETWEEN["calls"]).of(language).format(**names)
    return f"（{told}）" if language == "zh" else f" ({told})"


def day(at: Any) -> str:
    """The date of an ISO 8601 time (Beijing), empty for none."""
    return str(at)[:10] if at else ""


def minute(at: Any) -> str:
    """``2026-11-23 08:00`` of an ISO 8601 time; other text stays as it is."""
    text = str(at) if at else ""
    return f"{text[:10]} {text[11:16]}" if len(text) > 15 and text[10] == "T" else text


def bare(reference: str) -> tuple[str, str]:
    """Kind and number of a node reference: ``Account:bank:6222…`` gives ``bank``, ``6222…``.

    Other text stays.
    """
    label, found, rest = reference.partition(":")
    if not found or label.lower() not in LABEL_KIND:
        return "", reference
    kind, found, number = rest.partition(":")
    if label.lower() == "account" and found:
        return (kind if kind in words.KIND else "account"), number
    return label.lower(), rest


def number_text(reference: str, language: str) -> str:
    """A node reference as people say it: kind and number; other text stays."""
    kind, number = bare(reference)
    return f"{words.kind_name(kind, language)} {number}" if kind else reference


def spoken(text: str, language: str) -> str:
    """The part in ``language`` of a text that says the same twice: ``账户交易明细 account transactions``."""
    found = _TWICE.fullmatch(text)
    return text if found is None else found["en" if language == "en" else "zh"]


def person_label(person: Mapping[str, Any], language: str) -> tuple[str, str, bool]:
    """Name, second line and whether he is named: a holder nobody knows stands there with an identifier."""
    if person.get("name"):
        return str(person["name"]), "", True
    first = next(iter([*(person.get("accounts") or ()), *(person.get("phones") or ())]), "")
    shown = str(first) or say("identifier.unknown", language)
    return words.text("unknown_holder", language), shown, False


def person_name(person: Mapping[str, Any], language: str) -> str:
    """Name of a person in running text: ``持有人未知（微信 wxid…）`` where nobody is known."""
    label, caption, named = person_label(person, language)
    if named:
        return label
    return f"{label}（{caption}）" if language == "zh" else f"{label} ({caption})"


def person_remarks(person: Mapping[str, Any], language: str) -> list[str]:
    """What is known of a person besides his name."""
    remarks = []
    if person.get("resident_id"):
        remarks.append(say("resident_id", language, v=person["resident_id"]))
    comma = "、" if language == "zh" else ", "
    held = [(key, person[key]) for key in ("phones", "accounts") if person.get(key)]
    remarks += [say(key, language, v=comma.join(map(str, values))) for key, values in held]
    if person.get("fugitive"):
        remarks.append(say("fugitive", language))
    if person.get("registered_user"):
        remarks.append(say("user", language))
    return remarks


def holdings(person: Mapping[str, Any], language: str) -> list[str]:
    """``2 个号码``, ``3 个账户``: how many of each a person holds."""
    counts = [(key, len(person.get(key) or ())) for key in ("phones", "accounts")]
    return [say(f"{key}.{1 if n == 1 else 'n'}", language, n=n) for key, n in counts if n]


def signal_remarks(
    signals: Sequence[Mapping[str, Any]], language: str, names: Mapping[str, Text]
) -> list[str]:
    """One sentence per signal, strongest first, those against included; ``names`` gives the name of a code."""
    ordered = sorted(signals, key=lambda s: -abs(float(s.get("weight") or 0.0)))
    remarks = []
    for signal in ordered:
        code = str(signal["name"])
        name = in_language(names.get(code, code), language)
        weight = f"{float(signal.get('weight') or 0.0):+.1f}".replace("-", "−")
        remarks.append(say("signal", language, name=name, weight=weight, n=signal.get("n", 0)))
    return remarks


def reason_text(reason: Any, language: str, people: Mapping[str, str]) -> str:
    """A reason ``{"code", "detail"}`` of a role in words; ``people`` gives names by person id."""
    if not isinstance(reason, Mapping):
        return str(reason)
    code, detail = str(reason.get("code") or ""), str(reason.get("detail") or "")
    if code == UNSETTLED and detail in SETTLES:
        return SETTLES[detail].of(language)
    if code not in REASON:
        return " ".join(part for part in (code, detail) if part)
    fen = int(detail) if detail.lstrip("-").isdecimal() else 0
    role = RECORDED[detail].of(language) if detail in RECORDED else detail
    words_ = REASON[code].of(language)
    return words_.format(detail=detail, money=money(fen), person=people.get(detail, detail), role=role)


def run_text(run: Mapping[str, Any] | None, language: str) -> str:
    """``研判批次 R-0231 · 规则版本 1，数据截至 2026-11-23 08:00，可重复计算`` from id, rules, data_to."""
    if not run:
        return ""
    parts = []
    if run.get("rules"):
        parts.append(say("run.rules", language, v=run["rules"]))
    if run.get("data_to"):
        parts.append(say("run.data", language, v=minute(run["data_to"])))
    parts.append(say("run.again", language))
    joined = ("，" if language == "zh" else ", ").join(parts)
    return f"{say('run', language, id=run['id'])} · {joined}" if run.get("id") else joined


def banner(status: str, decision: Mapping[str, Any] | None, language: str) -> str:
    """Candidate or confirmed, by whom and why, and that this is a lead."""
    name = words.STATUS.get(status, words.STATUS["candidate"]).of(language)
    text = say("banner", language, status=name)
    if not decision:
        return text
    by = say(
        "banner.by" if status == "confirmed" else "banner.said",
        language,
        by=decision.get("by", ""),
        at=minute(decision.get("at")),
        reason=decision.get("reason", ""),
    )
    return by + ("" if language == "zh" else " ") + text
