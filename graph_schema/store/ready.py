"""Make the database program ready: ``python -m graph_schema.store.ready [--from DIR] [--relock]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from graph_schema.errors import UplineError
from graph_schema.language import spoken
from graph_schema.store import jars, program, training
from graph_schema.store.say import say_on_stderr


def main() -> None:
    """Make the database program ready: jars, then the cache that makes starts faster."""
    parser = argparse.ArgumentParser(prog="python -m graph_schema.store.ready", description=main.__doc__)
    parser.add_argument(
        "--from", dest="source", type=Path, help="take the jars from this folder, never from the network"
    )
    parser.add_argument("--relock", action="store_true", help="resolve again and write the lock file")
    parser.add_argument("--no-aot", action="store_true", help="leave out the ahead-of-time cache")
    options = parser.parse_args()
    if options.relock:
        from graph_schema.store.relock import relock

        relock(jars.LOCK)
        return
    try:
        program.ensure(source=options.source)
    except UplineError as error:
        sys.exit(f"[upline] {spoken(error.text)}")
    if not options.no_aot:
        training.train(say_on_stderr)


if __name__ == "__main__":
    main()
