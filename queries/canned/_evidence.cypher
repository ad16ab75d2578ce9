// The Cypher twin of _evidence.rq.
UNWIND $row AS one
MATCH (row:Leviers {iri: one})<-[:IN_ROW]-(mention:Mention)-[:HAS_BODY]->(concept)
MATCH (row)-[:IS_PART_OF]->(document:Document)
RETURN DISTINCT row.iri AS row, concept.iri AS concept, mention.position AS position, mention.iri AS mention,
       mention.quote AS quote, concept.label AS label, row.section AS section, document.identifier AS document
