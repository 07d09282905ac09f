"""Measures of social networks: centrality, communities, key players, mutual supply."""
