"""Waste-water early warning: load, chart, meaning, search up the sewer."""
