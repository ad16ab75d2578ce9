// The Cypher twin of documents.rq, which describes it.
MATCH (document:Leviers:Document)
OPTIONAL MATCH (document)<-[:IS_PART_OF]-(row:Row)
OPTIONAL MATCH (row)<-[:IN_ROW]-(mention:Mention)
WITH document, count(DISTINCT row) AS rows, count(DISTINCT mention) AS mentions
RETURN document.identifier AS document, document.iri AS documentId, rows, mentions, document.setAside AS set_aside,
       document.iri AS id, 'row' AS proof, '' AS evidence
