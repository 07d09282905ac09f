// What the risk net for large-scale manufacture reads. Nobody's region is among it.

// name: risk.firms
// mode: read
MATCH (c:Company) WHERE c.name IS NOT NULL
RETURN c.uscc AS uscc, c.name AS name, c.industry AS industry, c.park AS park, c.employees AS employees,
  c.lon AS lon, c.lat AS lat, c.address AS address, c.founded_at AS founded_at
ORDER BY uscc

// name: risk.usage
// mode: read
MATCH (c:Company)-[r:USED]->(u:Usage)
RETURN c.uscc AS uscc, u.kind AS kind, u.at AS at, u.electricity_kwh AS electricity, u.water_t AS water,
  u.discharge_t AS discharge, u.output_fen AS output, coalesce(u.chemical_id, u.chemical) AS chemical,
  u.milligrams AS milligrams, u['use'] AS purpose, r.evidence AS evidence
ORDER BY uscc, at

// name: risk.counts
// mode: read
MATCH (c:Company)-[r:HELD]->(s:Stocktake)
RETURN c.uscc AS uscc, s.at AS at, coalesce(s.chemical_id, s.chemical) AS chemical, s.milligrams AS milligrams,
  r.evidence AS evidence
ORDER BY uscc, at

// name: risk.ties
// mode: read
MATCH (i:ResidentId)<-[:STATES]-(r:Record)-[w:WORKS_FOR]->(c:Company)
RETURN DISTINCT i.number AS ident, r.name AS name, c.uscc AS uscc, w.role AS role, w.at AS at, w.until_at AS until_at,
  w.evidence AS evidence
ORDER BY ident, uscc, role, at

// name: risk.entries
// mode: read
// Every entry of the list of persons of concern; which of them count is for the reader to say.
MATCH (i:ResidentId)<-[:STATES]-(r:Record) WHERE r.watch_class IS NOT NULL
RETURN DISTINCT i.number AS ident, r.name AS name, r.watch_class AS watch_class, r.watch_state AS watch_state,
  r.from_at AS from_at, r.to_at AS to_at,
  r.file + '/' + CASE WHEN coalesce(r.sheet, '') = '' THEN '-' ELSE r.sheet END + '/' + toString(r.row) AS evidence
ORDER BY ident, evidence

// name: risk.stays
// mode: read
UNWIND $idents AS ident
MATCH (:ResidentId {number: ident})-[s:STAYED_AT]->(p:Place) WHERE s.at IS NOT NULL
RETURN ident, s.at AS at, s.until_at AS until_at, p.name AS place, p.address AS address, coalesce(s.lon, p.lon) AS lon,
  coalesce(s.lat, p.lat) AS lat, s.evidence AS evidence
ORDER BY ident, at

// name: risk.cars
// mode: read
// Vehicles a person owns or uses, with the firm that owns them where one does.
UNWIND $idents AS ident
MATCH (:ResidentId {number: ident})<-[:STATES]-(r:Record)
CALL (r) {
  MATCH (r)-[:STATES]->(v:Vehicle)
  RETURN v, null AS at, null AS until_at,
    [r.file + '/' + CASE WHEN coalesce(r.sheet, '') = '' THEN '-' ELSE r.sheet END + '/' + toString(r.row)] AS evidence
  UNION MATCH (r)-[u:USES]->(v:Vehicle)
  RETURN v, u.at AS at, u.until_at AS until_at, u.evidence AS evidence
}
OPTIONAL MATCH (v)<-[:STATES]-(:Record)-[:STATES]->(c:Company)
RETURN DISTINCT ident, v.vehicle_id AS vehicle, v.plate AS plate, at, until_at, c.uscc AS uscc, evidence
ORDER BY ident, vehicle, at

// name: risk.passes
// mode: read
UNWIND $vehicles AS vehicle
MATCH (:Vehicle {vehicle_id: vehicle})-[s:SEEN_AT]->(p:Place)
WHERE s.at >= $from AND s.at < $to AND p.lon IS NOT NULL AND p.lat IS NOT NULL
RETURN vehicle, s.at AS at, p.lon AS lon, p.lat AS lat, s.evidence AS evidence
ORDER BY vehicle, at

// name: risk.trades
// mode: read
MATCH (s:Company)-[t:TRADED]->(b:Company) WHERE t.at IS NOT NULL AND t.at < $to
RETURN s.uscc AS seller, b.uscc AS buyer, coalesce(t.chemical_id, t.chemical) AS chemical, t.at AS at,
  t.milligrams AS milligrams, t.direction AS direction, t['use'] AS purpose, t.handler_id AS handler_id, t.plate AS plate,
  t.evidence AS evidence
ORDER BY at, t.event_id

// name: risk.inspections
// mode: read
MATCH (c:Company)-[r:INSPECTED]->(n:Inspection)
RETURN c.uscc AS uscc, n.at AS at, n.unit AS unit, n.result AS result, n.problem AS problem, r.evidence AS evidence
ORDER BY uscc, at

// name: risk.strangers
// mode: read
// Firms that only usage or a tie names.
MATCH (c:Company) WHERE c.name IS NULL
MATCH (c)-[r:USED|WORKS_FOR|HELD]-()
UNWIND r.evidence AS row
WITH c, row ORDER BY row
RETURN c.uscc AS uscc, collect(DISTINCT row) AS evidence
ORDER BY uscc
