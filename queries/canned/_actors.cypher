// The Cypher twin of _actors.rq.
MATCH (:Leviers:Lever)-[:MOBILISES {leviers: true}]->(n:Actor)
RETURN DISTINCT n.iri AS id, n.label AS label
ORDER BY label, id
