"""``upline review …``: judgements, who made them and why; each can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.console import emit, errors, say, show, store, told
from backend.cli.options import Json, Reason
from backend.judgements.words import AT_ONCE, COMMENT, FROM_NEXT_RUN, VERDICTS, WORDS
from graph_schema.errors import InputError
from graph_schema.language import Text
from graph_schema.store import LOCAL

if TYPE_CHECKING:
    from backend.contract.reviews import OneReview, ReviewShown

app = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False)

Who = Annotated[str, typer.Argument(help="人员编号，或所持号码如 Phone:+8613… / person id or a reference")]
ReviewKind = Annotated[str, typer.Argument(help=" | ".join(VERDICTS))]
Subjects = Annotated[list[str], typer.Argument(help="编号，按 docs/reviews.md 的次序 / ids")]


@app.command("list")
def list_command(
    kind: Annotated[str | None, typer.Option(help=" | ".join(VERDICTS))] = None,
    subject: Annotated[str | None, typer.Option(help="涉及对象 / about this reference")] = None,
    standing: Annotated[bool, typer.Option(help="只列有效的 / only what stands")] = False,
    limit: Annotated[int | None, typer.Option(min=1)] = None,
    as_json: Json = False,
) -> None:
    """列出判断，新的在前。 / List judgements, newest first."""
    from backend.reviews import answers

    with errors(), store() as graph:
        found = answers.reviews(
            graph,
            LOCAL,
            kind=_kind(kind),
            subjects=(subject,) if subject else (),
            standing=standing,
            limit=limit,
        )
    emit(found) if as_json else _table(found["reviews"], f"{found['total']}")


@app.command("show")
def show_command(review_id: str, as_json: Json = False) -> None:
    """显示一条判断及同一对象的全部经过。 / Show one judgement and the history of its subjects."""
    from backend.reviews import answers

    with errors(), store() as graph:
        found = answers.review(graph, LOCAL, review_id)
    emit(found) if as_json else _table(found["history"], review_id)


@app.command("same")
def same_command(a: Who, b: Who, reason: Reason, as_json: Json = False) -> None:
    """判断两个持有人是同一人。 / Judge that two holders are the same person."""
    _judge("identity", "same", [a, b], reason, as_json)


@app.command("different")
def different_command(a: Who, b: Who, reason: Reason, as_json: Json = False) -> None:
    """判断两个持有人不是同一人。 / Judge that two holders are different persons."""
    _judge("identity", "different", [a, b], reason, as_json)


@app.command("unsure")
def unsure_command(a: Who, b: Who, reason: Reason, as_json: Json = False) -> None:
    """判断为无法确定是否同一人。 / Judge that nobody can tell whether two holders are the same."""
    _judge("identity", "unsure", [a, b], reason, as_json)


@app.command("confirm")
def confirm_command(kind: ReviewKind, subjects: Subjects, reason: Reason, as_json: Json = False) -> None:
    """确认一个候选。 / Confirm a candidate."""
    _judge(kind, "confirmed", subjects, reason, as_json)


@app.command("reject")
def reject_command(kind: ReviewKind, subjects: Subjects, reason: Reason, as_json: Json = False) -> None:
    """排除一个候选。 / Exclude a candidate."""
    _judge(kind, "rejected", subjects, reason, as_json)


@app.command("decide")
def decide_command(
    kind: ReviewKind,
    verdict: Annotated[str, typer.Argument(help="结论 / verdict, see docs/reviews.md")],
    subjects: Subjects,
    reason: Reason,
    as_json: Json = False,
) -> None:
    """作出其他结论，如复核中、退回补证、数量档次。 / Give any other verdict: under_review, sent_back, a tier."""
    _judge(kind, verdict, subjects, reason, as_json)


@app.command("comment")
def comment_command(
    kind: ReviewKind,
    subjects: Subjects,
    text: Annotated[str, typer.Option("--text", help="意见 / what you want to say")],
    as_json: Json = False,
) -> None:
    """留下意见，不作结论。 / Leave a comment that decides nothing."""
    _judge(kind, COMMENT, subjects, text, as_json)


@app.command("proposals")
def proposals_command(
    answered: Annotated[bool, typer.Option(help="含已判断的 / also what has been answered")] = False,
    limit: Annotated[int | None, typer.Option(min=1)] = None,
    as_json: Json = False,
) -> None:
    """列出可能为同一人的持有人，最紧要的在前。 / List holders who may be the same person, most urgent first."""
    from backend.reviews import proposals as queue

    with errors(), store() as graph:
        found = queue.proposals(graph, LOCAL, limit=limit, answered=answered)
    if as_json:
        emit(found)
        return
    show(
        f"{found['total']}",
        [
            Text("编号", "id"),
            Text("问题", "question"),
            Text("甲", "one"),
            Text("乙", "other"),
            Text("强度", "score"),
            Text("依据", "because"),
        ],
        [
            [
                each["id"],
                told("是否同一人", "one person?") if each["question"] == "same" else told("矛盾", "conflict"),
                f"{each['one']['id']} {each['one']['name'] or told('持有人未知', 'holder unknown')}",
                f"{each['other']['id']} {each['other']['name'] or told('持有人未知', 'holder unknown')}",
                f"{each['score']:.2f}",
                told(
                    "；".join(words["zh"] for words in each["because"]),
                    "; ".join(words["en"] for words in each["because"]),
                ),
            ]
            for each in found["proposals"]
        ],
    )


@app.command("proposal")
def proposal_command(proposal_id: str, as_json: Json = False) -> None:
    """显示一个待复核项的对照、依据和判断后果。 / Show both sides, the reasons and the consequences of one proposal."""
    from backend.reviews import proposals as queue

    with errors(), store() as graph:
        found = queue.proposal(graph, LOCAL, proposal_id)
    if as_json:
        emit(found)
        return
    show(
        proposal_id,
        [Text("项目", "field"), found["one"]["id"], Text("对照", "compared"), found["other"]["id"]],
        [
            [
                told(line["zh"], line["field"].replace("_", " ")),
                "\n".join(value["value"] for value in line["one"]),
                told(line["outcome_zh"], line["outcome"]),
                "\n".join(value["value"] for value in line["other"]),
            ]
            for line in found["rows"]
        ],
    )
    for signal in [*found["for"], *found["against"]]:
        say(f"{signal['weight']:+.1f} {signal['zh']}", f"{signal['weight']:+.1f} {signal['en']}")


@app.command("undo")
def undo_command(review_id: str, reason: Reason, as_json: Json = False) -> None:
    """撤销一条判断，撤销也记入台账。 / Undo a judgement by a new entry of the ledger."""
    from backend.reviews import answers

    with errors(), store() as graph:
        found = answers.undo(graph, LOCAL, review_id, reason)
    _told(found, as_json)


def _kind(kind: str | None) -> str | None:
    if kind is not None and kind not in VERDICTS:
        raise InputError(
            Text(
                f"没有这种复核：{kind}",
                f"there is no review of kind {kind}: {' '.join(VERDICTS)}",
            )
        )
    return kind


def _judge(kind: str, verdict: str, subjects: list[str], reason: str, as_json: bool) -> None:
    from backend.reviews import answers

    with errors():
        known = _kind(kind)
        assert known is not None
        with store() as graph:
            found = answers.judge(graph, LOCAL, known, verdict, subjects, reason)
    _told(found, as_json)


def verdict_told(verdict: str) -> str:
    """A verdict in the language of the terminal."""
    return told(*WORDS.get(verdict, (verdict, verdict)))


def _told(found: OneReview, as_json: bool) -> None:
    if as_json:
        emit(found)
        return
    entry = found["review"]
    zh, en = _when(entry["kind"], entry["verdict"])
    say(
        f"已记录 {entry['id']}：{verdict_told(entry['verdict'])}。{zh}",
        f"Recorded {entry['id']}: {verdict_told(entry['verdict'])}. {en}",
    )


def _when(kind: str, verdict: str) -> tuple[str, str]:
    """From when on a judgement counts."""
    if verdict == COMMENT:
        return "意见不作结论。", "A comment decides nothing."
    if kind in AT_ONCE:
        return "即时生效，无需重新研判。", "It counts at once; no analysis is needed."
    if kind in FROM_NEXT_RUN:
        return "重新研判（upline analyse）后生效。", "It counts from the next upline analyse on."
    return "记入台账；研判结果不因此改变。", "It is kept in the ledger; no answer changes by it."


def _table(entries: list[ReviewShown], title: str) -> None:
    show(
        title,
        [
            Text("编号", "id"),
            Text("时间", "at"),
            Text("对象", "kind"),
            Text("结论", "verdict"),
            Text("涉及", "about"),
            Text("理由", "reason"),
            Text("判断人", "author"),
            Text("有效", "valid"),
        ],
        [
            [
                entry["id"],
                entry["at"][:16],
                entry["kind"],
                verdict_told(entry["verdict"]) + (f" {entry['undoes']}" if entry["undoes"] else ""),
                "\n".join(entry["subjects"]),
                entry["reason"],
                entry["author"],
                told("是", "yes") if entry["standing"] else told("已撤销", "undone"),
            ]
            for entry in entries
        ],
    )
