// The Cypher twin of place.rq.
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
WITH count(DISTINCT row) AS rows, count(DISTINCT session) AS sessions
UNWIND [['rows', rows], ['sessions', sessions]] AS pair
RETURN pair[0] AS fact, pair[1] AS value
