// The Cypher twin of tensions.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
CALL () {
  MATCH (strength:Leviers:Strength)-[:HAS_KEY]->(:SearchKey)<-[:HAS_KEY]-(irritant:Irritant)
  RETURN irritant, strength, 1 AS rank, 'same' AS proof, '' AS class
  // proof: close
  UNION ALL
  MATCH (strength:Leviers:Strength)-[near:CLOSE_TO {leviers: true}]-(irritant:Irritant)
  RETURN irritant, strength, 2 AS rank, 'close' AS proof, coalesce(near.confidence, '') AS class
  // end
}
MATCH (irritant)<-[:HAS_BODY]-(:Mention)-[:IN_ROW]->(first:Row)
MATCH (strength)<-[:HAS_BODY]-(:Mention)-[:IN_ROW]->(last:Row)
WHERE ($theme IS NULL OR (EXISTS { (first)-[:HAS_THEME]->(t) WHERE t = theme }
                      AND EXISTS { (last)-[:HAS_THEME]->(t) WHERE t = theme }))
  AND ($territoire IS NULL OR (EXISTS { (first)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }
                           AND EXISTS { (last)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }))
WITH irritant, strength, rank, proof, class,
     collect(DISTINCT [irritant.iri, first.iri, strength.iri, last.iri]) AS evidence
ORDER BY rank, class = '', class
WITH irritant, strength, head(collect({proof: proof, class: class, evidence: evidence})) AS best
RETURN irritant.label AS irritant, irritant.iri AS irritantId, strength.label AS strength, strength.iri AS strengthId,
       irritant.iri AS id, best.proof AS proof, best.class AS confidence, irritant.support AS support,
       best.evidence AS evidence
