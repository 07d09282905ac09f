"""How long it takes to verify an audit log, by its number of records: the promise is 1,000,000 in 60 seconds.

The log is written at once, by the product's own lines and parts, without waiting for the disk after each record; it is
verified as ``upline audit verify`` does. The last line gives the slope, and what it says of a million records.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

from backend.security import audit
from backend.security.audit import AuditEntry, AuditLog, Head
from backend.security.checking import checked
from backend.security.segments import SEGMENT_BYTES

SIZES = (250_000, 500_000, 1_000_000)
PROMISED = 60.0
"""Seconds for a million records."""
_ENTRY = AuditEntry(
    user="li.wei",
    role="analyst",
    purpose="0417案侦查",
    action="expand",
    outcome="done",
    objects=("P-boss", "Phone:+8613900001234"),
    query="blake3:" + "0" * 64,
    result="blake3:" + "1" * 64,
    count=40,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    asked = parser.parse_args()
    seen = [measure(records) for records in sorted(asked.sizes)]
    for each in seen:
        print(json.dumps(each))
    print(json.dumps(slope(seen)))


def measure(records: int) -> dict[str, float]:
    """Write a log of so many records and verify it: megabytes, parts, seconds by the clock and of the processor."""
    with tempfile.TemporaryDirectory(prefix="upline-audit-") as folder:
        log = AuditLog(Path(folder))
        write(log, records)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.jsonl"))
        clock, processor = time.perf_counter(), time.process_time()
        found = checked(log)
        took = {"seconds": time.perf_counter() - clock, "processor": time.process_time() - processor}
        assert found.good and found.records == records, found
        parts = len(log.segments.all()) + 1
        told = {"records": records, "megabytes": size / 1e6, "parts": parts, **took}
        return {name: round(value, 2) for name, value in told.items()}


def write(log: AuditLog, records: int) -> None:
    """Write so many records, in parts as the log itself closes them, the last one by the log."""
    last, written = Head(0, "0" * 64), 0
    out = log.path.open("wb")
    for _ in range(records - 1):
        line, last = audit._line(_ENTRY, last)
        out.write(line)
        written += len(line)
        if written >= SEGMENT_BYTES:
            out.close()
            log.segments.close(log.path, last.seq, last.hash)
            out, written = log.path.open("wb"), 0
    out.close()
    log.append(_ENTRY)


def slope(seen: list[dict[str, float]]) -> dict[str, float | bool]:
    """Seconds per million records from the smallest to the largest log, and whether the promise is kept."""
    first, last = seen[0], seen[-1]
    more = last["records"] - first["records"]
    rate, work = (
        (last[name] - first[name]) / more if more else last[name] / last["records"]
        for name in ("seconds", "processor")
    )
    million = last["seconds"] + rate * (1_000_000 - last["records"])
    return {
        "seconds_per_million": round(rate * 1e6, 2),
        "processor_per_million": round(work * 1e6, 2),
        "million": round(million, 2),
        "kept": million <= PROMISED,
        "load": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    main()
