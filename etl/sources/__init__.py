"""Sources: the layouts Upline knows, and the opening of a file by its content."""

from etl.sources.opening import open_file

__all__ = ["open_file"]
