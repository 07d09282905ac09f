// Queries of a request whose caller has gone away.

// name: asked.running
// mode: read
SHOW TRANSACTIONS YIELD transactionId, metaData WHERE metaData.asked_for = $mark
RETURN collect(transactionId) AS ids

// name: asked.end
// mode: read
TERMINATE TRANSACTIONS $ids YIELD transactionId, message
RETURN transactionId AS id, message

// name: asked.alive
// mode: read
RETURN 1 AS alive
