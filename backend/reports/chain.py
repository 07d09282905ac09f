"""The chain report: 研判报告 of a case chain, from the clue to what should be asked for next.

Headings follow the customary order of a 研判报告; what is seen stands before what it may mean, and what is
missing stands as plainly as what was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from backend import answers
from backend.answers.chains import numbered
from backend.answers.lanes import SUPPLYING
from backend.answers.requests import requests
from backend.answers.supplies import edges
from backend.contract.base import Tongue
from backend.contract.board import Addressed
from backend.contract.cases import CasePage, SeizureShown
from backend.contract.chains import Chain, Hop
from backend.contract.supplies import SupplyEdge
from backend.drawings import RunShown, draw_chain, run_of, with_roles
from backend.judgements.overlay import Overlay
from backend.reports.hops import hop_blocks, supply_blocks
from backend.reports.material import Material, lead, material, person_rows, run_line, sources
from backend.reports.origins import rows_about
from backend.reports.telling import Telling, day, minute
from graph_schema.errors import NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer
from viz.report.model import Block, Furniture, Heading, Paragraph, Picture, Report, Sentence, Table
from viz.text.phrases import TIER, hop_amount
from viz.text.words import STATUS


def chain_report(
    store: Store, viewer: Viewer, case_no: str, n: int, language: str, furniture: Furniture
) -> Report:
    """The ``n``-th best chain of a case as a report; ``NotFound`` where the case has none of that number."""
    page = answers.case_page(store, viewer, case_no, k=max(n, 3))
    chain = numbered(page["chains"], n)
    if chain is None:
        raise NotFound(
            Text(
                f"案件 {case_no} 没有第 {n} 条链。",
                f"Case {case_no} has no chain {n}.",
            )
        )
    run = run_of(store, viewer)
    roles = {
        person_id: person["role"]
        for person_id, person in with_roles(store, viewer, run, chain["persons"]).items()
    }
    ids = [person["id"] for person in chain["persons"]]
    sure = ids if chain["status"] == "confirmed" else []
    stuff = material(store, viewer, ids, roles, language, sure)
    supplies = _supplies(store, run, viewer, chain["hops"])
    t = stuff.telling
    blocks: list[Block] = [
        Heading(t.pick("一、线索来源及基本情况", "1. Origin of the lead")),
        *_origin(t, page, rows_about(store, viewer, f"Case:{case_no}") or _rows_of(page)),
        Heading(t.pick("二、涉及人员基本情况", "2. Persons")),
        _persons(stuff, chain),
        Heading(t.pick("三、研判分析", "3. Analysis")),
        *_analysis(stuff, chain, supplies),
        Heading(t.pick("四、研判结论及可信程度", "4. Conclusion and confidence")),
        *_conclusion(stuff, chain, case_no),
        Heading(t.pick("五、存在的问题和缺口", "5. Problems and gaps")),
        *_gaps(stuff, chain, supplies),
        Heading(t.pick("六、下步工作建议", "6. Recommended next steps")),
        *_next(stuff, requests(store, viewer, case_no, chain)),
        Heading(t.pick("附图", "Drawing")),
        Picture(
            t.pick(f"图 1　案件 {case_no} 的上溯链", f"Figure 1. The chain from case {case_no}"),
            draw_chain(store, viewer, case_no, n, language),
        ),
    ]
    return Report(
        title=t.pick("案件上溯链研判报告", "Case chain report"),
        subject=t.pick(f"案件 {case_no}，第 {n} 条链", f"Case {case_no}, chain {n}"),
        status=chain["status"],
        status_text=t.decided(chain["status"], chain["review"]),
        lead=lead(language),
        blocks=tuple(blocks),
        sources=sources(store, viewer, blocks, stuff),
        run=run_line(run, language),
        furniture=furniture,
        language=language,
    )


def _supplies(
    store: Store, run: RunShown, viewer: Viewer, hops: Sequence[Hop]
) -> dict[tuple[int, ...], SupplyEdge]:
    """What hops (numbered from 1) say of who supplies whom: one hop by itself, or the payment to a payee with the one he
    collects for.
    """
    overlay = Overlay.read(store, viewer)
    found: dict[tuple[int, ...], SupplyEdge] = {}
    which: tuple[int, ...]
    for n, hop in enumerate(hops, start=1):
        below = hops[n - 2] if n > 1 else None
        if hop["kind"] in SUPPLYING:
            pair, which = (hop["to"], hop["from"]), (n,)
        elif hop["kind"] == "payee" and below is not None and below["kind"] == "payment":
            pair, which = (hop["to"], below["from"]), (n - 1, n)
        else:
            continue
        supplier, buyer = (f"{run['id']}/{each}" for each in pair)
        if rows := store.read(viewer, "supply.pair", supplier=supplier, buyer=buyer):
            found[which] = edges(rows, overlay)[0]
    return found


def _origin(t: Telling, page: CasePage, proof: tuple[str, ...]) -> Iterator[Block]:
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


def _rows_of(page: CasePage) -> tuple[str, ...]:
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


def _persons(stuff: Material, chain: Chain) -> Table:
    t = stuff.telling
    rows, proof = [], []
    for place, entry in enumerate(chain["persons"], start=1):
        page = stuff.pages[entry["id"]]
        person = page["person"]
        cases = "\n".join(f"{each['case_no']} {each['role'] or ''}" for each in page["cases"])
        rows.append(
            (
                str(place),
                t.card(person),
                "\n".join([*person["phones"], *person["accounts"]][:8]),
                t.role(person["id"]) + t.pick("（推断）", " (inferred)"),
                cases or t.pick("无在册案件", "none recorded"),
            )
        )
        proof.append(person_rows(page))
    return Table(
        t.pick("表 1　人员情况表（自零包案向上）", "Table 1. Persons, from the packet case upward"),
        (
            t.pick("序号", "No."),
            t.pick("姓名、身份证号", "Name, resident id"),
            t.pick("号码、账户", "Phones, accounts"),
            t.pick("角色", "Role"),
            t.pick("涉及案件", "Cases"),
        ),
        tuple(rows),
        tuple(proof),
        (0.35, 1.5, 1.6, 0.75, 1.7),
    )


def _analysis(
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
    numerals = "一二三四五六七八九十"
    for n, hop in enumerate(chain["hops"]):
        mark = f"（{numerals[n]}）" if n < len(numerals) else f"（{n + 1}）"
        ends = f"{stuff.name(hop['from'])} → {stuff.name(hop['to'])}"
        yield Heading(
            t.pick(f"{mark}{t.hop(hop['kind'])}：{ends}", f"3.{n + 1} {t.hop(hop['kind'])}: {ends}"), 2
        )
        yield from hop_blocks(stuff, hop)
        for which, supply in supplies.items():
            if which[-1] == n + 1:
                yield from supply_blocks(stuff, which, supply)


def _conclusion(stuff: Material, chain: Chain, case_no: str) -> Iterator[Block]:
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


def _gaps(stuff: Material, chain: Chain, supplies: Mapping[tuple[int, ...], SupplyEdge]) -> Iterator[Block]:
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


def _next(stuff: Material, asked: Sequence[Addressed]) -> Iterator[Block]:
    t = stuff.telling
    if not asked:
        yield Paragraph((t.say("暂无补证建议。", "No requests at present."),))
        return
    yield Paragraph(
        (
            t.say(
                "建议调取下列材料（仅供内部拟稿，不具法律效力；须经审批并使用本单位正式文书）。",
                "Requests to draft (internal, no legal effect; they need approval and the unit's own form):",
            ),
        )
    )
    said: Tongue = "en" if t.language == "en" else "zh"
    rows = tuple(
        (
            str(place),
            ask["body"][said],
            f"{t.bare(ask['holder'])}\n{ask['identifier']}",
            f"{minute(ask['from'])[:10]} – {minute(ask['to'])[:10]}",
            ask["content"][said],
            ask["reason"][said],
        )
        for place, ask in enumerate(asked, start=1)
    )
    heads = (
        t.pick("序号", "No."),
        t.pick("调取单位", "Body"),
        t.pick("持有人、标识", "Holder, identifier"),
        t.pick("期间", "Period"),
        t.pick("内容", "Content"),
        t.pick("理由", "Reason"),
    )
    yield Table(
        t.pick("表 2　补证建议表", "Table 2. Requests"), heads, rows, (), (0.35, 1.0, 1.4, 0.8, 1.5, 1.9)
    )
