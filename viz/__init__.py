"""Drawings and reports of what the store answers."""
