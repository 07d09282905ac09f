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

// name: review.one
// mode: read
MATCH (r:Review {review_id: $review_id})
RETURN r {.*} AS review

// name: review.known
// mode: read
MATCH (n:<<label>> {<<key>>: $value})
RETURN count(n) AS n
