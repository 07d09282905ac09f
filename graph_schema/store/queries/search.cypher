// Search. Rank 0 is best; the order is total, so that a cut is always the same cut.

// name: search.persons
// mode: read
// Each way of being found by its own index: an OR of them reads every person, and most of a town's have no name.
CALL () {
  MATCH (p:Person {key: $key}) RETURN p
  UNION
  MATCH (p:Person) USING TEXT INDEX p:Person(search) WHERE p.search CONTAINS $spaced AND p.run = $run RETURN p
  UNION
  MATCH (p:Person) USING TEXT INDEX p:Person(pinyin) WHERE p.pinyin CONTAINS $latin AND p.run = $run RETURN p
  UNION
  MATCH (p:Person) USING TEXT INDEX p:Person(initials) WHERE p.initials CONTAINS $latin AND p.run = $run
    AND ' ' + p.initials CONTAINS ' ' + $latin
  RETURN p
}
WITH p, CASE
  WHEN p.person_id = $text OR $text IN p.names THEN 0
  WHEN ' ' + p.pinyin + ' ' CONTAINS ' ' + $latin + ' ' THEN 1
  WHEN ' ' + p.initials + ' ' CONTAINS ' ' + $latin + ' ' THEN 2
  WHEN p.search STARTS WITH $spaced THEN 3
  ELSE 4 END AS place
ORDER BY place, size(coalesce(p.case_roles, [])) = 0, p.name, p.key
LIMIT $limit
RETURN p {.person_id, .name, .names, .resident_id, .phones, .accounts, .pinyin, .initials, .case_roles} AS person

// name: search.nodes
// mode: read
UNWIND $forms AS form
MATCH (n:<<label>>)
WHERE n.<<property>> CONTAINS form AND ($viewer_cases IS NULL OR NOT n:Case OR n.case_no IN $viewer_cases)
WITH n, min(CASE
  WHEN n.<<property>> = form THEN 0
  WHEN n.<<property>> ENDS WITH form THEN 1
  WHEN n.<<property>> STARTS WITH form THEN 2
  ELSE 3 END) AS place
ORDER BY place, n.<<property>>, elementId(n)
LIMIT $limit
OPTIONAL MATCH (p:Person)-[:HOLDS]->(n) WHERE p.run = $run
RETURN n {.*} AS props, p {.person_id, .name, .resident_id, .phones, .accounts} AS person
