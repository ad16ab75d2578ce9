// The Cypher twin of _wordings.rq.
UNWIND $concept AS one
MATCH (n:Leviers {iri: one})<-[:HAS_BODY]-(mention:Mention)-[:IN_ROW]->(row:Row)
RETURN DISTINCT n.iri AS concept, row.iri AS row, mention.text AS text
