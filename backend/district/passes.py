"""Asks the camera passes: the one module that knows where they are kept (by day, beside the facts of each file)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from etl.storage import quiet_duckdb
from etl.storage.archive import Archive
from etl.storage.passes import FOLDER, with_passes
from graph_schema.store import Store, Viewer

SAMPLE = 1_000_000
"""Travel times and clocks are judged from the passes of some vehicles, about so many passes in all."""
_TRIP_MS = 3_600_000
_Columns = tuple[Any, ...]  # a row as the database gives it


@dataclass(frozen=True)
class Pass:
    """One pass of a vehicle as a camera read it; ``vehicle`` is plate|kind, ``camera`` the number of the camera."""

    vehicle: str
    at: int
    camera: str
    precision: str = "second"
    direction: str | None = None
    plate_colour: str | None = None
    vehicle_type: str | None = None
    brand: str | None = None
    colour: str | None = None
    confidence: float | None = None
    picture: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trips:
    """Times from one camera to the next: median, the fast ones, and of how many vehicles.

    Vehicles, not trips: one pair of cloned plates makes no road fast.
    """

    median_s: float
    fast_s: float
    vehicles: int


@dataclass
class Passes:
    """All passes of the files that are loaded now."""

    files: list[str]
    con: duckdb.DuckDBPyConnection = field(repr=False)
    nodes: list[str] = field(default_factory=list)

    def span(self) -> tuple[int, int] | None:
        """When the first and the latest pass were, epoch ms."""
        found = self._rows('SELECT min("at"), max("at") FROM passes')
        return (int(found[0][0]), int(found[0][1])) if found and found[0][0] is not None else None

    def of(self, vehicles: Collection[str]) -> dict[str, list[Pass]]:
        """Passes by vehicle in order of time. A pass delivered twice is one, with both rows."""
        found: dict[str, list[Pass]] = {each: [] for each in vehicles}
        names = [each.name for each in fields(Pass)]
        for row in self._rows(_OF, vehicles):
            said = dict(zip(names, (*row[:-1], tuple(row[-1])), strict=True))
            found[row[0]].append(Pass(**said))
        return found

    def reads(self, vehicles: Collection[str]) -> list[tuple[str, int, str]]:
        """(vehicle, at, camera) alone: for plates that are only compared with others, never shown."""
        return self._rows(_READS, vehicles)

    def trips(self) -> dict[tuple[str, str], Trips]:
        """Travel times between cameras, of a fixed share of the vehicles."""
        total = self._rows("SELECT count(*) FROM passes")
        share = max(1, int(total[0][0]) // SAMPLE) if total else 1
        return {
            (a, b): Trips(median, fast, vehicles)
            for a, b, median, fast, vehicles in self._rows(_TRIPS.format(share=share, trip=_TRIP_MS))
        }

    def positions(self) -> dict[str, list[tuple[float, float]]]:
        """Every position (longitude, latitude) these files name for a camera; the graph keeps one of them."""
        found: dict[str, list[tuple[float, float]]] = {}
        for camera, lon, lat in self._rows(_POSITIONS.format(nodes=_listed(self.nodes))):
            found.setdefault(camera, []).append((lon, lat))
        return found

    def _rows(self, sql: str, vehicles: Collection[str] | None = None) -> list[_Columns]:
        if not self.files:
            return []
        if vehicles is not None:
            self.con.register("wanted", pa.table({"vehicle": pa.array(sorted(vehicles), pa.string())}))
        return self.con.execute(sql).fetchall()


_OF = """SELECT vehicle, "at", camera, coalesce(any_value(at_precision), 'day'), any_value(direction), any_value(plate_colour),
  any_value(vehicle_type), any_value(brand), any_value(colour), max(confidence), any_value(picture),
  list_sort(list_distinct(list(evidence)))
FROM passes WHERE vehicle IN (FROM wanted) GROUP BY vehicle, "at", camera ORDER BY vehicle, "at", camera"""
_READS = """SELECT vehicle, "at", camera FROM passes WHERE vehicle IN (FROM wanted) ORDER BY ALL"""
_TRIPS = """WITH chosen AS (
  SELECT vehicle, "at", camera FROM passes WHERE at_precision = 'second' AND hash(vehicle) % {share} = 0),
hops AS (
  SELECT vehicle, camera AS b, "at" - lag("at") OVER w AS ms, lag(camera) OVER w AS a FROM chosen
  WINDOW w AS (PARTITION BY vehicle ORDER BY "at", camera))
SELECT a, b, median(ms) / 1000, quantile_cont(ms, 0.05) / 1000, count(DISTINCT vehicle) FROM hops
WHERE a <> b AND ms <= {trip} GROUP BY a, b"""


_POSITIONS = """WITH told AS (SELECT DISTINCT ref, props FROM read_parquet([{nodes}]) WHERE starts_with(ref, 'Place:camera:'))
SELECT DISTINCT substr(ref, 14) AS camera, CAST(props ->> '$.lon' AS DOUBLE) AS lon, CAST(props ->> '$.lat' AS DOUBLE) AS lat
FROM told WHERE lon IS NOT NULL AND lat IS NOT NULL ORDER BY ALL"""


def _listed(files: Iterable[str]) -> str:
    return ", ".join(f"'{quiet_duckdb.quoted(Path(file))}'" for file in files)


@contextmanager
def passes_in(folders: Iterable[Path]) -> Iterator[Passes]:
    """The passes of the facts folders of some files."""
    held = with_passes(folders)
    files = [path for folder in held for path in sorted((folder / FOLDER).glob("*/*.parquet"))]
    with quiet_duckdb.connect() as con:
        if files:
            told = quiet_duckdb.files(con, "files_of_passes", files)
            con.execute(f"CREATE TEMP VIEW passes AS SELECT * FROM {told}")
        yield Passes([str(path) for path in files], con, [str(folder / "nodes.parquet") for folder in held])


@contextmanager
def open_passes(store: Store, viewer: Viewer) -> Iterator[Passes]:
    """The passes of the files loaded now."""
    archive = Archive(store.home)
    loaded = [str(row["sha256"]) for row in store.read(viewer, "load.sources", timeout=60.0)]
    with passes_in(archive.facts(sha) for sha in loaded) as passes:
        yield passes


def newest_pass(store: Store, viewer: Viewer) -> int | None:
    """When the latest pass was, epoch ms; passes are not in the graph, where all else that happened is."""
    with open_passes(store, viewer) as passes:
        span = passes.span()
    return span[1] if span else None
