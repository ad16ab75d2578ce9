// The Cypher twin of rapprochements.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
MATCH (one:Leviers)-[near:CLOSE_TO {leviers: true}]->(other:Leviers)
WHERE split(one.id, '/')[0] = split(other.id, '/')[0]
MATCH (one)<-[:HAS_BODY]-(:Mention)-[:IN_ROW]->(first:Row)
MATCH (other)<-[:HAS_BODY]-(:Mention)-[:IN_ROW]->(last:Row)
WHERE ($theme IS NULL OR (EXISTS { (first)-[:HAS_THEME]->(t) WHERE t = theme }
                      AND EXISTS { (last)-[:HAS_THEME]->(t) WHERE t = theme }))
  AND ($territoire IS NULL OR (EXISTS { (first)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }
                           AND EXISTS { (last)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory }))
WITH one, other, near, collect(DISTINCT [one.iri, first.iri, other.iri, last.iri]) AS evidence
WITH one, other, near, evidence, coalesce(near.confidence, '') AS class, split(one.id, '/')[0] AS kind
RETURN kind, one.label AS one, one.iri AS oneId, other.label AS other, other.iri AS otherId, class, near.iri AS id,
       'close' AS proof, class + ' ' + kind AS `order`, evidence
