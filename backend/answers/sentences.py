"""Why, in sentences: a score taken apart into its signals and a signal into its rows, in Chinese and English.

A supply's score is the logistic of a starting value and the weights of its signals: the sentences give every term, so that
whoever adds them up gets the score.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from backend.analysis.model.weights import default_weights, signal_name
from backend.contract.chains import Hop
from backend.contract.evidence import (
    ChainOfCase,
    EventOfRun,
    ExplainingSentence,
    PairDealings,
    PairFound,
    PairUnlisted,
)
from backend.contract.gangs import GangPage
from backend.contract.person import Person
from backend.contract.persons import CountedAs, DrugFact, PersonPage
from backend.contract.supplies import SupplyEdge, Weighed
from viz.text.phrases import hop_amount, money, person_name, reason_text
from viz.text.words import CHIP, edge_name, role_name

MOST_MEMBERS = 30
"""Members of a gang told of; the answer itself has all."""


def _say(zh: str, en: str, evidence: Iterable[str] = ()) -> ExplainingSentence:
    return {"zh": zh, "en": en, "evidence": list(dict.fromkeys(evidence))}


def _findings(n: int) -> str:
    return "1 finding" if n == 1 else f"{n} findings"


def of_supply(answer: PairFound) -> Iterator[ExplainingSentence]:
    """Of a supply: the claim, its terms and sum."""
    for edge in answer["edges"]:
        yield from _supply(edge)
    yield from _counted(answer["counted"])


def of_pair(answer: PairUnlisted) -> Iterator[ExplainingSentence]:
    """Of two persons who are no supply: what they have to do with each other, and why that is none."""
    yield from _unlisted(answer)
    yield from _counted(answer["counted"])


def _unlisted(answer: PairDealings) -> Iterator[ExplainingSentence]:
    """Two persons who are no supply: what is recorded of them with each other, and the sum where they were weighed."""
    (up_zh, up_en), (down_zh, down_en) = _ends(answer)
    n = (answer["payments"], answer["calls"], answer["statements"])
    yield _say(
        f"未列为供货：{up_zh} 向 {down_zh}。两人之间有付款 {n[0]} 笔、通话和消息 {n[1]} 次、供述 {n[2]} 份。",
        f"Not listed as a supply: {up_en} to {down_en}. Between the two: payments {n[0]}, calls and messages {n[1]}, "
        f"statements {n[2]}.",
        answer["evidence"],
    )
    if answer["score"] is None:
        yield _say(
            "未计算评分：买方没有付款给他，也没有付款给通话前后有他的账户，没有供述指认他，没有他寄来的快递；或两人都与涉毒案件无关；"
            "或其记录已计在另一人名下。",
            "Not scored: no payment to him, nor to an account around calls with him; no statement names him; no parcel came from "
            "him. Or neither has to do with a drug case, or his records were counted for another person.",
        )
        return
    weighed = [(each, list[str]()) for each in answer["signals"]]
    if answer["regular"] is not None:
        yield _say(
            "关联范围内没有涉毒材料，不认定为供货。以下各项只说明往来有规律。",
            "No drug fact is within reach, so this is not scored as a supply. The signals below only show how regular the "
            "dealings are.",
        )
        yield from _terms(weighed, answer["regular"])
        return
    yield _say(
        f"评分 {answer['score']:.3f}，低于列出的下限 {answer['listed_from']:.2f}。",
        f"Score {answer['score']:.3f}, below the listing threshold of {answer['listed_from']:.2f}.",
    )
    yield from _terms(weighed, answer["score"])


def _ends(pair: SupplyEdge | PairDealings) -> list[tuple[str, str]]:
    """Supplier and buyer as they are called, in Chinese and in English."""
    ends = (pair["supplier"], pair["buyer"])
    return [(person_name(end, "zh"), person_name(end, "en")) for end in ends]


_WHY_COUNTED = {
    "name": ("同名", "the same name"),
    "number": ("号码前后相接", "one number succeeds the other"),
    "account": ("同一账户收款前后先后被联系", "called one after the other around payments to one account"),
    "payments": ("通话与账户收付款同步", "the number's calls coincide with the account's payments"),
}


def _counted(same: Iterable[CountedAs]) -> Iterator[ExplainingSentence]:
    """Whose events were counted for whom, and why; said wherever a score rests on it."""
    for each in same:
        who, whole, n = each["person"], each["counted_as"], each["contacts"]
        held = [*who["phones"], *who["accounts"]] or [who["id"]]
        why = _WHY_COUNTED[each["reason"]]
        if number := each["number"]:
            his, user = ({t: f"{person_name(p, t)} ({p['id']})" for t in ("zh", "en")} for p in (who, whole))
            yield _say(
                f"{number} 登记在{his['zh']}名下，其通话却与{user['zh']}的账户收付款同步，与登记人自己的账户不同步，"
                f"有 {n} 个共同联系人；推断号码由后者使用，或两人实为一人，通话计入后者。"
                "人员未合并；在复核中认定不是同一人的，不再计入。",
                f"{number} is registered to {his['en']}, but its calls coincide with the payments of {user['en']}, "
                f"not with those of his own accounts; {n} common contact{'s' * (n != 1)}. The latter probably uses it, "
                "or the two are one person, so its calls count for the latter. Nobody is merged; a judgement that they are "
                "different persons ends this.",
            )
            continue
        yield _say(
            f"{'、'.join(held)} 与 {person_name(whole, 'zh')}（{whole['id']}）{why[0]}，有 {n} 个共同联系人，推断计为一人。"
            "人员未合并，可在复核中认定不是同一人。",
            f"{', '.join(held)} and {person_name(whole, 'en')} ({whole['id']}): {why[1]}, {n} common contact{'s' * (n != 1)}; "
            "counted as one person, not merged. A judgement can separate them.",
        )


def _supply(edge: SupplyEdge) -> Iterator[ExplainingSentence]:
    """The claim, each signal with its weight, and the sum that gives the score."""
    (up_zh, up_en), (down_zh, down_en) = _ends(edge)
    period = f"{(edge['from'] or '')[:10]} – {(edge['to'] or '')[:10]}"
    status = CHIP[edge["status"]]
    yield _say(
        f"供货（{status.zh}）：{up_zh} 疑似向 {down_zh} 供货（{period}），评分 "
        f"{edge['score']:.2f}；由人判断。",
        f"Supply ({status.en}): {up_en} may supply {down_en} ({period}), score "
        f"{edge['score']:.2f}; a person decides.",
    )
    if edge["review"]:
        said = edge["review"]
        yield _say(
            f"{said['by']} 于 {said['at'][:16]} 认定：{status.zh}。理由：{said['reason']}",
            f"Decided by {said['by']} on {said['at'][:16]}: {status.en}. Reason: {said['reason']}",
        )
    if edge["months"]:
        yield _say(
            "按月付款："
            + "、".join(f"{m['month']} {m['count']} 笔 {money(m['fen'])}" for m in edge["months"])
            + "。",
            "Paid by month: "
            + ", ".join(f"{m['month']} {money(m['fen'])} in {m['count']}" for m in edge["months"])
            + ".",
        )
    yield from _terms(((each, each["evidence"]) for each in edge["signals"]), edge["score"])


def _terms(found: Iterable[tuple[Weighed, list[str]]], score: float) -> Iterator[ExplainingSentence]:
    """Each signal with its weight, strongest first, and the sum."""
    terms = sorted(found, key=lambda term: -abs(term[0]["weight"]))
    for signal, rows in terms:
        known = default_weights().signals.get(signal["name"])
        name = signal_name(signal["name"])
        why = (
            (f"{known.reason_zh}。", f" {known.reason_en[0].upper()}{known.reason_en[1:]}.")
            if known
            else ("", "")
        )
        ways = ("支持", "for") if signal["weight"] > 0 else ("反对", "against")
        yield _say(
            f"{ways[0]} {signal['weight']:+.2f}：{name.zh}，{signal['n']} 项。{why[0]}",
            f"{ways[1]} {signal['weight']:+.2f}: {name.en}, {_findings(signal['n'])}.{why[1]}",
            rows,
        )
    score = min(max(score, 1e-6), 1 - 1e-6)
    total = sum(float(signal["weight"]) for signal, _ in terms)
    start = math.log(score / (1 - score)) - total
    yield _say(
        f"合计：起始值 {start:+.2f}（未看任何信号时）加各信号 {total:+.2f}，换算为评分 {score:.3g}。",
        f"Sum: {start:+.2f} before any signal, plus {total:+.2f} from the signals, gives a score of {score:.3g}.",
    )


def of_chain(answer: ChainOfCase) -> Iterator[ExplainingSentence]:
    """Of a chain: its end, each hop with its rows, who is counted for whom, and what to ask for."""
    chain = answer["chain"]
    people = {person["id"]: person for person in chain["persons"]}
    reaches, status, hops = chain["reaches"], CHIP[chain["status"]], len(chain["hops"])
    yield _say(
        f"上溯链（{status.zh}）：案件 {answer['case_no']}，{hops} 跳，强度 {chain['strength']:.2f}（取最弱一跳），"
        f"评分 {chain['score']:.2f}，可延伸至 {'、'.join(reaches) or '无'}。",
        f"Chain ({status.en}) from case {answer['case_no']}: {hops} hops, strength {chain['strength']:.2f} (its "
        f"weakest hop), score {chain['score']:.2f}, reaches {', '.join(reaches) or 'no other case'}.",
    )
    yield _say(
        "评分由各跳强度与终点换算：到达大案远高于到达其他案件、在逃人员或组织者，终点身份不明的最低。",
        "The score comes from its hops and its end: a major case counts far more than another case, a fugitive or an "
        "organiser; an end with nobody known counts least.",
    )
    for n, hop in enumerate(chain["hops"]):
        yield _hop(n, hop, people, n == chain["weakest"])
    yield from _counted(answer["counted"])
    for wanted in chain["ask_for"]:
        period = f"{(wanted['from'] or '')[:10]} – {(wanted['to'] or '')[:10]}"
        yield _say(
            f"补证：{wanted['identifier']}，{period}（第 {wanted['hop'] + 1} 跳）。",
            f"To request: {wanted['identifier']}, {period} (hop {wanted['hop'] + 1}).",
        )


def _hop(n: int, hop: Hop, people: Mapping[str, Person], weakest: bool) -> ExplainingSentence:
    def name(person_id: str, language: str) -> str:
        return person_name(people[person_id], language) if person_id in people else person_id

    weak = ("，最弱一跳", ", the weakest hop") if weakest else ("", "")
    period = f"{(hop['first'] or '')[:10]} – {(hop['last'] or '')[:10]}"
    return _say(
        f"第 {n + 1} 跳（{edge_name(hop['kind'], 'zh')}）：{name(hop['from'], 'zh')} → {name(hop['to'], 'zh')}，"
        f"{hop_amount(hop, 'zh')}，{period}，评分 {hop['score']:.2f}{weak[0]}。",
        f"Hop {n + 1} ({edge_name(hop['kind'], 'en')}): {name(hop['from'], 'en')} → {name(hop['to'], 'en')}, "
        f"{hop_amount(hop, 'en')}, {period}, score {hop['score']:.2f}{weak[1]}.",
        hop["evidence"],
    )


def of_gang(answer: GangPage) -> Iterator[ExplainingSentence]:
    """Of a gang candidate: its figures, and each member with the reasons of his role."""
    gang, status = answer["gang"], CHIP[answer["gang"]["status"]]
    names = {
        language: {m["person"]["id"]: person_name(m["person"], language) for m in gang["members"]}
        for language in ("zh", "en")
    }
    proofs = {m["person"]: m.get("evidence") or [] for m in answer["body"].get("members", ())}
    yield _say(
        f"团伙 {gang['id']}（{status.zh}）：{gang['size']} 人，强度 {gang['score']:.2f}，内聚 {gang['cohesion']:.2f}，"
        f"稳定 {gang['stability']:.2f}（去掉部分联系后重算，成员的平均重合度）。",
        f"Gang {gang['id']} ({status.en}): {gang['size']} persons, score {gang['score']:.2f}, cohesion {gang['cohesion']:.2f}, "
        f"stability {gang['stability']:.2f} (mean overlap of its members when some ties are dropped).",
    )
    for member in gang["members"][:MOST_MEMBERS]:
        who = member["person"]["id"]
        why = {
            language: ("；" if language == "zh" else "; ").join(
                reason_text(reason, language, names[language]) for reason in member["reasons"]
            )
            for language in ("zh", "en")
        }
        yield _say(
            f"第 {member['rank']} 位 {names['zh'][who]}：{role_name(member['role'], 'zh')}，{member['score']:.2f}。{why['zh']}。",
            f"Rank {member['rank']}, {names['en'][who]}: {role_name(member['role'], 'en')}, {member['score']:.2f}. {why['en']}.",
            proofs.get(who, ()),
        )


_HELD = {
    "registered": ("登记在其名下", "registered in his name"),
    "used": ("本人使用", "used by him"),
    "used_with": ("与其号码同机使用", "used under one controllerset with his number"),
    "registered_together": ("与其标识同时登记", "registered together with an identifier of his"),
    "same_entry": ("与其标识同在一条登记", "in one entry with an identifier of his"),
    "resident_id": ("本人证件", "his resident id"),
    "named": ("以其姓名出现", "appears under his name"),
    "only_holder": ("无其他已知持有人", "no other known holder"),
}


def of_person(answer: PersonPage) -> Iterator[ExplainingSentence]:
    """Of a person: why each identifier is his, then what ties him to others."""
    if answer["platform"]:
        yield _say(
            "平台账户或服务号：往来记录保留可查，但不作为人员之间的联系。",
            "A platform account or service number: its records are kept, but it links no persons.",
        )
    for held in answer["holds"]:
        zh, en = _HELD.get(held["reason"] or "", (held["reason"] or "—", held["reason"] or "—"))
        yield _say(
            f"{held['identifier']} 归属此人：{zh}。", f"{held['identifier']} is his: {en}.", held["evidence"]
        )
    yield from _counted(answer["counted"])
    yield from _drug_facts(answer["drug_facts"])
    for edge in answer["supplies"]:
        yield next(_supply(edge))


def _drug_facts(facts: list[DrugFact] | None) -> Iterator[ExplainingSentence]:
    """Each kind of drug fact that stands for him, with its rows."""
    if facts == []:
        yield _say("没有此人的涉毒材料。", "No drug fact is known about him.")
    for fact in facts or ():
        of = {t: f" ({person_name(fact['of'], t)})" if fact["of"] else "" for t in ("zh", "en")}
        where = {t: sign + mark.join(fact["cases"]) if fact["cases"] else "" for t, sign, mark in _WHERE}
        yield _say(
            f"涉毒材料：{fact['zh']}{of['zh']}（{fact['reason']['zh']}）{where['zh']}。",
            f"Drug fact: {fact['en']}{of['en']} ({fact['reason']['en']}){where['en']}.",
            fact["evidence"],
        )


_WHERE = (("zh", "，案件 ", "、"), ("en", "; case ", ", "))


def of_event(answer: EventOfRun) -> Iterator[ExplainingSentence]:
    """Of an event: its ends, its time and how many rows it has."""
    event = answer["event"]
    yield _say(
        f"{event['type']}：{event['start']} → {event['end']}，{event.get('at') or '时间不明'}，"
        f"{len(event.get('evidence') or ())} 行来源。",
        f"{event['type']}: {event['start']} → {event['end']}, {event.get('at') or 'no time'}, "
        f"{len(event.get('evidence') or ())} source rows.",
        event.get("evidence") or (),
    )
