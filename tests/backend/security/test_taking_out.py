"""Taking a load out: one's own, or any for a chief and an administrator."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.security.errors import Forbidden
from backend.security.taking_out import may_take_out
from etl.writing.load import LoadOptions, load
from graph_schema.store import LOCAL, Store, Viewer

CASES = "案件编号,案件名称,立案日期\nA990000000000202606000{},测试案,2026-06-01\n"


def test_nobody_takes_out_alone_what_another_loaded(store: Store, tmp_path: Path) -> None:
    """Trap: any investigator undoes a colleague's load; one file of a load that is not his own is enough to be refused."""
    reports = {}
    for n, signed in enumerate(("zhang.yi", None), start=1):
        (tmp_path / f"{n}.csv").write_text(CASES.format(n), encoding="utf-8")
        reports[signed] = load(store, [tmp_path / f"{n}.csv"], LoadOptions(signed_by=signed))
    own, nobody = (str(report.load) for report in reports.values())
    digest = str(reports["zhang.yi"].files[0].sha256)
    for role in ("investigator", "analyst"):
        may_take_out(store, Viewer(user="zhang.yi", role=role), own)
        for user, what in (("li.wei", own), ("li.wei", digest[:12]), ("zhang.yi", nobody)):
            with pytest.raises(Forbidden):
                may_take_out(store, Viewer(user=user, role=role), what)
    for role in ("auditor", "care"):
        with pytest.raises(Forbidden):
            may_take_out(store, Viewer(user="zhang.yi", role=role), own)
    for viewer in (Viewer(user="li.wei", role="chief"), Viewer(user="sys", role="administrator"), LOCAL):
        may_take_out(store, viewer, own)
        may_take_out(store, viewer, nobody)
