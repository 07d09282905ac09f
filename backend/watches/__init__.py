"""Watches and leads 关注与线索: saved questions asked again after every load and run; a hit becomes a lead.

A watch only asks what anybody could ask of the graph; a person decides what a lead is worth.
"""

from backend.watches.answers import add_lead, add_watch, end_watch, lead, leads, look, watches
from backend.watches.look import Looked, look_again

__all__ = [
    "Looked",
    "add_lead",
    "add_watch",
    "end_watch",
    "lead",
    "leads",
    "look",
    "look_again",
    "watches",
]
