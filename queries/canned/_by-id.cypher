// The Cypher twin of _by-id.rq.
UNWIND $id AS one
MATCH (n:Leviers {iri: one})
WHERE n.vanished IS NULL
OPTIONAL MATCH (n)-[:IS_REPLACED_BY]->(now)
WITH n, now
WHERE now IS NOT NULL OR n.label IS NOT NULL
RETURN DISTINCT n.iri AS id, n.label AS label, now.iri AS now
