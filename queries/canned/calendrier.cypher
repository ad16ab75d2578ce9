// The Cypher twin of calendrier.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
MATCH (lever:Leviers:Lever)-[planned:SCHEDULED_FOR]->(timeframe:Timeframe)
UNWIND planned.evidence AS said
MATCH (row:Leviers:Row {id: said})
WHERE ($theme IS NULL OR EXISTS { (row)-[:HAS_THEME]->(t) WHERE t = theme })
  AND ($territoire IS NULL OR EXISTS { (row)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory })
OPTIONAL MATCH (row)-[:HOLDS_ACTOR]->(actor:Actor)
WITH lever, timeframe, collect(DISTINCT actor.label) AS actors,
     collect(DISTINCT [lever.iri, timeframe.iri, actor.iri, row.iri]) AS evidence
OPTIONAL MATCH (timeframe)-[:HORIZON]->(horizon:Horizon)
RETURN horizon.label AS horizon, horizon.iri AS horizonId, timeframe.label AS timeframe, timeframe.iri AS timeframeId,
       lever.label AS lever, lever.iri AS leverId, actors AS actor, lever.iri AS id, 'row' AS proof,
       CASE horizon.id WHEN 'horizon/court' THEN '1' WHEN 'horizon/moyen' THEN '2' WHEN 'horizon/long' THEN '3'
       ELSE '4' END AS `order`, evidence
