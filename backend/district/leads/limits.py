"""Time limits of leads from the site's rule file 时限."""

from __future__ import annotations

import datetime as dt

from backend.district.leads.course import LEVELS, TimeLimits
from backend.district.rules import rules


def limits_on(day: dt.date) -> TimeLimits:
    """Hours to accept and to answer as they hold on a day; what the file does not say has no limit."""
    rows = rules("time_limits").on(day)
    accept = next((row.number("hours") for row in rows if row.text("step") == "签收"), None)
    answer = {}
    for level, word in LEVELS.items():
        for row in rows:
            hours = row.number("hours")
            if row.text("step") == "反馈" and row.text("level") == word and hours is not None:
                answer[level] = hours
    return TimeLimits(accept, answer)
