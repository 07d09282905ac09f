// Who holds identifiers, in the published run.

// name: holder.some
// mode: read
UNWIND $keys AS key
MATCH (n:<<label>> {<<label.key>>: key})<-[:HOLDS]-(p:Person) WHERE p.run = $run
RETURN key, p.person_id AS person
