// Chains of the published run, by the case they start at.

// name: chain.page
// mode: read
MATCH (c:Case) WHERE $viewer_cases IS NULL OR c.case_no IN $viewer_cases
WITH c ORDER BY c.case_no SKIP $skip LIMIT $limit
OPTIONAL MATCH (:Run {run_id: $run})-[t:RATES]->(c)
OPTIONAL MATCH (h:Chain)-[:STARTS_AT]->(c) WHERE h.run = $run AND h.rank <= $k
WITH c, t, h ORDER BY h.rank, h.chain_id
RETURN c.case_no AS case_no, c.case_name AS name, t.tier AS tier, t.provisional AS provisional, collect(h {.*}) AS chains
ORDER BY case_no

// name: chain.case
// mode: read
MATCH (c:Case {case_no: $case_no}) WHERE $viewer_cases IS NULL OR c.case_no IN $viewer_cases
OPTIONAL MATCH (:Run {run_id: $run})-[t:RATES]->(c)
OPTIONAL MATCH (h:Chain)-[:STARTS_AT]->(c) WHERE h.run = $run AND h.rank <= $k
WITH c, t, h ORDER BY h.rank, h.chain_id
RETURN c.case_no AS case_no, c.case_name AS name, t.tier AS tier, t.provisional AS provisional, collect(h {.*}) AS chains

// name: chain.whole
// mode: read
// chain.case with the run it is of, the persons of its chains and the ledger, in one trip. `run` is read before them
// and `after` once they are collected: where the two are the same, no other run was published in between.
OPTIONAL MATCH (:View {name: $view})-[:CURRENT]->(r:Run)
WITH r, coalesce(r.run_id, '') AS run
OPTIONAL MATCH (c:Case {case_no: $case_no}) WHERE $viewer_cases IS NULL OR c.case_no IN $viewer_cases
OPTIONAL MATCH (r)-[t:RATES]->(c)
OPTIONAL MATCH (h:Chain)-[:STARTS_AT]->(c) WHERE h.run = run AND h.rank <= $k
OPTIONAL MATCH (h)-[:PASSES]->(p:Person)
WITH run, c, t, h, collect(p {id: p.person_id, .name, .resident_id, .phones, .accounts}) AS passed
ORDER BY h.rank, h.chain_id
WITH run, c, t, collect(h {.*}) AS chains, collect(passed) AS passed
CALL (chains) {
  OPTIONAL MATCH (e:Review) WHERE e.kind IN $kinds
  WITH e ORDER BY e.seq
  RETURN collect(e {.*}) AS reviews
}
CALL (reviews) {
  OPTIONAL MATCH (:View {name: $view})-[:CURRENT]->(n:Run)
  RETURN coalesce(n.run_id, '') AS after
}
RETURN run, after, c.case_no AS case_no, c.case_name AS name, t.tier AS tier, t.provisional AS provisional, chains, passed, reviews

// name: chain.one
// mode: read
MATCH (h:Chain {key: $key})-[:STARTS_AT]->(c:Case)
WHERE $viewer_cases IS NULL OR c.case_no IN $viewer_cases
OPTIONAL MATCH (:Run {run_id: $run})-[t:RATES]->(c)
RETURN c.case_no AS case_no, c.case_name AS name, t.tier AS tier, t.provisional AS provisional, collect(h {.*}) AS chains

// name: chain.beside
// mode: read
// First chains of other cases that lead up to one of these persons.
UNWIND $keys AS key
MATCH (:Person {key: key})<-[p:PASSES]-(h:Chain)-[:STARTS_AT]->(c:Case)
WHERE h.run = $run AND h.rank = 1 AND p.n > 0 AND c.case_no <> $case_no
  AND ($viewer_cases IS NULL OR c.case_no IN $viewer_cases)
WITH DISTINCT c, h
OPTIONAL MATCH (:Run {run_id: $run})-[t:RATES]->(c)
RETURN c.case_no AS case_no, c.case_name AS name, t.tier AS tier, t.provisional AS provisional, collect(h {.*}) AS chains
ORDER BY case_no

// name: chain.known
// mode: read
MATCH (h:Chain) WHERE h.key IN $keys
RETURN h.chain_id AS id

// name: chain.strengths
// mode: read
MATCH (h:Chain)-[:STARTS_AT]->(c:Case)
WHERE h.key IN $keys AND ($viewer_cases IS NULL OR c.case_no IN $viewer_cases)
RETURN h.chain_id AS id, h.strength AS strength, h.rank AS rank, c.case_no AS case_no

// name: chain.supplies_between
// mode: read
MATCH (a:Person)-[s:SUPPLIES]->(b:Person) WHERE a.key IN $keys AND b.key IN $keys
RETURN a.person_id AS a, b.person_id AS b, s.score AS score

// name: chain.banks
// mode: read
// The bank of each account: as its own return says, else as a payment to or from it does.
UNWIND $accounts AS id
MATCH (a:Account {account_id: id})
CALL (a) {
  MATCH (a)-[e:PAID]-()
  WITH CASE WHEN startNode(e) = a THEN e.start_bank ELSE e.end_bank END AS bank
  WHERE bank IS NOT NULL
  WITH bank LIMIT 1
  RETURN collect(bank) AS told
}
RETURN id, coalesce(a.bank, told[0]) AS bank
