"""Which rows of different files tell of one event."""
