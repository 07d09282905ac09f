"""Gangs: ties, detection, roles, measures."""
