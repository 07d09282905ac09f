"""Identifiers: one small module per kind, each with normalise, validate, is_valid, format and mask."""

from graph_schema.identifiers.common import InvalidIdentifier, TruncatedNumber, is_blank
from graph_schema.identifiers.references import KINDS, Reference, reference, references, split

__all__ = [
    "KINDS",
    "InvalidIdentifier",
    "Reference",
    "TruncatedNumber",
    "is_blank",
    "reference",
    "references",
    "split",
]
