// The Cypher twin of acteurs-pour-levier.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
CALL () {
  MATCH (given:Leviers:Lever {iri: $levier})-[link:MOBILISES]->(actor:Actor)
  UNWIND link.evidence AS said
  RETURN actor, said AS firstRow, said AS lastRow, 0 AS rank, 'row' AS proof, '' AS class, [given.iri] AS path
  // proof: close
  UNION ALL
  MATCH (given:Leviers:Lever {iri: $levier})-[near:CLOSE_TO {leviers: true}]-(one)-[link:MOBILISES]->(actor:Actor)
  WHERE one <> given
  UNWIND link.evidence AS said
  RETURN actor, said AS firstRow, said AS lastRow, 2 AS rank, 'close' AS proof,
         coalesce(near.confidence, '') AS class, [one.iri] AS path
  // end
  // proof: theme
  UNION ALL
  MATCH (given:Leviers:Lever {iri: $levier})-[:HAS_THEME]->(:Theme)<-[:HAS_THEME]-(row:Row)
  MATCH (row)<-[:IN_ROW]-(:Mention)-[:HAS_BODY]->(:Lever)-[link:MOBILISES]->(actor:Actor)
  WHERE row.id IN link.evidence
  RETURN actor, row.id AS firstRow, row.id AS lastRow, 4 AS rank, 'theme' AS proof, '' AS class, [] AS path
  // end
}
MATCH (first:Leviers:Row {id: firstRow}), (last:Leviers:Row {id: lastRow})
WHERE ($theme IS NULL OR (EXISTS { (first)-[:HAS_THEME]->(t) WHERE t = theme }
                      AND EXISTS { (last)-[:HAS_THEME]->(t) WHERE t = theme }))
  AND ($territoire IS NULL OR (EXISTS { (first)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }
                           AND EXISTS { (last)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }))
WITH actor, rank, proof, class, collect(DISTINCT path + [actor.iri, first.iri, last.iri]) AS evidence
ORDER BY rank, class = '', class
WITH actor, head(collect({proof: proof, class: class, evidence: evidence})) AS best
RETURN actor.label AS actor, actor.iri AS actorId, actor.iri AS id, best.proof AS proof, best.class AS confidence,
       actor.support AS support, best.evidence AS evidence
