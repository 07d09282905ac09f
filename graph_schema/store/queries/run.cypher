// Columns come by pages of nodes in the order of their keys: one answer of all would outgrow the database's memory.

// name: run.identifiers
// mode: read
MATCH (n:<<label>>) WHERE n.<<key>> > $after
WITH n ORDER BY n.<<key>> LIMIT $most
RETURN max(n.<<key>>) AS last, collect(n.<<key>>) AS keys, collect(coalesce(n.load, 0)) AS loads

// name: run.platforms
// mode: read
MATCH (n:Account) WHERE n.platform
RETURN n.account_id AS account

// name: run.records
// mode: read
MATCH (r:Record) WHERE r.record_id > $after
WITH r ORDER BY r.record_id LIMIT $most
RETURN max(r.record_id) AS last, collect(r.record_id) AS ids, collect(coalesce(r.name, '')) AS names,
  collect(coalesce(r.load, 0)) AS loads,
  collect(coalesce(r.registered_user, false)) AS users, collect(coalesce(r.fugitive, false)) AS fugitives,
  collect(r.file + '/' + CASE WHEN coalesce(r.sheet, '') = '' THEN '-' ELSE r.sheet END + '/' + toString(r.row)) AS rows

// name: run.told
// mode: read
MATCH (r:Record)
WHERE r.record_id > $after AND
  (r.birth IS NOT NULL OR r.sex IS NOT NULL OR r.region IS NOT NULL OR r.address IS NOT NULL OR r.aliases IS NOT NULL)
WITH r ORDER BY r.record_id LIMIT $most
RETURN max(r.record_id) AS last, collect(r.record_id) AS ids, collect(coalesce(r.birth, '')) AS births,
  collect(coalesce(r.sex, '')) AS sexes,
  collect(coalesce(r.region, '')) AS regions, collect(coalesce(r.address, '')) AS addresses,
  collect(coalesce(r.aliases, [])) AS aliases

// name: run.states
// mode: read
MATCH (n:<<label>>) WHERE n.<<key>> > $after
WITH n ORDER BY n.<<key>> LIMIT $most
OPTIONAL MATCH (r:Record)-[s:STATES]->(n)
RETURN max(n.<<key>>) AS last, collect(r.record_id) AS records,
  collect(CASE WHEN r IS NOT NULL THEN n.<<key>> END) AS keys, collect(s.how) AS hows

// name: run.involvements
// mode: read
MATCH (r:Record)-[e:INVOLVED_IN]->(c:Case)
RETURN r.record_id AS record, c.case_no AS case_no, coalesce(e.role, '') AS role,
  coalesce(e.role_class, 'other') AS class, coalesce(e.arrested_at, -1) AS arrested,
  coalesce(e.measure, '') AS measure, e.evidence AS evidence

// name: run.cases
// mode: read
MATCH (c:Case)
RETURN c.case_no AS case_no, c.opened_at AS opened_at, c.target_level AS target_level, c.deadline AS deadline,
  c.class_code AS class_code, c.class_text AS class_text
ORDER BY case_no

// name: run.seizures
// mode: read
MATCH (s:Seizure)
OPTIONAL MATCH (s)-[i:SEIZED_IN]->(c:Case)
OPTIONAL MATCH (s)-[f:SEIZED_FROM]->(h)
RETURN s.seizure_id AS seizure_id, c.case_no AS case_no, s.at AS at, s.substance AS substance, s.net_g AS net_g,
  s.packets AS packets, s.batch AS batch, s.packaging AS packaging, head(labels(h)) AS label,
  coalesce(h.number, h.account_id, h.record_id) AS holder, i.evidence AS evidence
ORDER BY seizure_id, holder

// name: run.seized_parcels
// mode: read
MATCH (s:Seizure)-[f:SEIZED_FROM]->(:Parcel)<-[e:SENT|RECEIVED]-(h)
OPTIONAL MATCH (s)-[:SEIZED_IN]->(c:Case)
RETURN head(labels(h)) AS label, coalesce(h.number, h.account_id) AS key, c.case_no AS case_no,
  f.evidence + e.evidence AS evidence
ORDER BY label, key, case_no

// name: run.tested
// mode: read
MATCH (r:Record)-[e:TESTED]->(t:Test) WHERE t.result CONTAINS '阳'
RETURN r.record_id AS record, head(e.evidence) AS row
ORDER BY record

// name: run.spoken
// mode: read
MATCH (a:<<start>>)-[e:<<rel>>]->(b:<<end>>)
WHERE e.<<text>> IS NOT NULL AND any(word IN $words WHERE e.<<text>> CONTAINS word)
RETURN a.<<start_key>> AS start, b.<<end_key>> AS end, e.<<text>> AS text, e.evidence AS evidence

// name: run.current
// mode: read
MATCH (:View {name: $view})-[:CURRENT]->(r:Run)
RETURN r.run_id AS run_id, r.load AS load, r.rules AS rules, r.seed AS seed, r.started_at AS started_at,
  r.finished_at AS finished_at, r.summary AS summary

// name: run.gangs_of
// mode: read
MATCH (p:Person)-[:MEMBER_OF]->(g:Gang {run: $run})
RETURN g.gang_id AS gang_id, collect(p.person_id) AS members
ORDER BY gang_id

// name: run.begin
// mode: write
MERGE (r:Run {run_id: $run_id})
SET r.view = $view, r.load = $load, r.rules = $rules, r.seed = $seed, r.started_at = $started_at

// name: run.persons
// mode: write
UNWIND $rows AS r
CREATE (p:Person {key: r[0], run: $run})
SET p += r[1]

// name: run.holds
// mode: write
UNWIND $rows AS r
MATCH (p:Person {key: r[0]})
MATCH (n:<<label>> {<<key>>: r[1]})
CREATE (p)-[:HOLDS {run: $run, reason: r[2], score: 1.0, evidence: r[3]}]->(n)

// name: run.is
// mode: write
UNWIND $rows AS r
MATCH (p:Person {key: r[0]})
MATCH (n:Record {record_id: r[1]})
CREATE (p)-[:IS {run: $run}]->(n)

// name: run.may_be
// mode: write
UNWIND $rows AS r
MATCH (a:Person {key: r[0]})
MATCH (b:Person {key: r[1]})
CREATE (a)-[:MAY_BE {run: $run, proposal_id: r[2], question: r[3], score: r[4], urgency: r[5], signals: r[6], subjects: r[7]}]->(b)

// name: run.supplies
// mode: write
UNWIND $rows AS r
MATCH (a:Person {key: r[0]})
MATCH (b:Person {key: r[1]})
CREATE (a)-[:SUPPLIES {run: $run, score: r[2], from_at: r[3], to_at: r[4], signals: r[5], months: r[6]}]->(b)

// name: run.gangs
// mode: write
UNWIND $rows AS r
CREATE (g:Gang {key: r[0], run: $run})
SET g += r[1]

// name: run.members
// mode: write
UNWIND $rows AS r
MATCH (p:Person {key: r[0]})
MATCH (g:Gang {key: r[1]})
CREATE (p)-[:MEMBER_OF {run: $run, role: r[2], rank: r[3], score: r[4], reasons: r[5]}]->(g)

// name: run.chains
// mode: write
UNWIND $rows AS r
MATCH (c:Case {case_no: r[2]})
CREATE (h:Chain {key: r[0], run: $run})-[:STARTS_AT {run: $run}]->(c)
SET h += r[1]

// name: run.chain_persons
// mode: write
UNWIND $rows AS r
MATCH (h:Chain {key: r[0]})
MATCH (p:Person {key: r[1]})
CREATE (h)-[:PASSES {run: $run, n: r[2]}]->(p)

// name: run.chain_cases
// mode: write
UNWIND $rows AS r
MATCH (h:Chain {key: r[0]})
MATCH (c:Case {case_no: r[1]})
CREATE (h)-[:LEADS_TO {run: $run}]->(c)

// name: run.rates
// mode: write
UNWIND $rows AS r
MATCH (n:Run {run_id: $run})
MATCH (c:Case {case_no: r[0]})
CREATE (n)-[:RATES {tier: r[1], basis: r[2], provisional: r[3]}]->(c)

// name: run.same_batch
// mode: write
UNWIND $rows AS r
MATCH (a:Seizure {seizure_id: r[0]})
MATCH (b:Seizure {seizure_id: r[1]})
CREATE (a)-[:SAME_BATCH_AS {run: $run, reason: r[2], score: 1.0}]->(b)

// name: run.offers
// mode: write
UNWIND $rows AS r
MATCH (a:Clue {clue_id: r[0]})
MATCH (b:Clue {clue_id: r[1]})
CREATE (a)-[:SAME_OFFER {run: $run, reason: r[2], score: r[3], evidence: r[4]}]->(b)

// name: run.flags
// mode: write
UNWIND $rows AS r
MATCH (n:Run {run_id: $run})
MATCH (c:<<label>> {<<key>>: r[0]})
CREATE (n)-[:FLAGS {run: $run, rule: r[1], score: r[2], evidence: r[3]}]->(c)

// name: run.classes
// mode: write
// One entry of each person: that of the register, where there is one.
UNWIND $rows AS r
MATCH (n:Run {run_id: $run})
MATCH (c:Record)-[:STATES]->(:ResidentId {number: r[0]})
WHERE c.registered_user OR EXISTS { (c)-[:UNDER]->() }
WITH n, r, c ORDER BY coalesce(c.registered_user, false) DESC, c.record_id
WITH n, r, head(collect(c)) AS c
CREATE (n)-[:RATES {proposed: r[1], factors: r[2]}]->(c)

// name: run.unpublish
// mode: write
MATCH (:View {name: $view})-[old:CURRENT]->(:Run)
DELETE old

// name: run.publish
// mode: write
MATCH (r:Run {run_id: $run})
SET r.finished_at = $finished_at, r.summary = $summary
MERGE (v:View {name: $view})
CREATE (v)-[:CURRENT]->(r)

// name: run.stale
// mode: read
MATCH (r:Run {view: $view})
WHERE NOT (:View)-[:CURRENT]->(r)
RETURN r.run_id AS run_id

// name: run.nodes
// mode: read
MATCH (n:<<label>> {run: $run})
WITH n LIMIT $most
RETURN collect(n.key) AS keys

// name: run.drop_nodes
// mode: write
UNWIND $rows AS key
MATCH (n:<<label>> {key: key, run: $run})
DETACH DELETE n

// name: run.drop_same_batch
// mode: write
MATCH (:Seizure)-[e:SAME_BATCH_AS {run: $run}]->(:Seizure)
DELETE e

// name: run.drop_offers
// mode: write
MATCH (:Clue)-[e:SAME_OFFER {run: $run}]->(:Clue)
DELETE e

// name: run.drop_run
// mode: write
MATCH (r:Run {run_id: $run})
DETACH DELETE r

// name: run.roles
// mode: read
MATCH (p:Person)-[m:MEMBER_OF]->(:Gang)
WHERE p.key IN $keys
RETURN p.person_id AS person_id, m.role AS role
ORDER BY person_id, m.score, role

// name: run.tiers
// mode: read
MATCH (:Run {run_id: $run})-[t:RATES]->(c:Case)
WHERE c.case_no IN $case_nos
RETURN c.case_no AS case_no, t.tier AS tier
