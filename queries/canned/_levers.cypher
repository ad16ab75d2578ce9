// The Cypher twin of _levers.rq.
MATCH (n:Leviers:Lever)
WHERE n.vanished IS NULL
RETURN n.iri AS id, n.label AS label
ORDER BY label, id
