"""Answers about waste water: what needs a look, one series, what is wrong with the data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from backend.contract.district.common import Checked, Envelope
from backend.contract.district.water import Water, WaterItem
from backend.district.answering import Listing, asked_day, cut, envelope, one, plain
from backend.district.days import day_of
from backend.district.reviewed import reviewed
from backend.district.rows import rows_of
from backend.district.water import findings, history, items, sewers
from backend.district.water.items import Waters
from backend.district.water.series import Sample, sample
from backend.district.water.settings import Settings, settings
from backend.security.audited import audited
from graph_schema.language import Text
from graph_schema.store import Row, Store, Viewer

SERIES = Text("采样点和目标物", "site and target")
_TRADES = ("化工", "化学", "医药", "制药", "生化", "生物")


@audited("water.list")
def water_list(store: Store, viewer: Viewer, asked: Listing, *, every: bool = False) -> Water:
    """Sites and targets in alarm, the farthest beyond the limit first; ``every`` adds all others after them.

    The period bounds the first sample of the alarm, the unit the site.
    """
    day = asked_day(store, viewer, asked.on)
    found = _read(store, viewer, day).waters()
    kept = [
        item
        for of in found.charted
        if every or of.alarm
        if asked.unit in (None, of.series.site)
        if asked.within((item := found.item(of))["at"])
    ]
    shown, left_out = cut(_judged(store, viewer, kept), asked.limit)
    options = asked.asked(all=True if every else None)
    about = envelope(store, viewer, "water list", options, day, found.given.rules, len(shown), left_out)
    return _told(about, shown, found)


@audited("water.show", "item_id")
def water_show(store: Store, viewer: Viewer, item_id: str, *, on: dt.date | None = None) -> Water:
    """One site and target, in alarm or not, with its samples. Raises ``NotFound``."""
    day = asked_day(store, viewer, on)
    found = _read(store, viewer, day).waters()
    item = one(_judged(store, viewer, [found.item(of) for of in found.charted]), item_id, SERIES)
    of = next(each for each in found.charted if each.series.id == item_id)
    full: WaterItem = {**item, "samples": history.samples(of, found.given), "weeks": history.weeks(of)}
    options = plain({"id": item_id, "on": on})
    about = envelope(store, viewer, "water show", options, day, found.given.rules, 1, 0)
    return _told(about, [full], found)


def _judged(store: Store, viewer: Viewer, of: list[WaterItem]) -> list[WaterItem]:
    """In order, with who decided what; a decision made before the present alarm began is not about it."""
    known = reviewed(store, viewer, "water", of)
    return items.ranked([items.undecided(each) if items.decided_before(each) else each for each in known])


@audited("water.check")
def water_check(store: Store, viewer: Viewer, *, on: dt.date | None = None) -> Checked:
    """Gaps and impossible values of samples, and faults of the sewer network."""
    day = asked_day(store, viewer, on)
    read = _read(store, viewer, day)
    told = findings.gathered(
        finding
        for props, node, rows, made in read.samples
        for finding in findings.of_sample(props, node, made, read.net, rows, read.given)
    )
    told += findings.of_network(read.net, read.downstream, read.sewer_rows)
    options = plain({"on": on})
    about = envelope(store, viewer, "water check", options, day, read.given.rules, len(told), 0)
    return {**about, "items": told}


@dataclass(frozen=True)
class _Read:
    """What the graph holds up to a day: properties of each sample, its node and rows, and the sample made of it."""

    samples: list[tuple[Row, str | None, list[str], Sample | None]]  # properties as the driver gives them
    net: sewers.SewerNetwork
    downstream: dict[str, list[str]]
    sewer_rows: dict[str, list[str]]
    given: Settings

    def waters(self) -> Waters:
        return items.waters([made for *_, made in self.samples if made is not None], self.net, self.given)


def _read(store: Store, viewer: Viewer, day: dt.date) -> _Read:
    given = settings(day)
    nodes = store.read(viewer, "water.sewers", timeout=60.0)
    net = sewers.network([_node(each, given) for each in nodes])
    told = store.read(viewer, "water.samples", timeout=60.0)
    names = [f"Sewer:{each['node']['node_id']}" for each in nodes]
    rows = rows_of(store, viewer, [*names, *(f"Sample:{each['sample']['sample_id']}" for each in told)])
    people = {each: net.persons(each) for each in {each["node"] for each in told} if each in net.nodes}
    samples = []
    for each in told:
        props, node = each["sample"], each["node"]
        when = day_of(props.get("at"))
        if when is None or when <= day:
            own = rows.get(f"Sample:{props['sample_id']}", [])
            samples.append((props, node, own, sample(props, node, people.get(node), own)))
    below = {each["node"]["node_id"]: list(each["downstream"]) for each in nodes}
    sewer_rows = {name.removeprefix("Sewer:"): rows.get(name, []) for name in names}
    return _Read(samples, net, below, sewer_rows, given)


def _node(told: Row, given: Settings) -> sewers.SewerNode:
    node, below = told["node"], told["downstream"]
    firms = tuple(
        sewers.DrainingFirm(each["uscc"], each["name"], _risk(each, given))
        for each in told["firms"]
        if each["uscc"]
    )
    first = min(below, default=None)
    return sewers.SewerNode(
        node["node_id"], node.get("kind"), node.get("name"), node.get("population"), first, firms
    )


def _risk(firm: Row, given: Settings) -> float:
    """How much likelier than another firm this one is the source, by what it deals in; never by who runs it."""
    weight = given["firm_precursor"] if firm.get("precursor_class") else 1.0
    trade = firm.get("industry") or ""
    return weight * (given["firm_industry"] if any(word in trade for word in _TRADES) else 1.0)


def _told(about: Envelope, shown: list[WaterItem], found: Waters) -> Water:
    """The envelope with how many samples are judged a year, and how many alarms of them are chance."""
    tests, false = round(found.tests_a_year(), 1), float(f"{found.false_a_year():.3g}")
    return {**about, "tests_a_year": tests, "false_a_year": false, "items": shown}
