// The district's systems.

// name: district.newest
// mode: read
CALL () {
  MATCH (n:Task) RETURN max(n.done_at) AS at
  UNION ALL MATCH (n:Problem) UNWIND [n.at, n.done_at, n.checked_at, n.closed_at] AS at RETURN max(at) AS at
  UNION ALL MATCH (n:Licence) RETURN max(n.lost_at) AS at
  UNION ALL MATCH (n:Regime) UNWIND [n.decided_at, n.reported_at] AS at RETURN max(at) AS at
  UNION ALL MATCH (n:Inspection|Sample|Usage|Stocktake|Test|Visit) RETURN max(n.at) AS at
  UNION ALL MATCH (n:Clue) UNWIND [n.at, n.received_at, n.tested_at] AS at RETURN max(at) AS at
  UNION ALL MATCH ()-[e:STAYED_AT|TRADED]->() RETURN max(e.at) AS at
  UNION ALL MATCH (n:Case) UNWIND [n.opened_at, n.closed_at] AS at RETURN max(at) AS at
  UNION ALL MATCH ()-[n:INVOLVED_IN]->() RETURN max(n.arrested_at) AS at
  UNION ALL MATCH (n:Thing) WHERE n.kind IN ['answer', 'prevention'] UNWIND [n.at, n.closed_at] AS at RETURN max(at) AS at
}
RETURN max(at) AS at

// name: district.tasks
// mode: read
MATCH (t:Task)
OPTIONAL MATCH (t)-[f:FOUND]->(p:Problem)
WITH t, p, f ORDER BY p.problem_id
WITH t, collect(p {.*, evidence: f.evidence}) AS problems
RETURN t {.*} AS task, problems
ORDER BY t.task_id
