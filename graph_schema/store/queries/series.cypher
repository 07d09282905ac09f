// What joins cases, and who else buys where somebody buys.

// name: series.suppliers
// mode: read
MATCH (c:Case)<-[v:INVOLVED_IN]-(:Record)<-[:IS]-(b:Person)<-[s:SUPPLIES]-(a:Person)
WHERE b.run = $run AND s.score >= $min_score AND ($viewer_cases IS NULL OR c.case_no IN $viewer_cases)
  AND NOT coalesce(v.role_class, 'other') IN ['witness', 'other']
WITH a.person_id AS value, collect(DISTINCT c.case_no) AS cases, max(s.score) AS score, collect(v.evidence)[..10] AS evidence
WHERE size(cases) > 1
RETURN value, cases, score, evidence

// name: series.seizures
// mode: read
MATCH (c:Case)<-[v:SEIZED_IN]-(s:Seizure)
WHERE s.<<property>> IS NOT NULL AND s.<<property>> <> '' AND ($viewer_cases IS NULL OR c.case_no IN $viewer_cases)
WITH s.<<property>> AS value, collect(DISTINCT c.case_no) AS cases, collect(v.evidence)[..10] AS evidence
WHERE size(cases) > 1
RETURN value, cases, evidence

// name: series.handsets
// mode: read
MATCH (d:Device)<-[u:USED_WITH]-(i)<-[:HOLDS]-(p:Person)
WHERE p.run = $run
MATCH (p)-[:IS]->(:Record)-[v:INVOLVED_IN]->(c:Case)
WHERE NOT coalesce(v.role_class, 'other') IN ['witness', 'other'] AND ($viewer_cases IS NULL OR c.case_no IN $viewer_cases)
WITH d.imei14 AS value, collect(DISTINCT c.case_no) AS cases, collect(u.evidence)[..10] AS evidence
WHERE size(cases) > 1
RETURN value, cases, evidence

// name: series.accounts
// mode: read
MATCH (c:Case)<-[v:INVOLVED_IN]-(:Record)<-[:IS]-(p:Person)-[:HOLDS]->(:Account)-[e:PAID]->(a:Account)
WHERE p.run = $run AND NOT coalesce(a.platform, false) AND NOT coalesce(v.role_class, 'other') IN ['witness', 'other']
  AND ($viewer_cases IS NULL OR c.case_no IN $viewer_cases) AND COUNT { (a)<-[:PAID]-() } <= $hub
WITH a.account_id AS value, c.case_no AS case_no, count(DISTINCT e) AS n, collect(e.evidence)[..5] AS evidence
WHERE n >= $least
WITH value, collect(DISTINCT case_no) AS cases, collect(evidence)[..5] AS evidence
WHERE size(cases) > 1
RETURN value, cases, reduce(all = [], some IN evidence | all + some) AS evidence

// name: series.words
// mode: read
MATCH (c:Case)<-[v:INVOLVED_IN]-(:Record)<-[:IS]-(p:Person)-[:HOLDS]->(i)-[e:MESSAGED]-()
WHERE p.run = $run AND e.text IS NOT NULL AND ($viewer_cases IS NULL OR c.case_no IN $viewer_cases)
  AND NOT coalesce(v.role_class, 'other') IN ['witness', 'other']
WITH DISTINCT c, e ORDER BY e.at DESC LIMIT $limit
UNWIND $words AS word
WITH c, e, word WHERE e.text CONTAINS word
WITH word AS value, collect(DISTINCT c.case_no) AS cases, collect(e.evidence)[..10] AS evidence
WHERE size(cases) > 1
RETURN value, cases, evidence

// name: series.edges
// mode: read
MATCH (a:Person)-[s:SUPPLIES]->(b:Person)
WHERE a.key STARTS WITH $prefix AND s.score >= $min_score
RETURN collect(a.person_id) AS suppliers, collect(b.person_id) AS buyers
