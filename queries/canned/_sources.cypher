// The Cypher twin of _sources.rq.
UNWIND $id AS one
MATCH (n:Leviers {iri: one})<-[:HAS_BODY]-(:Mention)-[:IN_ROW]->(:Row)-[:IS_PART_OF]->(document:Document)
RETURN n.iri AS id, min(document.identifier) AS document
