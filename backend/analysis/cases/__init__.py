"""Tiers of cases by law, and series of cases."""
