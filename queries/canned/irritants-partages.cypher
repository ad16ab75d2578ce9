// The Cypher twin of irritants-partages.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
MATCH (irritant:Leviers:Irritant)<-[:HAS_BODY]-(:Mention {kind: 'irritant'})-[:IN_ROW]->(row:Row)
WHERE ($theme IS NULL OR EXISTS { (row)-[:HAS_THEME]->(t) WHERE t = theme })
  AND ($territoire IS NULL OR EXISTS { (row)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory })
  AND (irritant.support > 1 OR irritant.territories > 1)
WITH irritant, collect(DISTINCT row.iri) AS told
RETURN irritant.label AS irritant, irritant.iri AS irritantId, irritant.support AS sessions,
       irritant.territories AS territories,
       irritant.iri AS id, 'same' AS proof, irritant.support AS support, [irritant.iri] + told AS evidence
