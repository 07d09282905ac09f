"""``make bench``: run all benchmarks, or those named: ``make bench ARGS="load_speed"``."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

NAMES = sorted(
    m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)]) if not m.name.startswith("_")
)


def main(wanted: list[str]) -> None:
    """Run benchmarks one after the other, each printing its own table."""
    unknown = set(wanted) - set(NAMES)
    if unknown:
        sys.exit(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    for name in list(wanted) or NAMES:
        print(f"== {name}", flush=True)
        sys.argv[1:] = []  # a benchmark run by itself takes options of its own
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
