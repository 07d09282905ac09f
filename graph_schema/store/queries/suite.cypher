// What the call suite and the money suite are computed from: events of one person's identifiers, and what is near.

// name: suite.talks
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS]->(i)
MATCH (i)-[e:<<rel>>]-(j)
WITH p, i, e, j ORDER BY e.at DESC, e.event_id LIMIT $limit
OPTIONAL MATCH (q:Person)-[:HOLDS]->(j) WHERE q.run = $run
WITH p, i, e, j, q WHERE q IS NULL OR q <> p
RETURN labels(i)[0] AS own_label, i {.number, .account_id, .imsi, .imei14} AS own, labels(j)[0] AS label,
  j {.number, .account_id, .imsi, .imei14} AS other, coalesce(j.kind = 'service', false) OR coalesce(j.platform, false) AS service,
  q.person_id AS holder, startNode(e) = i AS out, e.at AS at, coalesce(e.at_precision, 'day') AS precision,
  e.seconds AS seconds, CASE WHEN startNode(e) = i THEN e.start_cell ELSE e.end_cell END AS cell,
  CASE WHEN startNode(e) = i THEN e.start_imsi ELSE e.end_imsi END AS imsi,
  CASE WHEN startNode(e) = i THEN e.start_imei ELSE e.end_imei END AS imei, e.evidence AS evidence

// name: suite.sightings
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS]->(i)-[e:SEEN_AT]->(c)
WITH e, c ORDER BY e.at DESC, e.event_id LIMIT $limit
RETURN coalesce(c.cell_id, c.place_id) AS place, e.at AS at, e.evidence AS evidence

// name: suite.seen_there
// mode: read
UNWIND $cells AS cell
MATCH (c:<<label>> {<<label.key>>: cell})
CALL (c) {
  MATCH (j)-[e:SEEN_AT]->(c) WHERE e.at IS NOT NULL AND e.at >= $first AND e.at <= $last
  WITH j, e ORDER BY e.at DESC, e.event_id LIMIT $limit
  OPTIONAL MATCH (q:Person)-[:HOLDS]->(j) WHERE q.run = $run
  RETURN collect(q.person_id) AS persons, collect(CASE WHEN q IS NOT NULL THEN e.at END) AS ats,
    collect(CASE WHEN q IS NOT NULL THEN e.evidence END) AS evidence
}
RETURN cell, persons, ats, evidence

// name: suite.worn
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS]->(i)-[e:USED_WITH]-(j)
WITH DISTINCT e, startNode(e) AS a, endNode(e) AS b LIMIT $limit
RETURN labels(a)[0] AS a_label, coalesce(a.number, a.imsi, a.account_id, a.imei14) AS a, labels(b)[0] AS b_label,
  coalesce(b.imei14, b.imsi) AS b, e.at AS at, e.evidence AS evidence

// name: suite.calls_of
// mode: read
UNWIND $keys AS key
MATCH (p:Person {key: key})-[:HOLDS]->(i:Phone)
MATCH (i)-[e:CALLED]->(j)
WHERE e.at IS NOT NULL
WITH p, e, j ORDER BY e.at DESC, e.event_id LIMIT $limit
OPTIONAL MATCH (q:Person)-[:HOLDS]->(j) WHERE q.run = $run
RETURN p.person_id AS caller, coalesce(q.person_id, labels(j)[0] + ':' + j.number) AS called, e.at AS at,
  e.evidence AS evidence

// name: suite.successors
// mode: read
UNWIND $keys AS key
MATCH (p:Person {key: key})-[:HOLDS]->(i:Phone)-[:CALLED|MESSAGED]-(j:Phone)
WHERE NOT coalesce(j.kind = 'service', false)
WITH j, collect(DISTINCT p.person_id) AS common WHERE size(common) >= $least
MATCH (j)-[e:CALLED|MESSAGED]-(k)
WITH j, e, k ORDER BY e.at LIMIT $limit
OPTIONAL MATCH (q:Person)-[:HOLDS]->(k) WHERE q.run = $run
WITH j, min(e.at) AS first, max(e.at) AS last, collect(DISTINCT coalesce(q.person_id, k.number)) AS contacts,
  collect(e.evidence)[..5] AS evidence
WHERE first >= $after
OPTIONAL MATCH (h:Person)-[:HOLDS]->(j) WHERE h.run = $run
RETURN j.number AS number, h.person_id AS holder, first, last, contacts, evidence

// name: suite.occurrences
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS]->(i)-[e]-()
WHERE NOT type(e) IN ['HOLDS', 'IS']
WITH i, type(e) AS what, count(e) AS n, min(e.at) AS first, max(e.at) AS last, collect(e.evidence)[..20] AS evidence
RETURN labels(i)[0] AS label, coalesce(i.number, i.account_id, i.imsi, i.imei14, i.vehicle_id, i.uscc) AS number,
  i.account_id AS account_id, what, n, first, last, evidence
ORDER BY number, what

// name: suite.number_cases
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS]->(i)<-[:STATES|MENTIONS]-(r)
MATCH (r)-[:INVOLVED_IN|MENTIONS]->(c:Case)
WHERE $viewer_cases IS NULL OR c.case_no IN $viewer_cases
RETURN labels(i)[0] AS label, coalesce(i.number, i.imsi, i.imei14, i.vehicle_id, i.uscc) AS number,
  i.account_id AS account_id, collect(DISTINCT c.case_no) AS cases

// name: suite.arrests
// mode: read
UNWIND $keys AS key
MATCH (p:Person {key: key})-[:IS]->(:Record)-[v:INVOLVED_IN]->(c:Case)
WHERE v.arrested_at IS NOT NULL AND ($viewer_cases IS NULL OR c.case_no IN $viewer_cases)
RETURN DISTINCT p.person_id AS person, v.arrested_at AS at, c.case_no AS case_no

// name: suite.payments
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS]->(i)
MATCH (i)-[e:PAID]-(j)
WITH p, i, e, j ORDER BY e.at DESC, e.event_id LIMIT $limit
OPTIONAL MATCH (q:Person)-[:HOLDS]->(j) WHERE q.run = $run
RETURN labels(i)[0] AS own_label, coalesce(i.account_id, i.number) AS own, labels(j)[0] AS label,
  coalesce(j.account_id, j.number) AS other, coalesce(j.platform, false) AS platform, q.person_id AS holder,
  startNode(e) = i AS out, e {.at, .at_precision, .fen, .currency, .memo, .note, .cash, .ip, .mac, .start_balance_fen,
  .end_balance_fen, .start_name, .end_name, .pay_type, .use_type, .systems, .serials, .common, .start_card, .end_card,
  .self_transfer, .evidence, .event_id} AS event

// name: suite.sharing
// mode: read
MATCH (a)-[e:PAID]->() WHERE e.ip IN $ips OR e.mac IN $macs
WITH coalesce(a.account_id, a.number) AS account, e.ip AS ip, e.mac AS mac, count(e) AS n, min(e.at) AS first,
  max(e.at) AS last, collect(e.evidence)[..5] AS evidence
RETURN account, ip, mac, n, first, last, evidence
ORDER BY account, ip, mac
LIMIT $limit

// name: suite.accounts
// mode: read
MATCH (p:Person {key: $key})-[:HOLDS]->(i:Account)
RETURN i.account_id AS account, i.bank AS bank, i.branch AS branch, i.opened_at AS opened_at, i.closed_at AS closed_at,
  i.status AS status

// name: suite.opened_alike
// mode: read
MATCH (a:Account) WHERE a.opened_at >= $first AND a.opened_at <= $last AND a.branch IS NOT NULL AND a.branch IN $branches
OPTIONAL MATCH (q:Person)-[:HOLDS]->(a) WHERE q.run = $run
RETURN a.account_id AS account, a.branch AS branch, a.opened_at AS opened_at, q.person_id AS holder
ORDER BY a.opened_at, account
LIMIT $limit

// name: suite.stated_alike
// mode: read
MATCH (p:Person {key: $key})-[:IS]->(:Record)-[:STATES]->(i:Phone)<-[:STATES]-(r:Record)<-[:IS]-(q:Person)
WHERE q.run = $run AND q <> p
WITH i, q, collect(DISTINCT r.file + '/' + CASE WHEN coalesce(r.sheet, '') = '' THEN '-' ELSE r.sheet END + '/' + toString(r.row)) AS rows
RETURN i.number AS phone, q.person_id AS holder, rows[..20] AS evidence
ORDER BY phone, holder
LIMIT $limit

// name: suite.described_alike
// mode: read
MATCH (p:Person {key: $key})-[:IS]->(m:Record)
UNWIND [['address', m.address], ['agent', m.agent_id], ['agent_phone', m.agent_phone]] AS said
WITH DISTINCT p, said[0] AS what, said[1] AS value WHERE value IS NOT NULL AND value <> ''
MATCH (r:Record) WHERE (what = 'address' AND r.address = value) OR (what = 'agent' AND r.agent_id = value)
  OR (what = 'agent_phone' AND r.agent_phone = value)
MATCH (q:Person)-[:IS]->(r) WHERE q.run = $run AND q <> p
WITH what, value, q, collect(DISTINCT r.file + '/' + CASE WHEN coalesce(r.sheet, '') = '' THEN '-' ELSE r.sheet END + '/' + toString(r.row)) AS rows
RETURN what, value, q.person_id AS holder, rows[..20] AS evidence
ORDER BY what, value, holder
LIMIT $limit
