"""One hop of a chain told: the facts of its channel in sentences, then each signal with its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from backend.reports.material import Material
from backend.reports.telling import day, yuan
from viz.report.model import Block, Paragraph, Sentence, Table

Json = Mapping[str, Any]


def hop_blocks(stuff: Material, n: int, hop: Json, supply: Json | None) -> Iterator[Block]:
    """What was seen on hop ``n`` (from 1), what it may mean, each signal for and against it with its rows."""
    t = stuff.telling
    said = [_seen(stuff, hop)]
    if supply is not None:
        said.append(
            t.say(
                f"据此推断{stuff.name(hop['to'])}疑似向{stuff.name(hop['from'])}供货，评分 {supply['score']:.2f}，依据见下表。",
                f"From this, {stuff.name(hop['to'])} may be supplying {stuff.name(hop['from'])}, "
                f"score {supply['score']:.2f}; the table says why.",
                (ref for signal in supply["signals"][:2] for ref in signal["evidence"][:6]),
            )
        )
    yield Paragraph(tuple(said))
    if supply is None or not supply["signals"]:
        return
    signals = sorted(supply["signals"], key=lambda signal: -signal["weight"])
    yield Table(
        t.pick(f"第 {n} 段的依据与反对", f"Hop {n}: for and against"),
        (
            t.pick("依据", "Signal"),
            t.pick("作用", "Speaks"),
            t.pick("权重", "Weight"),
            t.pick("次数", "Count"),
        ),
        tuple(
            (
                t.signal(signal["name"]),
                t.pick("支持", "for") if signal["weight"] > 0 else t.pick("反对", "against"),
                f"{signal['weight']:+.2f}",
                str(signal["n"]),
            )
            for signal in signals
        ),
        tuple(tuple(signal["evidence"]) for signal in signals),
        (2.2, 0.6, 0.6, 0.6),
    )


def _seen(stuff: Material, hop: Json) -> Sentence:
    t = stuff.telling
    low, high = stuff.name(hop["from"]), stuff.name(hop["to"])
    since, until = day(hop["first"], t.language), day(hop["last"], t.language)
    count, fen = hop.get("count") or 0, hop.get("fen") or 0
    told = {
        "payment": (
            f"据资金记录，{since}至{until}，{low}向{high}付款 {count} 笔，合计 {yuan(fen, t.language)}。",
            f"Payments on record: {low} paid {high} {count} times from {since} to {until}, {yuan(fen, t.language)} in all.",
        ),
        "passed": (
            f"{low}疑似为{high}代收：收款后向{high}转账 {count} 笔，合计 {yuan(fen, t.language)}（{since}至{until}）。",
            f"{low} seems to collect for {high}: {count} transfers to {high} of what came in, "
            f"{yuan(fen, t.language)} in all, {since} to {until}.",
        ),
        "payee": (
            f"{low}疑似为{high}代收：付款前后与{high}联系，涉及 {count} 项记录（{since}至{until}）。",
            f"{low} seems to collect for {high}: in touch with {high} around the payments, {count} findings, {since} to {until}.",
        ),
        "paid_for": (
            f"代{low}收款的人疑似替其向{high}付款 {count} 笔，合计 {yuan(fen, t.language)}（{since}至{until}）。",
            f"Who collects for {low} seems to have paid {high} for him: {count} times, {yuan(fen, t.language)} in all, "
            f"{since} to {until}.",
        ),
        "runner": (
            f"{low}疑似为{high}送货，涉及 {count} 项记录（{since}至{until}）。",
            f"{low} seems to deliver for {high}: {count} findings, {since} to {until}.",
        ),
        "statement": (
            f"据供述，{low}的货来自{high}，{count} 处。",
            f"By statement, {low} got his goods from {high} ({count}).",
        ),
        "parcel": (
            f"据快递记录，{high}向{low}寄递 {count} 件（{since}至{until}）。",
            f"Parcels on record: {count} from {high} to {low}, {since} to {until}.",
        ),
    }
    zh, en = told.get(
        "passed" if hop["kind"] == "payee" and fen else hop["kind"],
        (
            f"据记录，{low}与{high}之间有{t.hop(hop['kind'])} {count} 次，合计 {yuan(fen, t.language)}（{since}至{until}）。"
            if fen
            else f"据记录，{low}与{high}之间有{t.hop(hop['kind'])} {count} 次（{since}至{until}）。",
            f"On record between {low} and {high}: {t.hop(hop['kind'])}, {count} times"
            f"{f', {yuan(fen, t.language)}' if fen else ''}, {since} to {until}.",
        ),
    )
    return t.say(zh, en, hop["evidence"])
