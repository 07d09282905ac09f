"""Writers of the district's files, in the shapes and with the dirt that returns and squad tables have."""
