// Barred drivers: licences lost, vehicles tied to their holders, what may have kept them from driving.

// name: drivers.licences
// mode: read
// All entries of everybody who has one with a date of loss.
MATCH (lost:Licence)<-[:LICENSED]-(:Record)-[:STATES]->(i:ResidentId) WHERE lost.lost_at IS NOT NULL
WITH DISTINCT i
MATCH (i)<-[:STATES]-(r:Record)-[e:LICENSED]->(l:Licence)
RETURN i.number AS person, collect(DISTINCT r.name) AS names, l {.*} AS licence,
  reduce(all = [], each IN collect(e.evidence) | all + each) AS evidence
ORDER BY person, licence.licence_id

// name: drivers.vehicles
// mode: read
// Vehicles owned or used by these persons, each with all its owners and users.
MATCH (i:ResidentId) WHERE i.number IN $ids
MATCH (i)<-[:STATES]-(r:Record)
CALL (r) {
  MATCH (r)-[:STATES]->(v:Vehicle) WHERE r.slot = 'owner' RETURN v
  UNION MATCH (r)-[:USES]->(v:Vehicle) RETURN v
}
WITH DISTINCT v
CALL (v) {
  MATCH (v)<-[s:STATES]-(o:Record) WHERE o.slot = 'owner'
  OPTIONAL MATCH (o)-[:STATES]->(w:ResidentId|Company)
  RETURN {tie: 'owner', person: coalesce(w.number, w.uscc), name: o.name, basis: null, from_at: o.from_at, to_at: null,
    evidence: s.evidence} AS tie
  UNION ALL
  MATCH (v)<-[u:USES]-(o:Record)-[:STATES]->(w:ResidentId)
  RETURN {tie: 'used', person: w.number, name: o.name, basis: u.text, from_at: u.at, to_at: u.until_at,
    evidence: u.evidence} AS tie
}
RETURN v {.*} AS vehicle, collect(tie) AS ties
ORDER BY vehicle.vehicle_id

// name: drivers.held
// mode: read
// Regimes and arrests of these persons; read to leave passes out, never shown.
MATCH (i:ResidentId) WHERE i.number IN $ids
MATCH (i)<-[:STATES]-(r:Record)
OPTIONAL MATCH (r)-[:UNDER]->(g:Regime)
OPTIONAL MATCH (r)-[v:INVOLVED_IN]->(:Case)
WITH i.number AS person, collect(DISTINCT g {.*}) AS regimes,
  collect(DISTINCT CASE WHEN v IS NULL THEN null ELSE {arrested_at: v.arrested_at, measure: v.measure} END) AS involved,
  collect(DISTINCT r.residence_station) + collect(DISTINCT r.home_station) AS units,
  collect(DISTINCT r.control_status) AS controls
RETURN person, regimes, involved, units, controls
ORDER BY person

// name: drivers.cameras
// mode: read
MATCH (p:Place) WHERE p.kind = 'camera'
RETURN substring(p.place_id, 7) AS camera, p.name AS name, p.lon AS lon, p.lat AS lat
ORDER BY camera

// name: drivers.heavy
// mode: read
// Holders of licences of heavy classes that were not lost, with what order 162 art. 18(4) asks about.
MATCH (l:Licence)<-[e:LICENSED]-(r:Record)-[:STATES]->(i:ResidentId)
WHERE l.lost_at IS NULL AND any(class IN $classes WHERE l.licence_class CONTAINS class)
MATCH (i)<-[:STATES]-(other:Record)
OPTIONAL MATCH (other)-[:UNDER]->(g:Regime)
WITH i, l, e, collect(DISTINCT g.kind) AS regimes, collect(DISTINCT other.control_status) AS controls
WHERE size(regimes) > 0 OR size(controls) > 0
RETURN i.number AS person, l.licence_class AS licence_class, l.state AS state, regimes, controls, e.evidence AS evidence
ORDER BY person
