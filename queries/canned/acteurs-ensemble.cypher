// The Cypher twin of acteurs-ensemble.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
CALL () {
  MATCH (actor:Leviers:Actor {iri: $acteur})<-[one:MOBILISES]-(:Lever)
  RETURN actor, one
  UNION ALL
  UNWIND CASE WHEN $acteur IS NULL THEN [true] ELSE [] END AS all
  MATCH (actor:Actor)<-[one:MOBILISES]-(:Leviers:Lever)
  RETURN actor, one
}
UNWIND one.evidence AS said
MATCH (row:Leviers:Row {id: said})-[:HOLDS_ACTOR]->(other:Actor)
WHERE ($theme IS NULL OR EXISTS { (row)-[:HAS_THEME]->(t) WHERE t = theme })
  AND ($territoire IS NULL OR EXISTS { (row)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory })
  AND other <> actor
  AND ($acteur IS NOT NULL OR actor.iri < other.iri)
WITH actor, other, count(DISTINCT row) AS rows, collect(DISTINCT row.iri) AS told
RETURN actor.label AS actor, actor.iri AS actorId, other.label AS other, other.iri AS otherId, rows, other.iri AS id,
       'row' AS proof, rows AS support, [actor.iri, other.iri] + told AS evidence
