// The Cypher twin of acteurs-sollicites.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
MATCH (lever:Leviers:Lever)-[wants:MOBILISES]->(actor:Actor)
UNWIND wants.evidence AS said
MATCH (row:Leviers:Row {id: said})
WHERE ($theme IS NULL OR EXISTS { (row)-[:HAS_THEME]->(t) WHERE t = theme })
  AND ($territoire IS NULL OR EXISTS { (row)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory })
OPTIONAL MATCH (row)-[:IN_TERRITORY]->(place:Territory)
WITH actor, count(DISTINCT lever) AS levers, count(DISTINCT place) AS territories,
     collect(DISTINCT [lever.iri, row.iri]) AS told
RETURN actor.label AS actor, actor.iri AS actorId, levers, territories, actor.iri AS id, 'row' AS proof,
       levers AS support, [actor.iri] + told AS evidence
