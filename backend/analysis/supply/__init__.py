"""Who supplies whom: candidates, features, signals, scores, intermediaries."""
