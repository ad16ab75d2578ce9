// The Cypher twin of _said-in.rq.
UNWIND $place AS there
CALL (there) {
  MATCH (:Leviers:Theme {iri: there})<-[:HAS_THEME]-(row:Row)
  RETURN row
  UNION
  MATCH (:Leviers:Territory {iri: there})<-[:IS_PART_OF*0..]-(:Territory)<-[:IN_TERRITORY]-(row:Row)
  RETURN row
}
MATCH (row)<-[:IN_ROW]-(:Mention)-[:HAS_BODY]->(n)
WHERE n.iri IN $id
RETURN DISTINCT n.iri AS id
