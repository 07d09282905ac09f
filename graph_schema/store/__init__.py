"""The graph store: connection, embedded server, migrations and the catalogue of named queries."""
