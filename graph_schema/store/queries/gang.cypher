// Gang candidates of the published run and their members.

// name: gang.count
// mode: read
MATCH (g:Gang) WHERE g.key STARTS WITH $prefix AND g.size >= $min_size
RETURN count(g) AS total

// name: gang.page
// mode: read
MATCH (g:Gang) WHERE g.key STARTS WITH $prefix AND g.size >= $min_size
WITH g ORDER BY g.score DESC, g.gang_id SKIP $skip LIMIT $limit
MATCH (p:Person)-[m:MEMBER_OF]->(g)
WITH g, m, p ORDER BY m.rank, p.key
WITH g, collect({role: m.role, rank: m.rank, score: m.score, reasons: m.reasons,
  person: p {.person_id, .name, .resident_id, .phones, .accounts}}) AS members
RETURN g {.*} AS gang, members
ORDER BY g.score DESC, g.gang_id

// name: gang.one
// mode: read
MATCH (g:Gang {key: $key})
OPTIONAL MATCH (p:Person)-[m:MEMBER_OF]->(g)
WITH g, m, p ORDER BY m.rank, p.key
RETURN g {.*} AS gang, collect({role: m.role, rank: m.rank, score: m.score, reasons: m.reasons,
  person: p {.person_id, .name, .resident_id, .phones, .accounts}}) AS members

// name: gang.persons
// mode: read
MATCH (p:Person) WHERE p.key IN $keys
RETURN p {.person_id, .name, .resident_id, .phones, .accounts} AS person

// name: gang.seizures
// mode: read
MATCH (g:Gang {key: $key})<-[:MEMBER_OF]-(p:Person)-[:HOLDS|IS]->(i)<-[f:SEIZED_FROM]-(s:Seizure)
OPTIONAL MATCH (s)-[:SEIZED_IN]->(c:Case)
WITH s, collect(DISTINCT c.case_no) AS cases, collect(DISTINCT p.person_id) AS persons, collect(f.evidence) AS proofs
WHERE $viewer_cases IS NULL OR size(cases) = 0 OR any(no IN cases WHERE no IN $viewer_cases)
WITH s, cases, persons, proofs ORDER BY s.at DESC, s.seizure_id
LIMIT $limit
RETURN s {.*} AS seizure, head(cases) AS case_no, head(persons) AS person,
  reduce(all = [], each IN proofs | all + each) AS evidence

// name: gang.supplies
// mode: read
MATCH (g:Gang {key: $key})<-[:MEMBER_OF]-(a:Person)-[s:SUPPLIES]->(b:Person)-[:MEMBER_OF]->(g)
WHERE s.score >= $min_score
RETURN a.person_id AS supplier, b.person_id AS buyer, s.score AS score, s.from_at AS from_at, s.to_at AS to_at,
  s.signals AS signals
ORDER BY s.score DESC, a.key, b.key
LIMIT $limit

// name: gang.known
// mode: read
MATCH (g:Gang) WHERE g.key IN $keys
RETURN g.gang_id AS id

// name: gang.who
// mode: read
MATCH (g:Gang) WHERE g.key IN $keys
OPTIONAL MATCH (p:Person)-[:MEMBER_OF]->(g)
RETURN g.gang_id AS id, collect(p.person_id) AS persons

// name: gang.months
// mode: read
MATCH (a:Person)-[:HOLDS]->(i)-[e:CALLED|MESSAGED|PAID]->(j)<-[:HOLDS]-(b:Person)
WHERE a.key IN $keys AND b.key IN $keys AND a <> b
WITH a, b, e.at AS at, e.fen AS fen
WITH a.person_id AS a, b.person_id AS b, CASE WHEN at IS NULL THEN null ELSE
  toString(datetime({epochMillis: at + 28800000}).year) + '-' + right('0' + toString(datetime({epochMillis: at + 28800000}).month), 2) END AS month,
  count(*) AS n, sum(fen) AS fen
RETURN a, b, month, n, fen
ORDER BY month, a, b
LIMIT $limit
