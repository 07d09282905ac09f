"""Files as received into the archive: the child processes that read them, and what became of each file."""
