// The Cypher twin of themes-territoires.rq, which describes it.
OPTIONAL MATCH (theme:Leviers:Theme {iri: $theme})
OPTIONAL MATCH (territory:Leviers:Territory {iri: $territoire})
MATCH (said:Leviers)<-[:HAS_BODY]-(mention:Mention)-[:IN_ROW]->(row:Row)
WHERE ($theme IS NULL OR EXISTS { (row)-[:HAS_THEME]->(t) WHERE t = theme })
  AND ($territoire IS NULL OR EXISTS { (row)-[:IN_TERRITORY]->()-[:IS_PART_OF*0..]->(t) WHERE t = territory })
  AND mention.kind IN ['irritant', 'lever', 'strength']
OPTIONAL MATCH (row)-[:HAS_THEME]->(under:Theme)
OPTIONAL MATCH (row)-[:IN_TERRITORY]->(place:Territory)
WITH under, place, count(DISTINCT CASE mention.kind WHEN 'irritant' THEN said END) AS irritants,
     count(DISTINCT CASE mention.kind WHEN 'lever' THEN said END) AS levers,
     count(DISTINCT CASE mention.kind WHEN 'strength' THEN said END) AS strengths,
     collect(DISTINCT [said.iri, row.iri]) AS evidence
RETURN under.label AS theme, under.iri AS themeId, place.label AS territory, place.iri AS territoryId, irritants,
       levers, strengths, coalesce(under.iri, place.iri, 'https://w3id.org/leviers/ontology#nothing') AS id,
       'row' AS proof, irritants + levers + strengths AS support, evidence
