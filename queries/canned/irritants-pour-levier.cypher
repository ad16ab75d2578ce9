// The Cypher twin of irritants-pour-levier.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
CALL () {
  MATCH (given:Leviers:Lever {iri: $levier})-[link:ANSWERS]->(irritant:Irritant)
  UNWIND link.evidence AS said
  RETURN irritant, said AS firstRow, said AS lastRow, 0 AS rank, 'row' AS proof, '' AS class, [given.iri] AS path
  // proof: close
  UNION ALL
  MATCH (given:Leviers:Lever {iri: $levier})-[near:CLOSE_TO {leviers: true}]-(one)-[link:ANSWERS]->(irritant:Irritant)
  WHERE one <> given
  UNWIND link.evidence AS said
  RETURN irritant, said AS firstRow, said AS lastRow, 2 AS rank, 'close' AS proof,
         coalesce(near.confidence, '') AS class, [one.iri] AS path
  UNION ALL
  MATCH (given:Leviers:Lever {iri: $levier})-[link:ANSWERS]->(other)-[near:CLOSE_TO {leviers: true}]-(irritant:Irritant)
  WHERE other <> irritant
  MATCH (irritant)<-[:HAS_BODY]-(:Mention)-[:IN_ROW]->(row:Row)
  UNWIND link.evidence AS said
  RETURN irritant, said AS firstRow, row.id AS lastRow, 2 AS rank, 'close' AS proof,
         coalesce(near.confidence, '') AS class, [given.iri, other.iri] AS path
  // end
  // proof: theme
  UNION ALL
  MATCH (given:Leviers:Lever {iri: $levier})-[:HAS_THEME]->(:Theme)<-[:HAS_THEME]-(row:Row)
  MATCH (row)<-[:IN_ROW]-(:Mention)-[:HAS_BODY]->(irritant:Irritant)
  RETURN irritant, row.id AS firstRow, row.id AS lastRow, 4 AS rank, 'theme' AS proof, '' AS class, [] AS path
  // end
}
MATCH (first:Leviers:Row {id: firstRow}), (last:Leviers:Row {id: lastRow})
WHERE ($theme IS NULL OR (EXISTS { (first)-[:HAS_THEME]->(t) WHERE t = theme }
                      AND EXISTS { (last)-[:HAS_THEME]->(t) WHERE t = theme }))
  AND ($territoire IS NULL OR (EXISTS { (first)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }
                           AND EXISTS { (last)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }))
WITH irritant, rank, proof, class, collect(DISTINCT path + [irritant.iri, first.iri, last.iri]) AS evidence
ORDER BY rank, class = '', class
WITH irritant, head(collect({proof: proof, class: class, evidence: evidence})) AS best
RETURN irritant.label AS irritant, irritant.iri AS irritantId, irritant.iri AS id, best.proof AS proof,
       best.class AS confidence,
       irritant.support AS support, best.evidence AS evidence
