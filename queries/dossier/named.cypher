// The Cypher twin of named.rq.
UNWIND $key AS one
MATCH (:Leviers:SearchKey {key: one})<-[:HAS_KEY]-(n)
RETURN DISTINCT n.iri AS thing, n.label AS label, n.support AS support
