"""Columns that mark a row as taken back, or as taking one back: 冲正标志, 红冲标志, 抹账标志."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from etl.converting.frame import Frame
from etl.layouts.layout import Payment
from etl.layouts.registry import words
from etl.parsing.text import folded
from graph_schema.arrays import Bools

_CODE = re.compile(r"^(\d{1,2}|[a-z])[-—:：.、,，=](?=.)")
"""What stands before the word of a coded value: ``0-正常``, ``1:冲正``."""


@dataclass(frozen=True)
class Flags:
    """``marked`` rows are one side of a reversal, either one; ``undone`` rows say that they are the payment's."""

    marked: Bools
    undone: Bools


def flags(frame: Frame, spec: Payment) -> Flags:
    """What the flags of a batch say."""
    marked, undone = np.zeros(frame.n, bool), np.zeros(frame.n, bool)
    for name in _columns(frame, spec):
        cells = frame.coded(name)
        yes = cells.mask([means(value) is True for value in cells.values])
        marked |= yes
        passive = "被" in frame.heading(name)  # 已冲正 may stand on both rows, 被冲正 on the payment only
        undone |= yes & cells.mask([passive or "被" in (value or "") for value in cells.values])
    return Flags(marked, undone)


def judge(frame: Frame, spec: Payment, alone: set[int]) -> None:
    """Leave out marked rows, saying so where the file has no other side; reject flags nobody can read."""
    for name in _columns(frame, spec):
        cells, heading = frame.coded(name), frame.heading(name)
        yes = cells.mask([means(value) is True for value in cells.values])
        lone = yes & np.isin(frame.rows, list(alone))
        frame.verdicts.exclude(lone, "reversal_alone", heading, frame.text(name))
        frame.verdicts.exclude(yes, "payment_returned", heading, frame.text(name))
        unread = cells.mask([value is not None and means(value) is None for value in cells.values])
        frame.verdicts.reject(unread, "bad_flag", heading, frame.raw(name))


def means(value: str | None) -> bool | None:
    """Whether a flag is set; None where its word or code is not known. A blank one is not set."""
    text, listed = folded(value or ""), words()
    word = _CODE.sub("", text)
    if word in listed["flag_unset"] or any(part in word for part in listed["flag_unset_within"]):
        return False
    if word in listed["flag_set"] or any(part in word for part in listed["returned"]):
        return True
    return None if text else False


def _columns(frame: Frame, spec: Payment) -> list[str]:
    return [name for name in spec.flags if frame.has(name)]
