// Records that belong to the circle of care: rows of its tables, and register entries of who was a minor when found.

// name: circle.records
// mode: read
MATCH (r:Record)-[:UNDER|TESTED|VISITED]->()
RETURN DISTINCT r.record_id AS record
UNION
MATCH (r:Record)-[:STATES]->(i:ResidentId)
WHERE r.registered_user AND r.found_at IS NOT NULL AND i.number =~ '\\d{17}[\\dX]'
  AND toInteger(substring(i.number, 6, 8)) + 180000 >
    toInteger(replace(toString(date(datetime({epochMillis: coalesce(r.found_at, 0) + $ahead}))), '-', ''))
RETURN DISTINCT r.record_id AS record

// name: circle.records_among
// mode: read
UNWIND $ids AS id
MATCH (r:Record {record_id: id})
WHERE EXISTS { (r)-[:UNDER|TESTED|VISITED]->() }
  OR (r.registered_user AND r.found_at IS NOT NULL AND EXISTS {
    MATCH (r)-[:STATES]->(i:ResidentId)
    WHERE i.number =~ '\\d{17}[\\dX]' AND toInteger(substring(i.number, 6, 8)) + 180000 >
      toInteger(replace(toString(date(datetime({epochMillis: coalesce(r.found_at, 0) + $ahead}))), '-', ''))
  })
RETURN r.record_id AS record

// name: circle.records_at
// mode: read
MATCH (r:Record {file: $file})
WHERE r.row = $row AND coalesce(r.sheet, '') = $sheet AND r.registered_user AND r.found_at IS NOT NULL
MATCH (r)-[:STATES]->(i:ResidentId)
WHERE i.number =~ '\\d{17}[\\dX]' AND toInteger(substring(i.number, 6, 8)) + 180000 >
  toInteger(replace(toString(date(datetime({epochMillis: coalesce(r.found_at, 0) + $ahead}))), '-', ''))
RETURN r.record_id AS record
LIMIT 1
