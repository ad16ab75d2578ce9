// The Cypher twin of actions-pour-levier.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
CALL () {
  MATCH (given:Leviers:Lever {iri: $levier})<-[link:IMPLEMENTS]-(action:Action)
  UNWIND link.evidence AS said
  RETURN action, said AS firstRow, said AS lastRow, 0 AS rank, 'row' AS proof, '' AS class, [given.iri] AS path
  // proof: close
  UNION ALL
  MATCH (given:Leviers:Lever {iri: $levier})-[near:CLOSE_TO {leviers: true}]-(one)<-[link:IMPLEMENTS]-(action:Action)
  WHERE one <> given
  UNWIND link.evidence AS said
  RETURN action, said AS firstRow, said AS lastRow, 2 AS rank, 'close' AS proof,
         coalesce(near.confidence, '') AS class, [one.iri] AS path
  // end
  // proof: theme
  UNION ALL
  MATCH (given:Leviers:Lever {iri: $levier})-[:HAS_THEME]->(:Theme)<-[:HAS_THEME]-(row:Row)
  MATCH (row)<-[:IN_ROW]-(:Mention)-[:HAS_BODY]->(action:Action)-[link:IMPLEMENTS]->(:Lever)
  WHERE row.id IN link.evidence
  RETURN action, row.id AS firstRow, row.id AS lastRow, 4 AS rank, 'theme' AS proof, '' AS class, [] AS path
  // end
}
MATCH (first:Leviers:Row {id: firstRow}), (last:Leviers:Row {id: lastRow})
WHERE ($theme IS NULL OR (EXISTS { (first)-[:HAS_THEME]->(t) WHERE t = theme }
                      AND EXISTS { (last)-[:HAS_THEME]->(t) WHERE t = theme }))
  AND ($territoire IS NULL OR (EXISTS { (first)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }
                           AND EXISTS { (last)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }))
WITH action, rank, proof, class, collect(DISTINCT path + [action.iri, first.iri, last.iri]) AS evidence
ORDER BY rank, class = '', class
WITH action, head(collect({proof: proof, class: class, evidence: evidence})) AS best
RETURN action.label AS action, action.iri AS actionId, action.iri AS id, best.proof AS proof, best.class AS confidence,
       action.support AS support, best.evidence AS evidence
