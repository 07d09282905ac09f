// The whole graph, label by label and type by type, for exchange with other programs.

// name: export.nodes
// mode: read
MATCH (n:<<label>>)
RETURN n {.*} AS props
ORDER BY n.<<label.key>>

// name: export.nodes_of_run
// mode: read
MATCH (n:<<label>>) WHERE n.<<label.key>> STARTS WITH $prefix
RETURN n {.*} AS props
ORDER BY n.<<label.key>>

// name: export.nodes_named
// mode: read
UNWIND $keys AS key
MATCH (n:<<label>> {<<label.key>>: key})
RETURN n {.*} AS props

// name: export.pairs
// mode: read
// Which labels a type joins in this graph: asking for every pair it might join would take a plan for each.
MATCH (a)-[:<<rel>>]->(b)
RETURN DISTINCT labels(a)[0] AS start, labels(b)[0] AS end
ORDER BY start, end

// name: export.relationships
// mode: read
MATCH (a:<<start>>)-[e:<<rel>>]->(b:<<end>>)
RETURN a.<<start.key>> AS a, b.<<end.key>> AS b, e {.*} AS props

// name: export.relationships_among
// mode: read
UNWIND $keys AS key
MATCH (a:<<start>> {<<start.key>>: key})-[e:<<rel>>]->(b:<<end>>)
WHERE b.<<end.key>> IN $ends
RETURN a.<<start.key>> AS a, b.<<end.key>> AS b, e {.*} AS props
