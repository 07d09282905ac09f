// What the graph holds, to be compared with what the files say.

// name: verify.events
// mode: read
UNWIND $ids AS id
MATCH (a:<<start>>)-[e:<<rel>> {event_id: id}]->(b:<<end>>)
RETURN id, a.<<start_key>> AS start, b.<<end_key>> AS end, e {.*} AS props

// name: verify.nodes
// mode: read
UNWIND $ids AS id
MATCH (n:<<label>> {<<key>>: id})
RETURN id, n {.*} AS props

// name: verify.states
// mode: read
UNWIND $rows AS r
MATCH (:Record {record_id: r[0]})-[s:STATES {how: r[2]}]->(:<<label>> {<<key>>: r[1]})
RETURN r AS id, s.evidence AS evidence

// name: verify.event_ids
// mode: read
MATCH ()-[e:<<rel>>]->()
RETURN e.event_id AS id, e.evidence AS evidence

// name: verify.record_ids
// mode: read
MATCH (n:Record)
RETURN n.record_id AS id, n.file AS file, n.sheet AS sheet, n.row AS row
