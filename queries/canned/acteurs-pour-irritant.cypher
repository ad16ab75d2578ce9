// The Cypher twin of acteurs-pour-irritant.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
CALL () {
  MATCH (given:Leviers:Irritant {iri: $irritant})<-[says:ANSWERS]-(lever:Lever)-[wants:MOBILISES]->(actor:Actor)
  UNWIND says.evidence AS firstRow
  WITH given, lever, actor, wants, firstRow
  WHERE firstRow IN wants.evidence
  RETURN actor, lever, firstRow, firstRow AS lastRow, 0 AS rank, 'row' AS proof, '' AS class, [given.iri] AS path
  // proof: same
  UNION ALL
  MATCH (given:Leviers:Irritant {iri: $irritant})<-[says:ANSWERS]-(lever:Lever)-[wants:MOBILISES]->(actor:Actor)
  UNWIND says.evidence AS firstRow
  UNWIND wants.evidence AS lastRow
  WITH given, lever, actor, firstRow, lastRow
  WHERE firstRow <> lastRow
  RETURN actor, lever, firstRow, lastRow, 1 AS rank, 'same' AS proof, '' AS class, [given.iri] AS path
  // end
  // proof: close
  UNION ALL
  MATCH (given:Leviers:Irritant {iri: $irritant})-[near:CLOSE_TO {leviers: true}]-(one)<-[says:ANSWERS]-(lever:Lever)
  WHERE one <> given
  MATCH (lever)-[wants:MOBILISES]->(actor:Actor)
  UNWIND says.evidence AS firstRow
  UNWIND wants.evidence AS lastRow
  RETURN actor, lever, firstRow, lastRow, 2 AS rank, 'close' AS proof, coalesce(near.confidence, '') AS class,
         [one.iri] AS path
  UNION ALL
  MATCH (given:Leviers:Irritant {iri: $irritant})<-[says:ANSWERS]-(other)-[near:CLOSE_TO {leviers: true}]-(lever:Lever)
  WHERE other <> lever
  MATCH (lever)-[wants:MOBILISES]->(actor:Actor)
  UNWIND says.evidence AS firstRow
  UNWIND wants.evidence AS lastRow
  RETURN actor, lever, firstRow, lastRow, 2 AS rank, 'close' AS proof, coalesce(near.confidence, '') AS class,
         [given.iri, other.iri] AS path
  // end
  // proof: theme
  UNION ALL
  MATCH (given:Leviers:Irritant {iri: $irritant})-[:HAS_THEME]->(:Theme)<-[:HAS_THEME]-(row:Row)
  MATCH (row)<-[:IN_ROW]-(:Mention)-[:HAS_BODY]->(lever:Lever)-[wants:MOBILISES]->(actor:Actor)
  WHERE row.id IN wants.evidence
  RETURN actor, lever, row.id AS firstRow, row.id AS lastRow, 4 AS rank, 'theme' AS proof, '' AS class, [] AS path
  // end
}
MATCH (first:Leviers:Row {id: firstRow}), (last:Leviers:Row {id: lastRow})
WHERE ($theme IS NULL OR (EXISTS { (first)-[:HAS_THEME]->(t) WHERE t = theme }
                      AND EXISTS { (last)-[:HAS_THEME]->(t) WHERE t = theme }))
  AND ($territoire IS NULL OR (EXISTS { (first)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }
                           AND EXISTS { (last)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }))
OPTIONAL MATCH (last)-[:HOLDS_ACTION]->(action:Action)
WITH actor, lever, rank, proof, class, collect(DISTINCT action.label) AS actions,
     collect(DISTINCT path + [first.iri, last.iri, lever.iri, actor.iri, action.iri]) AS evidence
ORDER BY rank, class = '', class
WITH actor, lever, head(collect({proof: proof, class: class, actions: actions, evidence: evidence})) AS best
RETURN actor.label AS actor, actor.iri AS actorId, lever.label AS lever, lever.iri AS leverId, best.actions AS action,
       actor.iri AS id, best.proof AS proof, best.class AS confidence, lever.support AS support,
       best.evidence AS evidence
