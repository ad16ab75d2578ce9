// The Cypher twin of experiences.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
CALL () {
  MATCH (:Leviers:Irritant {iri: $irritant})<-[:REVEALS]-(experience:Experience)
  RETURN experience, 0 AS rank, 'row' AS proof, '' AS class
  UNION ALL
  UNWIND CASE WHEN $irritant IS NULL THEN [true] ELSE [] END AS all
  MATCH (experience:Leviers:Experience)
  RETURN experience, 0 AS rank, 'row' AS proof, '' AS class
  // proof: close
  UNION ALL
  MATCH (given:Leviers:Irritant {iri: $irritant})-[near:CLOSE_TO {leviers: true}]-(one:Irritant)
        <-[:REVEALS]-(experience:Experience)
  WHERE one <> given
  RETURN experience, 2 AS rank, 'close' AS proof, coalesce(near.confidence, '') AS class
  // end
}
CALL (experience) {
  MATCH (experience)<-[:HAS_BODY]-(:Mention {kind: 'experience'})-[:IN_ROW]->(row:Row)
  RETURN row, null AS thing
  UNION ALL
  MATCH (experience)-[link:REVEALS]->(thing)
  UNWIND link.evidence AS said
  MATCH (row:Leviers:Row {id: said})
  RETURN row, thing
}
WITH theme, territory, experience, rank, proof, class, row, thing
WHERE ($theme IS NULL OR EXISTS { (row)-[:HAS_THEME]->(t) WHERE t = theme })
  AND ($territoire IS NULL OR EXISTS { (row)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory })
OPTIONAL MATCH (row)-[:IN_TERRITORY]->(place:Territory)
WITH experience, rank, proof, class, collect(DISTINCT place.label) AS places,
     collect(DISTINCT CASE WHEN thing:Irritant THEN thing.label END) AS irritants,
     collect(DISTINCT CASE WHEN thing:Strength THEN thing.label END) AS strengths,
     collect(DISTINCT [experience.iri, row.iri, thing.iri]) AS evidence
ORDER BY rank, class = '', class
WITH experience, head(collect({proof: proof, class: class, places: places, irritants: irritants,
                               strengths: strengths, evidence: evidence})) AS best
RETURN experience.label AS experience, experience.iri AS experienceId, best.places AS territory,
       best.irritants AS irritant, best.strengths AS strength, experience.iri AS id, best.proof AS proof,
       best.class AS confidence, experience.support AS support, best.evidence AS evidence
