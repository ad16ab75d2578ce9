// The Cypher twin of _irritants.rq.
MATCH (n:Leviers:Irritant)
WHERE n.vanished IS NULL
RETURN n.iri AS id, n.label AS label
ORDER BY label, id
