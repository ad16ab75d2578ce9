// The Cypher twin of context.rq.
UNWIND $thing AS one
MATCH (:Leviers {iri: one})<-[:HAS_BODY]-(:Mention)-[:IN_ROW]->(:Row)-[link:HAS_THEME|IN_TERRITORY]->(place)
WHERE place.label IS NOT NULL
RETURN DISTINCT CASE type(link) WHEN 'HAS_THEME' THEN 'theme' ELSE 'territory' END AS fact, place.label AS value
