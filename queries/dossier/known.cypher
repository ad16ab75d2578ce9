// The Cypher twin of known.rq.
UNWIND $thing AS one
MATCH (n:Leviers {iri: one})
WHERE n.vanished IS NULL
RETURN n.id AS p
