// The Cypher twin of leviers-partages.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
MATCH (lever:Leviers:Lever)<-[:HAS_BODY]-(:Mention {kind: 'lever'})-[:IN_ROW]->(row:Row)
WHERE ($theme IS NULL OR EXISTS { (row)-[:HAS_THEME]->(t) WHERE t = theme })
  AND ($territoire IS NULL OR EXISTS { (row)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory })
  AND (lever.support > 1 OR lever.territories > 1)
WITH lever, collect(DISTINCT row.iri) AS told
RETURN lever.label AS lever, lever.iri AS leverId, lever.support AS sessions, lever.territories AS territories,
       lever.iri AS id, 'same' AS proof, lever.support AS support, [lever.iri] + told AS evidence
