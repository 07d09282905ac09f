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

// name: load.restore
// mode: write
UNWIND $rows AS r
MERGE (l:Load {load_id: r.load_id})
SET l += r

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
// With a record goes what the published run says from it alone: names no other record gives, and questions who is who.
// A run's readings of names are made anew by the next one; until then who lost a name is found by those that are left.
UNWIND $rows AS id
MATCH (n:Record {record_id: id})
CALL (n) {
  MATCH (p:Person)-[:IS]->(n)
  WITH p, EXISTS { (p)-[:IS]->(o:Record) WHERE o <> n } AS known,
    [said IN coalesce(p.names, []) WHERE EXISTS { (p)-[:IS]->(o:Record) WHERE o <> n AND o.name = said }] AS left
  WITH p, known, left, size(left) = size(coalesce(p.names, [])) AS same,
    reduce(all = '', said IN left | reduce(text = all, i IN range(0, size(said) - 1) | text + substring(said, i, 1) + ' ')) AS spaced
  SET p.name = CASE WHEN p.name IN left THEN p.name ELSE head(left) END,
    p.search = CASE WHEN same THEN p.search WHEN spaced = '' THEN null ELSE trim(spaced) END,
    p.pinyin = CASE WHEN same THEN p.pinyin END, p.initials = CASE WHEN same THEN p.initials END,
    p.case_roles = CASE WHEN known THEN p.case_roles END,
    p.names = CASE WHEN size(left) > 0 THEN left END
  WITH p
  OPTIONAL MATCH (p)-[m:MAY_BE]-()
  DELETE m
}
DETACH DELETE n

// name: load.drop_nodes
// mode: write
// With an identifier goes the number the published run shows of its holder.
UNWIND $rows AS id
MATCH (n:<<label>> {<<key>>: id})
CALL (n) {
  MATCH (p:Person)-[:HOLDS]->(n)
  WITH p, n.<<key>> AS gone
  SET p.phones = [each IN p.phones WHERE NOT gone ENDS WITH each],
    p.accounts = [each IN p.accounts WHERE NOT gone ENDS WITH each],
    p.resident_id = CASE WHEN gone = p.resident_id THEN null ELSE p.resident_id END,
    p.lent_to = CASE WHEN gone IN p.lent THEN null ELSE p.lent_to END,
    p.lent_contacts = CASE WHEN gone IN p.lent THEN null ELSE p.lent_contacts END,
    p.lent = CASE WHEN gone IN p.lent THEN null ELSE p.lent END
}
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
  f.compartment AS compartment,
  f.purpose AS purpose, f.use_until AS use_until, f.asked_from AS asked_from, f.asked_until AS asked_until
ORDER BY load, position

// name: load.compartments
// mode: read
MATCH (f:SourceFile) WHERE f.compartment IS NOT NULL
RETURN DISTINCT f.compartment AS compartment
ORDER BY compartment

// name: load.signers
// mode: read
MATCH (f:SourceFile) WHERE toString(f.load) = $load_id OR size($load_id) >= 12 AND f.sha256 STARTS WITH $load_id
RETURN DISTINCT coalesce(f.signed_by, '') AS signed_by

// name: load.history
// mode: read
MATCH (l:Load)
RETURN l.load AS load, l.action AS action, l.state AS state, l.started_at AS started_at, l.finished_at AS finished_at,
  l.files AS files
ORDER BY load

// name: load.summaries
// mode: read
MATCH (r:Run) WHERE r.load >= $load AND r.summary IS NOT NULL
RETURN r.run_id AS run_id, r.summary AS summary

// name: load.summarise
// mode: write
UNWIND $rows AS r
MATCH (n:Run {run_id: r[0]})
SET n.summary = r[1]

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

// name: load.visible_files
// mode: read
// Files without a compartment, and those of some.
MATCH (f:SourceFile) WHERE f.compartment IS NULL OR f.compartment IN $compartments
RETURN f {.*} AS file
ORDER BY f.load, f.position

// name: load.at_times
// mode: write
MATCH (l:Load {load_id: $load_id})
SET l.started_at = $started_at, l.finished_at = $finished_at
