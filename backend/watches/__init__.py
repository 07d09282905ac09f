"""Watches and leads 关注与线索: saved questions asked again after every load and run; a hit becomes a lead.

A watch only asks what anybody could ask of the graph; a person decides what a lead is worth.
"""

from backend.watches.answers import add_lead, add_watch, end_watch, lead, leads, look, watches
from backend.watches.look import Looked, look_again
from backend.watches.loop import accept_lead, answer_lead, lead_rules

__all__ = [
    "Looked",
    "accept_lead",
    "add_lead",
    "add_watch",
    "answer_lead",
    "end_watch",
    "lead",
    "lead_rules",
    "leads",
    "look",
    "look_again",
    "watches",
]
