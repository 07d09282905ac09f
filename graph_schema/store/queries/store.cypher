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

// name: store.await_indexes
// mode: read
// Waits, at most five minutes, until every index can be used.
CALL db.awaitIndexes(300)

// name: store.train_write
// mode: write
// A write of the usual shape, for the training run of the ahead-of-time cache.
UNWIND $rows AS r
MERGE (a:Phone {number: r[0]}) MERGE (b:Phone {number: r[1]})
CREATE (a)-[:CALLED {event_id: r[2], at: r[3], evidence: [r[2]]}]->(b)

// name: store.train_read
// mode: read
// A read of the usual shape, for the same.
MATCH (a:Phone)-[r:CALLED]->(b:Phone) WHERE r.at > $at
RETURN a.number AS number, collect(b.number) AS called, count(*) AS n ORDER BY n DESC LIMIT 10

// name: store.anything
// mode: read
// One node that is not the program's own note, where there is any.
MATCH (n) WHERE NOT n:Migration RETURN 1 AS one LIMIT 1
