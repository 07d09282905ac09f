"""The names of the formats, apart from what it takes to write them."""

FORMATS = ("graphml", "gexf", "ftm", "anx", "csv", "neo4j", "parquet", "xlsx", "json")
FOLDERS = frozenset({"csv", "neo4j", "parquet"})
"""Formats of several files: their target is a folder."""
