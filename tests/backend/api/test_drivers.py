"""Barred drivers by HTTP: the same JSON as the command line, by an id with Chinese and bars in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import quote

from pydantic import TypeAdapter

from backend.contract.district.common import Checked
from backend.contract.district.drivers import DriverLeads
from backend.district.answering import Listing
from backend.district.drivers import answers
from etl.writing.load import load
from graph_schema.store import LOCAL, Store
from tests.backend.api.conftest import Service
from tests.backend.district.driving import District, person_id

ON = dt.date(2024, 6, 30)


def test_the_api_mirrors_the_command_line(store: Store, empty: Service, tmp_path: Path) -> None:
    """Trap: route and command differ; an id of 身份证号|号牌|种类 does not survive a path; a key no type declares."""
    made = District()
    for n in (1, 2):
        made.licence(n)
        made.car(f"浙Z99A0{n}", n)
        made.commutes(f"浙Z99A0{n}", dt.date(2024, 3, 18), ON)
    load(store, [made.write(tmp_path)])
    listed = empty.get("/drivers", params={"on": str(ON), "limit": 1})
    TypeAdapter(DriverLeads).validate_json(listed.content, strict=True)
    assert listed.json() == answers.drivers_list(store, LOCAL, Listing(ON, limit=1))
    assert (listed.json()["count"], listed.json()["left_out"]) == (1, 1)
    lead = f"{person_id(2)}|浙Z99A02|02"
    one = empty.get(f"/drivers/{quote(lead, safe='')}", params={"on": str(ON)}).json()
    assert [(each["id"], each["rank"]) for each in one["items"]] == [(lead, 2)]
    checked = empty.get("/drivers/check", params={"on": str(ON)})
    TypeAdapter(Checked).validate_json(checked.content, strict=True)
    assert empty.get("/drivers/nobody").status_code == 404
