// Cases, the people recorded in them and what was seized.

// name: case.count
// mode: read
MATCH (c:Case) WHERE $viewer_cases IS NULL OR c.case_no IN $viewer_cases
RETURN count(c) AS total

// name: case.page
// mode: read
MATCH (c:Case) WHERE $viewer_cases IS NULL OR c.case_no IN $viewer_cases
WITH c ORDER BY c.case_no SKIP $skip LIMIT $limit
OPTIONAL MATCH (:Run {run_id: $run})-[t:RATES]->(c)
RETURN c {.*} AS case, t.tier AS tier, t.provisional AS provisional, t.basis AS basis

// name: case.one
// mode: read
MATCH (c:Case {case_no: $case_no}) WHERE $viewer_cases IS NULL OR c.case_no IN $viewer_cases
OPTIONAL MATCH (:Run {run_id: $run})-[t:RATES]->(c)
RETURN c {.*} AS case, t.tier AS tier, t.provisional AS provisional, t.basis AS basis

// name: case.opened
// mode: read
MATCH (c:Case) WHERE c.opened_at >= $since AND ($viewer_cases IS NULL OR c.case_no IN $viewer_cases)
RETURN c.case_no AS case_no, c.case_name AS name, c.opened_at AS opened_at
ORDER BY c.opened_at DESC, c.case_no LIMIT $limit

// name: case.people
// mode: read
MATCH (c:Case {case_no: $case_no})<-[v:INVOLVED_IN]-(r:Record)
OPTIONAL MATCH (p:Person)-[:IS]->(r) WHERE p.run = $run
WITH v, r, p ORDER BY v.event_id
LIMIT $limit
RETURN r.record_id AS record_id, r.name AS name, v.role AS role, v.role_class AS role_class,
  v.arrested_at AS arrested_at, v.measure AS measure, v.evidence AS evidence,
  p {.person_id, .name, .resident_id, .phones, .accounts} AS person

// name: case.seizures
// mode: read
MATCH (c:Case {case_no: $case_no})<-[v:SEIZED_IN]-(s:Seizure)
WITH s, v ORDER BY s.at, s.seizure_id
LIMIT $limit
OPTIONAL MATCH (s)-[:SEIZED_FROM]->(i)<-[:HOLDS|IS]-(p:Person) WHERE p.run = $run
RETURN s {.*} AS seizure, v.evidence AS evidence, collect(DISTINCT p.person_id) AS persons

// name: case.reached_by
// mode: read
MATCH (c:Case {case_no: $case_no})<-[:LEADS_TO]-(h:Chain)
WHERE h.run = $run AND ($viewer_cases IS NULL OR h.case_no IN $viewer_cases)
RETURN h.chain_id AS id, h.case_no AS case_no, h.rank AS rank, h.status AS status, h.score AS score,
  h.strength AS strength, CASE WHEN $bodies THEN h.body END AS body
ORDER BY h.score DESC, h.chain_id
LIMIT $limit

// name: case.seized_from
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS|IS]->(i)<-[f:SEIZED_FROM]-(s:Seizure)
OPTIONAL MATCH (s)-[:SEIZED_IN]->(c:Case)
WITH s, collect(DISTINCT c.case_no) AS cases, collect(f.evidence) AS proofs
WHERE $viewer_cases IS NULL OR size(cases) = 0 OR any(no IN cases WHERE no IN $viewer_cases)
WITH s, cases, proofs ORDER BY s.at, s.seizure_id
LIMIT $limit
RETURN s {.*} AS seizure, head(cases) AS case_no, reduce(all = [], each IN proofs | all + each) AS evidence
