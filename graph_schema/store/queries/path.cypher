// Paths between persons, over what they hold and what is recorded of them. A *station* of a path is a person, or
// a node nobody holds (case, parcel, foreign thing). Places and cells are no stations: who passed the same
// camera has little to do with each other. Platforms and hubs are not walked through; weak supplies do not count.

// name: path.station
// mode: read
MATCH (n:<<label>> {<<label.key>>: $key})
WHERE $viewer_cases IS NULL OR NOT n:Case OR n.case_no IN $viewer_cases
OPTIONAL MATCH (q:Person)-[:HOLDS|IS]->(n) WHERE q.run = $run
RETURN elementId(coalesce(q, n)) AS station
LIMIT 1

// name: path.step
// mode: read
MATCH (s) WHERE elementId(s) IN $nodes
MATCH (s)-[:HOLDS|IS*0..1]->(i)
WHERE elementId(s) IN $ends
  OR NOT (coalesce(i.platform, false) OR coalesce(i.service, false) OR coalesce(s.platform, false))
WITH s, i, COUNT { (i)-[:<<rels>>]-() } AS degree
WHERE degree <= $hub
MATCH (i)-[e:<<rels>>]-(j)
WHERE coalesce(e.score, 1.0) >= $least AND ($viewer_cases IS NULL OR NOT j:Case OR j.case_no IN $viewer_cases)
  AND ($from_at IS NULL OR coalesce(e.at, e.to_at) >= $from_at) AND ($to_at IS NULL OR coalesce(e.at, e.from_at) <= $to_at)
  AND ($least_fen IS NULL OR e.fen IS NULL OR e.fen >= $least_fen)
WITH DISTINCT s, j
OPTIONAL MATCH (q:Person)-[:HOLDS|IS]->(j) WHERE q.run = $run
WITH DISTINCT s, j, coalesce(q, j) AS t
WITH s, j, t, elementId(t) IN $ends AS is_end
WHERE s <> t AND (is_end
  OR NOT (coalesce(j.platform, false) OR coalesce(j.service, false) OR coalesce(t.platform, false)))
WITH s, t, j, is_end, COUNT { (j)-[:<<rels>>]-() } AS events
WITH s, t, CASE WHEN NOT is_end AND events > $hub THEN elementId(j) END AS hub, max(events) AS events
RETURN elementId(s) AS s, elementId(t) AS t, hub, events
LIMIT $rows

// name: path.hubs
// mode: read
MATCH (s) WHERE elementId(s) IN $nodes
MATCH (s)-[:HOLDS|IS*0..1]->(i)
WITH DISTINCT i, COUNT { (i)-[:<<rels>>]-() } AS degree
WHERE degree > $hub
RETURN labels(i)[0] AS label, i {.*} AS props, degree
ORDER BY degree DESC, elementId(i)
LIMIT 20

// name: path.describe
// mode: read
MATCH (n) WHERE elementId(n) IN $nodes
RETURN elementId(n) AS station, labels(n)[0] AS label, n {.*} AS props

// name: path.links
// mode: read
UNWIND $pairs AS pair
MATCH (s) WHERE elementId(s) = pair[0]
MATCH (t) WHERE elementId(t) = pair[1]
MATCH (s)-[:HOLDS|IS*0..1]->(i)
MATCH (t)-[:HOLDS|IS*0..1]->(j)
MATCH (i)-[e:<<rels>>]-(j)
WHERE true
  AND ($from_at IS NULL OR coalesce(e.at, e.to_at) >= $from_at) AND ($to_at IS NULL OR coalesce(e.at, e.from_at) <= $to_at)
  AND ($least_fen IS NULL OR e.fen IS NULL OR e.fen >= $least_fen)
WITH DISTINCT pair, e, startNode(e) = i AS forward
ORDER BY e.at DESC, e.event_id
WITH pair, type(e) AS kind, forward, e.currency AS currency, count(e) AS n, min(coalesce(e.at, e.from_at)) AS first,
  max(coalesce(e.at, e.to_at)) AS last, sum(e.fen) AS fen, max(e.score) AS score, collect(e.kind)[0] AS foreign_kind,
  collect(e.evidence)[..$shown] AS evidence
RETURN pair[0] AS s, pair[1] AS t, kind, forward, currency, n, first, last, fen, score, foreign_kind, evidence
ORDER BY n DESC, kind, forward DESC

// name: path.events
// mode: read
MATCH (s) WHERE elementId(s) IN $nodes
MATCH (s)-[:HOLDS|IS*0..1]->(i)
WHERE elementId(s) IN $ends
  OR NOT (coalesce(i.platform, false) OR coalesce(i.service, false) OR coalesce(s.platform, false))
WITH s, i, COUNT { (i)-[:<<rels>>]-() } AS degree
WHERE degree <= $hub
MATCH (i)-[e:<<rels>>]->(j)
WHERE e.at IS NOT NULL AND ($viewer_cases IS NULL OR NOT j:Case OR j.case_no IN $viewer_cases)
  AND ($from_at IS NULL OR coalesce(e.at, e.to_at) >= $from_at) AND ($to_at IS NULL OR coalesce(e.at, e.from_at) <= $to_at)
  AND ($least_fen IS NULL OR e.fen IS NULL OR e.fen >= $least_fen)
OPTIONAL MATCH (q:Person)-[:HOLDS|IS]->(j) WHERE q.run = $run
WITH s, coalesce(q, j) AS t, e
WHERE s <> t AND elementId(t) IN $nodes
WITH s, t, e ORDER BY e.at DESC, e.event_id LIMIT $rows
RETURN collect(elementId(s)) AS s, collect(elementId(t)) AS t, collect(type(e)) AS kind, collect(e.at) AS at,
  collect(coalesce(e.at_precision, 'day')) AS precision, collect(e.event_id) AS id,
  collect(coalesce(e.fen, -1)) AS fen, collect(coalesce(e.evidence, [])) AS evidence
