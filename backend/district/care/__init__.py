"""Graded care of registered users: regimes, tests and visits due, proposed classes, campaigns by post."""
