"""The risk net for large-scale manufacture: firm anomalies times person facts; a lead needs both."""
