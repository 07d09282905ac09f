// Care of registered users. Read by care staff and by the owner at the keyboard alone.

// name: care.people
// mode: read
MATCH (r:Record)-[:STATES]->(i:ResidentId)
WHERE ($ids IS NULL OR i.number IN $ids)
  AND (r.registered_user OR EXISTS { (r)-[:UNDER|TESTED|VISITED]->() })
WITH i, r ORDER BY coalesce(r.registered_user, false) DESC, r.file, r.sheet, r.row
WITH i, collect(r) AS records
RETURN i.number AS id,
  [r IN records WHERE r.name IS NOT NULL | r.name] AS names,
  [r IN records | r.file + '/' + CASE WHEN coalesce(r.sheet, '') = '' THEN '-' ELSE r.sheet END + '/' + toString(r.row)] AS rows,
  COLLECT {
    UNWIND records AS r WITH r WHERE r.registered_user
    MATCH (r)-[:STATES]->(p:Phone) RETURN DISTINCT p.number AS phone ORDER BY phone
  } AS phones,
  COLLECT {
    UNWIND records AS r WITH r WHERE r.registered_user
    RETURN r {.found_at, .control_status, .risk_level, .residence_station, .home_station, .found_unit,
      evidence: r.file + '/' + CASE WHEN coalesce(r.sheet, '') = '' THEN '-' ELSE r.sheet END + '/' + toString(r.row)}
  } AS entries,
  COLLECT {
    UNWIND records AS r MATCH (r)-[e:UNDER]->(n:Regime)
    WITH n, collect(e.evidence) AS rows
    RETURN n {.*, evidence: reduce(all = [], some IN rows | all + coalesce(some, []))}
  } AS regimes,
  COLLECT {
    UNWIND records AS r MATCH (r)-[e:TESTED]->(n:Test)
    WITH n, collect(e.evidence) AS rows
    RETURN n {.*, evidence: reduce(all = [], some IN rows | all + coalesce(some, []))}
  } AS tests,
  COLLECT {
    UNWIND records AS r MATCH (r)-[e:VISITED]->(n:Visit)
    WITH n, collect(e.evidence) AS rows
    RETURN n {.*, evidence: reduce(all = [], some IN rows | all + coalesce(some, []))}
  } AS visits
ORDER BY id
