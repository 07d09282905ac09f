"""The graph itself: what surrounds a node, and paths."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from backend import answers
from backend.api.dependencies import Ask
from backend.api.problems import documented
from backend.api.responses import Json
from backend.api.routing import Router
from backend.api.schemas.questions import (
    AmongAsked,
    CountsAsked,
    ExpandAsked,
    OrderedAsked,
    PathAsked,
    PatternsAsked,
)
from backend.contract.graph import Counts, Expansion, Links, Paths
from backend.contract.suites import Ordered, PatternsFound

router = Router(prefix="/graph", tags=["graph"], responses=documented("E-NOT-FOUND", "E-AUDIT"))


@router.get("/counts")
def counts(ask: Ask, asked: Annotated[CountsAsked, Query()]) -> Json[Counts]:
    """How much surrounds a node, by type: to be asked before loading any of it."""
    return Json(answers.expand_counts(ask.store, ask.viewer, asked.node, first=asked.first, last=asked.last))


@router.get("/expand")
def expand(ask: Ask, asked: Annotated[ExpandAsked, Query()]) -> Json[Expansion]:
    """The newest of what surrounds a node, as columns; around a person the ends are persons."""
    found = answers.expand(
        ask.store,
        ask.viewer,
        asked.node,
        types=asked.type,
        after=asked.cursor,
        limit=asked.limit,
        first=asked.first,
        last=asked.last,
        sample=asked.sample,
    )
    return Json(found)


@router.get("/among")
def among(ask: Ask, asked: Annotated[AmongAsked, Query()]) -> Json[Links]:
    """Every relationship between two of some nodes, at most a limit of them."""
    found = answers.among(
        ask.store,
        ask.viewer,
        asked.node,
        types=asked.type,
        limit=asked.limit,
        first=asked.first,
        last=asked.last,
    )
    return Json(found)


@router.get("/paths")
def paths(ask: Ask, asked: Annotated[PathAsked, Query()]) -> Json[Paths]:
    """Shortest paths, or paths in time order, between two persons or nodes."""
    found = answers.path(
        ask.store,
        ask.viewer,
        asked.a,
        asked.b,
        ordered=asked.ordered,
        max_hops=asked.max_hops,
        k=asked.k,
        types=asked.type,
        first=asked.first,
        last=asked.last,
        least_yuan=asked.least_yuan,
    )
    return Json(found)


@router.get("/ordered")
def ordered(ask: Ask, asked: Annotated[OrderedAsked, Query()]) -> Json[Ordered]:
    """Money followed in time order, N layers down or up, with returns, splits and merges; each with its rows."""
    return Json(answers.ordered(ask.store, ask.viewer, **asked.model_dump(exclude={"as_of"})))


@router.get("/patterns")
def patterns(ask: Ask, asked: Annotated[PatternsAsked, Query()]) -> Json[PatternsFound]:
    """Patterns of money over all that is loaded, in time order: fans, passes, cycles, layers; each with its rows."""
    return Json(answers.patterns(ask.store, ask.viewer, **asked.model_dump(exclude={"as_of"})))
