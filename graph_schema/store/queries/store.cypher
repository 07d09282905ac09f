// name: store.migrations
// mode: read
// What has been applied to this database so far.
MATCH (m:Migration) RETURN m.version AS version, m.fingerprint AS fingerprint ORDER BY version

// name: store.record_migration
// mode: write
MERGE (m:Migration {version: $version})
SET m.title = $title, m.fingerprint = $fingerprint, m.applied_at = $applied_at, m.program = $program

// name: store.schema_names
// mode: read
// Names of all constraints and indexes.
SHOW CONSTRAINTS YIELD name RETURN collect(name) AS names

// name: store.index_names
// mode: read
SHOW INDEXES YIELD name RETURN collect(name) AS names

// name: store.index_states
// mode: read
// Indexes that are not usable yet, or failed.
SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name, state ORDER BY name
