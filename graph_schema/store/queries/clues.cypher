// Online-sale clues.

// name: clues.all
// mode: read
// Every clue with who posted it, what it mentions and the pictures that came with it.
MATCH (c:Clue)
RETURN c {.*} AS clue,
  [(p)-[e:POSTED]->(c) | {label: labels(p)[0], props: p {.*}, evidence: e.evidence}] AS posted,
  [(c)-[e:MENTIONS]->(x) | {label: labels(x)[0], props: x {.*}, text: e.text, evidence: e.evidence}] AS mentions,
  [(c)-[e:SHOWS]->(x:Picture) | {props: x {.*}, evidence: e.evidence}] AS pictures
ORDER BY c.clue_id

// name: clues.holders
// mode: read
// Persons of a run who hold what a clue was posted from or names.
MATCH (c:Clue)-[:POSTED|MENTIONS]-(x)<-[h:HOLDS]-(p:Person {run: $run})
WHERE c.clue_id IN $clues
RETURN DISTINCT labels(x)[0] AS label, x {.*} AS props, p {.*} AS person, h.evidence AS evidence
ORDER BY person.person_id

// name: clues.paid
// mode: read
// Payments to what clues name, the first few of each.
MATCH (c:Clue)-[:MENTIONS]->(a:Account)
WHERE c.clue_id IN $clues
WITH DISTINCT a
MATCH (a)<-[p:PAID]-()
WITH a, p ORDER BY p.at, p.event_id
RETURN 'Account' AS label, a {.*} AS props, collect(p.evidence)[..5] AS evidence

// name: clues.requests
// mode: read
MATCH (r:Request)
WHERE r.subject IS NOT NULL
RETURN DISTINCT r.subject AS subject

// name: clues.parcels
// mode: read
// Parcels that clues name and somebody sent.
MATCH (c:Clue)-[:MENTIONS]->(p:Parcel)
WHERE c.clue_id IN $clues AND p.sent_at IS NOT NULL
RETURN DISTINCT 'Parcel' AS label, p {.*} AS props
