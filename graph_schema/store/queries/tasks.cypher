// Joint inspections, with the problems the table of problems has of each.

// name: tasks.joint
// mode: read
MATCH (i:Inspection) WHERE i.joint
OPTIONAL MATCH (i)-[f:FOUND]->(p:Problem)
WITH i, p, f ORDER BY p.problem_id
WITH i, collect(p {.problem_id, evidence: f.evidence}) AS problems
RETURN i {.*} AS inspection, problems
ORDER BY i.at, i.inspection_id
