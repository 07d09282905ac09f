// Source files behind row references.

// name: evidence.files
// mode: read
UNWIND $prefixes AS prefix
MATCH (f:SourceFile) WHERE f.sha256 STARTS WITH prefix
RETURN prefix, f.sha256 AS sha256, f.path AS path, f.kind AS kind, f.basis AS basis, f.unit AS unit

// name: evidence.file_count
// mode: read
MATCH (f:SourceFile)
RETURN count(f) AS total

// name: evidence.file_page
// mode: read
MATCH (f:SourceFile)
RETURN f {.*} AS file
ORDER BY f.load DESC, f.position, f.path, f.sha256
SKIP $skip LIMIT $limit

// name: evidence.event
// mode: read
MATCH (a)-[e:<<rel>> {event_id: $event_id}]->(b)
RETURN type(e) AS type, e {.*} AS event, labels(a)[0] AS start_label, a {.*} AS start, labels(b)[0] AS end_label,
  b {.*} AS end

// name: evidence.event_alias
// mode: read
// An id that a match has replaced; looked for only where no event has it as its own.
MATCH (a)-[e:<<rel>>]->(b) WHERE $event_id IN e.aliases
RETURN type(e) AS type, e {.*} AS event, labels(a)[0] AS start_label, a {.*} AS start, labels(b)[0] AS end_label,
  b {.*} AS end
LIMIT 1
