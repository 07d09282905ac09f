"""The graph for other programs: GraphML, GEXF, FollowTheMoney, i2 ANX, CSV, Parquet, XLSX, JSON; streamed."""
