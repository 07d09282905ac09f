// Where a person's identifiers were seen and what he did when: for map and timeline.

// name: whereabouts.seen
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS|IS]->(i)-[e:SEEN_AT|STAYED_AT]->(c)
WITH DISTINCT i, e, c ORDER BY e.at DESC, e.event_id LIMIT $limit
RETURN type(e) AS kind, e.event_id AS id, e.at AS at, coalesce(e.at_precision, 'day') AS precision, e.until_at AS until,
  labels(i)[0] AS by_label, i {.*} AS by, labels(c)[0] AS label, c {.*} AS place, e.evidence AS evidence

// name: whereabouts.cells
// mode: read
// Cells his calls went through, from his own side of them.
MATCH (p:Person {key: $key})-[:HOLDS]->(i)-[e:CALLED]-(j)
WITH DISTINCT i, e, CASE WHEN startNode(e) = i THEN e.start_cell ELSE e.end_cell END AS cell
WHERE cell IS NOT NULL
WITH i, e, cell ORDER BY e.at DESC, e.event_id LIMIT $limit
MATCH (c:Cell {cell_id: cell})
RETURN 'CELL' AS kind, e.event_id AS id, e.at AS at, coalesce(e.at_precision, 'day') AS precision, null AS until,
  labels(i)[0] AS by_label, i {.*} AS by, 'Cell' AS label, c {.*} AS place, e.evidence AS evidence

// name: whereabouts.seized
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS|IS]->(i)<-[f:SEIZED_FROM]-(s:Seizure)
OPTIONAL MATCH (s)-[:SEIZED_IN]->(c:Case)
WITH s, collect(DISTINCT c.case_no) AS cases, collect(f.evidence) AS proofs
WHERE $viewer_cases IS NULL OR size(cases) = 0 OR any(no IN cases WHERE no IN $viewer_cases)
WITH s, proofs ORDER BY s.at DESC, s.seizure_id LIMIT $limit
RETURN 'SEIZED' AS kind, s.seizure_id AS id, s.at AS at, coalesce(s.at_precision, 'day') AS precision, null AS until,
  'Seizure' AS by_label, s {.*} AS by, 'Seizure' AS label, s {.*} AS place,
  reduce(all = [], each IN proofs | all + each) AS evidence

// name: whereabouts.cases
// mode: read
MATCH (p:Person {key: $key})-[:IS]->(:Record)-[v:INVOLVED_IN]->(c:Case)
WHERE $viewer_cases IS NULL OR c.case_no IN $viewer_cases
WITH c, collect(v.evidence) AS proofs ORDER BY c.opened_at DESC, c.case_no LIMIT $limit
RETURN 'CASE' AS kind, c.case_no AS id, c.opened_at AS at, 'day' AS precision, null AS until,
  'Case' AS by_label, c {.*} AS by, 'Case' AS label, c {.*} AS place,
  reduce(all = [], each IN proofs | all + each) AS evidence

// name: whereabouts.parcels
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS|IS]->(i)-[s:SENT|RECEIVED]->(c:Parcel)
WITH DISTINCT s, c ORDER BY s.at DESC, s.event_id LIMIT $limit
RETURN type(s) AS kind, s.event_id AS id, s.at AS at, coalesce(s.at_precision, 'day') AS precision, s.address AS address,
  c.waybill AS waybill, s.evidence AS evidence

// name: whereabouts.dealings
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS]->(i)-[e:CALLED|MESSAGED|PAID]-(j)
WHERE e.at IS NOT NULL
WITH DISTINCT i, e, j ORDER BY e.at DESC, e.event_id LIMIT $limit
OPTIONAL MATCH (q:Person)-[:HOLDS]->(j) WHERE q.run = $run
RETURN type(e) AS kind, e.event_id AS id, e.at AS at, coalesce(e.at_precision, 'day') AS precision, startNode(e) = i AS out,
  e.fen AS fen, e.seconds AS seconds, q.person_id AS other, q.name AS other_name,
  coalesce(j.number, j.account_id, j.imsi, j.imei14) AS number, e.evidence AS evidence
