// The Cypher twin of irritants-sans-levier.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
MATCH (irritant:Leviers:Irritant)<-[:HAS_BODY]-(:Mention {kind: 'irritant'})-[:IN_ROW]->(row:Row)
WHERE ($theme IS NULL OR EXISTS { (row)-[:HAS_THEME]->(t) WHERE t = theme })
  AND ($territoire IS NULL OR EXISTS { (row)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory })
  AND NOT EXISTS { (irritant)<-[:ANSWERS {leviers: true}]-() }
  // proof: close
  AND NOT EXISTS { (irritant)-[:CLOSE_TO {leviers: true}]-()<-[:ANSWERS {leviers: true}]-() }
  // end
  // proof: theme
  AND NOT EXISTS { (irritant)-[:HAS_THEME]->(:Theme)<-[:HAS_THEME]-(:Lever) }
  // end
WITH irritant, collect(DISTINCT row.iri) AS told
RETURN irritant.label AS irritant, irritant.iri AS irritantId, irritant.iri AS id, 'row' AS proof,
       irritant.support AS support,
       [irritant.iri] + told AS evidence
