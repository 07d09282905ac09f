"""Analysis, service and command line."""
