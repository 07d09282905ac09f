"""Readers: containers, encodings, delimited text and workbooks, as columns of raw cells."""

from etl.reading.refusals import Unreadable

__all__ = ["Unreadable"]
