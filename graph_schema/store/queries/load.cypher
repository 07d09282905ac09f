// name: load.begin
// mode: write
MERGE (l:Load {load_id: $load_id})
ON CREATE SET l.load = $load, l.action = $action, l.started_at = $now, l.done = 0, l.state = 'running'
RETURN l.done AS done, l.state AS state

// name: load.progress
// mode: read
MATCH (l:Load {load_id: $load_id})
RETURN l.done AS done

// name: load.probe
// mode: write
// Writes what is there already: shows whether the database takes writes.
MATCH (l:Load {load_id: $load_id})
SET l.state = l.state

// name: load.forget
// mode: write
// A load that was taken back leaves no trace.
MATCH (l:Load {load_id: $load_id})
DELETE l

// name: load.step
// mode: write
MATCH (l:Load {load_id: $load_id})
SET l.done = $done

// name: load.finish
// mode: write
MATCH (l:Load {load_id: $load_id})
SET l.done = $done, l.state = 'finished', l.finished_at = $now, l.files = $files

// name: load.files
// mode: write
UNWIND $rows AS r
MERGE (f:SourceFile {sha256: r.sha256})
SET f = r

// name: load.nodes
// mode: write
UNWIND $rows AS r
MERGE (n:<<label>> {<<key>>: r[0]})
ON CREATE SET n.load = $load, n += r[1]

// name: load.props
// mode: write
UNWIND $rows AS r
MATCH (n:<<label>> {<<key>>: r[0]})
SET n += r[1]

// name: load.reset_props
// mode: write
UNWIND $rows AS r
MATCH (n:<<label>> {<<key>>: r[0]})
WITH n, r, n.load AS load
SET n = r[1]
SET n.load = load

// name: load.records
// mode: write
UNWIND $rows AS r
CREATE (n:Record {record_id: r[0], name: r[1], file: r[2], sheet: r[3], row: r[4], slot: r[5], load: $load})
SET n += r[6]

// name: load.states
// mode: write
UNWIND $rows AS r
MATCH (a:Record {record_id: r[0]})
MATCH (b:<<label>> {<<key>>: r[1]})
CREATE (a)-[:STATES {how: r[2], evidence: [r[3]]}]->(b)

// name: load.events
// mode: write
UNWIND $rows AS r
MATCH (a:<<start>> {<<start_key>>: r[0]})
MATCH (b:<<end>> {<<end_key>>: r[1]})
CREATE (a)-[e:<<rel>> {event_id: r[2], at: r[3], at_precision: r[4], evidence: r[5], aliases: r[6], seen_from: r[7], load: $load}]->(b)
SET e += r[8]

// name: load.amount_events
// mode: write
UNWIND $rows AS r
MATCH (a:<<start>> {<<start_key>>: r[0]})
MATCH (b:<<end>> {<<end_key>>: r[1]})
CREATE (a)-[e:<<rel>> {event_id: r[2], at: r[3], at_precision: r[4], evidence: r[5], aliases: r[6], seen_from: r[7], load: $load, <<amount>>: r[9]}]->(b)
SET e += r[8]

// name: load.payments
// mode: write
UNWIND $rows AS r
MATCH (a:<<start>> {<<start_key>>: r[0]})
MATCH (b:<<end>> {<<end_key>>: r[1]})
CREATE (a)-[e:PAID {event_id: r[2], at: r[3], at_precision: r[4], evidence: r[5], aliases: r[6], seen_from: r[7], load: $load, fen: r[9], currency: r[10], memo: r[11], systems: r[12], serials: r[13]}]->(b)
SET e += r[8]

// name: load.drop_events
// mode: write
UNWIND $rows AS id
MATCH ()-[e:<<rel>> {event_id: id}]->()
DELETE e

// name: load.clear_events
// mode: write
// As load.drop_events, where some may be gone already.
UNWIND $rows AS id
MATCH ()-[e:<<rel>> {event_id: id}]->()
DELETE e

// name: load.drop_records
// mode: write
UNWIND $rows AS id
MATCH (n:Record {record_id: id})
DETACH DELETE n

// name: load.drop_nodes
// mode: write
UNWIND $rows AS id
MATCH (n:<<label>> {<<key>>: id})
DETACH DELETE n

// name: load.drop_files
// mode: write
UNWIND $rows AS id
MATCH (f:SourceFile {sha256: id})
DETACH DELETE f

// name: load.sources
// mode: read
MATCH (f:SourceFile)
RETURN f.sha256 AS sha256, f.load AS load, f.position AS position, f.path AS path, f.kind AS kind,
  f.loaded_at AS loaded_at, f.read AS read, f.loaded AS loaded, f.duplicate AS duplicate, f.rejected AS rejected,
  f.excluded AS excluded, f.unit AS unit, f.basis AS basis, f.marking AS marking, f.cases AS cases,
  f.purpose AS purpose, f.use_until AS use_until, f.asked_from AS asked_from, f.asked_until AS asked_until
ORDER BY load, position

// name: load.history
// mode: read
MATCH (l:Load)
RETURN l.load AS load, l.action AS action, l.state AS state, l.started_at AS started_at, l.finished_at AS finished_at,
  l.files AS files
ORDER BY load

// name: load.count_calls
// mode: read
MATCH ()-[e:CALLED]->()
RETURN count(e) AS n

// name: load.count_payments
// mode: read
MATCH ()-[e:PAID]->()
RETURN count(e) AS n

// name: load.source_props
// mode: read
MATCH (f:SourceFile) WHERE f.load <= $load
RETURN f {.*} AS file
ORDER BY f.load, f.position

// name: load.at_times
// mode: write
MATCH (l:Load {load_id: $load_id})
SET l.started_at = $started_at, l.finished_at = $finished_at
