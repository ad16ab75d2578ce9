// The Cypher twin of _labels.rq.
UNWIND $id AS one
MATCH (n:Leviers {iri: one})
WHERE n.labelEn IS NOT NULL
RETURN n.iri AS id, n.labelEn AS label
