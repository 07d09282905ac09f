"""One hop of a chain told from its own rows; and, where hops say who supplies whom, each signal for and against that."""

from __future__ import annotations

from collections.abc import Iterator

from backend.contract.chains import Hop
from backend.contract.supplies import SupplyEdge
from backend.reports.composition import ReportColumn, table
from backend.reports.material import Material
from backend.reports.telling import day, yuan
from graph_schema.language import Text
from viz.report.model import Block, Paragraph, Sentence

SIGNALS = (
    ReportColumn(Text("依据", "Signal"), 2.2),
    ReportColumn(Text("作用", "For or against"), 0.6),
    ReportColumn(Text("权重", "Weight"), 0.6),
    ReportColumn(Text("次数", "Count"), 0.6),
)


def hop_blocks(stuff: Material, hop: Hop) -> Iterator[Block]:
    """What was seen on a hop, what it may mean, and what somebody decided about it."""
    t = stuff.telling
    said = [_seen(stuff, hop), *_meant(stuff, hop)]
    if decided := t.decided(hop["status"], hop["review"]):
        said.append(t.say(f"本跳认定：{decided}。", f"Decision on this hop: {decided}."))
    yield Paragraph(tuple(said))


def supply_blocks(stuff: Material, hops: tuple[int, ...], supply: SupplyEdge) -> Iterator[Block]:
    """Who may supply whom by these hops (numbered from 1), how surely, and the signals for and against it."""
    t = stuff.telling
    up, down = t.name(supply["supplier"]), t.name(supply["buyer"])
    which = "、".join(map(str, hops)) if t.language != "en" else " and ".join(map(str, hops))
    plural = "s" if len(hops) > 1 else ""
    yield Paragraph(
        (
            t.say(
                f"由第 {which} 跳推断，{t.sure(supply['score'])}{up}向{down}供货；"
                f"强度{t.strength(supply['score'])}，依据与反对见下表。",
                f"By hop{plural} {which} {t.sure(supply['score'])} {up} supplies {down}; strength "
                f"{t.strength(supply['score'])}, signals for and against in the table.",
            ),
        )
    )
    signals = sorted(supply["signals"], key=lambda signal: -signal["weight"])
    if not signals:
        return
    rows = [
        (
            t.signal(signal["name"]),
            t.pick("支持", "for") if signal["weight"] > 0 else t.pick("反对", "against"),
            f"{signal['weight']:+.2f}",
            str(signal["n"]),
        )
        for signal in signals
    ]
    caption = Text(
        f"第 {which} 跳：供货推断的支持与反对依据", f"Hop{plural} {which}: signals for and against a supply"
    )
    yield table(t, caption, SIGNALS, rows, (tuple(signal["evidence"]) for signal in signals))


def _seen(stuff: Material, hop: Hop) -> Sentence:
    """The hop's own rows in a sentence, with the two persons they are of."""
    t = stuff.telling
    a, b = rows_between(stuff, hop)
    since, until = day(hop["first"], t.language), day(hop["last"], t.language)
    when = (f"{since}至{until}，", f", {since} to {until}") if hop["first"] else ("", "")
    n, money = hop["count"], yuan(hop["fen"], t.language)
    times = "once" if n == 1 else f"{n} times"
    near = ("（均在付款前后三小时内）", ", within three hours of payments") if hop["near"] else ("", "")
    told = {
        "payments": (
            f"据资金记录，{when[0]}{a}向{b}付款 {n} 笔，合计 {money}。",
            f"Payments on record: {a} paid {b} {times}, {money} in all{when[1]}.",
        ),
        "calls": (
            f"据通联记录，{when[0]}{a}与{b}通联 {n} 次{near[0]}。",
            f"Calls on record: {a} and {b} were in touch {times}{near[1]}{when[1]}.",
        ),
        "parcels": (
            f"据快递记录，{when[0]}{b}向{a}寄递 {n} 件。",
            f"Parcels on record: {n} from {b} to {a}{when[1]}.",
        ),
        "statements": (
            f"据供述，{a}的货来自{b}，共 {n} 份。",
            f"According to statements, {a} got his goods from {b} ({n}).",
        ),
        "seizures": (
            f"据检验记录，{a}与{b}处缴获的毒品属同一特征批次，共 {n} 份。",
            f"Laboratory records: the goods seized from {a} and from {b} are of one batch ({n} exhibits).",
        ),
    }
    unknown = (
        f"据记录，{a}与{b}之间有{t.hop(hop['kind'])} {n} 项{when[0].rstrip('，') and f'（{since}至{until}）'}。",
        f"On record between {a} and {b}: {t.hop(hop['kind'])}, {n}{when[1]}.",
    )
    zh, en = told.get(hop["rows"] or "", unknown)
    return t.say(zh, en, hop["evidence"])


def rows_between(stuff: Material, hop: Hop) -> tuple[str, str]:
    """Names of the two persons a hop's rows are of."""
    if of := hop["rows_of"]:
        return stuff.telling.name(of["from"]), stuff.telling.name(of["to"])
    return stuff.name(hop["from"]), stuff.name(hop["to"])


def _meant(stuff: Material, hop: Hop) -> Iterator[Sentence]:
    """What the hop itself may mean; who supplies whom is told apart, with its signals."""
    t = stuff.telling
    low, high = stuff.name(hop["from"]), stuff.name(hop["to"])
    sure, strength = t.sure(hop["score"]), t.strength(hop["score"])
    told = {
        "payee": (f"{low}为{high}代收", f"{low} collects for {high}"),
        "paid_for": (f"这是替{low}付款", f"this was paid on behalf of {low}"),
        "identifier": (f"{low}与{high}为同一人使用", f"{low} and {high} are the same person"),
        "same_batch": (f"二者的货同源，{high}居上", f"their goods have the same source, with {high} above"),
    }
    if hop["kind"] in told:
        zh, en = told[hop["kind"]]
        yield t.say(f"据此{sure}{zh}，强度{strength}。", f"From this {sure} {en}; strength {strength}.")
