// What the workbench shows of many cases at once, and the events between the persons of a chain.

// name: board.seized
// mode: read
UNWIND $cases AS case_no
MATCH (c:Case {case_no: case_no})<-[:SEIZED_IN]-(s:Seizure)
WHERE $viewer_cases IS NULL OR c.case_no IN $viewer_cases
WITH case_no, s.substance AS substance, sum(s.net_g) AS net_g, sum(s.packets) AS packets
ORDER BY case_no, net_g DESC
RETURN case_no, collect({substance: substance, net_g: net_g, packets: packets}) AS seized

// name: board.dates
// mode: read
UNWIND $cases AS case_no
MATCH (c:Case {case_no: case_no})
WHERE $viewer_cases IS NULL OR c.case_no IN $viewer_cases
RETURN case_no, c.opened_at AS opened_at, c.deadline AS deadline, c.status AS status, c.unit AS unit

// name: board.between
// mode: read
CALL () {
  MATCH (a:Person)-[:HOLDS|IS]->(i) WHERE a.key IN $a AND NOT (i:Phone AND i.number IN $a_lent)
  RETURN i UNION MATCH (i:Phone) WHERE i.number IN $a_used RETURN i
}
CALL () {
  MATCH (b:Person)-[:HOLDS|IS]->(j) WHERE b.key IN $b AND NOT (j:Phone AND j.number IN $b_lent)
  RETURN j UNION MATCH (j:Phone) WHERE j.number IN $b_used RETURN j
}
MATCH (i)-[e:<<rels>>]-(j)
WHERE ($since IS NULL OR e.at >= $since) AND ($until IS NULL OR e.at <= $until)
WITH DISTINCT e, startNode(e) = i AS forward
ORDER BY e.at DESC, e.event_id LIMIT $limit
RETURN type(e) AS kind, forward, e.at AS at, e.at_precision AS precision, e.fen AS fen, e.seconds AS seconds,
  e.event_id AS id, e.evidence AS evidence

// name: board.weeks
// mode: read
// What board.between and board.parcels hold, counted by week; weeks begin on Monday in China (epoch day 0 is a Thursday).
CALL () {
  CALL () {
    MATCH (a:Person)-[:HOLDS|IS]->(i) WHERE a.key IN $a AND NOT (i:Phone AND i.number IN $a_lent)
    RETURN i UNION MATCH (i:Phone) WHERE i.number IN $a_used RETURN i
  }
  CALL () {
    MATCH (b:Person)-[:HOLDS|IS]->(j) WHERE b.key IN $b AND NOT (j:Phone AND j.number IN $b_lent)
    RETURN j UNION MATCH (j:Phone) WHERE j.number IN $b_used RETURN j
  }
  MATCH (i)-[e:<<rels>>]-(j)
  WITH DISTINCT e, startNode(e) = i AS forward
  RETURN e.at AS at, type(e) AS kind, forward, e.fen AS fen
  UNION ALL
  MATCH (a:Person)-[:HOLDS|IS]->(i)-[s:SENT|RECEIVED]->(p:Parcel)<-[r:SENT|RECEIVED]-(j)<-[:HOLDS|IS]-(b:Person)
  WHERE a.key IN $a AND b.key IN $b AND type(s) <> type(r)
  WITH DISTINCT p, s, r
  RETURN coalesce(s.at, r.at) AS at, 'SENT' AS kind, type(s) = 'SENT' AS forward, null AS fen
}
WITH at, kind, forward, fen
WHERE ($since IS NULL OR at >= $since) AND ($until IS NULL OR at <= $until)
RETURN (at + 288000000) / 604800000 * 604800000 - 288000000 AS week, kind, forward, count(*) AS n, sum(fen) AS fen
ORDER BY week

// name: board.parcels
// mode: read
MATCH (a:Person)-[:HOLDS|IS]->(i)-[s:SENT|RECEIVED]->(p:Parcel)<-[r:SENT|RECEIVED]-(j)<-[:HOLDS|IS]-(b:Person)
WHERE a.key IN $a AND b.key IN $b AND type(s) <> type(r)
WITH DISTINCT p, s, r, type(s) = 'SENT' AS forward, coalesce(s.at, r.at) AS at
WHERE ($since IS NULL OR at >= $since) AND ($until IS NULL OR at <= $until)
WITH p, s, r, forward ORDER BY at DESC LIMIT $limit
RETURN p.waybill AS id, forward, coalesce(s.at, r.at) AS at, coalesce(s.at_precision, r.at_precision) AS precision,
  coalesce(s.evidence, []) + coalesce(r.evidence, []) AS evidence
