// Payments as columns for the ordered kernel, and the rows behind those an answer shows.

// name: ordered.events
// mode: read
MATCH (a:<<start>>)
CALL (a) {
  MATCH (a)-[e:PAID]->(b:<<end>>) WHERE e.load > $after
  RETURN collect(b.<<end_key>>) AS ends, collect(e.event_id) AS ids, collect(coalesce(e.at, -1)) AS ats,
    collect(coalesce(e.at_precision, 'day')) AS precisions, collect(coalesce(e.fen, 0)) AS fens,
    collect(coalesce(e.currency, '')) AS currencies
}
WITH a, ends, ids, ats, precisions, fens, currencies WHERE size(ends) > 0
RETURN a.<<start_key>> AS start, ends, ids, ats, precisions, fens, currencies

// name: ordered.ids
// mode: read
MATCH (a:<<start>>)
CALL (a) { MATCH (a)-[e:PAID]->() RETURN collect(e.event_id) AS ids }
WITH ids WHERE size(ids) > 0
RETURN ids

// name: ordered.holders
// mode: read
MATCH (n:<<label>>) WHERE n.<<key>> > $after
WITH n ORDER BY n.<<key>> LIMIT $most
OPTIONAL MATCH (p:Person)-[:HOLDS]->(n) WHERE p.run = $run
RETURN max(n.<<key>>) AS last, collect(CASE WHEN p IS NOT NULL THEN n.<<key>> END) AS keys, collect(p.person_id) AS persons,
  collect(CASE WHEN p IS NOT NULL THEN coalesce(p.platform, false) END) AS platforms

// name: ordered.rows
// mode: read
UNWIND $ids AS id
MATCH ()-[e:PAID {event_id: id}]->()
RETURN e.event_id AS id, e.evidence AS evidence, e.memo AS memo, coalesce(e.cash, false) AS cash

// name: ordered.cash
// mode: read
UNWIND $ids AS id
MATCH ()-[e:PAID {event_id: id}]->() WHERE e.cash
RETURN e.event_id AS id
