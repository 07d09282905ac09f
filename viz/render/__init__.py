"""Drawings written: a page, SVG, PNG."""
