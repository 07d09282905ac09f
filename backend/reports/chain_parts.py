"""The text of a chain report: the lead, each hop with what speaks against it, the conclusion, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from backend.contract.cases import CasePage, SeizureShown
from backend.contract.chains import Chain
from backend.contract.supplies import SupplyEdge
from backend.reports.composition import NUMERALS
from backend.reports.hops import hop_blocks, supply_blocks
from backend.reports.material import Material
from backend.reports.telling import Telling, day
from viz.report.model import Block, Heading, Paragraph, Sentence
from viz.text.phrases import TIER, hop_amount
from viz.text.words import STATUS


def origin(t: Telling, page: CasePage, proof: tuple[str, ...]) -> Iterator[Block]:
    case = page["case"]
    about = [
        t.say(
            f"案件 {case['case_no']}（{case.get('case_name') or '未命名'}）由{case.get('unit') or '（单位未载）'}于"
            f"{day(case.get('opened_at'), t.language)}立案，案别：{case.get('class_text') or '未载'}，"
            f"状态：{case.get('status') or '未载'}。",
            f"Case {case['case_no']} ({case.get('case_name') or 'unnamed'}) was opened by "
            f"{case.get('unit') or 'a unit not stated'} on {day(case.get('opened_at'), t.language)}; "
            f"class: {case.get('class_text') or 'not stated'}; status: {case.get('status') or 'not stated'}.",
            proof,
        )
    ]
    if case.get("summary"):
        about.append(t.say(f"简要案情：{case['summary']}", f"In brief: {case['summary']}", proof))
    yield Paragraph(tuple(about))
    seizures = [_seizure(t, each) for each in page["seizures"]]
    tier = TIER[case["tier"]].of(t.language)
    seizures.append(
        t.say(
            f"按数量推算为{tier}，含量、特情等因素未计入。",
            f"By quantity this is a {tier}; purity and special factors are not counted.",
            [ref for each in page["seizures"] for ref in each["evidence"] or ()],
        )
    )
    yield Paragraph(tuple(seizures))


def rows_of(page: CasePage) -> tuple[str, ...]:
    """Rows of people and seizures of the case, where no row describes the case itself."""
    refs = [ref for each in (*page["people"], *page["seizures"]) for ref in each["evidence"] or ()]
    return tuple(dict.fromkeys(refs))[:8]


def _seizure(t: Telling, each: SeizureShown) -> Sentence:
    marks = "，".join(filter(None, (each.get("packaging"), each.get("batch"))))
    packets = each.get("packets")
    return t.say(
        f"{day(each.get('at'), t.language)}缴获{each.get('substance') or each.get('substance_raw')}，净重 "
        f"{each.get('net_g')} 克{f'，{packets} 包' if packets else ''}{f'（{marks}）' if marks else ''}。",
        f"On {day(each.get('at'), t.language)} {each.get('net_g')} g net of "
        f"{each.get('substance') or each.get('substance_raw')} were seized"
        f"{f' in {packets} packets' if packets else ''}{f' ({marks})' if marks else ''}.",
        each["evidence"] or (),
    )


def analysis(
    stuff: Material, chain: Chain, supplies: Mapping[tuple[int, ...], SupplyEdge]
) -> Iterator[Block]:
    """Each hop by itself: what was seen, what it may mean, what speaks against it."""
    t = stuff.telling
    yield Paragraph(
        (
            t.say(
                f"该链自下而上共 {len(chain['hops'])} 跳，逐跳说明如下。",
                f"The chain has {len(chain['hops'])} hops; described from the bottom up.",
            ),
        )
    )
    for n, hop in enumerate(chain["hops"]):
        mark = f"（{NUMERALS[n]}）" if n < len(NUMERALS) else f"（{n + 1}）"
        ends = f"{stuff.name(hop['from'])} → {stuff.name(hop['to'])}"
        yield Heading(
            t.pick(f"{mark}{t.hop(hop['kind'])}：{ends}", f"3.{n + 1} {t.hop(hop['kind'])}: {ends}"), 2
        )
        yield from hop_blocks(stuff, hop)
        for which, supply in supplies.items():
            if which[-1] == n + 1:
                yield from supply_blocks(stuff, which, supply)


def conclusion(stuff: Material, chain: Chain, case_no: str) -> Iterator[Block]:
    t = stuff.telling
    names = " → ".join(stuff.name(person["id"]) for person in chain["persons"])
    proof = [ref for hop in chain["hops"] for ref in hop["evidence"][:4]]
    reaches, score = "、".join(chain["reaches"]), chain["score"] or 0
    sentences = [
        t.say(
            f"经分析，{t.sure(score)}存在自案件 {case_no} 向上的供货链条：{names}。",
            f"According to the analysis, {t.sure(score)} a supply chain leads upward from case {case_no}: {names}.",
            proof,
        ),
        t.say(
            f"可信程度：{t.strength(score)}；最弱一跳的强度为{t.strength(chain['strength'] or 0)}。",
            f"Confidence: {t.strength(score)}; the weakest hop is {t.strength(chain['strength'] or 0)}.",
        ),
    ]
    if reaches:
        reached = [
            ref for person in chain["persons"] for ref in _reach(stuff, person["id"], chain["reaches"])
        ]
        sentences.append(
            t.say(f"该链可延伸至案件 {reaches}。", f"It reaches: {reaches.replace('、', ', ')}.", reached)
        )
    if chain.get("fugitives"):
        fled = "、".join(stuff.name(each) for each in chain["fugitives"] if each in stuff.pages)
        sentences.append(t.say(f"链上有登记在逃人员：{fled}。", f"Registered fugitives in it: {fled}."))
    yield Paragraph((*sentences, _stands(t, chain)))


def _stands(t: Telling, chain: Chain) -> Sentence:
    """Candidate, or what somebody decided and why."""
    if decided := t.decided(chain["status"], chain["review"]):
        return t.say(
            f"人工认定：{decided}。认定不改变上述记录，仍须依法核查。",
            f"Decided by a person: {decided}. This does not change the records above, which must still be verified by law.",
        )
    status = STATUS[chain["status"]]
    return t.say(
        f"当前状态：{status.zh}。以上为线索判断，尚需核查。",
        f"Status: {status.en}. This is a lead and must still be verified.",
    )


def _reach(stuff: Material, person_id: str, case_nos: Sequence[str]) -> Iterator[str]:
    for each in stuff.pages[person_id]["cases"]:
        if each["case_no"] in case_nos:
            yield from each["evidence"] or ()


def gaps(stuff: Material, chain: Chain, supplies: Mapping[tuple[int, ...], SupplyEdge]) -> Iterator[Block]:
    t = stuff.telling
    weakest = chain.get("weakest") or 0
    hop = chain["hops"][weakest]
    sentences = [
        t.say(
            f"最弱一跳：第 {weakest + 1} 跳（{t.hop(hop['kind'])}，{stuff.name(hop['from'])} → {stuff.name(hop['to'])}），"
            f"强度{t.strength(hop['score'])}，{hop_amount(hop, 'zh')}。",
            f"Weakest hop: {weakest + 1} ({t.hop(hop['kind'])}, {stuff.name(hop['from'])} → {stuff.name(hop['to'])}), "
            f"strength {t.strength(hop['score'])}, {hop_amount(hop, 'en')}.",
            hop["evidence"],
        )
    ]
    sentences += [
        t.say(
            f"第 {'、'.join(map(str, which))} 跳的供货推断存在反对依据：{t.signal(signal['name'])}（{signal['weight']:+.2f}）。",
            f"Against the supply by hop {' and '.join(map(str, which))}: {t.signal(signal['name'])} ({signal['weight']:+.2f}).",
            signal["evidence"],
        )
        for which, supply in supplies.items()
        for signal in supply["signals"]
        if signal["weight"] < 0
    ]
    asked = len(chain["ask_for"])
    sentences.append(
        t.say(
            f"尚有 {asked} 项账户或号码未调取；未调取期间的空白不作为反对依据。"
            if asked
            else "未发现应调取而未调取的账户。",
            f"{asked} accounts or numbers have not been requested; a period without records proves nothing."
            if asked
            else "All known accounts have been requested.",
        )
    )
    yield Paragraph(tuple(sentences))
