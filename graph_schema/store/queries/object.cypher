// Accounts, numbers, vehicles and places: in lists, and one with what stands around it.

// name: object.page
// mode: read
MATCH (n:<<label>>) WHERE n.<<label.key>> >= ''
WITH n ORDER BY n.<<label.key>> SKIP $skip LIMIT $limit
RETURN n {.*} AS props, COUNT { (n)--() } AS relations

// name: object.count
// mode: read
MATCH (n:<<label>>) RETURN count(n) AS total

// name: object.fitting
// mode: read
UNWIND $forms AS form
MATCH (n:<<label>>) WHERE n.<<property>> CONTAINS form OR n.<<other_property>> CONTAINS form
WITH DISTINCT n ORDER BY n.<<label.key>> LIMIT $most
WITH collect(n) AS found
UNWIND found[$skip..$skip + $limit] AS n
RETURN size(found) AS total, n {.*} AS props, COUNT { (n)--() } AS relations

// name: object.one
// mode: read
MATCH (n:<<label>> {<<label.key>>: $key})
OPTIONAL MATCH (n)-[e:<<rels>>]-()
WITH n, count(e) AS events, min(e.at) AS first, max(e.at) AS last
RETURN n {.*} AS props, events, first, last, COUNT { (n)<-[:STATES]-() } AS stated

// name: object.holders
// mode: read
MATCH (n:<<label>> {<<label.key>>: $key})<-[h:HOLDS]-(p:Person) WHERE p.run = $run
RETURN p.person_id AS person, h.reason AS reason, h.score AS score, h.evidence AS evidence

// name: object.records
// mode: read
MATCH (n:<<label>> {<<label.key>>: $key})<-[:STATES]-(r:Record) RETURN DISTINCT r.record_id AS record

// name: object.stated
// mode: read
// To whom records give it, the most records first: other candidates, and what speaks for the holder.
MATCH (n:<<label>> {<<label.key>>: $key})<-[s:STATES]-(r:Record)<-[:IS]-(p:Person)
WHERE p.run = $run AND NOT r.record_id IN $sealed
WITH s, p ORDER BY r.record_id
WITH p.person_id AS person, count(s) AS records, collect(DISTINCT s.how) AS ways, collect(s.evidence)[..50] AS proof
ORDER BY person IN $holders DESC, records DESC, person LIMIT $limit
RETURN person, records, ways, reduce(rows = [], some IN proof | rows + some)[..50] AS evidence

// name: object.partners
// mode: read
MATCH (n:<<label>> {<<label.key>>: $key})-[e:<<rel>>]-(j)
WITH n, e, j ORDER BY e.at DESC, e.event_id LIMIT $limit
WITH n, j, e.currency AS currency, count(e) AS events, sum(CASE WHEN startNode(e) = n THEN 1 ELSE 0 END) AS outward,
  sum(CASE WHEN startNode(e) = n THEN coalesce(e.fen, 0) ELSE 0 END) AS paid,
  sum(CASE WHEN startNode(e) = n THEN 0 ELSE coalesce(e.fen, 0) END) AS received, sum(coalesce(e.seconds, 0)) AS seconds, min(e.at) AS first, max(e.at) AS last,
  reduce(rows = [], some IN collect(e.evidence)[..5] | rows + some) AS evidence
OPTIONAL MATCH (p:Person)-[:HOLDS|IS]->(j) WHERE p.run = $run
WITH j, currency, events, outward, paid, received, seconds, first, last, evidence, max(p.person_id) AS person
ORDER BY events DESC, elementId(j)
RETURN labels(j)[0] AS label, j {.*} AS props, person, currency, events, outward, paid, received, seconds, first, last, evidence

// name: object.files
// mode: read
MATCH (n:<<label>> {<<label.key>>: $key})-[e:<<rels>>]-()
WITH e ORDER BY e.at DESC LIMIT $limit
UNWIND e.evidence AS ref
WITH split(ref, '/')[0] AS prefix, collect(DISTINCT ref) AS rows
RETURN prefix, size(rows) AS n, rows[..20] AS evidence
ORDER BY n DESC, prefix
