"""Precursors and equipment: stock, certificates, splitting, resale, equipment handed on, inspections."""
