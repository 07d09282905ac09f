"""Files as received to observed graph: read, clean, match, write, resolve."""
