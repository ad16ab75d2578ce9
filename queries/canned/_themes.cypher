// The Cypher twin of _themes.rq.
MATCH (:Leviers:Row)-[:HAS_THEME]->(n:Theme)
RETURN DISTINCT n.iri AS id, n.label AS label
ORDER BY label, id
