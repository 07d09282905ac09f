"""Reports an investigator can put before a prosecutor: every sentence numbered to the rows it rests on."""

from backend.reports.make import FORMATS, Made, make_report

__all__ = ["FORMATS", "Made", "make_report"]
