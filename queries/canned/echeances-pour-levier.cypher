// The Cypher twin of echeances-pour-levier.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
CALL () {
  MATCH (given:Leviers:Lever {iri: $levier})-[link:SCHEDULED_FOR]->(timeframe:Timeframe)
  UNWIND link.evidence AS said
  RETURN timeframe, said AS firstRow, said AS lastRow, 0 AS rank, 'row' AS proof, '' AS class, [given.iri] AS path
  // proof: close
  UNION ALL
  MATCH (given:Leviers:Lever {iri: $levier})-[near:CLOSE_TO {leviers: true}]-(one)
        -[link:SCHEDULED_FOR]->(timeframe:Timeframe)
  WHERE one <> given
  UNWIND link.evidence AS said
  RETURN timeframe, said AS firstRow, said AS lastRow, 2 AS rank, 'close' AS proof,
         coalesce(near.confidence, '') AS class, [one.iri] AS path
  // end
  // proof: theme
  UNION ALL
  MATCH (given:Leviers:Lever {iri: $levier})-[:HAS_THEME]->(:Theme)<-[:HAS_THEME]-(row:Row)
  MATCH (row)<-[:IN_ROW]-(:Mention)-[:HAS_BODY]->(:Lever)-[link:SCHEDULED_FOR]->(timeframe:Timeframe)
  WHERE row.id IN link.evidence
  RETURN timeframe, row.id AS firstRow, row.id AS lastRow, 4 AS rank, 'theme' AS proof, '' AS class, [] AS path
  // end
}
MATCH (first:Leviers:Row {id: firstRow}), (last:Leviers:Row {id: lastRow})
WHERE ($theme IS NULL OR (EXISTS { (first)-[:HAS_THEME]->(t) WHERE t = theme }
                      AND EXISTS { (last)-[:HAS_THEME]->(t) WHERE t = theme }))
  AND ($territoire IS NULL OR (EXISTS { (first)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }
                           AND EXISTS { (last)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }))
WITH timeframe, rank, proof, class, collect(DISTINCT path + [timeframe.iri, first.iri, last.iri]) AS evidence
ORDER BY rank, class = '', class
WITH timeframe, head(collect({proof: proof, class: class, evidence: evidence})) AS best
OPTIONAL MATCH (timeframe)-[:HORIZON]->(horizon:Horizon)
RETURN timeframe.label AS timeframe, timeframe.iri AS timeframeId, horizon.label AS horizon, horizon.iri AS horizonId,
       timeframe.iri AS id, best.proof AS proof, best.class AS confidence, timeframe.support AS support,
       best.evidence AS evidence
