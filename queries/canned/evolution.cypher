// The Cypher twin of evolution.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
CALL (theme, territory) {
  MATCH (statement:Leviers)<-[:HAS_BODY]-(mention:Mention)-[:IN_ROW]->(row:Row)-[:IN_SESSION]->(session:Session)
  WHERE ($theme IS NULL OR EXISTS { (row)-[:HAS_THEME]->(t) WHERE t = theme })
    AND ($territoire IS NULL OR EXISTS { (row)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory })
    AND NOT mention.kind IN ['actor', 'timeframe']
  UNWIND session.dates AS date
  WITH statement, min(date) AS early, max(date) AS late, collect(DISTINCT row.iri) AS rows
  WHERE left(early, 4) < left(late, 4)
  RETURN statement, 1 AS rank, 'same' AS proof, '' AS class, early, late, [statement.iri] + rows AS told
  // proof: close
  UNION ALL
  MATCH (statement:Leviers)-[near:CLOSE_TO {leviers: true}]-(other)
  WHERE other <> statement AND split(other.id, '/')[0] = split(statement.id, '/')[0]
  MATCH (statement)<-[:HAS_BODY]-(:Mention)-[:IN_ROW]->(first:Row)-[:IN_SESSION]->(begun:Session)
  MATCH (other)<-[:HAS_BODY]-(:Mention)-[:IN_ROW]->(last:Row)-[:IN_SESSION]->(ended:Session)
  WHERE ($theme IS NULL OR (EXISTS { (first)-[:HAS_THEME]->(t) WHERE t = theme }
                        AND EXISTS { (last)-[:HAS_THEME]->(t) WHERE t = theme }))
    AND ($territoire IS NULL OR (EXISTS { (first)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }
                             AND EXISTS { (last)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }))
  UNWIND begun.dates AS early
  UNWIND ended.dates AS late
  WITH statement, other, near, first, last, early, late
  WHERE left(early, 4) < left(late, 4)
  RETURN statement, 2 AS rank, 'close' AS proof, coalesce(near.confidence, '') AS class, early, late,
         [statement.iri, other.iri, first.iri, last.iri] AS told
  // end
}
WITH statement, rank, proof, class, min(early) AS early, max(late) AS late, collect(DISTINCT told) AS evidence
ORDER BY rank, class = '', class
WITH statement, head(collect({proof: proof, class: class, early: early, late: late, evidence: evidence})) AS best
RETURN statement.label AS statement, statement.iri AS statementId, split(statement.id, '/')[0] AS kind,
       best.early AS first_date, best.late AS last_date, statement.iri AS id, best.proof AS proof,
       best.class AS confidence, statement.support AS support, best.evidence AS evidence
