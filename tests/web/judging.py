"""Judging by keys, and what stands of it in the ledger."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from backend import answers
from backend.reviews import answers as ledger
from graph_schema.store import LOCAL
from tests.web.browsing import Workbench


def best(bench: Workbench) -> tuple[str, str, str]:
    """A case whose first chain nobody has judged, that chain, and the gang it passes."""
    for row in answers.board(bench.store, LOCAL)["rows"]:
        if row["chain"] and row["chain"]["status"] == "candidate" and row["gang"]:
            return row["case_no"], row["chain"]["id"], row["gang"]
    raise AssertionError("no packet case has a chain to a gang")


def decide(page: Page, key: str, reason: str) -> None:
    """Write the reason and judge, by keys alone."""
    expect(page.locator(".decide textarea")).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type(reason)
    page.keyboard.press("Escape")
    page.keyboard.press(key)
    page.locator(".decide", has_text=re.compile("已记录，可撤销|Recorded; you can undo it")).wait_for()


def standing(bench: Workbench) -> set[str]:
    """Ids of the judgements that stand, those that took one back left out."""
    found = ledger.reviews(bench.store, LOCAL, standing=True)["reviews"]
    return {each["id"] for each in found if not each["undoes"]}
