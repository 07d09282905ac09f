"""From facts to the graph: plan, apply, first load, unload, and loading as a whole."""
