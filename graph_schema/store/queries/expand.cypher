// What surrounds one node: how much there is, then the newest of it.

// name: expand.centre
// mode: read
MATCH (n:<<label>> {<<label.key>>: $key})
WHERE $viewer_cases IS NULL OR NOT n:Case OR n.case_no IN $viewer_cases
OPTIONAL MATCH (n)-[:HOLDS|IS]->(i)
WITH n, collect(DISTINCT i) AS held
OPTIONAL MATCH (p:Person)-[:HOLDS|IS]->(n) WHERE p.run = $run
RETURN n {.*} AS props, [elementId(n)] + [x IN held | elementId(x)] AS ids,
  [x IN held | labels(x)[0]] AS labels, p {.person_id, .name, .resident_id} AS holder
LIMIT 1

// name: expand.count
// mode: read
MATCH (i) WHERE elementId(i) IN $ids
RETURN sum(COUNT { (i)-[:<<rel>>]->() }) AS outward, sum(COUNT { (i)<-[:<<rel>>]-() }) AS inward

// name: expand.count_between
// mode: read
MATCH (i) WHERE elementId(i) IN $ids
MATCH (i)-[e:<<rel>>]-()
WHERE ($from_at IS NULL OR e.at >= $from_at) AND ($to_at IS NULL OR e.at <= $to_at)
RETURN sum(CASE WHEN startNode(e) = i THEN 1 ELSE 0 END) AS outward, sum(CASE WHEN startNode(e) = i THEN 0 ELSE 1 END) AS inward

// name: expand.count_of_run
// mode: read
MATCH (i) WHERE elementId(i) IN $ids
RETURN sum(COUNT { (i)-[e:<<rel>>]->() WHERE e.run = $run }) AS outward,
  sum(COUNT { (i)<-[e:<<rel>>]-() WHERE e.run = $run }) AS inward

// name: expand.events
// mode: read
MATCH (i) WHERE elementId(i) IN $ids
MATCH (i)-[e:<<rel>>]-(j)
WHERE (coalesce(e.at, $never) < $before OR (coalesce(e.at, $never) = $before AND e.event_id > $after))
  AND ($viewer_cases IS NULL OR NOT j:Case OR j.case_no IN $viewer_cases)
  AND ($from_at IS NULL OR e.at >= $from_at) AND ($to_at IS NULL OR e.at <= $to_at)
WITH DISTINCT e
ORDER BY CASE WHEN $sample THEN reverse(e.event_id) END, coalesce(e.at, $never) DESC, e.event_id LIMIT $limit
RETURN e {.event_id, .at, .at_precision, .seconds, .fen, .milligrams, .score, .evidence} AS edge,
  elementId(startNode(e)) AS a, elementId(endNode(e)) AS b

// name: expand.of_run
// mode: read
MATCH (i) WHERE elementId(i) IN $ids
MATCH (i)-[e:<<rel>>]-(j)
WHERE e.run = $run AND ($viewer_cases IS NULL OR NOT j:Case OR j.case_no IN $viewer_cases)
WITH DISTINCT e
ORDER BY coalesce(e.score, 0.0) DESC, elementId(startNode(e)), elementId(endNode(e)) LIMIT $limit
RETURN e {.event_id, .at, .at_precision, .seconds, .fen, .milligrams, .score, .evidence} AS edge,
  elementId(startNode(e)) AS a, elementId(endNode(e)) AS b

// name: expand.ends
// mode: read
MATCH (n) WHERE elementId(n) IN $ids
OPTIONAL MATCH (p:Person)-[:HOLDS|IS]->(n) WHERE p.run = $run
RETURN elementId(n) AS id, labels(n)[0] AS label, n {.*} AS props, p {.person_id, .name, .resident_id} AS holder

// name: expand.among
// mode: read
MATCH (i)-[e:<<rel>>]->(j)
WHERE elementId(i) IN $ids AND elementId(j) IN $ids AND ($run_of IS NULL OR e.run = $run_of)
  AND ($from_at IS NULL OR e.at >= $from_at) AND ($to_at IS NULL OR e.at <= $to_at)
WITH e ORDER BY coalesce(e.score, 0.0) DESC, coalesce(e.at, $never) DESC, e.event_id LIMIT $limit
RETURN e {.event_id, .at, .at_precision, .seconds, .fen, .milligrams, .score, .evidence} AS edge,
  elementId(startNode(e)) AS a, elementId(endNode(e)) AS b
