// The Cypher twin of points-forts.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
MATCH (strength:Leviers:Strength)<-[:HAS_BODY]-(:Mention {kind: 'strength'})-[:IN_ROW]->(row:Row)
WHERE ($theme IS NULL OR EXISTS { (row)-[:HAS_THEME]->(t) WHERE t = theme })
  AND ($territoire IS NULL OR EXISTS { (row)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory })
OPTIONAL MATCH (row)-[:HOLDS_EXPERIENCE]->(experience:Experience)
WITH strength, collect(DISTINCT experience.label) AS experiences,
     collect(DISTINCT [experience.iri, row.iri]) AS told
RETURN strength.label AS strength, strength.iri AS strengthId, experiences AS experience, strength.iri AS id,
       'row' AS proof, strength.support AS support, [strength.iri] + told AS evidence
