"""``python -m benchmarks.accuracy``: see ``--help``."""

from benchmarks.accuracy import main

main()
