"""Who may take a load out: whoever loaded it, a chief and an administrator. One investigator never undoes another's work."""

from __future__ import annotations

from backend.security.errors import Forbidden
from backend.security.rights import Right, rights
from graph_schema.language import Text
from graph_schema.store import Store, Viewer


def may_take_out(store: Store, viewer: Viewer, load_id: str) -> None:
    """Raise ``Forbidden`` where a load (by number), or a file (by its digest), holds anything others loaded."""
    mine = rights(viewer)
    if Right.UNLOAD in mine:
        return
    signed = {row["signed_by"] for row in store.read(viewer, "load.signers", load_id=load_id, timeout=60.0)}
    if Right.LOAD not in mine or signed - {viewer.user}:
        raise Forbidden(
            Text(
                "这批数据由他人导入：请由导入人本人、审批领导或系统管理员撤销。",
                "Somebody else loaded this: whoever loaded it, a chief or an administrator can take it out.",
            )
        )
