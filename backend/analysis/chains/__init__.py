"""Chains from a case upwards: steps, search, ranking, evidence to ask for."""
