"""Figures: each is the length of its list, by unit and period, as first reported and as now."""
