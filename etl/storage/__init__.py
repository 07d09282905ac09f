"""What is kept of every file: rows, facts and why a row was left out, as Parquet read by DuckDB."""
