// The Cypher twin of feuille-de-route.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
MATCH (actor:Leviers:Actor {iri: $acteur})<-[wants:MOBILISES]-(lever:Lever)
UNWIND wants.evidence AS said
MATCH (row:Leviers:Row {id: said})
WHERE ($theme IS NULL OR EXISTS { (row)-[:HAS_THEME]->(t) WHERE t = theme })
  AND ($territoire IS NULL OR EXISTS { (row)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory })
OPTIONAL MATCH (row)-[:HOLDS_ACTION]->(action:Action)
OPTIONAL MATCH (row)-[:HOLDS_TIMEFRAME]->(timeframe:Timeframe)
OPTIONAL MATCH (timeframe)-[:HORIZON]->(horizon:Horizon)
OPTIONAL MATCH (row)-[:HOLDS_INDICATOR]->(indicator:Indicator)
WITH lever, collect(DISTINCT action.label) AS action, collect(DISTINCT timeframe.label) AS timeframe,
     collect(DISTINCT indicator.label) AS indicator,
     min(CASE horizon.id WHEN 'horizon/court' THEN '1' WHEN 'horizon/moyen' THEN '2' WHEN 'horizon/long' THEN '3'
         ELSE '4' END) AS place,
     collect(DISTINCT [actor.iri, lever.iri, row.iri, action.iri, timeframe.iri, indicator.iri]) AS evidence
RETURN lever.label AS lever, lever.iri AS leverId, action, timeframe, indicator, lever.iri AS id, 'row' AS proof,
       lever.support AS support, place AS `order`, evidence
