"""What a judgement keeps of the chain or gang it is about, so that later runs can respect it; who may decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from backend.answers.chains import filled
from backend.answers.gangs import described_gang
from backend.answers.runs import published
from backend.security.circles import circle_of, open_to
from backend.security.errors import Forbidden
from backend.security.rights import Right, rights
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

_FINAL = ("confirmed", "rejected")


def may_decide(viewer: Viewer, kind: str, verdict: str, subjects: Iterable[str]) -> None:
    """Raise ``Forbidden`` where this viewer may not decide this.

    Only a chief decides a chain, hop, gang, member or series. Only care staff judge care, and they judge nothing
    else. On an installation of one person he is his own chief.
    """
    circle = circle_of(kind, subjects)
    open_to(viewer, circle)
    if circle != "care" and Right.JUDGE not in rights(viewer):
        raise Forbidden(Text("当前角色没有这项权限。", "Your role may not do this."))
    final = kind in ("chain", "hop", "gang", "member", "series") and verdict in _FINAL
    if final and Right.DECIDE not in rights(viewer):
        raise Forbidden(
            Text("确认或排除须由大队长作出。", "Only a chief confirms or rejects; put it under review.")
        )


def with_object(store: Store, viewer: Viewer, kind: str, subjects: Sequence[str], seen: object) -> object:
    """``seen`` with the chain or gang itself under ``object``; unchanged for other kinds."""
    if kind not in ("chain", "hop", "gang", "member"):
        return seen
    name = subjects[0].partition(":")[2]
    found = _chain(store, viewer, name) if kind in ("chain", "hop") else _gang(store, viewer, name)
    if found is None:
        return seen
    if isinstance(seen, dict):
        return {**seen, "object": found}
    return {"object": found} if seen is None else {"screen": seen, "object": found}


def _chain(store: Store, viewer: Viewer, chain_id: str) -> Mapping[str, object] | None:
    run = published(store, viewer)
    rows = store.read(viewer, "chain.one", key=run.key(chain_id), run=run.run_id)
    cases = filled(store, viewer, run, rows, kept=False)
    return {**cases[0]["chains"][0], "case_no": cases[0]["case_no"], "run": run.run_id} if cases else None


def _gang(store: Store, viewer: Viewer, gang_id: str) -> Mapping[str, object] | None:
    run = published(store, viewer)
    if not store.read(viewer, "gang.one", key=run.key(gang_id)):
        return None
    return {**described_gang(store, viewer, run, gang_id)["gang"], "run": run.run_id}
