"""From files as received to the observed graph: reading, cleaning, matching, writing, resolving."""
