// The Cypher twin of said.rq.
CALL () {
  UNWIND $thing AS one
  MATCH (:Leviers:Theme {iri: one})<-[:HAS_THEME]-(row:Row)-[:IN_SESSION]->(session:Session)
  RETURN row, session
  UNION
  UNWIND $thing AS one
  MATCH (:Leviers:Territory {iri: one})<-[:IS_PART_OF*0..]-(:Territory)<-[:IN_TERRITORY]-(row:Row)
  MATCH (row)-[:IN_SESSION]->(session:Session)
  RETURN row, session
}
MATCH (row)<-[:IN_ROW]-(mention:Mention)-[:HAS_BODY]->(one)
WHERE mention.kind IN ['irritant', 'lever', 'strength']
RETURN mention.kind AS kind, one.iri AS one, one.label AS label, count(DISTINCT session) AS sessions,
       count(DISTINCT row) AS rows
