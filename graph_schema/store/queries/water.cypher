// Waste-water early warning.

// name: water.samples
// mode: read
MATCH (s:Sample)
OPTIONAL MATCH (s)-[:TAKEN_AT]->(n:Sewer)
WITH s, min(n.node_id) AS node
RETURN s {.*} AS sample, node
ORDER BY s.sample_id

// name: water.sewers
// mode: read
MATCH (n:Sewer)
OPTIONAL MATCH (n)-[:DRAINS_TO]->(m:Sewer)
WITH n, collect(m.node_id) AS downstream
OPTIONAL MATCH (c:Company)-[:DRAINS_TO]->(n)
WITH n, downstream, c ORDER BY c.uscc
WITH n, downstream, collect(c {.uscc, .name, .industry, .precursor_class}) AS firms
RETURN n {.*} AS node, downstream, firms
ORDER BY n.node_id
