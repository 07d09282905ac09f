// The ledger of judgements: entries are added, never changed.

// name: review.last
// mode: read
MATCH (r:Review)
RETURN coalesce(max(r.seq), 0) AS seq

// name: review.add
// mode: write
CREATE (r:Review {review_id: $review_id})
SET r += $props

// name: review.all
// mode: read
MATCH (r:Review) WHERE r.kind IN $kinds
RETURN r {.*} AS review
ORDER BY r.seq

// name: review.until
// mode: read
MATCH (r:Review) WHERE r.at < $until
RETURN r {.*} AS review
ORDER BY r.seq

// name: review.one
// mode: read
MATCH (r:Review {review_id: $review_id})
RETURN r {.*} AS review

// name: review.known
// mode: read
MATCH (n:<<label>> {<<key>>: $value})
RETURN count(n) AS n

// name: review.proposal_count
// mode: read
MATCH (:Person)-[m:MAY_BE]->(:Person) WHERE m.run = $run
RETURN count(m) AS total

// name: review.proposals
// mode: read
MATCH (a:Person)-[m:MAY_BE]->(b:Person) WHERE m.run = $run
RETURN m {.*} AS proposal, a {.person_id, .name, .resident_id, .phones, .accounts} AS one,
  b {.person_id, .name, .resident_id, .phones, .accounts} AS other
ORDER BY m.urgency DESC, m.proposal_id

// name: review.proposal
// mode: read
MATCH (a:Person)-[m:MAY_BE {proposal_id: $proposal_id}]->(b:Person) WHERE m.run = $run
RETURN m {.*} AS proposal, a {.*} AS one, b {.*} AS other

// name: review.handsets
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS]->(n)-[u:USED_WITH]->(d:Device)
RETURN d.imei14 AS device, collect(u.evidence)[0..3] AS evidence
ORDER BY device

// name: review.active
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS]->(n:Phone)
MATCH (n)-[e:CALLED|MESSAGED]-()
WHERE e.at IS NOT NULL
RETURN n.number AS number, min(e.at) AS first, max(e.at) AS last, count(e) AS n
ORDER BY first, number
LIMIT 50
