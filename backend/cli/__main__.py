"""``python -m backend.cli``: the same as ``upline``."""

from backend.cli import main

main()
