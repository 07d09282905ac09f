"""Camera passes of a file as columns by day: what is asked of vehicles without filling the graph with everybody's ways.

The graph gets a pass only for a vehicle somebody has a basis to look for (``etl.writing.basis``). All others stay
here, beside the facts of their file, and go with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from etl.storage.quiet_duckdb import quoted
from graph_schema.beijing import AHEAD_MS

IS_PASS = "rel = 'SEEN_AT' AND starts_with(start, 'Vehicle:')"
"""SQL: which legs are passes of vehicles."""

FOLDER = "passes"
_PROPS = ("direction", "plate_colour", "vehicle_type", "brand", "colour", "lane", "picture")
_COLUMNS = ", ".join(f"props ->> '$.{name}' AS {name}" for name in _PROPS)
_SELECT = f"""SELECT substr(start, 9) AS vehicle, "at", at_precision,
  regexp_replace("end", '^Place:(camera:)?', '') AS camera, {_COLUMNS},
  CAST(props ->> '$.confidence' AS DOUBLE) AS confidence, evidence,
  strftime(epoch_ms("at" + {AHEAD_MS}), '%Y-%m-%d') AS day
FROM read_parquet('{{legs}}') WHERE {IS_PASS} AND "at" IS NOT NULL"""


def write_passes(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Lay out the passes among the legs of a file by Beijing day; a file without any gets no folder."""
    legs = quoted(folder / "legs.parquet")
    found = con.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM read_parquet('{legs}') WHERE {IS_PASS} LIMIT 1)"
    )
    if not found.fetchall()[0][0]:
        return
    con.execute(
        f"COPY ({_SELECT.format(legs=legs)}) TO '{quoted(folder / FOLDER)}' "
        "(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day))"
    )


def with_passes(folders: Iterable[Path]) -> list[Path]:
    """Of the facts folders of some files, those that hold passes."""
    return [folder for folder in folders if (folder / FOLDER).is_dir()]
