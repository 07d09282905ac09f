"""The graph for other programs: GraphML, GEXF, FollowTheMoney, i2 ANX, CSV, Parquet, XLSX, JSON; streamed."""

from backend.exports.make import FORMATS, Export, export_graph

__all__ = ["FORMATS", "Export", "export_graph"]
