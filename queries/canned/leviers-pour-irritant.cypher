// The Cypher twin of leviers-pour-irritant.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
CALL () {
  MATCH (given:Leviers:Irritant {iri: $irritant})<-[link:ANSWERS]-(lever:Lever)
  UNWIND link.evidence AS said
  RETURN lever, said AS firstRow, said AS lastRow, 0 AS rank, 'row' AS proof, '' AS class,
         [given.iri] AS path
  // proof: close
  UNION ALL
  MATCH (given:Leviers:Irritant {iri: $irritant})-[near:CLOSE_TO {leviers: true}]-(one)<-[link:ANSWERS]-(lever:Lever)
  WHERE one <> given
  UNWIND link.evidence AS said
  RETURN lever, said AS firstRow, said AS lastRow, 2 AS rank, 'close' AS proof,
         coalesce(near.confidence, '') AS class, [one.iri] AS path
  UNION ALL
  MATCH (given:Leviers:Irritant {iri: $irritant})<-[link:ANSWERS]-(other:Lever)
        -[near:CLOSE_TO {leviers: true}]-(lever:Lever)
  WHERE other <> lever
  MATCH (lever)<-[:HAS_BODY]-(:Mention)-[:IN_ROW]->(row:Row)
  UNWIND link.evidence AS said
  RETURN lever, said AS firstRow, row.id AS lastRow, 2 AS rank, 'close' AS proof,
         coalesce(near.confidence, '') AS class, [given.iri, other.iri] AS path
  // end
  // proof: theme
  UNION ALL
  MATCH (given:Leviers:Irritant {iri: $irritant})-[:HAS_THEME]->(:Theme)<-[:HAS_THEME]-(row:Row)
  MATCH (row)<-[:IN_ROW]-(:Mention)-[:HAS_BODY]->(lever:Lever)
  RETURN lever, row.id AS firstRow, row.id AS lastRow, 4 AS rank, 'theme' AS proof, '' AS class,
         [] AS path
  // end
}
MATCH (first:Leviers:Row {id: firstRow}), (last:Leviers:Row {id: lastRow})
WHERE ($theme IS NULL OR (EXISTS { (first)-[:HAS_THEME]->(t) WHERE t = theme }
                      AND EXISTS { (last)-[:HAS_THEME]->(t) WHERE t = theme }))
  AND ($territoire IS NULL OR (EXISTS { (first)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }
                           AND EXISTS { (last)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }))
OPTIONAL MATCH (first)-[:HOLDS_NEED]->(need:Need)
WITH lever, rank, proof, class, collect(DISTINCT need.label) AS needs,
     collect(DISTINCT path + [lever.iri, first.iri, last.iri, need.iri]) AS evidence
ORDER BY rank, class = '', class
WITH lever, head(collect({proof: proof, class: class, needs: needs, evidence: evidence})) AS best
RETURN lever.label AS lever, lever.iri AS leverId, best.needs AS need, lever.iri AS id, best.proof AS proof,
       best.class AS confidence, lever.support AS support, best.evidence AS evidence
