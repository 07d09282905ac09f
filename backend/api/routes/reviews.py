"""The ledger of judgements: what was judged, by whom and why; adding to it and taking back."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body, Query

from backend.api.dependencies import Ask
from backend.api.paging import following, start_of
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas import reviews as schemas
from backend.api.schemas.base import Id, Nothing
from backend.contract.reviews import (
    Mine,
    Notes,
    OneNote,
    OneReview,
    ProposalPage,
    Proposals,
    ReviewPage,
    Reviews,
)
from backend.reviews import answers
from backend.reviews import notes as commenting
from backend.reviews import proposals as queue

router = Router(prefix="/reviews", tags=["reviews"], responses=documented("E-AUDIT"))


@router.get("")
def reviews(ask: Ask, asked: Annotated[schemas.ReviewsPage, Query()]) -> Json[Reviews]:
    """The ledger, newest first."""
    found = answers.reviews(
        ask.store,
        ask.viewer,
        kind=asked.kind,
        subjects=asked.subject,
        standing=asked.standing,
        limit=asked.limit,
        skip=start_of(asked.cursor)[1],
    )
    return Json(
        {**found, "next": following(len(found["reviews"]), found["total"], asked.cursor, found["run"])}
    )


@router.post("", status_code=201, responses=documented("E-NOT-FOUND"))
def judge(ask: Ask, asked: Annotated[schemas.Judged, Body()]) -> Json[OneReview]:
    """Judge: one entry is added to the ledger. Of chains, hops, gangs, members, supplies and leads it counts at once,
    of identity from the next run on."""
    found = answers.judge(
        ask.store,
        ask.viewer,
        asked.kind,
        asked.verdict,
        asked.subjects,
        asked.reason,
        seen=asked.seen,
        after=asked.after,
    )
    return Json(found, 201)


@router.get("/proposals")
def proposals(ask: Ask, asked: Annotated[schemas.ProposalsPage, Query()]) -> Json[Proposals]:
    """Who may be who: the queue, by impact, strength and deadline."""
    skip = start_of(asked.cursor)[1]
    found = queue.proposals(ask.store, ask.viewer, limit=asked.limit, skip=skip, answered=asked.answered)
    return Json(
        {**found, "next": following(len(found["proposals"]), found["total"], asked.cursor, found["run"])}
    )


@router.get("/proposals/{proposal_id}", responses=documented("E-NOT-FOUND"))
def proposal(ask: Ask, proposal_id: Id, asked: Annotated[Nothing, Query()]) -> Json[ProposalPage]:
    """One question: both sides row by row, signals for and against, consequences, what would settle it."""
    return Json(queue.proposal(ask.store, ask.viewer, proposal_id))


@router.get("/notes", responses=documented("E-NOT-FOUND"))
def notes(ask: Ask, asked: Annotated[schemas.NotesAsked, Query()]) -> Json[Notes]:
    """The comments on a case, chain, gang or person, newest first."""
    return Json(commenting.notes(ask.store, ask.viewer, asked.about))


@router.post("/notes", status_code=201, responses=documented("E-NOT-FOUND"))
def add_note(ask: Ask, asked: Annotated[schemas.NoteAdded, Body()]) -> Json[OneNote]:
    """Comment on something. It decides nothing; who is named finds it among his tasks."""
    return Json(commenting.add_note(ask.store, ask.viewer, asked.about, asked.text, due=asked.due), 201)


@router.get("/notes/mine")
def my_notes(ask: Ask, asked: Annotated[Nothing, Query()]) -> Json[Mine]:
    """What one is named in or gave oneself to do, and what changed of one's decisions."""
    return Json(commenting.mine(ask.store, ask.viewer))


@router.post("/notes/{review_id}/done", status_code=201, responses=documented("E-NOT-FOUND"))
def note_done(ask: Ask, review_id: Id) -> Json[OneNote]:
    """Say that what a comment asked for is done."""
    return Json(commenting.note_done(ask.store, ask.viewer, review_id), 201)


@router.get("/{review_id}", responses=documented("E-NOT-FOUND"))
def review(ask: Ask, review_id: Id, asked: Annotated[Nothing, Query()]) -> Json[ReviewPage]:
    """One entry and the history of its subjects."""
    return Json(answers.review(ask.store, ask.viewer, review_id))


@router.post(
    "/{review_id}/undo",
    status_code=201,
    responses=documented("E-NOT-FOUND"),
)
def undo(ask: Ask, review_id: Id, asked: Annotated[schemas.TakingBack, Body()]) -> Json[OneReview]:
    """Take a judgement back: another entry, and what stood before stands again."""
    return Json(answers.undo(ask.store, ask.viewer, review_id, asked.reason), 201)
