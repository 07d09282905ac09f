"""Regular dealings (往来规律): two who pay and ring each other out of reach of any drug fact. No supply, and no score."""

from __future__ import annotations

import numpy as np

from backend.analysis.arrays.grouping import find
from backend.analysis.arrays.timeline import timeline
from backend.analysis.correlation.coincidence import REACH
from backend.analysis.supply.features import Features
from graph_schema.arrays import Bools, Ints
from graph_schema.declaration.drug_facts import load_drug_facts


def regular(stage: Features, reached: Bools) -> Bools:
    """Candidates whose buyer paid the supplier himself, as often and with as many calls of the two near as declared, and
    neither of whom may supply the other as far as facts reach. With a platform nobody deals.
    """
    c, least, platform = stage.candidates, load_drug_facts().regular, stage.facts.platform
    of, paid = c.payments_of, stage.payments
    straight = (paid.a[c.payment] == c.buyer[of]) & (paid.b[c.payment] == c.supplier[of])
    persons = ~platform[c.supplier] & ~platform[c.buyer]
    pair = np.minimum(c.supplier, c.buyer) * stage.n + np.maximum(c.supplier, c.buyer)
    asked = persons & ~np.isin(pair, pair[reached])
    asked &= np.bincount(of[straight], minlength=stage.size) >= least.payments
    rows = np.flatnonzero(straight & asked[of])
    rung = rows[_rung(stage, pair[of[rows]], stage.at[rows])]
    return np.asarray(asked & (np.bincount(of[rung], minlength=stage.size) >= least.near))


def _rung(stage: Features, pair: Ints, at: Ints) -> Bools:
    """Which payments, each of a pair (smaller person first) and at a time, have a call between the two within ``REACH``."""
    wanted, calls = np.unique(pair), stage.calls
    place = find(wanted, np.minimum(calls.a, calls.b) * stage.n + np.maximum(calls.a, calls.b))
    seen = (place >= 0) & (calls.at >= 0)
    if not seen.any():
        return np.zeros(len(pair), dtype=np.bool_)
    start, stop = timeline(place[seen], calls.at[seen]).slices(
        np.searchsorted(wanted, pair), at - REACH, at + REACH
    )
    return np.asarray((at >= 0) & (stop > start))
