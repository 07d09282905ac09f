// Persons of the published run, and what stands behind one of them.

// name: person.run
// mode: read
MATCH (:View {name: $view})-[:CURRENT]->(r:Run)
RETURN r.run_id AS run, r.load AS load, r.rules AS rules, r.seed AS seed, r.started_at AS started,
  r.finished_at AS finished, r.summary AS summary
LIMIT 1

// name: person.runs
// mode: read
MATCH (r:Run {view: $view})
OPTIONAL MATCH (r)<-[c:CURRENT]-(:View {name: $view})
WITH r, count(c) > 0 AS current
ORDER BY r.started_at DESC, r.run_id DESC
SKIP $skip LIMIT $limit
RETURN r.run_id AS run, r.load AS load, r.rules AS rules, r.seed AS seed, r.started_at AS started,
  r.finished_at AS finished, r.summary AS summary, current

// name: person.run_count
// mode: read
MATCH (r:Run {view: $view})
RETURN count(r) AS total

// name: person.count
// mode: read
MATCH (p:Person) WHERE p.key STARTS WITH $prefix
RETURN count(p) AS total

// name: person.page
// mode: read
MATCH (p:Person) WHERE p.key STARTS WITH $prefix
WITH p ORDER BY p.key SKIP $skip LIMIT $limit
RETURN p.person_id AS id, p.name AS name, p.resident_id AS resident_id, p.phones AS phones, p.accounts AS accounts

// name: person.some
// mode: read
UNWIND $ids AS id
MATCH (p:Person {key: $prefix + id})
RETURN p.person_id AS id, p.name AS name, p.resident_id AS resident_id, p.phones AS phones, p.accounts AS accounts

// name: person.one
// mode: read
MATCH (p:Person {key: $key})
RETURN p {.*} AS person

// name: person.counted
// mode: read
UNWIND $ids AS id
MATCH (p:Person {key: $prefix + id}) WHERE p.counted_as IS NOT NULL
RETURN p.person_id AS id, p.counted_as AS counted_as, p.counted_why AS reason, size(p.common_contacts) AS contacts, null AS number
UNION
UNWIND $ids AS id
MATCH (p:Person {run: $run, counted_as: id})
RETURN p.person_id AS id, p.counted_as AS counted_as, p.counted_why AS reason, size(p.common_contacts) AS contacts, null AS number
UNION
UNWIND $ids AS id
MATCH (p:Person {key: $prefix + id})
UNWIND range(0, coalesce(size(p.lent), 0) - 1) AS n
RETURN id, p.lent_to[n] AS counted_as, 'payments' AS reason, p.lent_contacts[n] AS contacts, p.lent[n] AS number
UNION
UNWIND $ids AS one
MATCH (k:Person {key: $prefix + one})
UNWIND k.lent_by AS id
MATCH (p:Person {key: $prefix + id})
UNWIND range(0, coalesce(size(p.lent), 0) - 1) AS n
WITH id, p, n, one WHERE p.lent_to[n] = one
RETURN id, one AS counted_as, 'payments' AS reason, p.lent_contacts[n] AS contacts, p.lent[n] AS number

// name: person.holds
// mode: read
MATCH (p:Person {key: $key})-[h:HOLDS]->(i)
WITH h, i, labels(i)[0] AS label
ORDER BY label, h.score DESC, elementId(i)
LIMIT $limit
RETURN label, i {.*} AS props, h.reason AS reason, h.score AS score, h.evidence AS evidence

// name: person.records
// mode: read
MATCH (p:Person {key: $key})-[:IS]->(r:Record)
WITH r ORDER BY r.file, r.sheet, r.row, r.slot
LIMIT $limit
RETURN r {.*} AS props

// name: person.record_count
// mode: read
MATCH (p:Person {key: $key})
RETURN COUNT { (p)-[:IS]->(:Record) } AS total

// name: person.cases
// mode: read
MATCH (p:Person {key: $key})-[:IS]->(:Record)-[v:INVOLVED_IN]->(c:Case)
WHERE $viewer_cases IS NULL OR c.case_no IN $viewer_cases
WITH v, c ORDER BY c.case_no, v.event_id
LIMIT $limit
RETURN c.case_no AS case_no, c.case_name AS name, v.role AS role, v.role_class AS role_class,
  v.arrested_at AS arrested_at, v.measure AS measure, v.evidence AS evidence

// name: person.gangs
// mode: read
MATCH (p:Person {key: $key})-[m:MEMBER_OF]->(g:Gang)
RETURN g.gang_id AS id, g.status AS status, g.score AS gang_score, g.size AS size, m.role AS role, m.rank AS rank,
  m.score AS score, m.reasons AS reasons
ORDER BY m.score DESC, g.gang_id

// name: person.chains
// mode: read
// `bodies` is asked where a hop was rejected: then the status of a chain needs its hops.
MATCH (h:Chain)-[t:PASSES]->(p:Person {key: $key})
WHERE $viewer_cases IS NULL OR h.case_no IN $viewer_cases
RETURN h.chain_id AS id, h.case_no AS case_no, h.rank AS rank, h.status AS status, h.score AS score,
  h.strength AS strength, t.n AS place, CASE WHEN $bodies THEN h.body END AS body
ORDER BY h.case_no, h.rank
LIMIT $limit

// name: person.holder
// mode: read
MATCH (p:Person)-[:HOLDS|IS]->(n:<<label>> {<<label.key>>: $key}) WHERE p.run = $run
RETURN p.person_id AS person
LIMIT 1
