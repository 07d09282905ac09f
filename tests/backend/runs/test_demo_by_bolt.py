"""Every kind of link of the demo, out of the event table and out of the graph."""

from __future__ import annotations

from backend.runs.people import read_people
from etl.intake.reports import Progress
from etl.storage.event_table import EventTable
from graph_schema.store import LOCAL, Store
from tests.backend.runs import by_bolt


def test_every_kind_of_link_is_the_same_by_bolt(demo: Store) -> None:
    """Trap: a kind of link, a missing time, a precision or an end the table holds otherwise than the graph."""
    seen: list[Progress] = []
    observed, facts, _ = read_people(demo, LOCAL, seen.append)
    assert by_bolt.assert_same(demo, observed, facts) > 1_000
    assert seen == [], "the load made the table: nothing is made anew"
    assert (clues := by_bolt.links_of_clues(demo)) and by_bolt.links_of_clues_in_table(demo) == clues
    state = EventTable(demo.home).state()
    kinds = {"CALLED", "MESSAGED", "PAID", "SENT", "RECEIVED", "SAYS_SUPPLIER", "USED_WITH"}
    assert state is not None and state.counts is not None and kinds <= {*state.counts}
