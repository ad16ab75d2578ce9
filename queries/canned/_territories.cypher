// The Cypher twin of _territories.rq.
MATCH (:Leviers:Row)-[:IN_TERRITORY]->(n:Territory)
RETURN DISTINCT n.iri AS id, n.label AS label
ORDER BY label, id
