// What was asked for about a person's identifiers, and what came back.

// name: coverage.days
// mode: read
// Events of each identifier by file and day of Beijing; own where the rows come from its own books.
MATCH (i:<<label>>) WHERE i.<<label.key>> IN $keys
MATCH (i)-[e:CALLED|MESSAGED|PAID]-() WHERE e.at IS NOT NULL
WITH i, e, CASE WHEN startNode(e) = i THEN 'start' ELSE 'end' END AS side
WITH i, e, side, [row IN e.evidence | split(row, '/')[0]] AS files
UNWIND files AS file
RETURN i.<<label.key>> AS key, file, (e.at + 28800000) / 86400000 AS day, count(*) AS n,
  sum(CASE WHEN e.seen_from = side AND all(other IN files WHERE other = file) THEN 1 ELSE 0 END) AS alone,
  sum(CASE WHEN e.seen_from = 'both' THEN 1 ELSE 0 END) AS both
ORDER BY key, file, day

// name: coverage.requests
// mode: read
MATCH (q:Request)-[e:ASKED_FOR]->(i:<<label>>) WHERE i.<<label.key>> IN $keys
RETURN i.<<label.key>> AS key, q.request_id AS request, q.organisation AS organisation, q.sent_at AS sent_at,
  q.answered_at AS answered_at, q.result AS result, e.at AS first, e.until_at AS last, e.evidence AS evidence
ORDER BY key, q.sent_at, request, first

// name: coverage.files
// mode: read
UNWIND $prefixes AS prefix
MATCH (f:SourceFile) WHERE f.sha256 STARTS WITH prefix
RETURN prefix, f.sha256 AS sha256, f.path AS path, f.kind AS kind, f.load AS load, f.basis AS basis, f.purpose AS purpose,
  f.asked_from AS asked_from, f.asked_until AS asked_until
