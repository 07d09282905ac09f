"""Columns of events: channels, groups of rows, timelines, union-find."""
