// Watches (saved questions asked again after every load and run) and the leads they give.

// name: watch.all
// mode: read
MATCH (w:Watch)
RETURN w {.*} AS watch
ORDER BY w.created_at DESC, w.watch_id

// name: watch.one
// mode: read
MATCH (w:Watch {watch_id: $watch_id})
RETURN w {.*} AS watch

// name: watch.add
// mode: write
CREATE (w:Watch {watch_id: $watch_id})
SET w += $props

// name: watch.set
// mode: write
MATCH (w:Watch {watch_id: $watch_id})
SET w += $props

// name: watch.found
// mode: write
// A hit becomes a lead once; one that is found again is no longer gone.
UNWIND $leads AS lead
MERGE (l:Lead {lead_id: lead.lead_id})
ON CREATE SET l += lead.props, l.created_at = $now, l.known = $known
ON MATCH SET l.gone_at = null, l.evidence = lead.props.evidence

// name: watch.keep_leads
// mode: write
UNWIND $leads AS lead
MERGE (l:Lead {lead_id: lead.lead_id})
SET l = lead

// name: watch.gone
// mode: write
// Hits of a watch that are found no more, because a file was taken out or a run says otherwise.
MATCH (l:Lead {watch: $watch_id}) WHERE l.gone_at IS NULL AND NOT l.lead_id IN $here
SET l.gone_at = $now

// name: watch.leads
// mode: read
MATCH (l:Lead) WHERE $watch_id IS NULL OR l.watch = $watch_id
RETURN l {.*} AS lead
ORDER BY l.created_at DESC, l.lead_id

// name: watch.lead
// mode: read
MATCH (l:Lead {lead_id: $lead_id})
RETURN l {.*} AS lead

// name: watch.seen
// mode: read
// Where an identifier stands: the files, what it does in them, and some of their rows.
MATCH (i:<<label>>) WHERE i.<<label.key>> IN $keys
MATCH (i)-[e:<<rels>>]-(o) WHERE NOT type(e) IN ['IS', 'HOLDS'] AND NOT EXISTS { (o)-[:UNDER|TESTED|VISITED]->() }
WITH i, e, CASE WHEN type(e) = 'STATES'
  THEN [o.file + '/' + CASE WHEN coalesce(o.sheet, '') = '' THEN '-' ELSE o.sheet END + '/' + toString(o.row)]
  ELSE coalesce(e.evidence, []) END AS rows
UNWIND rows AS row
WITH i, split(row, '/')[0] AS file, row, type(e) AS what, e.at AS at
WITH i.<<label.key>> AS key, file, collect(DISTINCT what) AS kinds, count(DISTINCT row) AS n, max(at) AS last,
  collect(DISTINCT row)[..20] AS evidence
RETURN key, file, kinds, n, last, evidence
ORDER BY key, file
LIMIT $limit

// name: watch.dealings
// mode: read
// Timed events of a person with others who are known to the run, newest first.
MATCH (p:Person {key: $key})-[:HOLDS]->(i)-[e:<<rels>>]-(j)<-[:HOLDS]-(q:Person)
WHERE q.run = $run AND q <> p AND e.at IS NOT NULL AND coalesce(e.at_precision, 'day') <> 'day'
  AND NOT coalesce(q.platform, false)
WITH e, q, type(e) AS kind ORDER BY e.at DESC, e.event_id LIMIT $limit
RETURN q.person_id AS other, kind, e.at AS at, e.fen AS fen, e.event_id AS id, e.evidence AS evidence

// name: watch.parcels
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS|IS]->(i)-[s:SENT|RECEIVED]->(c:Parcel)<-[r:SENT|RECEIVED]-(j)<-[:HOLDS|IS]-(q:Person)
WHERE q.run = $run AND q <> p AND type(s) <> type(r) AND coalesce(s.at, r.at) IS NOT NULL
WITH DISTINCT q, c, s, r ORDER BY coalesce(s.at, r.at) DESC LIMIT $limit
RETURN q.person_id AS other, 'PARCEL' AS kind, coalesce(s.at, r.at) AS at, null AS fen, c.waybill AS id,
  coalesce(s.evidence, []) + coalesce(r.evidence, []) AS evidence

// name: watch.members
// mode: read
MATCH (p:Person)-[m:MEMBER_OF]->(g:Gang {key: $key})
RETURN p.person_id AS person, p.name AS name, m.role AS role
ORDER BY person

// name: watch.clue_answers
// mode: read
// Clues that were sent to a unit, and what it answered.
MATCH (:Clue)-[r:RELATED_TO {kind: 'ANSWERED'}]->(t:Thing)
RETURN DISTINCT t.thing_id AS id, t.unit AS unit, r.at AS sent_at, t.accepted_at AS accepted_at, t.deadline AS due_at,
  t.closed_at AS answered_at, t.result AS result
ORDER BY sent_at, id
