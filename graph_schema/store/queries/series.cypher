// What joins cases, and who else buys where somebody buys.

// name: series.persons
// mode: read
// Who stands in which case, those counted as him with him.
MATCH (p:Person)-[:IS]->(:Record)-[v:INVOLVED_IN]->(c:Case)
WHERE p.run = $run AND NOT coalesce(v.role_class, 'other') IN ['witness', 'other']
  AND ($viewer_cases IS NULL OR c.case_no IN $viewer_cases)
RETURN coalesce(p.counted_as, p.person_id) AS person, collect(DISTINCT c.case_no) AS cases,
  collect(v.evidence)[..10] AS evidence

// name: series.suppliers
// mode: read
UNWIND $buyers AS key
MATCH (a:Person)-[s:SUPPLIES]->(b:Person {key: key})
WHERE s.score >= $min_score
RETURN a.person_id AS supplier, b.person_id AS buyer, s.score AS score

// name: series.seizures
// mode: read
MATCH (c:Case)<-[v:SEIZED_IN]-(s:Seizure)
WHERE s.<<property>> IS NOT NULL AND s.<<property>> <> '' AND ($viewer_cases IS NULL OR c.case_no IN $viewer_cases)
OPTIONAL MATCH (s)-[:SEIZED_FROM]->(h)
WITH s.<<property>> AS value, collect(DISTINCT c.case_no) AS cases, count(DISTINCT coalesce(h, s)) AS people,
  collect(DISTINCT v.evidence)[..10] AS evidence
WHERE size(cases) > 1
RETURN value, cases, people, evidence

// name: series.handsets
// mode: read
MATCH (d:Device)<-[u:USED_WITH]-(i)<-[:HOLDS]-(p:Person)
WHERE p.run = $run
OPTIONAL MATCH (p)-[:IS]->(:Record)-[v:INVOLVED_IN]->(c:Case)
WHERE NOT coalesce(v.role_class, 'other') IN ['witness', 'other'] AND ($viewer_cases IS NULL OR c.case_no IN $viewer_cases)
WITH d.imei14 AS value, collect(DISTINCT c.case_no) AS cases, count(DISTINCT coalesce(p.counted_as, p.person_id)) AS people,
  collect(u.evidence)[..10] AS evidence
WHERE size(cases) > 1 AND people > 1
RETURN value, cases, people, evidence

// name: series.accounts
// mode: read
// Accounts people of several cases paid; what is paid there may be drugs where the holder is known for them or supplies.
MATCH (c:Case)<-[v:INVOLVED_IN]-(:Record)<-[:IS]-(p:Person)-[:HOLDS]->(:Account)-[e:PAID]->(a:Account)
WHERE p.run = $run AND NOT coalesce(a.platform, false) AND NOT coalesce(v.role_class, 'other') IN ['witness', 'other']
  AND ($viewer_cases IS NULL OR c.case_no IN $viewer_cases) AND COUNT { (a)<-[:PAID]-() } <= $hub
WITH a, c.case_no AS case_no, count(DISTINCT e) AS n, collect(e.evidence)[..5] AS evidence
WHERE n >= $least
WITH a, collect(DISTINCT case_no) AS cases, collect(evidence)[..5] AS evidence
WHERE size(cases) > 1
OPTIONAL MATCH (h:Person)-[:HOLDS]->(a) WHERE h.run = $run
OPTIONAL MATCH (w:Person {key: $prefix + coalesce(h.counted_as, h.person_id)})
RETURN a.account_id AS value, cases, reduce(all = [], some IN evidence | all + some) AS evidence,
  COUNT { MATCH (a)<-[:PAID]-(o:Account) RETURN DISTINCT o } AS people,
  coalesce(h.registered_user, false) OR coalesce(w.registered_user, false)
    OR EXISTS { (h)-[:IS]->(:Record)-[q:INVOLVED_IN]->() WHERE NOT coalesce(q.role_class, 'other') IN ['witness', 'other'] }
    OR EXISTS { (w)-[s:SUPPLIES]->() WHERE s.score >= $min_score } AS owned

// name: series.words
// mode: read
MATCH (c:Case)<-[v:INVOLVED_IN]-(:Record)<-[:IS]-(p:Person)-[:HOLDS]->(i)-[e:MESSAGED]-()
WHERE p.run = $run AND e.text IS NOT NULL AND ($viewer_cases IS NULL OR c.case_no IN $viewer_cases)
  AND NOT coalesce(v.role_class, 'other') IN ['witness', 'other']
WITH DISTINCT c, p, e ORDER BY e.at DESC LIMIT $limit
UNWIND $words AS word
WITH c, p, e, word WHERE e.text CONTAINS word
WITH word AS value, collect(DISTINCT c.case_no) AS cases, count(DISTINCT p) AS people, collect(e.evidence)[..10] AS evidence
WHERE size(cases) > 1
RETURN value, cases, people, evidence

// name: series.edges
// mode: read
MATCH (a:Person)-[s:SUPPLIES]->(b:Person)
WHERE a.key STARTS WITH $prefix AND s.score >= $min_score
RETURN collect(a.person_id) AS suppliers, collect(b.person_id) AS buyers
