"""Conversion of raw rows to facts, a column at a time."""
