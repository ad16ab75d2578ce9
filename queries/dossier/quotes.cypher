// The Cypher twin of quotes.rq.
UNWIND $thing AS one
MATCH (:Leviers {iri: one})<-[:HAS_BODY]-(mention:Mention)-[:IN_ROW]->(row:Row)-[:IN_SESSION]->(session:Session)
MATCH (row)-[:IS_PART_OF]->(document:Document)
RETURN DISTINCT mention.text AS quote, document.identifier AS document, row.section AS section, row.table AS table,
       row.number AS number, session.dateText AS date
