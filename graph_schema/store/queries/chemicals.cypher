// Precursors: firms, deliveries, permits, withdrawals, counts, equipment, inspections.

// name: chemicals.firms
// mode: read
MATCH (c:Company) WHERE c.name IS NOT NULL
OPTIONAL MATCH (r:Record)-[w:WORKS_FOR]->(c)
OPTIONAL MATCH (r)-[:STATES]->(i:ResidentId)
WITH c, w, r, collect(DISTINCT i.number)[0] AS resident_id
WITH c, [each IN collect({role: w.role, resident_id: resident_id, name: r.name}) WHERE each.role IS NOT NULL] AS people
RETURN c {.*} AS company, people
ORDER BY c.uscc

// name: chemicals.trades
// mode: read
MATCH (s:Company)-[t:TRADED]->(b:Company)
RETURN s.uscc AS seller, b.uscc AS buyer, t {.at, .milligrams, .chemical, .permit_no, .direction, .use, .plate,
  .handler_id, .transport_no, .carrier_name, .destination, .evidence} AS row

// name: chemicals.bought
// mode: read
MATCH (b:Company)-[t:RELATED_TO {kind: 'BOUGHT'}]->(c:Chemical)
RETURN b.uscc AS buyer, c.name AS chemical, t.at AS at, t.weight AS kilograms, t.evidence AS evidence

// name: chemicals.permits
// mode: read
MATCH (p:Permit)
OPTIONAL MATCH (p)-[a:ALLOWS]->(c:Company)
WITH p, collect({role: a.role, uscc: c.uscc, evidence: a.evidence}) AS firms
OPTIONAL MATCH (p)-[a:ALLOWS]->(c:Chemical)
WITH p, firms, collect({chemical: c.name, milligrams: a.milligrams, evidence: a.evidence}) AS chemicals
RETURN p {.*} AS permit, firms, chemicals
ORDER BY p.permit_no

// name: chemicals.stock
// mode: read
MATCH (c:Company)-[h:HELD]->(s:Stocktake)
RETURN 'count' AS what, c.uscc AS uscc, s {.*} AS row, h.evidence AS evidence
UNION ALL
MATCH (c:Company)-[u:USED]->(s:Usage {kind: 'withdrawal'})
RETURN 'use' AS what, c.uscc AS uscc, s {.*} AS row, u.evidence AS evidence

// name: chemicals.equipment
// mode: read
MATCH (c:Company)-[o:OWNS]->(e:Equipment)
OPTIONAL MATCH (e)-[l:LETS]->(p:Company)
WITH c, o, e, collect(p.uscc) AS partners
RETURN c.uscc AS uscc, e {.*} AS row, o.evidence AS evidence, partners
ORDER BY e.equipment_id

// name: chemicals.inspections
// mode: read
MATCH (i:Inspection)
OPTIONAL MATCH (c:Company)-[w:INSPECTED]->(i)
OPTIONAL MATCH (i)-[f:FOUND]->(p:Problem)
WITH c, w, i, collect(p {.*, evidence: f.evidence}) AS problems
RETURN c.uscc AS uscc, i {.*} AS row, coalesce(w.evidence, []) AS evidence, problems
ORDER BY i.at, i.inspection_id
