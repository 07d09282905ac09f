"""Waste-water early warning: load, chart, meaning, search upstream."""
