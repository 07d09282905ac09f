// The event table beside the graph: whether it agrees, and what it is made of where it is not there.

// name: table.count
// mode: read
MATCH ()-[e:<<rel>>]->()
RETURN count(e) AS n

// name: table.events
// mode: read
// ``keys`` says by label which property is the key.
MATCH (a)-[e:<<rel>>]->(b)
RETURN coalesce(e.event_id, '') AS event_id, head(labels(a)) + ':' + a[$keys[head(labels(a))]] AS start,
  head(labels(b)) + ':' + b[$keys[head(labels(b))]] AS end, coalesce(e.at, -1) AS at,
  coalesce(e.at_precision, 'day') AS at_precision, coalesce(e.<<amount>>, 0) AS amount,
  coalesce(e.seen_from, 'none') AS seen, coalesce(e.evidence, []) AS evidence
