"""Looking: every watch that has not ended is asked again, new hits become leads, lost ones are marked gone."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass

from backend import deeds
from backend.answers.runs import published
from backend.watches.hits import WatchGround, WatchHit, hits
from backend.watches.kinds import WatchQuestion, asked_of
from graph_schema.errors import UplineError
from graph_schema.store import LOCAL, Parameters, Props, Row, Store, Viewer

MOST = 2_000
"""Hits of one watch that are kept; the newest. More is said as ``truncated``."""
BATCH = 500


@dataclass(frozen=True)
class Looked:
    """What a look at all watches brought: how many were asked, new leads, hits that are gone, looks that failed."""

    watches: int
    new: int
    gone: int
    failed: int


def look_again(store: Store, viewer: Viewer) -> Looked:
    """Ask every watch that stands. What fails is kept with its watch and shown; it never stops a load."""
    deeds.begin(store)
    standing = [row["watch"] for row in store.read(viewer, "watch.all") if not row["watch"].get("ended_at")]
    new = gone = failed = 0
    for watch in standing:
        try:
            found = find(store, viewer, asked_of(json.loads(watch["asked"])))
            came, went = keep(store, watch, found, known=False)
            deeds.do(store, "watch.set", watch_id=watch["watch_id"], props=state(found))
        except UplineError as error:
            failed += 1
            props = {"failed": str(error), "looked_at": _now()}
            deeds.do(store, "watch.set", watch_id=watch["watch_id"], props=props)
            continue
        new, gone = new + came, gone + went
    return Looked(len(standing), new, gone, failed)


def find(store: Store, viewer: Viewer, asked: WatchQuestion) -> list[WatchHit]:
    """What a watch finds now, newest first. Raises ``NotFound`` and ``InputError`` for a target that means nothing."""
    found = hits(WatchGround(store, viewer, published(store, viewer)), asked)
    return sorted(found, key=lambda hit: (-(hit.at or 0), hit.key))


def keep(store: Store, watch: Row, found: list[WatchHit], *, known: bool) -> tuple[int, int]:
    """Keep hits as leads; return how many are new and how many are gone.

    ``known`` for the first look: what is there already is kept as known, so that only news become leads.
    """
    now = _now()
    leads = [_lead(watch, hit) for hit in found[:MOST]]
    rows = store.read(LOCAL, "watch.leads", watch_id=watch["watch_id"], timeout=60.0)
    kept = {row["lead"]["lead_id"]: row["lead"] for row in rows}
    changed = [lead for lead in leads if _says_more(lead, kept.get(lead["lead_id"]))]
    new = gone = 0
    for start in range(0, len(changed), BATCH):
        batch = changed[start : start + BATCH]
        new += deeds.do(store, "watch.found", leads=batch, known=known, now=now).get("nodes_created", 0)
    if len(found) == len(leads):  # of hits that were cut off nothing says that they are gone
        here = [lead["lead_id"] for lead in leads]
        if any(not lead.get("gone_at") for lead_id, lead in kept.items() if lead_id not in set(here)):
            left = deeds.do(store, "watch.gone", watch_id=watch["watch_id"], here=here, now=now)
            gone = left.get("properties_set", 0)
    return new, gone


def _says_more(lead: Parameters, kept: Props | None) -> bool:
    """Whether a hit is new, was gone, or has other rows than when it was kept; all others need not be written again."""
    return kept is None or bool(kept.get("gone_at")) or kept.get("evidence") != lead["props"]["evidence"]


def state(found: list[WatchHit]) -> Parameters:
    """What a watch keeps of its last look."""
    return {"looked_at": _now(), "found": len(found), "truncated": len(found) > MOST, "failed": None}


def _lead(watch: Row, hit: WatchHit) -> Parameters:
    digest = hashlib.sha256(f"{watch['watch_id']}\n{hit.key}".encode("utf-8", "surrogatepass")).hexdigest()
    return {
        "lead_id": f"L-{digest[:16]}",
        "props": {
            "title": hit.zh,
            "title_en": hit.en,
            "subjects": list(hit.subjects),
            "evidence": list(hit.evidence[:200]),
            "rule_ids": list(hit.rules) or None,
            "watch": watch["watch_id"],
            "at": hit.at,
            "created_by": watch["author"],
        },
    }


def _now() -> int:
    return int(time.time() * 1000)
