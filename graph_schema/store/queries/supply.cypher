// Supply candidates of the published run.

// name: supply.count
// mode: read
MATCH (a:Person)-[s:SUPPLIES]->(:Person)
WHERE a.key STARTS WITH $prefix AND s.score >= $min_score
RETURN count(s) AS total

// name: supply.page
// mode: read
MATCH (a:Person)-[s:SUPPLIES]->(b:Person)
WHERE a.key STARTS WITH $prefix AND s.score >= $min_score
WITH a, s, b ORDER BY s.score DESC, a.key, b.key, s.from_at SKIP $skip LIMIT $limit
RETURN a {.person_id, .name, .resident_id, .phones, .accounts} AS supplier,
  b {.person_id, .name, .resident_id, .phones, .accounts} AS buyer,
  s.score AS score, s.from_at AS from_at, s.to_at AS to_at, s.signals AS signals, s.months AS months

// name: supply.person_count
// mode: read
MATCH (:Person {key: $key})-[s:SUPPLIES]-(:Person)
WHERE s.score >= $min_score
RETURN count(s) AS total

// name: supply.person_page
// mode: read
MATCH (:Person {key: $key})-[s:SUPPLIES]-(:Person)
WHERE s.score >= $min_score
WITH startNode(s) AS a, s, endNode(s) AS b ORDER BY s.score DESC, a.key, b.key, s.from_at SKIP $skip LIMIT $limit
RETURN a {.person_id, .name, .resident_id, .phones, .accounts} AS supplier,
  b {.person_id, .name, .resident_id, .phones, .accounts} AS buyer,
  s.score AS score, s.from_at AS from_at, s.to_at AS to_at, s.signals AS signals, s.months AS months

// name: supply.pair
// mode: read
MATCH (a:Person {key: $supplier})-[s:SUPPLIES]->(b:Person {key: $buyer})
RETURN a {.person_id, .name, .resident_id, .phones, .accounts} AS supplier,
  b {.person_id, .name, .resident_id, .phones, .accounts} AS buyer,
  s.score AS score, s.from_at AS from_at, s.to_at AS to_at, s.signals AS signals, s.months AS months
ORDER BY s.from_at

// name: supply.signals
// mode: read
// The signals of pairs of persons, [supplier, buyer] each.
UNWIND $pairs AS pair
MATCH (a:Person {key: pair[0]})-[s:SUPPLIES]->(b:Person {key: pair[1]})
RETURN a.person_id AS supplier, b.person_id AS buyer, s.signals AS signals

// name: supply.between
// mode: read
// What is recorded of each pair of persons with each other; rows of the newest.
UNWIND range(0, size($pairs) - 1) AS n
WITH n, $pairs[n] AS pair
CALL (pair) {
  CALL (pair) {
    MATCH (a:Person)-[:HOLDS|IS]->(i) WHERE a.key IN pair.a AND NOT (i:Phone AND i.number IN pair.a_lent)
    RETURN i UNION MATCH (i:Phone) WHERE i.number IN pair.a_used RETURN i
  }
  CALL (pair) {
    MATCH (b:Person)-[:HOLDS|IS]->(j) WHERE b.key IN pair.b AND NOT (j:Phone AND j.number IN pair.b_lent)
    RETURN j UNION MATCH (j:Phone) WHERE j.number IN pair.b_used RETURN j
  }
  MATCH (i)-[e:PAID|CALLED|MESSAGED|SAYS_SUPPLIER]-(j)
  WITH DISTINCT e, type(e) AS kind, startNode(e) = i AS forward ORDER BY e.at DESC, e.event_id
  RETURN sum(CASE WHEN kind = 'PAID' AND forward THEN 1 ELSE 0 END) AS paid,
    sum(CASE WHEN kind = 'PAID' AND forward THEN e.fen ELSE 0 END) AS paid_fen,
    sum(CASE WHEN kind = 'PAID' AND NOT forward THEN 1 ELSE 0 END) AS received,
    sum(CASE WHEN kind = 'PAID' AND NOT forward THEN e.fen ELSE 0 END) AS received_fen,
    sum(CASE WHEN kind = 'CALLED' THEN 1 ELSE 0 END) AS calls,
    sum(CASE WHEN kind = 'MESSAGED' THEN 1 ELSE 0 END) AS messages,
    sum(CASE WHEN kind = 'SAYS_SUPPLIER' THEN 1 ELSE 0 END) AS statements,
    min(e.at) AS first, max(e.at) AS last, collect(e.evidence)[..$shown] AS evidence
}
RETURN paid, paid_fen, received, received_fen, calls, messages, statements, first, last, evidence ORDER BY n

// name: supply.sales
// mode: read
MATCH (p:Person)-[s:SUPPLIES]->(b:Person) WHERE p.key IN $keys AND s.score >= $min_score
WITH DISTINCT p, b
CALL (p, b) {
  OPTIONAL MATCH (b)-[:HOLDS]->(:Account)-[e:PAID]->(:Account)<-[:HOLDS]-(p)
  RETURN count(DISTINCT e) AS paid
}
WITH collect(DISTINCT b.person_id) AS ids, sum(paid) AS times
RETURN size(ids) AS buyers, times, ids
