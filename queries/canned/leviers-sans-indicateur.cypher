// The Cypher twin of leviers-sans-indicateur.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
MATCH (lever:Leviers:Lever)<-[:HAS_BODY]-(:Mention {kind: 'lever'})-[:IN_ROW]->(row:Row)
WHERE ($theme IS NULL OR EXISTS { (row)-[:HAS_THEME]->(t) WHERE t = theme })
  AND ($territoire IS NULL OR EXISTS { (row)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory })
  AND NOT EXISTS { (lever)-[:MEASURED_BY {leviers: true}]->() }
  // proof: close
  AND NOT EXISTS { (lever)-[:CLOSE_TO {leviers: true}]-()-[:MEASURED_BY {leviers: true}]->() }
  // end
  // proof: theme
  AND NOT EXISTS { (lever)-[:HAS_THEME]->(:Theme)<-[:HAS_THEME]-(:Lever)-[:MEASURED_BY {leviers: true}]->() }
  // end
WITH lever, collect(DISTINCT row.iri) AS told
RETURN lever.label AS lever, lever.iri AS leverId, lever.iri AS id, 'row' AS proof, lever.support AS support,
       [lever.iri] + told AS evidence
